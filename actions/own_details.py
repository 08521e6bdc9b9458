"""What a general answer means for the customer who is identified."""

from __future__ import annotations

import logging

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.access import account_of
from actions.account import no_devices
from actions.coverage import coverage_now
from actions.coverage_answers import tell_own_devices, tell_own_program
from actions.identity.grants import NotIdentified
from actions.registry import RegistryUnavailable
from actions.skill import topic_of

logger = logging.getLogger(__name__)

_ABOUT_PROGRAM = {"faq/duration", "faq/multiple_devices", "faq/cannot_join", "faq/join", "faq/country"}
_ABOUT_DEVICES = {"faq/warranty", "faq/accident_protection", "faq/replacement_limit", "faq/replaced_before_launch"}


async def add_own_details(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """The customer's own dates, behind a general answer that depends on them.

    Nothing is added where nobody is identified or the registry does not answer: the general answer stands by itself.
    """
    topic = topic_of(tracker.latest_message)
    if topic not in _ABOUT_PROGRAM | _ABOUT_DEVICES:
        return
    try:
        account = await account_of(tracker)
    except NotIdentified:
        return
    except RegistryUnavailable as error:
        logger.warning("A general answer went out without the customer's own dates: %s", error)
        return
    if account is None or no_devices(account):
        return
    coverage = coverage_now(account)
    if topic in _ABOUT_PROGRAM:
        tell_own_program(dispatcher, tracker, coverage)
    else:
        tell_own_devices(dispatcher, tracker, coverage)
