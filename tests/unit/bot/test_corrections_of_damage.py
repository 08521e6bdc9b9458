"""What a message takes back of the damage that it tells of (the typing errors are in test_corrections.py)."""

import pytest

from bot.dialogue.content import ContentError
from bot.understanding.corrections import as_corrected, asks_about_terms, last_unit_of, load_corrections, other_than
from tests.conftest import ROOT


def message(text, topic="report_damage", confidence=0.9, **words):
    """Parse data with an entity `damage_type` for each word, named by its value."""
    entities = [
        {"entity": "damage_type", "value": value, "start": text.index(word), "end": text.index(word) + len(word)}
        for value, word in words.items()
    ]
    return {"text": text, "intent": {"name": topic, "confidence": confidence}, "entities": entities}


def damage(meant):
    return [each["value"] for each in meant["entities"] if each["entity"] == "damage_type"]


@pytest.mark.parametrize(
    ("text", "lost", "accident"),
    [
        ("i left it in a taxi, and when it came back it was crushed", "left", "crushed"),
        ("lost my charger. found it again, cracked", "lost", "cracked"),
        ("my charger was lost and turned up cracked", "lost", "cracked"),
        ("glömde den i en taxi, när jag fick tillbaka den var den krossad", "glömde", "krossad"),
        ("borttappad, men den dök upp och är krossad", "borttappad", "krossad"),
        ("my charger was stolen but the police found it, smashed", "stolen", "smashed"),
        ("lost it but found my charger today, cracked", "lost", "cracked"),
        ("it was stolen and has been returned, smashed", "stolen", "smashed"),
        ("lost, but they gave it back cracked", "lost", "cracked"),
        ("den var stulen, polisen hittade den men den är krossad", "stulen", "krossad"),
        ("tappade bort den, sen hittade jag den, helt krossad", "tappade bort", "krossad"),
        ("den var borta men har hittats, krossad", "borta", "krossad"),
    ],
)
def test_what_is_there_again_is_not_lost(text, lost, accident):
    assert damage(as_corrected(text, message(text, lost=lost, accident=accident))) == ["accident"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("i lost my charger and never got it back", "lost"),
        ("lost it, nobody found it", "lost"),
        ("tappade bort den och har aldrig hittat den", "tappade bort"),
        ("den är borttappad, ingen har hittat den", "borttappad"),
        ("I lost my charger. I found my receipt though", "lost"),
        ("my charger was stolen, I found a dent in the holder", "stolen"),
        ("it was stolen while I came back from work", "stolen"),
        ("my charger was stolen before I got back", "stolen"),
        ("it was stolen and then the police showed up", "stolen"),
        ("it was stolen, I left it and came back and it was gone", "stolen"),
        ("it was stolen and I found it gone this morning", "stolen"),
        ("it was stolen, I got my money back", "stolen"),
        ("my holder is lost, where can lost property be found", "lost"),
        ("stulen, jag hittade bara lådan", "stulen"),
        ("den blev stulen och polisen dök upp", "stulen"),
        ("den var stulen när jag kom tillbaka från jobbet", "stulen"),
        ("den är borttappad, jag hittade kvittot", "borttappad"),
        ("stulen, jag fick pengarna tillbaka", "stulen"),
    ],
)
def test_what_never_came_back_is_lost(text, lost):
    assert damage(as_corrected(text, message(text, lost=lost))) == ["lost"]


@pytest.mark.parametrize(
    ("text", "stolen", "accident"),
    [
        ("stolen. no wait, its smashed", "stolen", "smashed"),
        ("stolen, no sorry, it was crushed", "stolen", "crushed"),
        ("stulen. nej vänta, den är krossad", "stulen", "krossad"),
        ("it was stolen, sorry, I meant smashed", "stolen", "smashed"),
        ("stolen... actually no, crushed", "stolen", "crushed"),
        ("stulen, fast nej, krossad", "stulen", "krossad"),
        ("stulen, eller rättare sagt krossad", "stulen", "krossad"),
    ],
)
def test_what_is_said_behind_a_correction_counts(text, stolen, accident):
    assert damage(as_corrected(text, message(text, stolen=stolen, accident=accident))) == ["accident"]


def test_a_correction_of_something_else_takes_nothing_back():
    text = "it was stolen in Malmö. no wait, in Lund"
    assert damage(as_corrected(text, message(text, stolen="stolen"))) == ["stolen"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("is it the accident or the warranty, does it cost my one", "accident"),
        ("does that count as an accident?", "accident"),
        ("är det olycka eller garantin", "olycka"),
    ],
)
def test_a_word_of_the_terms_in_a_question_is_no_damage(text, word):
    assert asks_about_terms(text)
    assert damage(as_corrected(text, message(text, "faq/accident_protection", 0.5, accident=word))) == []


@pytest.mark.parametrize(
    ("text", "word"), [("it was an accident. is it covered", "accident"), ("det var en olycka, byts den", "olycka")]
)
def test_told_it_is_one(text, word):
    assert not asks_about_terms(text)
    assert damage(as_corrected(text, message(text, "faq/warranty", 0.5, accident=word))) == ["accident"]


@pytest.mark.parametrize(
    ("text", "cosmetic"),
    [
        ("nä repan e där knappen sitter o den funkar inge bra", "repan"),
        ("repan sitter på knappen och den fungerar sådär", "repan"),
        ("the scratch is on the button and it works badly", "scratch"),
    ],
)
def test_a_malfunction_counts(text, cosmetic):
    works = {"entity": "condition", "value": "works", "start": len(text) - 5, "end": len(text)}
    meant = message(text, cosmetic=cosmetic)
    corrected = as_corrected(text, {**meant, "entities": [*meant["entities"], works]})
    assert damage(corrected) == ["cosmetic", "defect"]
    assert not [each for each in corrected["entities"] if each["entity"] == "condition"]


@pytest.mark.parametrize("text", ["no it gave me a shock! i didnt drop it", "jag fick en stöt, har inte tappat den"])
def test_danger_without_an_accident_is_a_defect(text):
    assert damage(as_corrected(text, message(text), is_danger=True)) == ["defect"]
    assert damage(as_corrected(text, message(text))) == []


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("that's the old one i threw away. the other", "the other"),
        ("it's the wrong one, the charger", "the charger"),
        ("det är den gamla som jag slängt. den andra", "den andra"),
        ("i have two. the other", None),
        ("my old one broke", None),
    ],
)
def test_the_unit_behind_the_one_that_it_is_not(text, last):
    assert last_unit_of(text) == last


def test_the_other_than_the_old_one_is_the_new_one():
    order = {"entity": "order", "value": "other"}
    assert other_than({"entities": [{"entity": "order", "value": "oldest"}]}, {"entities": [order]}) == {
        "entities": [{"entity": "order", "value": "newest"}]
    }
    assert other_than({"entities": []}, {"entities": [order]}) == {"entities": [order]}


def test_each_question_of_a_message_is_corrected():
    text = "is it an accident?"
    first = {**message("hello"), "further": [message(text, "faq/warranty", 0.5, accident="accident")]}
    assert as_corrected(f"hello. {text}", first)["further"][0]["entities"] == []


def test_a_broken_word_list_is_refused(tmp_path):
    for language in ("en", "sv"):
        (tmp_path / language).mkdir()
        text = (ROOT / "data" / language / "corrections.yml").read_text(encoding="utf-8")
        (tmp_path / language / "corrections.yml").write_text(text.replace("  found:", "  fund:"), encoding="utf-8")
    with pytest.raises(ContentError, match="corrections.yml.*must have the key 'corrections' with the lists"):
        load_corrections(tmp_path)
