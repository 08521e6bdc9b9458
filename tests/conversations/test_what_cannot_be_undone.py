"""A case is opened and a conversation erased by a button or an unmistakable yes, never by a question or a condition.

(For messages to support see tests/desk/test_a_message_in_questions.py.)
"""

import sqlite3

import pytest

pytestmark = pytest.mark.usefixtures("people")

ACCIDENT = '/report_damage{"damage_type": "accident", "unit": "charger"}'

EXPLAINED = {
    "en": "No case is open for the charger (…0002) yet",
    "sv": "Det finns inget ärende för laddaren (…0002) än",
}


@pytest.fixture
def cases(registry_file):
    """How many cases there are: cases()."""

    def count():
        with sqlite3.connect(registry_file) as database:
            return database.execute("SELECT count(*) FROM cases").fetchone()[0]

    return count


@pytest.fixture
def offered(known):
    """A customer to whom a case for the charger is offered: await offered("en")."""

    async def customer(language):
        made = await known(language)
        await made.sends(ACCIDENT)
        return made

    return customer


QUESTIONS = [
    ("en", "I mean can she open a case"),
    ("en", "should i open a case or call"),
    ("en", "what if I open it and then it works again"),
    ("en", "is the case opened already"),
    ("en", "can you open a case"),
    ("en", "who opens the case then?"),
    ("en", "if I open it do they call me"),
    ("en", "how long does that take"),
    ("en", "and do they call"),
    ("sv", "hur lång tid tar det"),
    ("sv", "kan min fru öppna det istället"),
    ("sv", "vad händer om jag säger nej"),
    ("sv", "ska nån ringa mej sen"),
    ("sv", "vem öppnar ärende"),
    ("sv", "öppnar ni ett ärende då"),
    ("sv", "ska jag öppna ett ärende eller ringa"),
]
NO_YES = [
    ("en", "my wife can open it"),
    ("en", "open it if my husband agrees"),
    ("en", "yes if it's free"),
    ("en", "my friend said open a case"),
    ("en", "Yes, open a case?"),
    ("sv", "ja om det är gratis"),
    ("sv", "öppna det om min fru säger ja"),
    ("sv", "Ja, öppna ett ärende?"),
    ("sv", "ja, kan min fru öppna det"),
]


@pytest.mark.parametrize(("language", "text"), QUESTIONS)
async def test_a_question_about_the_case_is_answered_and_opens_none(offered, cases, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert cases() == 0
    assert EXPLAINED[language] in customer.texts[0]
    assert [button.get("role") for button in customer.buttons] == ["affirm", "deny", None]
    await customer.says({"en": "yes please open it", "sv": "ja gör det"}[language])
    assert cases() == 1


@pytest.mark.parametrize(("language", "text"), [*QUESTIONS, *NO_YES])
async def test_what_is_no_unmistakable_yes_sets_nothing_off(offered, meet, cases, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert cases() == 0
    other = await meet(language, adult=True)
    await other.sends("/delete_my_data")
    await other.says(text)
    assert not other.erased


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can my wife delete it"),
        ("en", "what happens if I say yes"),
        ("en", "yes, but can I get a copy of my data first?"),
        ("en", "do you delete it or not"),
        ("sv", "raderar ni det om jag säger ja"),
        ("sv", "ska jag radera det eller ringa"),
        ("sv", "ja men kan jag få en kopia på mina uppgifter först?"),
    ],
)
async def test_no_question_erases_a_conversation(meet, language, text):
    customer = await meet(language, adult=True)
    await customer.sends("/delete_my_data")
    await customer.says(text)
    assert not customer.erased


