"""The offer of a case stays with its unit, whatever is said beside it; taken up, put off and taken up again."""

from __future__ import annotations

import pytest

from tests.conversations.people import data_of

pytestmark = pytest.mark.usefixtures("people")
LANGUAGES = ("en", "sv")
_YES = {"en": "yes", "sv": "ja"}
_FELL = {"en": "my charger fell and broke", "sv": "laddaren ramlade och gick sönder"}


async def _offered(known, language, customer_id="C-1008"):
    """A customer who has been offered a case for charger …0014 (C-1008), or …0002 (C-1001)."""
    customer = await known(language, customer_id)
    await customer.says(_FELL[language])
    if customer_id == "C-1008":
        await customer.says("0014")
    assert data_of(customer.messages, "damage_decision")["outcome"] == "eligible"
    return customer


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "do i need to give back the old one"),
        ("en", "when do i get the new one"),
        ("en", "the old one worked fine for years"),
        ("en", "what do i do with the old one"),
        ("en", "can I use 0012 in the meantime?"),
        ("en", "no, the old one is still fine"),
        ("sv", "måste jag skicka in den gamla"),
        ("sv", "kan jag använda den andra laddaren så länge"),
        ("sv", "ska den gamla tillbaka"),
    ],
)
async def test_a_word_on_the_side_does_not_move_the_offer(known, language, text):
    customer = await _offered(known, language)
    await customer.says(text)
    if "Shall I open a case" in customer.texts[-1] or "Ska jag öppna ett ärende" in customer.texts[-1]:
        assert "…0014" in customer.texts[-1]
        await customer.says(_YES[language])
        assert "(…0014)" in customer.texts[0]
    assert not any("(…0012)" in said for said in customer.texts)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my holder is fine though, can i keep using it"),
        ("en", "does it work with a holder from my friend"),
        ("sv", "hållaren funkar, får jag behålla den"),
        ("sv", "påverkar det hållaren"),
    ],
)
async def test_a_unit_that_is_fine_is_not_the_one_offered(known, language, text):
    customer = await _offered(known, language, "C-1001")
    await customer.says(text)
    assert "…0002" in customer.texts[-1]
    await customer.says(_YES[language])
    assert "(…0002)" in customer.texts[0]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "the other charger works fine"), ("sv", "den andra laddaren funkar")]
)
async def test_what_works_is_not_offered_a_case_after_one_was_opened(known, language, text):
    customer = await _offered(known, language)
    await customer.says(_YES[language])
    await customer.says(text)
    assert not any("0012" in said for said in customer.texts)
    await customer.says(_YES[language])
    assert not any("(…0012)" in said for said in customer.texts)


@pytest.mark.parametrize(("language", "later"), [("en", "maybe later"), ("sv", "kanske senare")])
async def test_which_unit_it_is_may_be_said_later(known, answer, language, later):
    customer = await known(language, "C-1008")
    await customer.says(_FELL[language])
    assert customer.texts == [answer("say_ask_unit", language)]
    await customer.says(later)
    assert customer.texts == [answer("say_task_left", language)]
    await customer.says({"en": "open the case", "sv": "öppna ärendet"}[language])
    assert customer.texts == [answer("say_ask_unit", language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i meant it got wet"),
        ("en", "i mean it"),
        ("en", "it was the dog after all"),
        ("sv", "jag menade att den blev blöt"),
        ("sv", "jag menar allvar"),
        ("sv", "jag tänkte på en sak"),
    ],
)
async def test_who_means_something_but_no_unit_moves_nothing(known, language, text):
    customer = await _offered(known, language, "C-1001")
    await customer.says(text)
    assert not any("…0001" in said for said in customer.texts)
    await customer.says(_YES[language])
    assert not any("(…0001)" in said for said in customer.texts)


async def test_who_asks_about_another_that_he_means_moves_nothing(known):
    customer = await _offered(known, "sv")
    await customer.says("jag tänkte på den gamla, ska den skickas in")
    assert "…0014" in customer.texts[-1]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the other one"),
        ("en", "no, the holder"),
        ("en", "the holder instead"),
        ("en", "I meant the holder"),
        ("en", "what about the holder?"),
        ("en", "the holder is broken, not the charger"),
        ("sv", "hållaren istället"),
        ("sv", "nej hållaren menar jag"),
        ("sv", "fel enhet"),
        ("sv", "och hållaren då?"),
    ],
)
async def test_a_correction_moves_it(known, language, text):
    customer = await _offered(known, language, "C-1001")
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"
    await customer.says(_YES[language])
    assert "(…0001)" in customer.texts[0]


