"""Who serves a model does without what only others need, and has what the settings, channels and components need."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from importlib.machinery import ModuleSpec

import pytest

from bot import serving
from bot.settings import ChatwootSettings, load_settings
from bot.stand_ins import Finder, LeftOut, Unused
from tests.conftest import ROOT
from tests.unit.bot.channels_that_send import CASES

OURS = ["bot.nlu.counts.MessageCounts", "rasa.nlu.classifiers.fallback_classifier.FallbackClassifier"]


@pytest.fixture
def settings(monkeypatch):
    for name in ("REDIS_URL", "SOCKETIO", "DESK", "CHATWOOT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECRET_KEY", "a key that is only used in this test")
    return load_settings()


@pytest.fixture
def credentials(tmp_path):
    """Writes a credentials.yml; returns the file."""

    def write(text: str = "bot.composition.WebChatFromSettings:\n"):
        file = tmp_path / "credentials.yml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def left_out(components, settings, credentials) -> set[str]:
    unused = serving.unused(components, settings, credentials)
    return {*unused.libraries, *unused.names}


def test_channels_without_a_name_in_the_credentials_lose_their_libraries(settings, credentials):
    assert left_out(OURS, settings, credentials()) >= {"aiogram", "slack_sdk", "twilio", "socketio", "requests"}


@pytest.mark.parametrize(
    ("channel", "library"),
    [
        ("telegram", "aiogram"),
        ("slack", "aiohttp"),
        ("twilio", "requests"),
        ("socketio", "socketio"),
        ("my.own", "twilio"),
    ],
)
def test_a_channel_in_the_credentials_keeps_its_libraries(settings, credentials, channel, library):
    assert library not in left_out(OURS, settings, credentials(f"{channel}:\n  token: x\n"))


@pytest.mark.parametrize("text", ["a: [b", ""])
def test_credentials_that_cannot_be_used_are_for_others_to_refuse(settings, credentials, text):
    assert "boto3" in left_out(OURS, settings, credentials(text))
    assert "aiogram" not in left_out(OURS, settings, credentials("a: [b"))


def test_settings_keep_what_they_need(settings, credentials):
    everything = replace(
        settings,
        redis_url="redis://127.0.0.1",
        socketio=True,
        chatwoot=ChatwootSettings("https://chatwoot.example", 1, "token", "secret", None),
    )
    assert {"redis", "aiohttp", "socketio"} <= left_out(OURS, settings, credentials())
    assert not {"redis", "aiohttp", "socketio"} & left_out(OURS, everything, credentials())


@pytest.mark.parametrize(
    "component", ["rasa.nlu.classifiers.sklearn_intent_classifier.SklearnIntentClassifier", "somebody.elses.Component"]
)
def test_another_component_keeps_what_learns(settings, credentials, component):
    assert {"sklearn", "scipy.sparse.linalg"} <= left_out(OURS, settings, credentials())
    assert not {"sklearn", "scipy.sparse.linalg"} & left_out([*OURS, component], settings, credentials())
    assert "sklearn" not in left_out(None, settings, credentials())


_SERVED = """
import sys
from pathlib import Path
from bot import serving
from bot.settings import load_settings
from bot.stand_ins import LeftOut
from bot.without_tensorflow import leave_out
serving.pythons_own_distutils()
assert leave_out([], serving.unused([], load_settings(), Path("credentials.yml")))
import bot.server, bot.nlu.classifier, bot.nlu.counts, bot.nlu.tokens, bot.dialogue.rules
unwanted = ("sklearn.base", "scipy.optimize", "pymongo.collection", "botocore.session", "spacy.training.example",
            "pandas", "matplotlib", "setuptools", "h5py", "dask.core", "alembic.context", "prompt_toolkit.application")
print([name for name in unwanted if getattr(sys.modules.get(name), "__file__", None)])
import scipy.stats, sklearn.svm, slack_sdk, boto3.dynamodb.conditions
for use in (lambda: scipy.stats.mode([1]), lambda: sklearn.svm.LinearSVC(), lambda: slack_sdk.WebClient("x"),
            lambda: boto3.client("s3")):
    try:
        use()
    except LeftOut as error:
        print(error)
from rasa.engine.graph import GraphComponent
class Component(GraphComponent):
    @classmethod
    def create(cls, *_): ...
    def process(self):
        sklearn.svm.LinearSVC()
try:
    Component().process()
except LeftOut as error:
    print(error)
try:
    raise ValueError
except (slack_sdk.errors.SlackApiError, ValueError):  # what is caught by its name is an exception
    print("caught")
print([word.text for word in __import__("spacy").blank("sv")("Hej, är t.ex. det gratis?")])
"""


def environment() -> dict[str, str]:
    """What a fresh interpreter is told."""
    told = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    told = {name: told[name] for name in told.keys() - {"REDIS_URL", "SOCKETIO", "DESK", "CHATWOOT_URL"}}
    told |= {"SECRET_KEY": "a key that is only used in this test", "PYTHONWARNINGS": "ignore"}
    return told | {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


def test_a_channel_can_send_with_what_is_left(tmp_path):
    program = [sys.executable, "-m", "tests.unit.bot.channels_that_send", str(tmp_path)]
    finished = subprocess.run(program, cwd=ROOT, env=environment(), text=True, capture_output=True, timeout=180)
    outcomes = dict(line.split("\t") for line in finished.stdout.splitlines() if "\t" in line)
    assert outcomes == dict.fromkeys(CASES, "refused"), finished.stderr[-3000:]


def test_every_channel_of_rasa_is_known():
    from rasa.core.channels import BUILTIN_CHANNELS

    assert serving._OF_CHANNELS.keys() == BUILTIN_CHANNELS.keys()


def test_an_exception_that_is_left_out_can_be_caught_and_inherited_from_but_not_made():
    library = Finder(Unused(libraries=("absent",))).create_module(ModuleSpec("absent", None))

    class Derived(library.ClientError):
        """Somebody's own."""

    with pytest.raises(LeftOut, match=r"absent\.ClientTimeout"):
        library.ClientTimeout(total=3)
    with pytest.raises(LeftOut, match=r"absent\.ClientError"):
        raise library.ClientError
    with pytest.raises(library.ClientError, match="it is down"):
        raise Derived("it is down")


def test_what_is_left_out_is_not_there_and_says_so_when_it_is_used():
    finished = subprocess.run(
        [sys.executable, "-c", _SERVED], cwd=ROOT, env=environment(), text=True, capture_output=True, timeout=180
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    loaded, statistics, learning, channel, store, component, caught, words = finished.stdout.splitlines()
    assert loaded == "[]"
    assert "The module __main__ uses scipy.stats.mode" in statistics
    assert "uses sklearn.svm.LinearSVC" in learning
    assert "bot/serving.py" in learning
    assert "uses slack_sdk.WebClient" in channel
    assert "uses boto3.client" in store
    assert "The component Component (__main__) uses sklearn.svm.LinearSVC" in component
    assert caught == "caught"
    assert words == "['Hej', ',', 'är', 't.ex.', 'det', 'gratis', '?']"