@pytest.mark.parametrize(("language", "text"), [("en", "yes, delete it"), ("sv", "ja, radera det"), ("sv", "ja")])
async def test_a_clear_yes_erases_it(meet, language, text):
    customer = await meet(language, adult=True)
    await customer.sends("/delete_my_data")
    await customer.says(text)
    assert customer.erased


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes please open it"),
        ("en", "open it"),
        ("en", "just open the case already"),
        ("en", "I want you to open a case"),
        ("en", "the first option"),
        ("en", "option 1"),
        ("sv", "ja gör det"),
        ("sv", "öppna ett ärende"),
        ("sv", "ja det kan du göra"),
        ("sv", "första alternativet tack"),
    ],
)
async def test_a_yes_an_imperative_or_the_place_of_the_button_opens_it(offered, cases, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert cases() == 1


@pytest.mark.parametrize(
    ("language", "text", "answered"),
    [
        ("en", "yes. what happens then?", None),
        ("en", "yes but is the program free of charge?", "free of charge"),
        ("sv", "japp men vad händer sen", None),
        ("sv", "ja. men vad händer sen", None),
        ("sv", "ja men kostar programmet något?", "gratis"),
    ],
)
async def test_a_yes_with_a_question_opens_it_and_answers(offered, cases, language, text, answered):
    customer = await offered(language)
    await customer.says(text)
    assert cases() == 1
    assert {"en": "is open", "sv": "är öppet"}[language] in customer.texts[0]
    assert answered is None or answered in customer.texts[-1]


@pytest.mark.parametrize(
    ("language", "text", "answered"),
    [
        ("en", "on second thought, no. i'll call them. wait - how long does the program last?", "The benefits last"),
        ("sv", "nej tack. hur länge gäller programmet?", "Förmånerna gäller"),
    ],
)
async def test_a_no_with_a_question_declines_and_answers(offered, cases, language, text, answered):
    customer = await offered(language)
    await customer.says(text)
    assert {"en": "I won't open a case", "sv": "öppnar jag inget"}[language] in customer.texts[0]
    assert answered in customer.texts[1]
    assert not any(button.get("role") for button in customer.buttons)
    assert cases() == 0


@pytest.mark.parametrize(
    ("language", "text"), [("en", "lets do it tomorrow"), ("en", "open it later"), ("sv", "vi gör det imorgon")]
)
async def test_what_is_put_off_is_left_for_later(offered, cases, answer, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert customer.texts == [answer("say_case_later", language)]
    assert cases() == 0


@pytest.mark.parametrize(("language", "text"), [("en", "2nd"), ("en", "second option"), ("sv", "nummer två")])
async def test_the_second_button_is_a_no(offered, cases, answer, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert customer.texts == [answer("say_case_declined", language)]


@pytest.mark.parametrize(("language", "text"), [("en", "the third one"), ("sv", "tredje alternativet")])
async def test_the_third_button_is_a_person(offered, answer, language, text):
    customer = await offered(language)
    await customer.says(text)
    until = {"en": "19.00", "sv": "kl. 19.00"}[language]
    assert customer.texts == [answer("say_talk_to_human_open", language, until=until)]


@pytest.mark.parametrize(("language", "text"), [("en", "the first one"), ("en", "the first"), ("sv", "den första")])
async def test_what_may_be_a_unit_is_no_yes(offered, cases, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert cases() == 0


@pytest.mark.parametrize(
    ("language", "text", "damage"),
    [
        ("en", "number four", "lost"),
        ("en", "5", "stolen"),
        ("sv", "nummer fyra", "lost"),
        ("sv", "den första", "accident"),
    ],
)
async def test_what_happened_is_told_by_the_place_of_its_button(known, language, text, damage):
    customer = await known(language)
    await customer.sends('/report_damage{"unit": "charger"}')
    await customer.says(text)
    (decided,) = [message["data"] for message in customer.messages if message["data"]]
    assert decided["damage"] == damage


@pytest.mark.parametrize(("language", "text"), [("en", "yes, the holder"), ("sv", "ja, hållaren")])
async def test_a_yes_for_another_unit_asks_about_that_one(offered, cases, language, text):
    customer = await offered(language)
    await customer.says(text)
    assert "(…0001)" in customer.texts[0]
    assert cases() == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what if I open it and then it works again"),
        ("sv", "vad händer om ja säger nej"),
        ("sv", "vad händer om jag inte vill"),
    ],
)
async def test_once_it_is_open_such_a_question_is_about_that_case(offered, cases, language, text):
    customer = await offered(language)
    await customer.says({"en": "that would be great", "sv": "det vore bra"}[language])
    assert cases() == 1
    await customer.says(text)
    assert {"en": "is open. Support looks", "sv": "är öppet. Supporten tittar"}[language] in customer.texts[0]
