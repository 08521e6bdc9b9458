"""Makes the output of channels with what a server that serves only that one has, and sends something with it.

A program: `python -m tests.unit.bot.channels_that_send FOLDER`. Prints a line for each channel: its name, a tab, what
came of it ("refused": by the network). Every address is that of a closed port of this machine.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import socket
import sys
import traceback
from dataclasses import replace
from pathlib import Path

from bot import serving
from bot.settings import load_settings
from bot.stand_ins import LeftOut
from bot.without_tensorflow import leave_out


def closed(*_, **__):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))]


def channels(name):
    return importlib.import_module(f"rasa.core.channels.{name}")


async def by_module_path(library):
    import aiohttp
    import requests

    if library == "requests":
        requests.get(ADDRESS)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as session:
        await session.get(ADDRESS)


async def hangouts():
    channels("hangouts").HangoutsInput()._check_token("x")


def endpoint():
    from rasa.utils.endpoints import EndpointConfig

    return EndpointConfig(ADDRESS)


def text(output):
    return output.send_text_message("somebody", "Hej")


ADDRESS = "http://channel.example/api"
CASES = {
    "botframework": lambda: text(channels("botframework").BotFramework("id", "word", {"id": "1"}, "bot", ADDRESS)),
    "callback": lambda: text(channels("callback").CallbackOutput(endpoint())),
    "facebook": lambda: text(channels("facebook").MessengerBot(channels("facebook").MessengerClient("token"))),
    "hangouts": hangouts,
    "mattermost": lambda: text(channels("mattermost").MattermostBot(ADDRESS, "token", "bot", None)),
    "rasa": lambda: channels("rasa_chat").RasaChatInput(ADDRESS)._fetch_public_key(),
    "rocketchat": lambda: text(channels("rocketchat").RocketChatBot("user", "word", ADDRESS)),
    "slack": lambda: text(channels("slack").SlackBot("token")),
    "telegram": lambda: text(channels("telegram").TelegramOutput("1:token")),
    "twilio": lambda: text(channels("twilio").TwilioOutput("account", "token", "+46")),
    "webexteams": lambda: text(channels("webexteams").WebexTeamsBot("token", None)),
    "my.own.Channel": lambda: by_module_path("aiohttp"),
    "my.other.Channel": lambda: by_module_path("requests"),
}


def outcome(name, folder, settings):
    file = folder / f"{name}.yml"
    file.write_text(f"bot.composition.WebChatFromSettings:\n{name}:\n  token: x\n", encoding="utf-8")
    assert leave_out([], serving.unused([], settings, file))

    async def send():
        await CASES[name]()

    try:
        asyncio.run(send())
    except BaseException as error:
        chain = []
        link: BaseException | None = error
        while link is not None:
            chain.append(link)
            link = link.__cause__ or link.__context__
        if any(isinstance(link, (LeftOut, TypeError)) for link in chain):
            return repr(chain[0])
        return "refused" if any(isinstance(link, ConnectionRefusedError) for link in chain) else repr(chain)
    return "nothing was sent"


def main(folder):
    serving.pythons_own_distutils()
    socket.getaddrinfo = closed
    settings = replace(load_settings(), socketio=False, redis_url=None, chatwoot=None)
    for name in CASES:
        child = os.fork()  # what has been imported cannot be left out any more
        if child == 0:
            try:
                print(name, outcome(name, folder, settings), sep="\t", flush=True)
            except BaseException:
                traceback.print_exc()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
