"""Actions in the bot's own process answer as an action server would, and what they answer is checked."""

import jsonschema
import pytest
from rasa.core.actions.action import ActionExecutionRejection as Rejected
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.in_process_actions import InProcessActions

_DOMAIN = Domain.from_dict({"actions": ["action_x"]})


class Answering(InProcessActions):
    """An action whose answer the test chooses."""

    def __init__(self, answer) -> None:
        super().__init__("actions")
        self.answer = answer

    async def request(self, *args, **kwargs):
        return self.answer


async def _run(answer):
    tracker = DialogueStateTracker.from_events("someone", [])
    action = RemoteAction("action_x", Answering(answer))
    return await action.run(CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), tracker, _DOMAIN)


async def test_what_an_action_answers_becomes_events():
    assert await _run({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []}) == [SlotSet("a", 1)]


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [{"name": "no kind"}]},
        {"events": "none"},
        {"responses": {"text": 1}},
        {"events": [{"event": "slot", "name": "a"}], "responses": []},
        {"events": [{"event": "slot", "name": 1, "value": 1}], "responses": []},
        {"events": [{"event": "followup", "timestamp": "now"}], "responses": []},
        {"events": [{"event": "user", "text": 1}], "responses": []},
        {"events": [], "responses": ["text"]},
        None,
    ],
)
async def test_an_answer_of_another_form_is_refused(answer):
    with pytest.raises(jsonschema.ValidationError):
        await _run(answer)


async def test_the_form_itself_is_not_checked_anew_for_every_action(monkeypatch):
    await _run({"events": [], "responses": []})
    monkeypatch.setattr(jsonschema, "validate", lambda *_: pytest.fail("the schema was checked once more"))
    await _run({"events": [], "responses": []})


async def test_an_action_that_rejects_to_run_is_rejected_as_over_http(monkeypatch):
    async def rejects(call):
        raise ActionExecutionRejection("action_x", "not now")

    endpoint = InProcessActions("actions")
    monkeypatch.setattr(endpoint._executor, "run", rejects)
    with pytest.raises(Rejected, match="not now"):
        await RemoteAction("action_x", endpoint).run(
            CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), DialogueStateTracker("x", []), _DOMAIN
        )


async def test_an_action_server_is_still_asked_over_http():
    unreachable = EndpointConfig("http://127.0.0.1:1/webhook")
    with pytest.raises(RasaException, match="Couldn't connect"):
        await RemoteAction("action_x", unreachable).run(
            CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), DialogueStateTracker("x", []), _DOMAIN
        )
