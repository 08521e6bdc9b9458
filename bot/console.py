"""A conversation in the terminal, for whoever edits the content."""

from __future__ import annotations

import secrets
import sys
from typing import Any, Callable, Dict, List, Text

from rasa.core.agent import Agent

from bot.channels.turns import Collector, pressed, readable, typed

_CHANNEL = "console"


async def talk(agent: Agent, language: Text, mask: Callable[[Text], Text]) -> None:
    """Read lines from standard input until it ends; a number presses the button of that number."""
    conversation = secrets.token_hex(16)
    output = Collector(_CHANNEL)
    tracker = await agent.processor.fetch_tracker_and_update_session(  # type: ignore[union-attr]
        conversation, output, {"language": language}
    )
    await agent.processor.save_tracker(tracker)  # type: ignore[union-attr]
    buttons = _show(output)
    while not output.erased:
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            break
        text = readable(line)
        if not text:
            continue
        output = Collector(_CHANNEL)
        details: Dict[Text, Any] = {"output_channel": output, "sender_id": conversation, "input_channel": _CHANNEL}
        if text.isdecimal() and 1 <= int(text) <= len(buttons):
            button = buttons[int(text) - 1]
            message = pressed(button["payload"], button["title"], **details)
        else:
            message = await typed(agent, text, mask(text), **details)
        await agent.handle_message(message)
        buttons = _show(output)


def _show(output: Collector) -> List[Dict[Text, Any]]:
    for message in output.messages:
        print(f"\n{message['text']}")
    buttons = [button for message in output.messages for button in message["buttons"]]
    print("".join(f"  [{number}] {button['title']}" for number, button in enumerate(buttons, start=1)))
    return buttons
