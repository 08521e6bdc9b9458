"""What a message decides: a yes beyond doubt, a no, "later", a button by its place."""

import pytest

from bot.dialogue.content import ContentError
from bot.understanding.choice import (
    DELETE,
    OPEN,
    SEND,
    WORKS,
    choice_in,
    is_about_case,
    load_choice,
    may_decide,
    place_in,
)
from bot.understanding.deeds import is_deed
from tests.conftest import ROOT

YES = (
    "yes", "Yes, please.", "go ahead", "yes and thank you", "why not", "uh huh", "you may", "absolutely",
    "sure go for it", "ja", "ja tack", "ja gör det", "kör på", "ja det kan du göra", "ja men gör det då",
    "ja det vill jag", "såklart", "klart du ska", "ja det får du", "ja varför inte", "j", "jadå", "yes 👍", "👍",
)  # fmt: skip
IMPERATIVES = {
    OPEN: (
        "yes please open it", "YES OPEN IT!!", "open it", "just open the case already", "sure, open a case please",
        "I want you to open a case", "you can open it", "I said open it", "yes, open it for the charger",
        "I need a case", "yes but open it now", "öppna ett ärende", "ja, öppna ärendet tack",
        "jag vill öppna ett ärende", "okej öppna", "ja öppna ett ärende åt mig", "ja hjälp mig",
        "jag vill att du öppnar ett ärende",
    ),
    SEND: ("send it now please", "send my message", "ja, skicka det", "skicka", "perfect", "perfekt", "det stämmer"),
    DELETE: (
        "yes, delete it", "delete that", "delete my data", "ja, radera", "radera mina uppgifter", "ta bort det",
        "radera det",
    ),
    WORKS: ("no problem", "works like a charm", "inga problem", "utan problem", "ja helt perfekt"),
}  # fmt: skip
DEEDS = (OPEN, SEND, DELETE, WORKS, None)
REFUSALS = {
    OPEN: (
        "I would rather not open a case", "I want no case", "open no case", "I want to cancel the case",
        "don't open it", "I don't want to open a case", "jag vill inte öppna ett ärende", "jag vill inte öppna",
        "jag vill inget ärende", "öppna inte ärendet", "öppna inget ärende", "nej, öppna inget ärende",
        "jag vill stänga ärendet", "jag vill avbryta ärendet",
    ),
    SEND: ("don't send it", "skicka inte", "jag vill inte skicka det", "delete it", "throw it away", "släng det"),
    DELETE: ("do not delete it", "radera inget", "jag vill inte radera mina uppgifter", "keep it", "behåll den"),
    None: ("nehej", "nay", "not really", "nej tack", "det kan du inte göra", "det vill jag inte", "👎"),
}  # fmt: skip
NEITHER = (
    "yes to the other one", "ja den är min", "yeah right", "yes. no. yes", "ja, öppna det inte", "nej öppna", "yes 👎",
    "jag tror det", "I guess so", "I need help with my case", "jag vill fråga om ärendet", "yes if my case stays open",
    "good", "great", "bra", "toppen", "kanon", "vad bra", "wow", "no open it", "yes, don't send it", "ja öppna inte",
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


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("text", YES)
def test_a_yes_is_beyond_doubt_whatever_is_offered(text, deed):
    assert choice_in(text, deed).is_yes_alone


@pytest.mark.parametrize(("deed", "text"), [(deed, text) for deed, texts in IMPERATIVES.items() for text in texts])
def test_an_imperative_agrees_to_its_own_deed(deed, text):
    assert choice_in(text, deed).is_yes_alone


@pytest.mark.parametrize("offered", [OPEN, SEND, DELETE])
@pytest.mark.parametrize(
    ("deed", "text"), [(deed, text) for deed in (OPEN, SEND, DELETE) for text in IMPERATIVES[deed]]
)
def test_an_imperative_agrees_to_no_other_deed(deed, text, offered):
    assert choice_in(text, offered).yes is (deed == offered)


@pytest.mark.parametrize("offered", DEEDS)
@pytest.mark.parametrize("text", [text for texts in REFUSALS.values() for text in texts if text != "delete it"])
def test_a_refusal_is_no_yes_to_anything(text, offered):
    assert not choice_in(text, offered).yes


@pytest.mark.parametrize(("deed", "text"), [(deed, text) for deed, texts in REFUSALS.items() for text in texts])
def test_a_refusal_of_what_is_offered_is_a_no(deed, text):
    choice = choice_in(text, deed)
    assert (choice.no, choice.more) == (True, False)


@pytest.mark.parametrize("text", REFUSALS[OPEN])
def test_a_case_that_is_not_wanted_is_no_no_to_what_else_is_offered(text):
    assert not any(choice_in(text, deed).no for deed in (SEND, DELETE) if not choice_in(text, deed).more)


@pytest.mark.parametrize("offered", [OPEN, DELETE])
@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_clear_yes_is_none(text, offered):
    assert not choice_in(text, offered).yes


@pytest.mark.parametrize("text", ["good", "bra", "toppen", "vad bra", "wow, super", "perfect", "great thanks"])
def test_praise_alone_is_known(text):
    assert choice_in(text, OPEN).praise
    assert not choice_in(f"yes, {text}", OPEN).praise


@pytest.mark.parametrize(("deed", "is_yes"), [(OPEN, True), (SEND, True), (None, True), (DELETE, False)])
@pytest.mark.parametrize("text", ["ok", "okej", "ok thanks", "mmm", "please"])
def test_an_ok_erases_nothing(text, deed, is_yes):
    assert choice_in(text, deed).yes is is_yes


@pytest.mark.parametrize("text", ["ok, no", "ok, what happens then?", "please wait", "okej nej", "mm men vänta"])
def test_an_ok_beside_something_else_is_no_yes(text):
    assert not choice_in(text, OPEN).yes


@pytest.mark.parametrize("text", NO_YES)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_question_a_condition_and_somebody_elses_doing_are_no_yes(text, deed):
    assert not choice_in(text, deed).yes


@pytest.mark.parametrize(
    "text", ["yes if my case stays open", "om det inte påverkar mitt ärende så ja", "kanske", "wait"]
)
def test_what_depends_on_something_hangs(text):
    assert choice_in(text, DELETE).hangs


@pytest.mark.parametrize(
    ("text", "refuses"), [("not now", True), ("inte nu", True), ("later", False), ("imorgon", False)]
)
def test_not_now_refuses_and_later_does_not(text, refuses):
    choice = choice_in(text)
    assert (choice.later, choice.not_now) == (True, refuses)


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


@pytest.mark.parametrize(
    ("text", "may"), [("yes", True), ("👎", True), ("inte", True), ("hello charger", False), ("", False)]
)
def test_where_nothing_is_decided_the_conversation_is_not_looked_at(text, may):
    assert may_decide(text) is may


def test_a_broken_word_list_is_refused(tmp_path):
    for language in ("en", "sv"):
        (tmp_path / language).mkdir()
        text = (ROOT / "data" / language / "choice.yml").read_text(encoding="utf-8")
        (tmp_path / language / "choice.yml").write_text(text.replace("  yes:", "  yess:"), encoding="utf-8")
    with pytest.raises(ContentError, match="choice.yml.*must have the key 'choice' with the lists"):
        load_choice(tmp_path)
