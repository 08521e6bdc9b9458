"""The end of a long conversation stands for the whole where nothing looks further back."""

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.recent import MOST_TURNS, recent

_DOMAIN = Domain.from_dict(
    {
        "intents": ["ask"],
        "actions": ["action_answer"],
        "slots": {
            "language": {"type": "categorical", "values": ["sv", "en"], "mappings": [{"type": "custom"}]},
            "count": {"type": "any", "mappings": [{"type": "custom"}]},
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


@pytest.mark.parametrize("turns", [0, 1, MOST_TURNS])
def test_a_short_conversation_is_looked_at_whole(turns):
    tracker = _conversation(turns)
    assert recent(tracker, _DOMAIN) is tracker


@pytest.mark.parametrize("turns", [MOST_TURNS + 1, 30])
def test_the_last_messages_of_a_long_one_are_kept_with_the_slots_as_they_are(turns):
    tracker = _conversation(turns)
    end = recent(tracker, _DOMAIN)
    said = [event.text for event in end.events if isinstance(event, UserUttered)]
    assert said == [f"question {turns - 3}", f"question {turns - 2}", f"question {turns - 1}"]
    assert (end.get_slot("language"), end.get_slot("count")) == ("sv", turns - 1)
    assert (end.latest_action_name, end.latest_message.text) == ("action_answer", f"question {turns - 1}")
    states, all_states = end.past_states(_DOMAIN), tracker.past_states(_DOMAIN)
    assert states[-2 * MOST_TURNS + 1 :] == all_states[-2 * MOST_TURNS + 1 :]
    assert len(tracker.events) == 1 + 4 * turns
