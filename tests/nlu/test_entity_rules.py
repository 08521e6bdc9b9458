"""The component that finds entities: its tables, how it matches, and that it is stored and loaded."""

import json
import time
import unicodedata

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.entities import EntityRules
from tests.nlu.entities_in import found_in, values

_CONTEXT = ExecutionContext(GraphSchema({}), model_id="test")


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("my hodler", "unit", "holder"),
        ("chargr", "unit", "charger"),
        ("hallaren", "unit", "holder"),
        ("HÅLLAREN", "unit", "holder"),
        (unicodedata.normalize("NFD", "hållaren"), "unit", "holder"),
        ("it got stolne", "damage_type", "stolen"),
        ("den ar vattenskadad", "damage_type", "accident"),
        ("it doesn’t heat", "damage_type", "defect"),
        ("wont charge", "damage_type", "defect"),
    ],
)
def test_case_accents_apostrophes_and_one_typing_error_do_not_matter(rules, text, entity, value):
    assert values(rules, text, entity) == [value]


@pytest.mark.parametrize("text", ["folder", "changer", "charges", "laddade", "Holger"])
def test_a_real_word_is_no_typing_error(rules, text):
    assert values(rules, text, "unit") == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("So I dropped my holder.", [("accident", "dropped"), ("holder", "holder")]),
        ("åkte rakt i golvet, laddarn", [("accident", "åkte rakt i golvet"), ("charger", "laddarn")]),
        ("😀 hållaren dog", [("holder", "hållaren"), ("defect", "hållaren dog")]),
    ],
)
def test_an_entity_has_the_place_of_its_phrase(rules, text, phrases):
    assert [(f["value"], text[f["start"] : f["end"]]) for f in found_in(rules, text)] == phrases


@pytest.mark.parametrize("text", ["", " ", "…", "*|*", "😀😀", "inte", "not", "'" * 50])
def test_a_message_without_a_phrase_has_no_entities(rules, text):
    assert found_in(rules, text) == []


def test_a_thousand_characters_take_less_than_fifty_milliseconds(rules):
    text = ("jag tappade inte min hålalre men laddarn vibrearar inte längre vilket är irriterande " * 12)[:1000]
    started = time.perf_counter()
    found_in(rules, text)
    assert time.perf_counter() - started < 0.05


@pytest.fixture
def storage(tmp_path):
    return LocalModelStorage.create(tmp_path)


def _made(storage, lookups, synonyms=()):
    rules = EntityRules.create({"languages": []}, storage, Resource("entities"), _CONTEXT)
    tables = [{"name": name, "elements": elements} for name, elements in lookups.items()]
    rules.train(TrainingData(lookup_tables=tables, entity_synonyms=dict(synonyms)))
    return rules


def test_anybody_s_lookup_tables_give_entities(storage):
    rules = _made(storage, {"city": ["Lund", "New York"]}, {"NYC": "New York"})
    assert values(rules, "from lund to nyc or new york", "city") == ["Lund", "New York", "New York"]


def test_a_gap_is_at_most_three_words_and_stays_in_its_clause(storage):
    rules = _made(storage, {"event": ["fell … floor"]})
    assert values(rules, "it fell floor", "event")
    assert values(rules, "it fell on the kitchen floor", "event")
    assert not values(rules, "it fell on the old kitchen floor", "event")
    assert not values(rules, "it fell, the floor is hard", "event")


def test_a_star_is_any_ending_or_beginning_and_a_bar_is_a_choice(storage):
    rules = _made(storage, {"part": ["lock|lucka", "batteri*", "*knapp"]})
    for text in ("lock", "lucka", "batteriet", "startknapp", "knapp"):
        assert values(rules, text, "part"), text
    assert not values(rules, "locket knappen", "part")


def test_the_phrase_with_more_words_counts(storage):
    rules = _made(storage, {"kind": ["a", "b"]}, {"dropped": "a", "dropped … lake": "b"})
    assert values(rules, "dropped it in the lake", "kind") == ["b"]


def test_a_loaded_component_finds_the_same_and_is_stored_as_json(rules, storage):
    rules._model_storage, rules._resource = storage, Resource("stored")
    rules._persist()
    loaded = EntityRules.load({}, storage, Resource("stored"), _CONTEXT)
    for text in ("tappade hålalren i golvet", "it wasn't the holder that died", "folder"):
        assert found_in(loaded, text) == found_in(rules, text)
    with storage.read_from(Resource("stored")) as folder:
        assert [file.name for file in folder.iterdir()] == ["tables.json"]
        json.loads((folder / "tables.json").read_text(encoding="utf-8"))


def test_without_tables_nothing_is_found(storage):
    assert found_in(_made(storage, {}), "dropped my holder") == []
