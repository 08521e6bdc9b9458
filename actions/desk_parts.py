"""What the agents' side needs of the services: sealing, mail, answers that know the hour, personal data."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Text, Tuple

from actions.access import account_for_agent
from actions.identity.sealed import Unsealable
from actions.post import send_answer
from actions.registry import RegistryUnavailable
from actions.services import services
from actions.support.desk import SEALED, EmbeddedDesk
from actions.support.handoff import Handoff
from actions.support.wording import describe_moment

_WORDS = "words of a hand-off"


def now() -> datetime:
    """The present moment in the time zone of the contact hours."""
    return services().now()


def seal(conversation: Text, words: Text) -> Text:
    """A customer's words as they were typed, for the person who has the conversation."""
    return services().sealer.seal(_WORDS, conversation, {"text": words}, now())


def by_hour(answer: Text, language: Text) -> Tuple[Text, Dict[Text, Text]]:
    """The variant of an answer for this hour, with `until` or `opens`."""
    status = services().contact.hours.status(now())
    if status.next_change is None:
        return "say_contact_without_hours", {}
    moment = describe_moment(status.next_change, now(), language)
    return (f"{answer}_open", {"until": moment}) if status.open else (f"{answer}_closed", {"opens": moment})


async def reply_by_mail(handoff: Handoff, first_name: Text, text: Text, turn: Text) -> None:
    """Send an agent's answer to the address that the customer gave; the same `turn` again sends nothing twice.

    Raises:
        ValueError: the address is not known any more.
        sqlalchemy.exc.SQLAlchemyError: the answer could not be kept for sending.
    """
    address = _private(handoff).get("email")
    if not address:
        raise ValueError("the address is not kept any more")
    contact, words = services().contact, services().mail_texts[handoff.language]["answer"]
    known = {"reference": handoff.reference, "name": first_name, "phone": contact.phone, "email": contact.email}
    mail = words.mail(address, {**known, "text": text}, reply_to=contact.email, automatic=False)
    await send_answer(handoff, mail, f"answer {turn}")


async def personal_data(handoff: Handoff) -> Dict[Text, Any]:
    """What is still known of the customer unmasked: `words` as typed, `email`, `text`, `account` and `devices`."""
    desk = services().desk
    kept = desk.records.originals(handoff.reference) if isinstance(desk, EmbeddedDesk) else []
    private = _private(handoff)
    shown: Dict[Text, Any] = {key: private[key] for key in ("email", "text") if key in private}
    shown["words"] = [words for words in (_words(handoff, sealed) for sealed in kept) if words]
    if "customer_id" in private:
        shown.update(await _account(private["customer_id"]))
    return shown


async def _account(customer_id: Text) -> Dict[Text, Any]:
    try:
        account = await account_for_agent(customer_id)
    except RegistryUnavailable:
        return {}
    if account is None:
        return {}
    devices: List[Text] = [device.serial for device in account.customer.devices]
    return {"account": customer_id, "account_email": account.email, "devices": devices}


def _private(handoff: Handoff) -> Dict[Text, Any]:
    try:
        return services().sealer.unseal(SEALED, handoff.conversation, handoff.sealed)
    except Unsealable:
        return {}


def _words(handoff: Handoff, sealed: Text) -> Text:
    try:
        return str(services().sealer.unseal(_WORDS, handoff.conversation, sealed)["text"])
    except Unsealable:
        return ""
