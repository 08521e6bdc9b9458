"""Understands what is typed in a conversation, with the agent's pipeline and what was said before."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Awaitable, Callable, FrozenSet, Mapping, Optional, Sequence, Text, Tuple

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.content import load_content
from bot.nlu.language import LANGUAGE
from bot.settings import ROOT
from bot.understanding import letters
from bot.understanding.age import MINOR, MINOR_IF_ASKED, beside_own_birth, of_age, said_of_age
from bot.understanding.asides import aside, said_in
from bot.understanding.beside_danger import asked_beside_danger
from bot.understanding.beyond import asked_beyond
from bot.understanding.choice import Choice, choice_in, place_in
from bot.understanding.corrections import as_corrected
from bot.understanding.danger import is_in_danger, of_danger
from bot.understanding.deeds import decided, is_deed, pressed_by_place
from bot.understanding.emergency import DISPOSAL, asks_of_disposal, in_need
from bot.understanding.meaning import (
    FURTHER,
    NOT_UNDERSTOOD,
    REMARK,
    TOPICS,
    ParseData,
    of_button,
    topic_of,
    with_topic,
)
from bot.understanding.message import Before, Understanding
from bot.understanding.objections import OBJECTION, objects
from bot.understanding.offers import answered, beside_offer, may_concern_offer, of_two_units
from bot.understanding.remarks import may_remark, remarked
from bot.understanding.speech import DECLINES, SEEKS, Relations, Speech, load_relations, load_speech
from bot.understanding.taken_back import taken_back
from bot.understanding.told import as_told
from bot.understanding.wishes import (
    WRITTEN,
    Press,
    is_message,
    may_be_message,
    may_press,
    press_of,
    pressed_by,
    pressed_while_waiting,
    title_key,
    wants_a_person,
)

_LEADING = re.compile(rf"^[\s{INTENT_MESSAGE_PREFIX}]+")
_PERSON, _TO_PEOPLE = "talk_to_human", ("talk_to_human", "complaint")
_SURE, _OTHERS = 0.95, (FURTHER, TOPICS)
_DECLINED, _SOMETHING = 0.9, 4
"""How sure it is that no person is wanted; the fewest words that may say something beside that."""
_CERTAIN = 1.0
_MESSAGES_BACK = 3
"""How far back the answer may be that a short message leans on, small talk in between."""


@lru_cache(maxsize=1)
def word_lists() -> Tuple[Mapping[Text, Speech], Relations]:
    """The word lists and relations under `data/`, read once.

    Raises:
        ContentError: a file is wrong.
    """
    data = ROOT / "data"
    return load_speech(data), load_relations(data / "conversation.yml")


@lru_cache(maxsize=1)
def button_titles() -> FrozenSet[Text]:
    """The titles of all buttons under `data/`, as `title_key` makes them, read once.

    Raises:
        ContentError: a file is wrong.
    """
    content = load_content(ROOT / "data")
    answers = (answer for every in content.answers.values() for answer in every.values())
    titles = {title for every in content.titles.values() for title in every.values()}
    return frozenset(map(title_key, {*titles, *(button.title for answer in answers for button in answer.buttons)}))


def wish_of_one_who_waits(text: Text) -> Optional[Press]:
    """See `pressed_while_waiting`.

    Raises:
        ContentError: a file under `data/` is wrong.
    """
    speech = word_lists()[0]
    return pressed_while_waiting(text, speech) or letters.wished_while_waiting(text, speech)


async def understand(
    agent: Agent, text: Text, conversation: Optional[Text], one: bool = False, contact: bool = False
) -> ParseData:
    """The parse data of a typed text, which may be the title of a button; no slash in it ever triggers an intent.

    Args:
        agent: with the pipeline and the store of conversations.
        text: what was typed, without personal data.
        conversation: its id, None where there is none yet.
        one: the message is not divided into several.
        contact: there was an e-mail address or a phone number in it.
    """
    speech, relations = word_lists()
    is_danger = is_in_danger(text)
    if conversation and not is_danger:
        button = await _pressed(agent, text, conversation, contact)
        if button:
            return of_button(*button)

    async def parse(part: Text, expected: Optional[Text]) -> ParseData:
        # What is left can never begin with a slash, at the start of the message or of a part of it.
        message = UserMessage(_LEADING.sub("", part), metadata={LANGUAGE: expected} if expected else None)
        return dict(await agent.processor.parse_message(message))  # type: ignore[union-attr]

    async def before() -> Before:
        tracker = await agent.tracker_store.retrieve(conversation) if conversation else None
        return come_to(tracker, relations) if tracker else Before()

    async def retrieve() -> Optional[DialogueStateTracker]:
        return await agent.tracker_store.retrieve(conversation) if conversation else None

    async def alone(part: Text) -> ParseData:
        return await understanding.of(part, before, one=True)

    understanding = Understanding(parse, speech, relations)
    meant = await understanding.of(text, before, one or is_danger)
    if one:  # there may be a date in it
        meant = await beside_own_birth(text, meant, lambda part: understanding.of(part, before, one))
    meant = as_corrected(text, as_told(text, meant, speech), is_danger)
    if is_danger:
        asked = await asked_beside_danger(understanding, text, meant)
        return {**of_danger(meant, asked), DISPOSAL: asks_of_disposal(text)}
    meant = await _in_its_place(text, meant, understanding, before, retrieve, None if one else conversation, contact)
    return await decided(text, meant, retrieve, alone)


async def _pressed(agent: Agent, text: Text, conversation: Text, contact: bool) -> Optional[Press]:
    """The button that the words stand for; one that does what cannot be undone is pressed by no question."""
    speech = word_lists()[0]
    place, letter = place_in(text), letters.said_in(text, speech)
    if not place and not letter and not may_press(text, speech, button_titles()):
        return None
    tracker = await agent.tracker_store.retrieve(conversation)
    if tracker is None:
        return None
    button = pressed_by(text, tracker, speech) or (pressed_by_place(place, tracker) if place else None)
    choice = choice_in(text) if button and is_deed(button.payload) else Choice()
    if button and not choice.doubtful and not choice.questions:
        return button
    return letters.wished(text, tracker, letter, contact)


async def _in_its_place(
    text: Text,
    meant: ParseData,
    understanding: Understanding,
    before: Callable[[], Awaitable[Before]],
    retrieve: Callable[[], Awaitable[Optional[DialogueStateTracker]]],
    conversation: Optional[Text],
    contact: bool,
) -> ParseData:
    """What the message means after what was said before. `conversation`: None where it is not asked what it remarks."""
    speech = understanding.speech
    text, meant = await taken_back(text, meant, speech, retrieve, lambda part: understanding.of(part, before, one=True))
    needed = await in_need(text, meant, retrieve)
    if needed:
        return needed
    if may_be_message(text, speech, contact):
        tracker = await retrieve()
        if tracker and is_message(text, tracker, speech, meant, contact):
            written = of_button(*press_of(WRITTEN, text))
            return {**written, REMARK: letters.CALL} if letters.CALL in letters.said_in(text, speech) else written
    if conversation:
        lists = said_in(text)
        tracker = await retrieve() if lists else None
        besides = aside(text, meant, tracker, lists) if tracker else None
        if besides:
            return besides
        said = may_remark(text, meant, speech)
        tracker = await retrieve() if said or may_concern_offer(text, meant) else None
        remark = _in_conversation(text, meant, tracker, speech, said) if tracker else None
        if remark:
            return remark
    sought = any(wants_a_person(text, each) or each.says(SEEKS, text) for each in speech.values())
    if sought and _PERSON not in (meant.get(TOPICS) or ()):
        meant = with_topic({key: value for key, value in meant.items() if key not in _OTHERS}, _PERSON, _SURE)
    if topic_of(meant) == _PERSON and any(each.says(DECLINES, text) for each in speech.values()):
        meant = await _without_a_person(understanding, text, meant, before)
    beyond = await asked_beyond(text, meant, retrieve)
    if beyond:
        return beyond
    is_objection = await objects(text, meant, speech, retrieve) if topic_of(meant) not in _TO_PEOPLE else False
    return with_topic(meant, OBJECTION, _CERTAIN) if is_objection else meant


async def with_age(
    agent: Agent, meant: ParseData, text: Text, masked: Text, conversation: Optional[Text]
) -> ParseData:
    """What was understood, with what the message says of an age (`bot.understanding.age`).

    Args:
        agent: with the store of conversations.
        meant: what was understood.
        text: what was typed.
        masked: the same with marks for personal data.
        conversation: its id, None where there is none yet.
    """
    said = said_of_age(text, masked)
    if said == MINOR_IF_ASKED:
        tracker = await agent.tracker_store.retrieve(conversation) if conversation else None
        said = None if tracker and tracker.get_slot("age_status") == "adult" else MINOR
    return of_age(meant, said, text)


def _in_conversation(
    text: Text, meant: ParseData, tracker: DialogueStateTracker, speech: Mapping[Text, Speech], said: FrozenSet[Text]
) -> Optional[ParseData]:
    """What a message means after what was said before; None: what it means by itself."""
    return (
        of_two_units(text, meant, tracker)
        or answered(text, meant, tracker, said)
        or remarked(text, meant, tracker, said)
        or beside_offer(text, meant, tracker, speech, said)
    )


async def _without_a_person(
    understanding: Understanding, text: Text, whole: ParseData, before: Callable[[], Awaitable[Before]]
) -> ParseData:
    """What the rest of a message means that says that no person is wanted; a no, where hardly anything is left."""
    speech = understanding.speech
    rest = text
    for each in speech.values():
        rest = each.without(DECLINES, rest)
    if len(rest.split()) < _SOMETHING:
        return with_topic(whole, "deny", _DECLINED)
    meant = await understanding.of(rest, before)
    return with_topic(whole, "deny", _DECLINED) if topic_of(meant) == _PERSON else meant


def come_to(tracker: DialogueStateTracker, relations: Relations) -> Before:
    """What the conversation has come to."""
    task = tracker.get_slot("task")
    takes_all = isinstance(task, dict) and bool(task.get("takes_all"))
    said = [event for event in tracker.applied_events() if isinstance(event, UserUttered)]
    return Before(tracker.get_slot("language"), _topic(said[-_MESSAGES_BACK:], relations), takes_all)


def _topic(said: Sequence[UserUttered], relations: Relations) -> Optional[Text]:
    """The topic of the last message that was answered; what was not understood ends the search."""
    for message in reversed(said):
        topic = topic_of(dict(message.parse_data or {}))
        if topic in (None, NOT_UNDERSTOOD):
            return None
        if topic not in relations.alone | relations.beside:
            return topic
    return None
