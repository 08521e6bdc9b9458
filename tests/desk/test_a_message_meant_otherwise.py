"""What stands beside a yes, and what is no yes: more for the message, a no, something wrong, a question, a pause."""

from __future__ import annotations

import pytest

from tests.desk.in_words import MESSAGE, OPENS, SHOWN, letter, texts
from tests.desk.letters import tickets


def again(answer, language, more=""):
    """The question whether the message is to be sent so."""
    return answer("say_confirm_message", language, address=SHOWN, message=f"{MESSAGE[language]}{more}")


@pytest.mark.parametrize(
    ("language", "words", "added"),
    [
        ("en", "Also add 10:30 it fell", "Also add 10:30 it fell"),
        ("en", "Note: add 12:45 the light was red", "add 12:45 the light was red"),
        ("en", "PS: it gets hot", "it gets hot"),
        ("en", "yes. it also fell on the floor", "it also fell on the floor"),
        ("sv", "PS 14:30 ringde jag", "PS 14:30 ringde jag"),
        ("sv", "Lägg till: kl 10:30 föll den", "kl 10:30 föll den"),
        ("sv", "ja. den tappades i golvet också", "den tappades i golvet också"),
    ],
)
async def test_the_whole_of_what_is_added_is_added(at_night, answer, read_back, language, words, added):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [
        answer("say_message_added", language),
        again(answer, language, f"\n{added}"),
    ]
    assert tickets(at_night) == []
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == f"{MESSAGE[language]}\n{added}"


@pytest.mark.parametrize(
    ("language", "words", "added"),
    [
        ("en", "yes. call me on 0701740605", "call me on 0701740605"),
        ("en", "yes, my number is 070 174 06 05", "my number is 070 174 06 05"),
        ("en", "yes. can you call me on 0701740605?", "can you call me on 0701740605?"),
        ("en", "0701740605", "0701740605"),
        ("sv", "ja, ring mig på 0701740605", "ring mig på 0701740605"),
        ("sv", "ja ring 0701740605", "ja ring 0701740605"),
        ("en", "my number is 0701740605. also add: it gets hot", "my number is 0701740605. also add: it gets hot"),
        ("en", "0701740605 add: it gets hot", "0701740605 add: it gets hot"),
        ("sv", "numret är 0701740605. lägg till: den är het", "numret är 0701740605. lägg till: den är het"),
    ],
)
async def test_a_phone_number_beside_a_yes_is_in_the_message(at_night, answer, read_back, language, words, added):
    visitor = await read_back(language)
    (said, read) = texts(await visitor.says(words))
    assert said == answer("say_message_added", language)
    assert "[phone]" in read
    assert tickets(at_night) == []
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == f"{MESSAGE[language]}\n{added}"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "yes, but send it to maja2@example.com"), ("sv", "ja, fast till maja2@example.com")]
)
async def test_an_address_beside_a_yes_is_read_back(at_night, read_back, language, words):
    visitor = await read_back(language)
    (confirmed,) = texts(await visitor.says(words))
    assert "maja2@ex….com" in confirmed
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "yes"),
        ("en", "yes please, thank you"),
        ("en", "yes, send it now"),
        ("sv", "ja tack"),
        ("sv", "ja, gör det"),
    ],
)
async def test_a_yes_with_courtesies_is_a_yes(at_night, read_back, language, words):
    visitor = await read_back(language)
    await visitor.says(words)
    assert (await letter(at_night))["text"] == MESSAGE[language]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I don't want to send it"),
        ("en", "I'd rather not send it"),
        ("en", "no, I do not want to send it"),
        ("en", "no"),
        ("en", "nope"),
        ("en", "no thanks"),
        ("sv", "jag vill inte skicka det"),
        ("sv", "jag skickar det hellre inte"),
        ("sv", "nej, jag vill inte att ni skickar det"),
        ("sv", "nej"),
        ("sv", "nej tack"),
        ("sv", "nä"),
    ],
)
async def test_who_does_not_want_to_send_it_sends_nothing(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [answer("say_message_dropped", language)]
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "I do want to send it"), ("en", "will you send it"), ("sv", "skicka det idag inte imorgon")],
)
async def test_what_is_no_refusal_drops_nothing(answer, read_back, language, words):
    visitor = await read_back(language)
    assert answer("say_message_dropped", language) not in texts(await visitor.says(words))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "it is wrong"),
        ("en", "that's not right"),
        ("en", "no, that's not what I wrote"),
        ("en", "I wrote the wrong thing"),
        ("en", "can I change it?"),
        ("sv", "det är fel"),
        ("sv", "det stämmer inte"),
        ("sv", "nej, så skrev jag inte"),
        ("sv", "jag skrev fel sak"),
        ("sv", "ändra det"),
    ],
)
async def test_who_finds_it_wrong_is_asked_what_to_change(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [answer("say_ask_change", language)]
    address = {"en": "the address", "sv": "adressen"}[language]
    assert texts(await visitor.says(address)) == [answer("say_ask_reply_address", language)]
    (confirmed,) = texts(await visitor.says("maja2@example.com"))
    assert "maja2@ex….com" in confirmed
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no the text is wrong"),
        ("en", "yes, but the text is wrong"),
        ("sv", "ja men texten är fel"),
        ("sv", "nej texten är fel"),
        ("sv", "skriv om texten"),
    ],
)
async def test_a_wrong_text_is_written_again(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [answer("say_ask_rewrite", language)]
    assert texts(await visitor.says({"en": "wait", "sv": "vänta"}[language])) == [answer("say_ask_rewrite", language)]
    new = {"en": "My holder is acting up.", "sv": "Min hållare krånglar."}[language]
    confirm = answer("say_confirm_message", language, address=SHOWN, message=new)
    assert texts(await visitor.says(new)) == [confirm]
    await visitor.says({"en": "yes", "sv": "ja"}[language])
    assert (await letter(at_night))["text"] == new


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "later"),
        ("en", "I see"),
        ("en", "let me think"),
        ("en", "later maybe"),
        ("en", "don't send it yet"),
        ("en", "can I see it first?"),
        ("sv", "skicka inte än"),
        ("sv", "kan jag se det först"),
        ("sv", "senare"),
        ("sv", "jag förstår"),
    ],
)
async def test_a_pause_is_no_farewell(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [again(answer, language)]
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "what happens when I say yes"),
        ("en", "can my wife send it"),
        ("en", "do I have to send it"),
        ("en", "what happens if I send it"),
        ("en", "was it sent?"),
        ("sv", "skickades det?"),
        ("sv", "har du skickat?"),
        ("sv", "kan du skicka det imorgon"),
        ("sv", "vad händer när jag säger ja"),
        ("sv", "kan min fru skicka det"),
    ],
)
async def test_a_question_about_sending_says_that_nothing_was_sent(at_night, answer, read_back, language, words):
    visitor = await read_back(language)
    assert texts(await visitor.says(words)) == [answer("say_message_unsent", language), again(answer, language)]
    assert tickets(at_night) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "if I send it, do they call me"), ("sv", "om jag skickar det, ringer ni mig då")]
)
async def test_whether_a_call_follows_is_answered_where_it_is_asked(answer, read_back, language, words):
    visitor = await read_back(language)
    about = answer("say_message_call_closed", language, opens=OPENS[language])
    assert texts(await visitor.says(words)) == [about, again(answer, language)]
