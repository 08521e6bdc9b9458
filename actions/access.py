"""The one guarded way from a conversation to a customer's devices.

Whether somebody has been identified is checked here and nowhere else; so is that the age gate was passed before
anything is asked of the registry.
"""

from __future__ import annotations

from typing import Optional, Text

from rasa_sdk import Tracker

from actions.program import Damage, Device
from actions.registry import Account, OpenedCase, Owner
from actions.services import services

GRANT_SLOT = "identity"
"""Holds a grant (`actions.identity.grants`); only skills set it, and nobody else can make one."""


class NotAdult(Exception):
    """The age gate has not been passed: a mistake in the code, for the policies let nothing through before that."""


async def account_of(tracker: Tracker) -> Optional[Account]:
    """Data, devices, claims and open cases of the customer who is identified; None where the registry has none.

    Raises:
        NotIdentified: nobody is, or not any more.
        RegistryUnavailable: the registry does not answer.
    """
    return await services().registry.account(_customer_id(tracker))


async def account_for_agent(customer_id: Text) -> Optional[Account]:
    """The account of a customer who was identified when a person took over. For the agent's eyes only.

    Raises:
        RegistryUnavailable: the registry does not answer.
    """
    return await services().registry.account(customer_id)


async def open_case(tracker: Tracker, device: Device, damage: Damage) -> OpenedCase:
    """Open a case for a device of the customer who is identified, or find the one that is open.

    Raises:
        NotIdentified, RegistryUnavailable: as `account_of`.
        UnknownDevice: the customer has no such device.
    """
    customer_id = _customer_id(tracker)
    language, now = tracker.get_slot("language"), services().now()
    return await services().registry.open_case(customer_id, device.serial, damage, language, now, tracker.sender_id)


async def owner_by(tracker: Tracker, serial: Text, email: Text) -> Optional[Owner]:
    """Whose device it is, where serial number and e-mail address belong together. For making a one-time code only.

    Raises:
        RegistryUnavailable: the registry does not answer.
    """
    _require_adult(tracker)
    return await services().registry.owner(serial, email)


def _customer_id(tracker: Tracker) -> Text:
    _require_adult(tracker)
    grant = tracker.get_slot(GRANT_SLOT)
    return services().grants.customer_id(grant, tracker.sender_id, services().now())


def _require_adult(tracker: Tracker) -> None:
    if tracker.get_slot("age_status") != "adult":
        raise NotAdult("the age gate has not been passed")
