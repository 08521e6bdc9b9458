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
    dispatcher: CollectingDispatcher, tracker: Tracker, account: Account, device: Device, damage: Damage
) -> None:
    """Open a case, or find the one that is open, and tell the customer its reference.

    Raises:
        NotIdentified, RegistryUnavailable, UnknownDevice: see `actions.access.open_case`.
    """
    opened = await open_case(tracker, device, damage)
    answer = "say_case_opened" if opened.is_new else "say_case_exists"
    _tell(dispatcher, tracker, answer, account, device, opened.case.reference)


def tell_open_case(dispatcher: CollectingDispatcher, tracker: Tracker, account: Account, device: Device) -> None:
    """The reference of the case that the device has already."""
    _tell(dispatcher, tracker, "say_case_exists", account, device, account.open_cases[device.serial].reference)


def _tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, answer: Text, account: Account, device: Device, reference: Text
) -> None:
    address = f"{account.email.split('@')[0]}@…"  # enough for the customer to know which one is meant
    name = name_of(device, tracker.get_slot("language"))
    dispatcher.utter_message(response=answer, reference=reference, address=address, **name)
    tell(dispatcher, tracker, "say_case_contact")
