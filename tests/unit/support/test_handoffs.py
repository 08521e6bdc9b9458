"""The states of a hand-off: which follow which, and that doing it again changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from actions.identity.sealed import Sealer
from actions.support.accounts import Accounts
from actions.support.handoff import NotYours, ReplyBy, State, UnknownHandoff
from actions.support.records import Records
from actions.support.store import HandoffStore
from tests.unit.support.desk_parts import BRIEF, HOURS, MORNING, at

CHAT = "c" * 32


def test_a_note_that_was_sealed_with_another_key_is_told_from_an_empty_one(desk):
    reference = desk.queue(CHAT).reference
    Records(desk.database, Sealer("another secret")).add_note(reference, "note", "anna", "seems upset", at(1))
    desk.records.add_note(reference, "note", "bo", "", at(2))
    assert [note.text for note in desk.records.notes(reference)] == [None, ""]


def test_a_conversation_without_a_wish_is_the_bots(desk):
    assert desk.store.of(CHAT) is None


def test_an_offer_does_not_silence_the_bot(desk):
    assert not desk.store.offer(CHAT, "sv", "misunderstood", at(0)).silences_bot


def test_who_accepts_an_offer_waits_from_the_acceptance_and_keeps_its_reason(desk):
    desk.store.offer(CHAT, "sv", "misunderstood", at(0))
    handoff = desk.store.request(CHAT, "sv", "asked", at(5), BRIEF)
    assert (handoff.state, handoff.reason, handoff.requested_at) == (State.QUEUED, "misunderstood", at(5))
    assert handoff.brief == BRIEF
    assert handoff.silences_bot


def test_the_last_offer_counts(desk):
    desk.store.offer(CHAT, "sv", "misunderstood", at(0))
    assert desk.store.offer(CHAT, "sv", "failed", at(1)).reason == "failed"


def test_asking_again_keeps_the_place_in_the_queue(desk):
    first = desk.queue(CHAT)
    assert desk.queue(CHAT, minutes=5) == first


def test_an_agent_who_takes_it_owns_it(desk):
    taken = desk.store.take(desk.queue(CHAT).reference, "anna", at(2))
    assert (taken.state, taken.owner, taken.assigned_at) == (State.ASSIGNED, "anna", at(2))


def test_taking_again_changes_nothing(desk):
    reference = desk.queue(CHAT).reference
    assert desk.store.take(reference, "anna", at(2)) == desk.store.take(reference, "anna", at(3))


def test_what_a_colleague_has_cannot_be_taken(desk):
    reference = desk.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    with pytest.raises(NotYours) as refusal:
        desk.store.take(reference, "bo", at(2))
    assert refusal.value.handoff.owner == "anna"


def test_what_the_customer_has_cancelled_cannot_be_taken(desk):
    reference = desk.queue(CHAT).reference
    assert desk.store.cancel(CHAT, at(1)) is None
    with pytest.raises(NotYours):
        desk.store.take(reference, "anna", at(2))


def test_cancelling_too_late_leaves_the_person_and_says_who_it_is(desk):
    desk.store.take(desk.queue(CHAT).reference, "anna", at(1))
    still = desk.store.cancel(CHAT, at(2))
    assert (still.state, still.owner) == (State.ASSIGNED, "anna")


@pytest.mark.parametrize("taken", [False, True])
def test_a_customer_may_go_back_to_the_bot_at_any_time(desk, taken):
    reference = desk.queue(CHAT).reference
    if taken:
        desk.store.take(reference, "anna", at(1))
    desk.store.leave(CHAT, at(2))
    ended = desk.store.get(reference)
    assert (ended.state, ended.outcome) == (State.RETURNED, "left" if taken else "cancelled")
    assert desk.store.of(CHAT) is None


@pytest.mark.parametrize("state", [State.RETURNED, State.CLOSED])
def test_ending_is_done_once_and_may_be_repeated(desk, state):
    reference = desk.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    assert desk.store.finish(reference, "anna", state, "solved", at(5)) is True
    assert desk.store.finish(reference, "anna", state, "solved", at(6)) is False
    assert desk.store.get(reference).ended_at == at(5)


def test_what_is_closed_cannot_be_returned(desk):
    reference = desk.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    desk.store.finish(reference, "anna", State.CLOSED, "solved", at(5))
    with pytest.raises(NotYours):
        desk.store.finish(reference, "anna", State.RETURNED, "returned", at(6))


def test_only_the_owner_ends_it(desk):
    reference = desk.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    with pytest.raises(NotYours):
        desk.store.finish(reference, "bo", State.CLOSED, "solved", at(2))
    assert desk.store.get(reference).state is State.ASSIGNED


def test_a_conversation_is_handed_to_a_colleague_once(desk):
    reference = desk.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    for minute in (2, 3):
        assert desk.store.assign(reference, "anna", "bo", at(minute)).owner == "bo"
    assert [(note.kind, note.author, note.text) for note in desk.records.notes(reference)] == [
        ("assigned", "anna", "bo")
    ]
    with pytest.raises(NotYours):
        desk.store.check(reference, "anna")


def test_after_the_end_a_new_wish_is_a_new_handoff(desk):
    first = desk.queue(CHAT).reference
    desk.store.cancel(CHAT, at(1))
    again = desk.queue(CHAT, minutes=9)
    assert again.reference != first
    assert again.requested_at == at(9)


def test_a_message_for_an_answer_by_mail_leaves_the_bot_talking(desk):
    left = desk.store.leave_message(CHAT, "sv", "closed", at(0), BRIEF, "sealed")
    assert (left.state, left.reply_by, left.silences_bot) == (State.QUEUED, ReplyBy.MAIL, False)
    assert desk.store.of(CHAT) is None
    assert desk.store.take(left.reference, "anna", at(1)).owner == "anna"


def test_a_message_and_a_chat_of_one_conversation_stand_beside_each_other(desk):
    left = desk.store.leave_message(CHAT, "sv", "closed", at(0), BRIEF, None)
    queued = desk.queue(CHAT, minutes=1)
    desk.store.cancel(CHAT, at(2))
    assert desk.store.get(left.reference).state is State.QUEUED
    assert desk.store.get(queued.reference).state is State.RETURNED


def test_an_unknown_reference_is_named_as_such(desk):
    with pytest.raises(UnknownHandoff):
        desk.store.take("NOT-THIS", "anna", at(0))


def test_another_process_finds_every_state_as_it_was(desk):
    from tests.unit.support.desk_parts import Desk

    desk.store.offer("offered", "sv", "failed", at(0))
    desk.queue("queued")
    desk.store.take(desk.queue("assigned").reference, "anna", at(1))
    again = Desk(desk.url)
    states = {name: again.store.of(name).state for name in ("offered", "queued", "assigned")}
    assert states == {"offered": State.OFFERED, "queued": State.QUEUED, "assigned": State.ASSIGNED}
    again.database.close()


def test_customers_are_told_of_other_ways_once_while_they_wait(desk):
    waiting = desk.queue(CHAT)
    assert [desk.store.remind(waiting, at(10)), desk.store.remind(waiting, at(11))] == [True, False]
    other = desk.queue("other")
    desk.store.take(other.reference, "anna", at(1))
    assert desk.store.remind(other, at(10)) is False


def test_who_was_told_in_open_hours_is_told_again_when_support_closes(desk):
    reference = desk.store.request(CHAT, "en", "asked", evening(18, 40), BRIEF).reference

    def told(moment) -> bool:
        found = desk.store.overdue(HOURS, moment)
        return bool(found) and desk.store.remind(found[0], moment)

    assert [told(evening(18, 49)), told(evening(18, 51)), told(evening(18, 59))] == [False, True, False]
    assert [told(evening(19, 1)), told(evening(19, 2)), told(evening(23, 0))] == [True, False, False]
    assert desk.store.get(reference).state is State.QUEUED
    assert [told(evening(19, 1) + timedelta(days=1)), told(evening(19, 2) + timedelta(days=1))] == [True, False]


def evening(hour: int, minute: int):
    return MORNING.replace(hour=hour, minute=minute)


def test_a_colleague_takes_over_from_an_agent_who_is_gone_and_from_nobody_else(desk):
    people = Accounts(desk.database, PasswordHasher(1, 8, 1))
    store = HandoffStore(desk.database, lambda: "REF-1", lambda handoff, now: 0.0, knows_absence=True)
    for name in ("anna", "bo"):
        people.add(name, name.title(), "correct horse battery")
    people.seen("anna", at(0))
    reference = store.request(CHAT, "en", "asked", at(0), BRIEF).reference
    store.take(reference, "anna", at(0))
    with pytest.raises(NotYours):
        store.take(reference, "bo", at(1))
    people.seen("anna", None)
    assert store.take(reference, "bo", at(2)).owner == "bo"
    with pytest.raises(NotYours):
        store.finish(reference, "anna", State.CLOSED, "solved", at(3))
    assert [(note.kind, note.author) for note in desk.records.notes(reference)] == [("assigned", "bo")]


def test_who_loses_the_account_leaves_the_conversations_to_the_queue(desk):
    people = Accounts(desk.database, PasswordHasher(1, 8, 1))
    people.add("anna", "Anna", "correct horse battery")
    reference = desk.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    ended = desk.queue("ended").reference
    desk.store.take(ended, "anna", at(1))
    desk.store.finish(ended, "anna", State.CLOSED, "solved", at(2))
    people.remove("anna")
    again = desk.store.get(reference)
    assert (again.state, again.owner, again.assigned_at) == (State.QUEUED, None, None)
    assert desk.store.get(ended).state is State.CLOSED


def test_erasure_leaves_nothing_of_the_conversation(desk):
    reference = desk.queue(CHAT).reference
    desk.store.take(reference, "anna", at(1))
    desk.records.add_note(reference, "note", "anna", "a note", at(1))
    desk.records.keep_original(reference, "sealed", at(1))
    desk.queue("other")
    desk.store.erase(CHAT)
    assert desk.store.of("other") is not None
    with pytest.raises(UnknownHandoff):
        desk.store.get(reference)
    assert desk.records.notes(reference) == desk.records.originals(reference) == []


def test_unmasked_words_are_kept_until_the_end_and_not_after_it(desk):
    reference = desk.queue(CHAT).reference
    desk.records.keep_original(reference, "sealed", at(1))
    assert desk.records.originals(reference) == ["sealed"]
    desk.store.take(reference, "anna", at(2))
    desk.store.finish(reference, "anna", State.CLOSED, "solved", at(3))
    desk.records.keep_original(reference, "late", at(4))
    assert desk.records.originals(reference) == []
