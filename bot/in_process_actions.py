"""Runs the skills in the bot's own process instead of calling an action server."""

from __future__ import annotations

import json
from typing import Any, Dict, Optional, Text

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server; same requests, same answers, no HTTP.

    Several event loops may use it; skills that block should use a thread of their own.
    """

    def __init__(self, package: Text) -> None:
        super().__init__(url=f"in-process:{package}")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        RemoteAction._validate_action_result = _validate_action_result  # type: ignore[method-assign]

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


def _validate_action_result(action: RemoteAction, result: Dict[Text, Any]) -> bool:
    """Rasa's check of what an action answers, without checking its own schema anew for every action: that is what most
    of a turn's time went into.

    Raises:
        jsonschema.ValidationError: the answer is none.
    """
    _VALIDATOR.validate(result)
    return True
