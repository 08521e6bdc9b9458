"""Cases for support: opened when the customer agrees, one open case for each device."""

from __future__ import annotations

from typing import Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.access import open_case
from actions.program import Damage, Device
from actions.registry import Account
from actions.tell import tell
from actions.units import name_of


async def open_and_tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, device: Device, damage: Damage
) -> Text:
    """Open a case, or find the one that is open, and tell the customer its reference, which is returned.

    Raises:
        NotIdentified, RegistryUnavailable, UnknownDevice: see `actions.access.open_case`.
    """
    opened = await open_case(tracker, device, damage)
    answer = "say_case_opened" if opened.is_new else "say_case_exists"
    return _tell(dispatcher, tracker, answer, device, opened.case.reference)


def tell_open_case(dispatcher: CollectingDispatcher, tracker: Tracker, account: Account, device: Device) -> Text:
    """The reference of the case that the device has already, told and returned."""
    return _tell(dispatcher, tracker, "say_case_exists", device, account.open_cases[device.serial].reference)


def tell_open_cases(dispatcher: CollectingDispatcher, tracker: Tracker, account: Account) -> bool:
    """How it stands with every open case of the customer; False, and nothing is told: there is none."""
    language = tracker.get_slot("language")
    for device in account.customer.devices:
        case = account.open_cases.get(device.serial)
        if case:
            named = name_of(device, language)
            dispatcher.utter_message(response="say_case_is_open", reference=case.reference, **named)
    if account.open_cases:
        tell(dispatcher, tracker, "say_case_contact")
    return bool(account.open_cases)


def _tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Text, device: Device, reference: Text
) -> Text:
    dispatcher.utter_message(response=answer, reference=reference, **name_of(device, tracker.get_slot("language")))
    tell(dispatcher, tracker, "say_case_contact")
    return reference
