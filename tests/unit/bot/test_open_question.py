"""Which messages answer the open question, and which are left to the rules."""

import pytest

TASK = {"asks": "unit", "expects": ["unit", "number"], "is_open": True, "topic": "report_damage"}
SETTLED = {**TASK, "asks": "nothing", "is_open": False}


def _policy():
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.resource import Resource

    from bot.dialogue.open_question import OpenQuestionPolicy

    context = ExecutionContext(GraphSchema({}))
    return OpenQuestionPolicy(OpenQuestionPolicy.get_default_config(), None, Resource("none"), context)


@pytest.fixture(scope="module")
def decide():
    """What the policy does: decide(task, text, intent, confidence, *entities) -> an action's name or None."""
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from tests.conftest import ROOT

    domain = Domain.load(str(ROOT / "domain.yml"))
    policy = _policy()

    def ask(task, text, intent, confidence=0.9, *entities, done=()):
        named = [{"entity": entity, "value": "x", "start": n} for n, entity in enumerate(entities)]
        parsed = {"text": text, "intent": {"name": intent, "confidence": confidence}, "entities": named}
        said = UserUttered(text, parsed["intent"], named, parsed)
        events = [SlotSet("task", task), ActionExecuted("action_listen"), said]
        events += [ActionExecuted(name) for name in done]
        tracker = DialogueStateTracker.from_events("c", events, domain.slots)
        probabilities = policy.predict_action_probabilities(tracker, domain).probabilities
        return domain.action_names_or_texts[probabilities.index(1.0)] if max(probabilities) else None

    return ask


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "entities"),
    [
        ("the charger", "nlu_fallback", 0.2, ["unit"]),
        ("the charger", "list_devices", 0.9, ["unit"]),
        ("no, it is the charger I think", "deny", 0.9, ["unit"]),
        ("well it would be that charger thing of mine", "check_coverage", 0.4, ["unit"]),
        ("sorry I meant the charger", "repeat", 0.9, ["unit"]),
        ("0002", "out_of_scope", 0.9, []),
        ("blorp", "nlu_fallback", 0.2, []),
    ],
)
def test_an_answer_goes_to_the_open_question(decide, text, intent, confidence, entities):
    assert decide(TASK, text, intent, confidence, *entities) == "action_go_on"


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("wait does this use up my one replacement", "faq", []),
        ("is my charger covered by the program", "check_coverage", ["unit"]),
        ("is my charger covered", "check_coverage", ["question", "unit"]),
        ("I bought it back in 2025 I think", "faq", []),
        ("yes", "affirm", []),
        ("talk to a person", "talk_to_human", []),
        ("my charger fell", "report_damage", ["unit", "damage_type"]),
    ],
)
def test_everything_else_is_left_to_the_rules(decide, text, intent, entities):
    assert decide(TASK, text, intent, 0.9, *entities) is None


def test_where_nothing_is_open_only_corrections_are_taken(decide):
    assert decide(SETTLED, "no, the charger", "deny", 0.9, "unit") == "action_go_on"
    assert decide(SETTLED, "blorp", "nlu_fallback", 0.2) is None


@pytest.mark.parametrize("task", [None, {}, "unit", {"asks": None, "expects": []}])
def test_without_a_task_it_has_no_opinion(decide, task):
    assert decide(task, "the charger", "nlu_fallback", 0.2, "unit") is None


def test_credentials_are_written_for_no_other_reason(decide):
    task = {"asks": "credentials", "expects": ["email", "serial"], "is_open": True, "topic": "check_coverage"}
    text = "so is my device covered then, my address is [email] by the way"
    assert decide(task, text, "check_coverage", 0.99, "email") == "action_go_on"


@pytest.mark.parametrize("action", ["action_go_on", "action_report_damage"])
def test_once_something_was_done_it_has_no_opinion(decide, action):
    assert decide(TASK, "the charger", "nlu_fallback", 0.2, "unit", done=[action]) is None


def test_when_no_message_waits_it_has_no_opinion(decide):
    assert decide(TASK, "blorp", "nlu_fallback", 0.2, done=["action_repair", "action_listen"]) is None


def test_a_domain_without_its_action_is_refused():
    from rasa.shared.core.domain import Domain

    policy = _policy()
    with pytest.raises(ValueError, match="needs the action 'action_go_on' and the slot 'task'"):
        policy.train([], Domain.empty())
