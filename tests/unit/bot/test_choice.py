"""What a message decides: a yes beyond doubt, a no, "later", a button by its place."""

import pytest

from bot.dialogue.content import ContentError
from bot.understanding.choice import choice_in, is_about_case, load_choice, place_in
from bot.understanding.deeds import is_deed
from tests.conftest import ROOT

YES = (
    "yes", "Yes, please.", "yes please open it", "YES OPEN IT!!", "open it", "just open the case already", "go ahead",
    "sure, open a case please", "I want you to open a case", "you can open it", "I said open it", "yes and thank you",
    "yes, open it for the charger", "yes but open it now", "yes, delete it", "send it now please",
    "ja", "ja tack", "ja gör det", "öppna ett ärende", "ja, öppna ärendet tack", "jag vill öppna ett ärende", "kör på",
    "ja det kan du göra", "okej öppna", "ja öppna ett ärende åt mig", "ja men gör det då", "ja, skicka det",
    "ja, radera", "ja det vill jag",
)  # fmt: skip
NO_YES = (
    "yes?", "open it?", "can you open a case", "I mean can she open a case", "should i open a case or call",
    "what if I open it and then it works again", "is the case opened already", "if I open it will it cost anything",
    "yes if it's free", "my wife can open it", "she opens it", "my husband said open it", "yes or no",
    "open it or call",
    "maybe open it", "don't open it", "yes but wait", "I would open it if it was free", "do you open it",
    "open it once I have talked to my wife", "yes, or should I call", "yes, can my wife open it", "delete it or not",
    "will you delete it", "send it to whom?", "unless it costs something open it", "before you open it, is it free",
    "open a case, how does that work", "yes but", "yes, that is what you said", "yes you told me", "ask me later",
    "lets do it tomorrow", "yes, tomorrow", "no, don't",
    "öppna ett ärende?", "kan min fru öppna det istället", "hon öppnar det", "ja om det är gratis", "ja eller nej",
    "skulle du öppna ett ärende", "vem öppnar ärende", "öppnar ni ett ärende då", "min man sa öppna det", "öppna inte",
    "öppna det om min fru säger ja", "ja men vänta", "öppna ärendet imorgon", "kan nån annan skicka det", "ja, sen",
    "öppna ett ärende, hur funkar det", "jo men", "ja det sa du", "fråga mig imorgon",
    "vad händer om jag säger ja", "ska jag öppna ett ärende eller ringa", "raderar ni det om jag säger ja",
)  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_yes_or_an_imperative_is_beyond_doubt(text):
    assert choice_in(text).is_yes_alone


@pytest.mark.parametrize("text", NO_YES)
def test_a_question_a_condition_and_somebody_elses_doing_are_no_yes(text):
    assert not choice_in(text).yes


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("japp men vad händer sen", "vad händer sen"),
        ("ja. men vad händer sen", "vad händer sen"),
        ("yes. is it free?", "is it free"),
        ("yes, what happens if it is rejected?", "what happens if it is rejected"),
    ],
)
def test_a_yes_with_a_question_is_both(text, question):
    assert choice_in(text) == choice_in("yes")._replace(questions=(question,))


@pytest.mark.parametrize(
    "text",
    ["on second thought, no. i'll call them. wait - does it expire?", "nej tack, går det ut?", "no. does it expire"],
)
def test_a_no_with_a_question_is_both(text):
    choice = choice_in(text)
    assert (choice.no, choice.yes, len(choice.questions), choice.more) == (True, False, 1, False)


@pytest.mark.parametrize(
    "text", ["lets do it tomorrow", "open it later", "öppna det imorgon", "gör det sen", "not now", "ask me later"]
)
def test_what_is_put_off_is_later(text):
    assert choice_in(text).later


@pytest.mark.parametrize(
    "text", ["no wait, what happens then", "nej vänta va händer med min gamla", "no, my charger fell"]
)
def test_a_no_that_only_begins_a_sentence_decides_nothing_alone(text):
    choice = choice_in(text)
    assert not choice.no or choice.more


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the first option", (0, False)),
        ("2nd", (1, False)),
        ("the third one", (2, True)),
        ("Number four", (3, False)),
        ("4", (3, False)),
        ("the last option", (-1, False)),
        ("första alternativet", (0, False)),
        ("nummer två tack", (1, False)),
        ("den tredje", (2, True)),
        ("my second charger", (1, True)),
    ],
)
def test_a_button_is_named_by_its_place(text, place):
    assert place_in(text) == place


@pytest.mark.parametrize(
    "text",
    ["the other one", "it is my second time here", "i have 2", "first it fell, second it broke", "0001", "hello"],
)
def test_other_numbers_name_no_button(text):
    assert place_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "who opens the case", "should I open it or call", "what happens then", "what if I say no", "will they call me",
        "vem öppnar ärendet", "vad händer om jag säger nej", "ska nån ringa mej sen", "är ärendet öppet än",
    ],
)  # fmt: skip
def test_a_question_about_the_case_is_known(text):
    assert is_about_case(text)


@pytest.mark.parametrize(
    ("payload", "deed"),
    [
        ('/report_damage{"decision": "confirmed", "device": "d1"}', True),
        ('/delete_my_data{"decision": "confirmed"}', True),
        ('/talk_to_human{"handoff": "send"}', True),
        ('/delete_my_data{"decision": "cancelled"}', False),
        ("/talk_to_human", False),
    ],
)
def test_what_cannot_be_undone_is_known_by_its_button(payload, deed):
    assert is_deed(payload) is deed


def test_a_broken_word_list_is_refused(tmp_path):
    for language in ("en", "sv"):
        (tmp_path / language).mkdir()
        text = (ROOT / "data" / language / "choice.yml").read_text(encoding="utf-8")
        (tmp_path / language / "choice.yml").write_text(text.replace("  yes:", "  yess:"), encoding="utf-8")
    with pytest.raises(ContentError, match="choice.yml.*must have the key 'choice' with the lists"):
        load_choice(tmp_path)
