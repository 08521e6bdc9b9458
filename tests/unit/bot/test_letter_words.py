"""The words for a message, a call and the like that are no whole wish."""

import pytest

from bot.dialogue.content import ContentError
from bot.understanding.conversation import word_lists
from bot.understanding.letters import ADD, CALL, load_letter, said_in
from bot.understanding.speech import CANCEL, MESSAGE, SENT
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("call me", CALL),
        ("kan ni ringa mig imorgon?", CALL),
        ("nej vänta. ringer de eller mejlar de", CALL),
        ("PS it gets hot, too", ADD),
        ("lägg till att den blir varm", ADD),
        ("I am angry. did you send it?", SENT),
        ("svara helst på mejl", MESSAGE),
        ("glöm, jag vill lämna ett meddelande", MESSAGE),
        ("forget the person, open the case", CANCEL),
    ],
)
def test_what_a_message_wishes_for(text, wish):
    assert wish in said_in(text, word_lists()[0])


@pytest.mark.parametrize(
    "text",
    [
        "can I call you", "when can I call", "my charger broke, can you help", "I got a call from you", "is it free",
        "please leave it at the door", "jag ringde er igår", "I never got an answer by mail",
        "ni lovade mig svar på mejl", "min mejl är fel", "laddaren är trasig", "",
    ],
)  # fmt: skip
def test_other_messages_wish_for_none_of_it(text):
    assert not said_in(text, word_lists()[0]) & {CALL, ADD, SENT, MESSAGE, CANCEL}


def test_a_broken_word_list_is_refused(tmp_path):
    for language in ("en", "sv"):
        (tmp_path / language).mkdir()
        text = (ROOT / "data" / language / "letter.yml").read_text(encoding="utf-8")
        (tmp_path / language / "letter.yml").write_text(text.replace("  call:", "  calls:"), encoding="utf-8")
    with pytest.raises(ContentError, match="letter.yml.*must have the key 'letter' with the lists"):
        load_letter(tmp_path)
