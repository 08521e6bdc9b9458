"""Training with less around it has the same examples as Rasa's."""

import json
import subprocess
import sys

from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, RESPONSE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tarsafe import TarSafe

from bot import lean_training
from tests.conftest import ROOT


def _example(text: str, intent: str = "greet", **more) -> Message:
    return Message({TEXT: text, INTENT: intent, **more})


def _data() -> list[TrainingData]:
    lookup = [{"name": "unit", "elements": ["charger"]}]
    answers = {"utter_faq/cost": [{"text": "It is free."}]}
    cost = _example("is it free", "faq", **{INTENT_RESPONSE_KEY: "faq/cost"})
    return [
        TrainingData([_example("hello"), _example("hi "), _example("hello")], {"hej": "hello"}, lookup_tables=lookup),
        TrainingData([_example("hello", " greet "), cost], regex_features=[{"name": "n", "pattern": "[0-9]"}]),
        TrainingData([_example("hi "), _example("hi", metadata={"a": [1]})], responses=answers),
    ]


def test_a_merge_is_rasas():
    first, *others = _data()
    expected, found = first.merge(*others, None), lean_training.merge(first, *others, None)
    assert [example.data for example in found.training_examples] == [e.data for e in expected.training_examples]
    assert found.fingerprint() == expected.fingerprint()
    assert "It is free." in [example.get(RESPONSE) for example in found.training_examples]
    assert {name: vars(found)[name] for name in vars(found) if name != "training_examples"} == {
        name: vars(expected)[name] for name in vars(expected) if name != "training_examples"
    }


def test_what_is_merged_can_be_changed_without_changing_its_parts():
    first, *others = _data()
    before = [dict(example.data) for part in (first, *others) for example in part.training_examples]
    for example in lean_training.merge(first, *others).training_examples:
        example.set("language", "en", add_to_output=True)
        example.add_features(None)
        example.features.append("some")
    parts = [example for part in (first, *others) for example in part.training_examples]
    assert [example.data for example in parts] == before
    assert not any(example.features or "language" in example.output_properties for example in parts)


_EXAMPLES = """
import json, sys
from bot.quiet import calm_environment
calm_environment()
from rasa.shared.importers.importer import TrainingDataImporter
if sys.argv[1] == "lean":
    from bot import lean_training
    lean_training.begin()
importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data"])
importer.get_nlu_data()
data = importer.get_nlu_data(language="sv")
print(json.dumps([len(data.training_examples), data.fingerprint(), importer.get_domain().fingerprint()]))
"""


def test_the_projects_examples_are_those_that_rasa_reads():
    read = []
    for how in ("lean", "stock"):
        finished = subprocess.run(
            [sys.executable, "-c", _EXAMPLES, how], cwd=ROOT, text=True, capture_output=True, timeout=180
        )
        assert finished.returncode == 0, finished.stderr[-3000:]
        read.append(json.loads(finished.stdout.splitlines()[-1]))
    assert read[0] == read[1]
    assert read[0][0] > 10_000


def test_stock_commands_know_nothing_of_it():
    script = "import sys, bot.dialogue.importer, bot.nlu.classifier; print('bot.lean_training' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, text=True, capture_output=True, timeout=180)
    assert finished.stdout.split() == ["False"]


_TRAINING = """
import sys
from bot.quiet import calm_environment
calm_environment()
from pathlib import Path
from bot.serving import unused_in_training
from bot.without_tensorflow import components_of_config, leave_out
assert leave_out(components_of_config(Path("config.yml")), unused_in_training())
import rasa.api, rasa.model_training, sklearn.svm
unwanted = ("aiogram.types", "botocore.session", "pymongo.collection", "prompt_toolkit.application", "slack_sdk.web")
print([name for name in unwanted if getattr(sys.modules.get(name), "__file__", None)])
print(sklearn.svm.LinearSVC().fit([[0.0], [1.0]], [0, 1]).predict([[1.0]]))
"""


def test_who_trains_learns_and_knows_no_channels():
    finished = subprocess.run(
        [sys.executable, "-c", _TRAINING], cwd=ROOT, text=True, capture_output=True, timeout=180
    )
    assert finished.stdout.split() == ["[]", "[1]"], finished.stderr[-3000:]


def test_a_model_is_packed_so_that_rasa_can_read_it(tmp_path):
    (tmp_path / "words.json").write_text("words " * 50_000)
    packed = tmp_path / "model.tar.gz"
    with lean_training._PackedFast.open(packed, "w:gz") as archive:
        archive.add(tmp_path / "words.json", "words.json")
    assert packed.stat().st_size < 10_000
    with TarSafe.open(packed, "r:gz") as archive:
        assert archive.extractfile("words.json").read().startswith(b"words words")
