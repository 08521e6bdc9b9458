"""What is no word of the device and cannot wait: somebody who is unwell, a cry for help; and broken files."""

import pytest

from bot.dialogue.content import ContentError
from bot.settings import ROOT
from bot.understanding.emergency import CRY, HEALTH, load_emergency, need_in

DATA = ROOT / "data"
LANGUAGES = ("en", "sv")


@pytest.mark.parametrize(
    "text",
    [
        "my daughter ate a terea stick",
        "barnet har fått tag i en stick o bitit i den!!",
        "bebisen hade en terea i munnen",
        "min dotter har slickat på en stick",
        "ettåringen har ätit en stick",
        "my toddler bit a stick",
        "the kid chewed on a heet",
        "the baby had a stick in her mouth",
        "I swallowed it",
        "my chest hurts",
        "I can't breathe",
        "should I go to the hospital?",
        "I feel dizzy after using it",
        "barnet har tuggat på en stick",
        "hon åt en tobaksstick",
        "jag har svårt att andas",
        "behöver jag söka vård?",
        "han kräks",
    ],
)
def test_somebody_is_unwell(text):
    assert need_in(text) == HEALTH


@pytest.mark.parametrize("text", ["HELP!!", "help me please!!!", "sos", "hjälp!!", "snälla hjälp mig!!", "det är akut"])
def test_a_cry_for_help(text):
    assert need_in(text) == CRY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!!",
        "hello!!",
        "hej!!",
        "snälla!!",
        "help",
        "hjälp",
        "help me with my warranty!!",
        "kan ni hjälpa mig!!",
        "is it harmful?",
        "can it cause chest pain?",
        "kan man få ont i bröstet av det?",
        "my doctor told me to quit",
        "my dog ate my holder",
        "min son har haft sönder pinnen",
        "barnen trampa på båda",
        "my daughter broke the stick in the holder",
        "min son bet i hållaren",
        "köpte åt min fru, vilka stickor passar?",
        "I'm cooking",
        "I am insured",
        "hållaren mår inte bra",
        "batteriet har svällt",
        "kontakta ladaren",
        "how do I contact support",
        "tobaken smakar illa",
        "I need to call you about my contract",
    ],
)
def test_nobody_is(text):
    assert need_in(text) is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            ("  general:", "  generals:"),
            "health, general, cries, urgent, around, asked, disposal, goes_on, unhurt, known",
        ),
        (("    - chest pain|pains|hurts|aches\n", "    - 5\n"), "must be a list of texts"),
        (("emergency:", "emergencies:"), "the key 'emergency'"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path, change, complaint):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        text = (DATA / language / "emergency.yml").read_text(encoding="utf-8")
        (tmp_path / language / "emergency.yml").write_text(
            text.replace(*change) if language == "en" else text, encoding="utf-8"
        )
    with pytest.raises(ContentError, match=complaint) as error:
        load_emergency(tmp_path)
    assert "emergency.yml" in str(error.value)
