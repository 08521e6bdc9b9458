"""A decision rests on what happened, and not on what a message took back, asked about, or told of another unit."""

import pytest

from tests.conversations.people import data_of

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize(
    ("language", "text", "basis"),
    [
        ("en", "i left my charger in a taxi, and when it came back it was crushed", "accident_protection"),
        ("en", "my charger was stolen. no wait, found it, its smashed", "accident_protection"),
        ("sv", "jag glömde laddaren i en taxi, när jag fick tillbaka den var den krossad", "accident_protection"),
        ("sv", "laddaren blev stulen, nej vänta, den har slutat ladda", "warranty"),
    ],
)
async def test_a_correction_in_the_same_message_wins(known, language, text, basis):
    customer = await known(language)
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["basis"] == basis


@pytest.mark.parametrize(
    ("language", "told", "correction", "basis"),
    [
        ("en", "I lost my charger", "found it, its smashed", "accident_protection"),
        ("sv", "min laddare är stulen", "hittade den, den är krossad", "accident_protection"),
    ],
)
async def test_a_correction_in_the_next_message_wins(known, language, told, correction, basis):
    customer = await known(language)
    await customer.says(told)
    assert data_of(customer.messages, "damage_decision")["outcome"] == "not_eligible"
    await customer.says(correction)
    assert data_of(customer.messages, "damage_decision")["basis"] == basis


@pytest.mark.parametrize(
    ("language", "told", "question"),
    [
        ("en", "my charger stopped working", "hmm is it the accident or the warranty, does it cost my one"),
        ("en", "my charger stopped working", "does that count as an accident?"),
        ("sv", "laddaren har slutat fungera", "är det olycka eller garantin, kostar det mitt enda byte"),
    ],
)
async def test_a_word_of_the_terms_in_a_question_changes_no_decision(known, language, told, question):
    customer = await known(language)
    await customer.says(told)
    assert data_of(customer.messages, "damage_decision")["basis"] == "warranty"
    await customer.says(question)
    await customer.says({"en": "yes", "sv": "ja"}[language])
    task = await customer.slot("task")
    assert task["report"]["damage"] == ["defect"]
    assert task["report"]["case"]


async def test_a_shock_without_a_fall_is_a_defect_although_an_accident_was_told(known):
    customer = await known("en")
    await customer.sends('/report_damage{"damage_type": "accident", "unit": "charger"}')
    await customer.says("no it gave me a shock! i didnt drop it")
    await customer.presses("Report a broken device")
    assert data_of(customer.messages, "damage_decision")["basis"] == "warranty"


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("en", "lost my device on the bus and the charger is cracked too, what do i get", "and the charger?"),
        ("sv", "tappade bort min enhet på bussen och laddaren är sprucken också", "och laddaren?"),
    ],
)
async def test_a_loss_and_a_damaged_unit_are_dealt_with_one_after_the_other(known, language, text, other):
    customer = await known(language)
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["reason"] == "lost_not_covered"
    assert [button["title"] for button in customer.buttons if button.get("role")] == [
        {"en": "Charger", "sv": "Laddare"}[language]
    ]
    await customer.says(other)
    decided = data_of(customer.messages, "damage_decision")
    assert (decided["basis"], decided["serial"]) == ("accident_protection", "…0002")


@pytest.mark.parametrize("text", ["I lost my charger, and it was cracked", "my charger fell and then I lost it"])
async def test_one_unit_that_is_gone_is_one_report(known, text):
    customer = await known("en")
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["reason"] == "lost_not_covered"
    assert not any(button.get("role") for button in customer.buttons)


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("en", "my holder was dropped and the charger stopped charging", "and the charger?"),
        ("sv", "jag tappade hållaren och laddaren har slutat ladda", "o laddaren då?"),
    ],
)
async def test_the_unit_told_of_besides_keeps_its_own_damage_and_the_first_one_is_not_forgotten(
    known, language, told, asked
):
    customer = await known(language)
    await customer.says(told)
    assert data_of(customer.messages, "damage_decision")["basis"] == "accident_protection"
    await customer.says(asked)
    decided = data_of(customer.messages, "damage_decision")
    assert (decided["basis"], decided["serial"]) == ("warranty", "…0002")
    await customer.says({"en": "no", "sv": "nej"}[language])
    assert customer.titles[-1] == {"en": "Holder", "sv": "Hållare"}[language]


async def test_of_two_that_were_dropped_the_second_may_be_named_first(known):
    customer = await known("sv", "C-1008")
    await customer.says("hållaren och laddaren är tappade, båda trasiga")
    await customer.says("0013")
    await customer.says("o laddaren då?")
    assert len([title for title in customer.titles if title.startswith("Laddare")]) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "nä repan e där knappen sitter o den funkar inge bra"),
        ("sv", "nä repan är där knappen sitter och den funkar inte bra"),
        ("en", "no, the scratch is on the button and it works badly"),
    ],
)
async def test_a_scratch_with_a_malfunction_counts_after_the_decision_too(known, language, text):
    customer = await known(language)
    await customer.sends('/report_damage{"damage_type": "cosmetic", "unit": "holder"}')
    await customer.sends('/report_damage{"condition": "works"}')
    assert data_of(customer.messages, "damage_decision")["reason"] == "cosmetic_only"
    await customer.says(text)
    decided = data_of(customer.messages, "damage_decision")
    assert (decided["basis"], decided["serial"]) == ("warranty", "…0001")


@pytest.mark.parametrize(
    ("who", "language", "told", "objection"),
    [
        ("C-1002", "sv", "laddaren har slutat ladda", "men köpte den 2024!!!"),
        ("C-1002", "en", "my charger stopped charging", "but i bought it in 2024"),
        ("C-1003", "sv", "tappade hållaren i golvet", "har inte stängt nåt konto!! vem har gjort det"),
        ("C-1003", "sv", "tappade hållaren i golvet", "jag har aldrig avslutat kontot"),
        ("C-1003", "en", "dropped my holder", "I never closed any account! who did that"),
        ("C-1003", "en", "dropped my holder", "but my account is active"),
        ("C-1003", "sv", "tappade hållaren i golvet", "mitt konto är ju inte stängt"),
    ],
)
async def test_who_says_that_it_is_not_so_gets_a_person(known, answer, who, language, told, objection):
    customer = await known(language, who)
    await customer.says(told)
    await customer.says(objection)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert customer.texts == [answer("say_objection_open", language, until=until)]


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [
        ("en", "my holder is cracked", "that's the old one i threw away. the other"),
        ("sv", "min hållare är sprucken", "det är den gamla som jag slängt. den andra"),
    ],
)
async def test_not_the_old_one_that_is_gone_but_the_other(known, language, told, text):
    customer = await known(language, "C-1008")
    await customer.says(told)
    await customer.says(text)
    decided = data_of(customer.messages, "damage_decision")
    assert (decided["serial"], decided["damage"]) == ("…0013", "accident")
    await customer.says(text)
    assert data_of(customer.messages, "damage_decision")["serial"] == "…0011"
