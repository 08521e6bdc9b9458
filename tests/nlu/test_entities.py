"""Kind of damage, unit and condition in what customers write, by the word lists of both languages; no model needed."""

import json
import time
import unicodedata

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.entities import LANGUAGES, evaluate, trained
from bot.nlu.entities import EntityRules

_CONTEXT = ExecutionContext(GraphSchema({}), model_id="test")


@pytest.fixture(scope="module")
def rules():
    """Trained on data/<language>/nlu/entities.yml of both languages."""
    return trained()


def _found(rules, text):
    (message,) = rules.process([Message.build(text)])
    return message.get("entities")


def _values(rules, text, entity):
    return [found["value"] for found in _found(rules, text) if found["entity"] == entity]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I dropped it", "accident"),
        ("the screen is cracked", "accident"),
        ("it went through the washing machine", "accident"),
        ("it just died", "defect"),
        ("it won't charge", "defect"),
        ("blinks red all the time", "defect"),
        ("full of scratches", "cosmetic"),
        ("the paint is coming off", "cosmetic"),
        ("I can't find it anywhere", "lost"),
        ("left it on the bus", "lost"),
        ("someone nicked it", "stolen"),
        ("den åkte i golvet", "accident"),
        ("skärmen sprack", "accident"),
        ("den låg i tvättmaskinen", "accident"),
        ("laddaren dog", "defect"),
        ("den laddar inte", "defect"),
        ("den blinkar rött", "defect"),
        ("full av repor", "cosmetic"),
        ("färgen har flagnat", "cosmetic"),
        ("jag hittar den inte", "lost"),
        ("glömde den på bussen", "lost"),
        ("någon har snott den", "stolen"),
    ],
)
def test_what_happened_is_the_kind_of_damage(rules, text, kind):
    assert set(_values(rules, text, "damage_type")) == {kind}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("the holder", "holder"),
        ("that pen thing", "holder"),
        ("my pocket charger", "charger"),
        ("the charging case", "charger"),
        ("an ILUMA ONE", "all_in_one"),
        ("the all-in-one", "all_in_one"),
        ("hållaren", "holder"),
        ("min pinne", "holder"),
        ("laddarn", "charger"),
        ("dosan", "charger"),
        ("ettan", "all_in_one"),
        ("allt-i-ett-modellen", "all_in_one"),
    ],
)
def test_a_unit_has_many_names(rules, text, unit):
    assert _values(rules, text, "unit") == [unit]


@pytest.mark.parametrize("text", ["my IQOS", "the device", "ILUMA PRIME", "min enhet", "iqosen", "one of them"])
def test_a_name_for_any_of_the_units_is_no_unit(rules, text):
    assert _values(rules, text, "unit") == []


@pytest.mark.parametrize(
    "text",
    [
        "I did not drop it",
        "I didn't drop or wash it",
        "never dropped it",
        "no it wasn't stolen",
        "no scratches",
        "den är inte tappad",
        "jag tappade den inte",
        "jag har varken tappat den eller tvättat den",
        "ingen har stulit den eller snott den",
        "utan att jag tappat den",
        "inga repor",
    ],
)
def test_a_denied_damage_is_none(rules, text):
    assert _values(rules, text, "damage_type") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I did not drop it, it just died", ["defect"]),
        ("it wasn't stolen but I lost it", ["lost"]),
        ("I have no idea why it stopped working", ["defect"]),
        ("not only scratched, it doesn't heat", ["cosmetic", "defect"]),
        ("den är inte tappad, den bara dog", ["defect"]),
        ("stulen inte tappad", ["stolen"]),
        ("jag vet inte varför den dog", ["defect"]),
        ("täcks fallskador eller inte", ["accident"]),
        ("jag tappade den inte i golvet utan i vattnet", ["accident", "accident"]),
        ("no cracks nothing it just won't heat", ["defect"]),
        ("I don't think I dropped it", []),
    ],
)
def test_a_negation_reaches_to_the_end_of_its_clause(rules, text, kinds):
    assert _values(rules, text, "damage_type") == kinds


@pytest.mark.parametrize(
    "text", ["doesn't charge", "it does not work", "nothing works", "laddar inte", "den fungerar fortfarande inte"]
)
def test_a_phrase_may_have_its_own_negation(rules, text):
    assert _values(rules, text, "damage_type") == ["defect"]
    assert _values(rules, text, "condition") == []


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("not the holder, the charger", ["charger"]),
        ("the charger, not the holder", ["charger"]),
        ("det är inte hållaren utan laddaren", ["charger"]),
        ("the charger. no sorry the holder", ["charger", "holder"]),
        ("I did not drop the holder", ["holder"]),
        ("jag tappade inte hållaren", ["holder"]),
        ("hållaren laddar inte i laddaren", ["holder", "charger"]),
        ("hållaren funkar men inte laddaren", ["holder", "charger"]),
        ("I don't have a holder, I have an ILUMA ONE", ["all_in_one"]),
    ],
)
def test_only_the_denied_unit_is_left_out_and_the_last_named_comes_last(rules, text, units):
    assert _values(rules, text, "unit") == units