@pytest.mark.parametrize(
    ("language", "died", "text"),
    [
        ("en", "my holder just died", "first time i dropped it, this time it just died"),
        ("sv", "hållaren slutade fungera", "första gången tappade jag den, nu slutade den bara fungera"),
    ],
)
async def test_what_happened_another_time_does_not_count(known, language, died, text):
    customer = await known(language, "C-1006")
    await customer.says(died)
    assert data_of(customer.messages, "damage_decision")["damage"] == "defect"
    await customer.says(text)
    assert "…0008" in customer.texts[-1]
    await customer.says(_YES[language])
    assert "(…0008)" in customer.texts[0]


async def test_what_really_happened_does(known):
    customer = await known("en", "C-1001")
    await customer.says("my holder just died")
    await customer.says("actually i dropped it")
    assert data_of(customer.messages, "damage_decision")["damage"] == "accident"


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "lost my charger and my holder is broken", "the holder"),
        ("en", "lost my charger and my holder is broken", "yes the holder"),
        ("en", "someone stole my charger and i dropped the holder", "the holder then"),
        ("en", "lost my charger and my holder is broken", "it wont turn on"),
        ("sv", "jag har tappat bort laddaren och hållaren har gått sönder", "hållaren då"),
    ],
)
async def test_the_unit_named_besides_may_be_typed_as_well_as_pressed(known, language, text, names):
    customer = await known(language, "C-1001")
    await customer.says(text)
    assert customer.texts[-1] == {"en": "And the holder?", "sv": "Och hållaren?"}[language]
    await customer.says(names)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0001"


async def test_so_may_the_charger_in_swedish(known):
    customer = await known("sv", "C-1001")
    await customer.says("hållaren blev stulen och laddaren är sönder")
    await customer.says("laddaren")
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"


@pytest.mark.parametrize(
    ("language", "text", "serial"),
    [
        ("en", "my newest holder fell in water", "…0013"),
        ("en", "the prime holder is broken", "…0013"),
        ("en", "0013 is dead", "…0013"),
        ("sv", "jag tappade prime laddaren", "…0014"),
        ("sv", "den nyaste laddaren ramlade och sprack", "…0014"),
    ],
)
@pytest.mark.parametrize("asked", [0, 1])
async def test_damage_after_devices_or_coverage_is_reported(known, language, text, serial, asked):
    customer = await known(language, "C-1008")
    first = {"en": ("list my devices", "am I covered?"), "sv": ("vilka enheter har jag", "omfattas jag?")}
    await customer.says(first[language][asked])
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == serial


async def test_which_of_two_is_asked_after_a_list(known, answer):
    customer = await known("sv", "C-1008")
    await customer.says("vilka enheter har jag")
    await customer.says("laddaren är sönder")
    assert customer.texts == [answer("say_ask_unit", "sv")]


@pytest.mark.parametrize(
    ("language", "later", "again"),
    [
        ("en", "maybe later", "ok im back, open that case"),
        ("en", "not now", "i changed my mind, open the case"),
        ("en", "hmm let me think about it", "open it"),
        ("sv", "jag behöver tänka på saken", "öppna ärendet"),
        ("sv", "kanske senare", "öppna ärendet"),
        ("sv", "inte nu", "okej öppna ärendet nu"),
    ],
)
async def test_an_offer_put_off_is_kept(known, answer, language, later, again):
    customer = await _offered(known, language, "C-1001")
    await customer.says(later)
    assert customer.texts == [answer("say_case_later", language)]
    await customer.says(again)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0002"
    await customer.says(_YES[language])
    assert "(…0002)" in customer.texts[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("en", text) for text in ("looks good", "go ahead", "open it", "ok open it", "sure go ahead")),
        *(("sv", text) for text in ("ok öppna", "mm kör på", "jo gör det", "ja öppna ärendet", "öppna")),
    ],
)
async def test_words_that_take_it_up(known, language, text):
    customer = await _offered(known, language, "C-1001")
    await customer.says(text)
    assert (await customer.slot("task"))["report"]["case"] in customer.texts[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can you cancel it"),
        ("en", "can i cancel the case"),
        ("sv", "kan du avbryta det"),
        ("sv", "kan jag ångra mig"),
    ],
)
async def test_what_is_open_is_taken_back_by_support(known, answer, language, text):
    customer = await _offered(known, language, "C-1001")
    await customer.says(_YES[language])
    reference = (await customer.slot("task"))["report"]["case"]
    for _ in range(2):
        await customer.says(text)
        assert customer.texts == [answer("say_case_stays", language, reference=reference)]
