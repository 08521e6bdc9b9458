"""Runs the skills in the bot's own process instead of calling an action server."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Text

from jsonschema import Draft202012Validator
from rasa.core.actions.action import ActionExecutionRejection as Rejected
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.storage.events import read_events


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server; same requests, same answers, no HTTP.

    Several event loops may use it; skills that block should use a thread of their own.
    """

    def __init__(self, package: Text) -> None:
        super().__init__(url=f"in-process:{package}", enable_selective_domain=True)  # no skill asks for the domain
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        RemoteAction.run = _run  # type: ignore[method-assign]

    @property
    def names(self) -> frozenset:
        """The actions that were found in the package."""
        return frozenset(self._executor.actions)

    async def request(
        self,
        method: Text = "post",
        subpath: Optional[Text] = None,
        content_type: Optional[Text] = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Optional[Dict[Text, Any]]:
        """Run the action that the request names.

        Raises:
            ClientResponseError: 400, the action rejected to run (as an action server would answer).
        """
        try:
            return await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            body = json.dumps({"error": str(rejection), "action_name": rejection.action_name})
            raise ClientResponseError(400, "rejected", body) from rejection


_VALIDATOR = Draft202012Validator(RemoteAction.action_response_format_spec())


_over_http = RemoteAction.run


async def _run(
    action: RemoteAction, channel: OutputChannel, nlg: Any, tracker: DialogueStateTracker, domain: Domain
) -> List[Event]:
    """What Rasa does with an action server, but for what an action in the process need not be asked.

    Raises:
        rasa's ActionExecutionRejection: the action rejected to run.
        jsonschema.ValidationError: its answer is none. Slots and actions that follow are checked here, whatever else
            there is by Rasa's own schema, which is not read anew for every action.
    """
    if not isinstance(action.action_endpoint, InProcessActions):
        return await _over_http(action, channel, nlg, tracker, domain)
    try:
        result: Any = await action.action_endpoint.request(json=action._action_call_format(tracker, domain))
    except ClientResponseError as rejection:
        raise Rejected(action.name(), json.loads(rejection.text)["error"]) from rejection
    if not _is_plain(result):
        _VALIDATOR.validate(result)
    said = await action._utter_responses(result.get("responses", []), channel, nlg, tracker)
    return [*said, *read_events(result.get("events", []))]


def _is_plain(result: Any) -> bool:
    """Whether the schema has nothing to say against the answer for sure; False: it has to be asked."""
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events"), result.get("responses")
    if not isinstance(events, list) or not isinstance(responses, list):
        return False
    return all(map(_is_plain_event, events)) and all(isinstance(response, dict) for response in responses)


def _is_plain_event(event: Any) -> bool:
    """A slot that is set, or an action that follows, as the helpers of `rasa_sdk.events` make them."""
    if not isinstance(event, dict) or event.get("timestamp") is not None or "metadata" in event:
        return False
    if event.get("event") == "slot":
        return isinstance(event.get("name"), str) and "value" in event
    return event.get("event") == "followup"
