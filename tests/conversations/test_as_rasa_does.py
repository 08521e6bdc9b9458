"""What is done in another way than Rasa does it, because that takes longer, has the same outcome."""

from __future__ import annotations

import pytest
from rasa.core.actions.action import ActionBotResponse
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, BotUttered, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.turns import Collector
from bot.processor import actions_that_fill
from bot.storage.tracker import ConversationStore
from tests.conftest import ADULT

SAID = ("What does it cost?", "when are you open?", "Hur länge gäller garantin?", "my holder fell on the floor", "yes")


@pytest.fixture
async def talk(meet, agent):
    """A conversation about several things, and its tracker."""
    customer = await meet("en", adult=True)
    for text in SAID:
        await customer.says(text)
    return await agent.tracker_store.retrieve(customer.conversation)


@pytest.mark.parametrize("text", [*SAID, "/restart", "", "Bonjour", ADULT])
def test_the_pipeline_understands_the_same_when_dask_runs_it(agent, text):
    ours = agent.processor.graph_runner
    rasas = object.__new__(DaskGraphRunner)
    rasas.__dict__.update({name: value for name, value in vars(ours).items() if name != "_plans"})
    target = agent.processor.model_metadata.nlu_target
    found = [
        runner.run({"__message__": [UserMessage(text)], "__tracker__": None}, [target])[target][0].as_dict(True)
        for runner in (ours, rasas)
    ]
    assert found[0] == found[1]


def test_of_a_target_nothing_else_is_run(agent):
    runner = agent.processor.graph_runner
    assert all("Policy" not in name for name, _ in runner._plan((agent.processor.model_metadata.nlu_target,)))


@pytest.mark.parametrize(("intent", "entity"), [("invented", "unit"), ("greet", "invented")])
def test_what_is_not_in_the_domain_is_warned_of_as_ever(agent, intent, entity):
    with pytest.warns(UserWarning, match="'invented' which is not defined in the domain"):
        agent.processor._check_for_unseen_features({"intent": {"name": intent}, "entities": [{"entity": entity}]})


async def test_an_action_is_logged_as_rasa_logs_it(agent, talk):
    ours, rasas = talk.copy(), talk.copy()
    prediction = PolicyPrediction.for_action_name(agent.domain, "utter_greet", "a policy", 0.7)
    prediction.events = [SlotSet("task", None)]
    for events in ([BotUttered("hi")], None, [ActionExecutionRejected("utter_greet")]):
        action = ActionBotResponse("utter_greet")
        agent.processor._log_action_on_tracker(ours, action, events, prediction)
        MessageProcessor._log_action_on_tracker(agent.processor, rasas, action, events, prediction)
    assert [type(event) for event in ours.events] == [type(event) for event in rasas.events]
    assert list(ours.events) == list(rasas.events)


async def test_slots_are_filled_as_rasa_fills_them(agent, meet):
    customer = await meet("sv", adult=True)
    await customer.says("How long is the warranty?")  # the language of the conversation changes
    said = await agent.tracker_store.retrieve(customer.conversation)
    cut = max(n for n, event in enumerate(said.events) if event.type_name == "user") + 1
    ours, rasas = (DialogueStateTracker.from_events("x", list(said.events)[:cut], agent.domain.slots) for _ in range(2))
    channel = Collector("test")
    await agent.processor.run_action_extract_slots(channel, ours)
    await MessageProcessor.run_action_extract_slots(agent.processor, channel, rasas)
    assert ours.get_slot("language") == "en"
    assert len(ours.events) > cut
    assert ours.current_slot_values() == rasas.current_slot_values()
    assert list(ours.events) == list(rasas.events)


@pytest.mark.parametrize(
    ("mapping", "actions"),
    [
        ({"type": "custom", "action": "action_fill"}, ["action_fill"]),
        ({"type": "custom"}, []),
        ({"type": "custom", "action": "action_fill", "conditions": [{"active_loop": "form"}]}, None),
        ({"type": "from_entity", "entity": "unit"}, None),
    ],
)
def test_rasa_fills_slots_where_messages_fill_them(mapping, actions):
    slots = {"some": {"type": "any", "influence_conversation": False, "mappings": [mapping]}}
    domain = Domain.from_dict({"slots": slots, "actions": ["action_fill"], "entities": ["unit"]})
    assert actions_that_fill(domain) == actions


async def test_the_rules_choose_what_rasas_rule_policy_chooses(agent, talk):
    nodes = agent.processor.graph_runner._instantiated_nodes
    ours = next(node._component for name, node in nodes.items() if "RulesForEveryQuestion" in name)
    rasas = object.__new__(RulePolicy)
    rasas.__dict__.update(vars(ours))
    compared = 0
    events = list(talk.events)
    for length in range(len(events) + 1):
        if length < len(events) and not isinstance(events[length], ActionExecuted):
            continue
        tracker = DialogueStateTracker.from_events("x", events[:length], agent.domain.slots)
        found, expected = (policy._predict(tracker, agent.domain)[0] for policy in (ours, rasas))
        assert found.probabilities == expected.probabilities
        compared += 1
    assert compared > 2 * len(SAID)


async def test_what_is_kept_between_turns_is_what_is_stored(agent, talk, tracker_file):
    elsewhere = ConversationStore(f"sqlite:///{tracker_file}", str, agent.domain)
    stored = await elsewhere.retrieve(talk.sender_id)
    assert [event.as_dict() for event in talk.events] == [event.as_dict() for event in stored.events]
    assert talk.current_slot_values() == stored.current_slot_values()
    assert talk.latest_message.as_dict() == stored.latest_message.as_dict()
    assert talk.applied_events() == stored.applied_events()