@pytest.mark.parametrize(
    "text",
    [
        "it works fine",
        "still works",
        "just ugly",
        "only cosmetic",
        "fungerar som den ska",
        "bara fult",
        "den funkar fortfarande",
        "repig, funkar annars",
    ],
)
def test_a_device_that_does_what_it_should_works(rules, text):
    assert _values(rules, text, "condition") == ["works"]


@pytest.mark.parametrize("text", ["how does it work", "how the holder works", "hur fungerar hållaren", "funkar den"])
def test_a_question_how_something_works_says_nothing_about_the_condition(rules, text):
    assert _values(rules, text, "condition") == []


@pytest.mark.parametrize(
    "text",
    [
        "my dog is called Pinne",
        "in that fall I moved",
        "problemet är löst",
        "i så fall",
        "I lost my password",
        "I lost track",
        "tappade tråden",
        "the website doesn't work",
        "hemsidan fungerar inte",
        "what do you charge for delivery",
        "jag laddade den igår",
        "bor i Polen",
    ],
)
def test_words_of_one_language_are_not_taken_for_the_other_s_nor_idioms_for_damage(rules, text):
    assert _values(rules, text, "damage_type") == []


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
    assert _values(rules, text, entity) == [value]


@pytest.mark.parametrize("text", ["folder", "changer", "charges", "laddade", "Holger"])
def test_a_real_word_is_no_typing_error(rules, text):
    assert _values(rules, text, "unit") == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("So I dropped my holder.", [("accident", "dropped"), ("holder", "holder")]),
        ("åkte rakt i golvet, laddarn", [("accident", "åkte rakt i golvet"), ("charger", "laddarn")]),
        ("😀 hållaren dog", [("holder", "hållaren"), ("defect", "hållaren dog")]),
    ],
)
def test_an_entity_has_the_place_of_its_phrase(rules, text, phrases):
    assert [(f["value"], text[f["start"] : f["end"]]) for f in _found(rules, text)] == phrases


@pytest.mark.parametrize(("text", "value"), [("English please", "en"), ("på svenska tack", "sv")])
def test_the_language_asked_for_is_found_as_before(rules, text, value):
    assert _values(rules, text, "requested_language") == [value]


@pytest.mark.parametrize("text", ["", " ", "…", "*|*", "😀😀", "inte", "not", "'" * 50])
def test_a_message_without_a_phrase_has_no_entities(rules, text):
    assert _found(rules, text) == []


def test_a_thousand_characters_take_less_than_fifty_milliseconds(rules):
    text = ("jag tappade inte min hålalre men laddarn vibrearar inte längre vilket är irriterande " * 12)[:1000]
    started = time.perf_counter()
    _found(rules, text)
    assert time.perf_counter() - started < 0.05


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_in_ten_messages_of_the_evaluation_are_understood_in_full(rules, language):
    rows = evaluate(rules, language)
    assert sum(row.expected == row.found for row in rows) >= 0.9 * len(rows)


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
    assert _values(rules, "from lund to nyc or new york", "city") == ["Lund", "New York", "New York"]


def test_a_gap_is_at_most_three_words_and_stays_in_its_clause(storage):
    rules = _made(storage, {"event": ["fell … floor"]})
    assert _values(rules, "it fell floor", "event")
    assert _values(rules, "it fell on the kitchen floor", "event")
    assert not _values(rules, "it fell on the old kitchen floor", "event")
    assert not _values(rules, "it fell, the floor is hard", "event")


def test_a_star_is_any_ending_or_beginning_and_a_bar_is_a_choice(storage):
    rules = _made(storage, {"part": ["lock|lucka", "batteri*", "*knapp"]})
    for text in ("lock", "lucka", "batteriet", "startknapp", "knapp"):
        assert _values(rules, text, "part"), text
    assert not _values(rules, "locket knappen", "part")


def test_the_phrase_with_more_words_counts(storage):
    rules = _made(storage, {"kind": ["a", "b"]}, {"dropped": "a", "dropped … lake": "b"})
    assert _values(rules, "dropped it in the lake", "kind") == ["b"]


def test_a_loaded_component_finds_the_same_and_is_stored_as_json(rules, storage):
    rules._model_storage, rules._resource = storage, Resource("stored")
    rules._persist()
    loaded = EntityRules.load({}, storage, Resource("stored"), _CONTEXT)
    for text in ("tappade hålalren i golvet", "it wasn't the holder that died", "folder"):
        assert _found(loaded, text) == _found(rules, text)
    with storage.read_from(Resource("stored")) as folder:
        assert [file.name for file in folder.iterdir()] == ["tables.json"]
        json.loads((folder / "tables.json").read_text(encoding="utf-8"))


def test_without_tables_nothing_is_found(storage):
    assert _found(_made(storage, {}), "dropped my holder") == []
