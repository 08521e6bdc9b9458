"""TensorFlow is left out where nothing needs it, and only there."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile

import pytest

from bot import without_tensorflow
from bot.without_tensorflow import components_of_config, components_of_model, leave_out, needing
from tests.conftest import ROOT


def run(script: str) -> str:
    """What a fresh interpreter prints."""
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, text=True, capture_output=True, timeout=180)
    assert finished.returncode == 0, finished.stderr[-3000:]
    return finished.stdout


@pytest.fixture
def config(tmp_path):
    """Writes a config.yml; returns the file."""

    def write(text: str):
        file = tmp_path / "config.yml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def model(tmp_path):
    """Writes a model file that is served with the given classes."""

    def write(*classes: str):
        metadata = {"predict_schema": {"nodes": {str(n): {"uses": name} for n, name in enumerate(classes)}}}
        content = json.dumps(metadata).encode()
        member = tarfile.TarInfo("metadata.json")
        member.size = len(content)
        with tarfile.open(tmp_path / "model.tar.gz", "w:gz") as archive:
            archive.addfile(member, io.BytesIO(content))
        return tmp_path / "model.tar.gz"

    return write


def test_this_projects_configuration_needs_no_tensorflow():
    assert needing(components_of_config(ROOT / "config.yml")) == []


def test_the_components_of_a_configuration_are_those_of_pipeline_and_policies(config):
    file = config("recipe: default.v1\npipeline: [{name: A}]\npolicies: [{name: B}, {name: C}]\n")
    assert components_of_config(file) == ["A", "B", "C"]


@pytest.mark.parametrize(
    "text",
    ["pipeline: [{name: A}]\npolicies:\n", "policies: [{name: A}]\n", "recipe: graph.v1\nnodes: {}\n", "", "a: [b",
     "- a"],
    ids=["no policies", "no pipeline", "another recipe", "empty", "no YAML", "a list"],
)  # fmt: skip
def test_where_rasa_would_choose_the_components_itself_tensorflow_stays(config, text):
    assert needing(components_of_config(config(text)))


def test_a_missing_configuration_keeps_tensorflow(tmp_path):
    assert needing(components_of_config(tmp_path / "config.yml"))


@pytest.mark.parametrize(
    "name",
    ["DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy", "LanguageModelFeaturizer",
     "rasa.nlu.classifiers.diet_classifier.DIETClassifier", "somebody.elses.Component"],
)  # fmt: skip
def test_a_component_that_may_need_tensorflow_keeps_it(name):
    assert needing(["RulePolicy", name]) == [name]
    before = list(sys.meta_path)
    assert leave_out(["RulePolicy", name]) is False
    assert sys.meta_path == before


def test_the_components_of_a_model_are_those_that_it_is_served_with(model):
    assert components_of_model(model("bot.nlu.X", "rasa.core.policies.ted_policy.TEDPolicy")) == [
        "bot.nlu.X",
        "rasa.core.policies.ted_policy.TEDPolicy",
    ]


def test_a_model_that_cannot_be_read_keeps_tensorflow(tmp_path):
    (tmp_path / "model.tar.gz").write_bytes(b"no archive")
    assert needing(components_of_model(tmp_path / "model.tar.gz"))


def test_once_rasa_is_imported_it_is_too_late(monkeypatch):
    monkeypatch.setitem(sys.modules, "rasa", without_tensorflow)
    assert leave_out(["RulePolicy"]) is False


_TOUCH = """
import sys
from bot.stand_ins import LeftOut
from bot.without_tensorflow import leave_out
assert leave_out(["RulePolicy"])
import rasa.core.agent, spacy
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
print(sys.modules["tensorflow"].__version__, any(name.startswith("tensorflow.python") for name in sys.modules))
class Touching(DIETClassifier):
    def __init__(self):
        import tensorflow as tf
        tf.keras.layers.Dense(3)
for use in (Touching, lambda: __import__("tensorflow").constant(1)):
    try:
        use()
    except LeftOut as error:
        print(error)
"""


def test_without_tensorflow_rasa_is_imported_and_a_use_of_it_names_the_component():
    loaded, of_a_component, of_a_module = run(_TOUCH).splitlines()
    assert loaded == "left out False"
    assert "The component Touching (__main__) uses tensorflow.keras.layers.Dense" in of_a_component
    assert "rasa train" in of_a_component
    assert "The module __main__ uses tensorflow.constant" in of_a_module


_LEARNING = """
from bot.without_tensorflow import leave_out
assert leave_out(["RulePolicy"])
import rasa.core.agent, scipy.stats
print(scipy.stats.norm(0, 1).cdf(0))
"""


def test_who_trains_has_all_of_it():
    assert run(_LEARNING).strip() == "0.5"


_STOCK = """
import sys
import rasa.__main__, rasa.core.agent
import bot.composition, bot.dialogue.age_gate, bot.dialogue.importer, bot.nlu.classifier, bot.nlu.entities
print(sys.modules["tensorflow"].__version__, "bot.stand_ins" in sys.modules)
"""


def test_stock_commands_with_this_projects_parts_have_the_real_tensorflow():
    assert run(_STOCK).split() == ["2.12.0", "False"]
