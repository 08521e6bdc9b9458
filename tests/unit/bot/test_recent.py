"""The end of a long conversation stands for the whole where nothing looks further back."""

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.recent import recent

_DOMAIN = Domain.from_dict(
    {
        "intents": ["ask"],
        "actions": ["action_answer"],
        "slots": {
            "language": {"type": "categorical", "values": ["sv", "en"], "mappings": [{"type": "custom"}]},
            "count": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]},
        },
    }
)


def _conversation(turns: int) -> DialogueStateTracker:
    events = [SlotSet("language", "sv")]
    for number in range(turns):
        events += [
            ActionExecuted(ACTION_LISTEN_NAME),
            UserUttered(f"question {number}", {"name": "ask"}),
            SlotSet("count", number),
            ActionExecuted("action_answer"),
        ]
    return DialogueStateTracker.from_events("someone", events, _DOMAIN.slots, domain=_DOMAIN)


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_a_short_conversation_is_looked_at_whole(turns):
    tracker = _conversation(turns)
    assert recent(tracker, _DOMAIN, 2) is tracker


@pytest.mark.parametrize(("turns", "kept"), [(3, 2), (30, 2), (30, 3)])
def test_the_last_messages_of_a_long_one_are_kept_with_the_slots_that_count(turns, kept):
    tracker = _conversation(turns)
    end = recent(tracker, _DOMAIN, kept)
    said = [event.text for event in end.events if isinstance(event, UserUttered)]
    assert said == [f"question {number}" for number in range(turns - kept, turns)]
    assert end.get_slot("language") == "sv"
    assert "count" not in end.slots  # it does not influence the conversation
    assert (end.latest_action_name, end.latest_message.text) == ("action_answer", f"question {turns - 1}")
    assert end.past_states(_DOMAIN)[-2 * kept :] == tracker.past_states(_DOMAIN)[-2 * kept :]
    assert len(tracker.events) == 1 + 4 * turns


def test_a_slot_that_was_reset_in_between_is_unset():
    tracker = _conversation(1)
    tracker.update(AllSlotsReset())
    for event in list(_conversation(3).events)[1:]:
        tracker.update(event)
    assert recent(tracker, _DOMAIN, 2).get_slot("language") is None
