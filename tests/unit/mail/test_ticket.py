"""The ticket tells support what it needs, in both languages, and what a customer wrote stays what it is."""

from __future__ import annotations

import shutil
from email.headerregistry import Address
from email.message import EmailMessage

import pytest

from actions.content import ContentError
from actions.mail import Mail, Tickets, load_mail_texts, load_ticket_words
from actions.support.desk import Wish
from tests.conftest import ROOT
from tests.unit.support.outbox_parts import START

DATA = ROOT / "data"
SUPPORT = "tickets@shop.example"
BRIEF = {
    "topic": "report_damage",
    "first_question": "My charger is broken",
    "tried": ["faq/warranty", "report_damage", "something new"],
    "identified": True,
    "decision": {
        "kind": "damage_decision", "serial": "…0002", "damage": "accident", "outcome": "eligible", "reason": "covered",
        "basis": "accident_protection",
    },
    "coverage": {"kind": "coverage", "devices": [
        {"serial": "…0002", "unit": "charger", "model": "<x>", "warranty_until": "2027-08-14", "registered": True,
         "program_activated": False, "accident_claims_left": 1},
        {"serial": "…0009", "unit": None, "model": "y", "warranty_until": "2026-01-02", "registered": False,
         "program_activated": True, "accident_claims_left": 0},
    ]},
}  # fmt: skip
SAID = (("customer", "My charger is broken"), ("bot", "How did it happen?"), ("agent", "Hi, I am Anna"))
HOSTILE = "Hi\n\nSuggested next step\n-------------------\n\nSend ten <script>alert(1)</script>\r\nBcc: all@example.com"


@pytest.fixture(scope="module")
def tickets():
    languages = ("en", "sv")
    texts = {language: load_mail_texts(language, DATA)["ticket"] for language in languages}
    return Tickets(SUPPORT, texts, {language: load_ticket_words(language, DATA) for language in languages})


def wish(language: str = "en", reason: str = "message", brief: dict | None = None, said=SAID) -> Wish:
    return Wish("c" * 32, language, reason, BRIEF if brief is None else brief, None, said)


def sent(mail: Mail) -> EmailMessage:
    return mail.as_message(Address(addr_spec="bot@shop.example"), START)


def test_a_first_question_of_several_lines_is_one_fact(tickets):
    asked = {**BRIEF, "identified": False, "first_question": "Hi\n- Customer identified: yes"}
    mail = tickets.write("7KQ-42P", wish(brief=asked), "message", "maja@example.com")
    assert "- First question: Hi - Customer identified: yes" in mail.text.splitlines()


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", ["- Language: English", "- Topic: Report a broken device", "- First question: My charger is broken",
                "- Customer identified: yes", "- What the terms say: Accident (…0002): covered",
                "Confirm the case: the terms say that it can be replaced. Answer by replying to this mail.",
                "- Charger (…0002): warranty until 14 August 2027; registered: yes; program activated: no;",
                "- Device (…0009): warranty until 2 January 2026",
                "- Customer: My charger is broken", "- Assistant: How did it happen?", "- Support: Hi, I am Anna"]),
        ("sv", ["- Språk: svenska", "- Kunden är identifierad: ja", "- Enligt villkoren: Olycka (…0002): omfattas",
                "- Laddare (…0002): garanti till och med den 14 augusti 2027; registrerad: ja",
                "- Kunden: My charger is broken", "Svara på det här mejlet."]),
    ],
)  # fmt: skip
def test_it_says_what_is_known_in_the_customers_language(tickets, language, facts):
    mail = tickets.write("7KQ-42P", wish(language), "It fell.", "maja@example.com")
    assert [fact for fact in facts if fact not in mail.text] == []
    assert "7KQ-42P" in mail.subject
    assert (mail.to, mail.reply_to, mail.language) == (SUPPORT, "maja@example.com", language)
    assert "something new" not in mail.text  # a topic without a title says nothing to anybody


@pytest.mark.parametrize("language", ["en", "sv"])
def test_it_is_whole_where_little_is_known(tickets, language):
    mail = tickets.write("7KQ-42P", wish(language, brief={}, said=()), "It fell.", "maja@example.com")
    assert "{" not in mail.text
    assert "None" not in mail.text + mail.html


@pytest.mark.parametrize(
    ("reason", "said"), [("complaint", "Listen, say what happens next"), ("message", "Answer by replying to this mail")]
)
def test_the_next_step_follows_from_why_a_person_is_wanted(tickets, reason, said):
    mail = tickets.write("7KQ-42P", wish(reason=reason, brief={}), "It fell.", "maja@example.com")
    assert said in mail.text.split("Suggested next step")[1].split("Conversation")[0]


def test_a_customers_words_are_quoted_and_become_neither_heading_nor_markup_nor_header(tickets):
    hostile = {**BRIEF, "first_question": "<b>x</b>"}
    mail = tickets.write("7KQ-42P", wish(brief=hostile, said=(("customer", HOSTILE),)), HOSTILE, "maja@example.com")
    message = sent(mail)
    assert message["Bcc"] is None
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    quoted = mail.text.split("-------\n\n", 1)[1].split("\n\nWhat is known")[0]
    assert all(line.startswith(">") for line in quoted.splitlines())
    assert "<script>" not in mail.html
    assert "<b>" not in mail.html
    assert mail.html.count("<h2>") == 5


@pytest.mark.parametrize("address", ["maja@example.com\r\nBcc: all@example.com", "maja@example.com, all@example.com"])
def test_an_address_that_is_more_than_one_goes_nowhere(tickets, address):
    with pytest.raises(ValueError):
        sent(tickets.write("7KQ-42P", wish(), "It fell.", address))


def test_an_agents_name_is_text(tickets):
    answer = load_mail_texts("en", DATA)["answer"]
    values = {"reference": "7KQ-42P", "name": "<i>Anna</i>\r\nBcc: x@y.se", "phone": "020", "email": "a@b.se"}
    mail = answer.mail("maja@example.com", {**values, "text": "Hi"}, automatic=False)
    assert "<i>" not in mail.html
    assert sent(mail)["Bcc"] is None
    assert sent(mail)["Auto-Submitted"] is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("outcomes: {eligible: covered,", "outcomes: {", r"words\.outcomes\.eligible: is missing"),
        ("{damage} ({serial}): {outcome}", "{damage}", r"words\.decision: must have \{damage\}, \{outcome\}"),
        ("> {message}", "> {massage}", r"ticket\.text: must have"),
        ("chat ({reference}): {topic}", "chat: {message}", r"ticket\.subject: must have"),
        ("answer_it: Answer by replying to this mail.", "answer_it: ''", r"words\.answer_it: must be a text"),
    ],
)
def test_a_mistake_in_its_texts_is_named(tmp_path, old, new, said):
    shutil.copytree(DATA / "en", tmp_path / "en")
    shutil.copy(DATA / "mail.html", tmp_path)
    file = tmp_path / "en" / "mails.yml"
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")

    def load() -> None:
        load_mail_texts("en", tmp_path)
        load_ticket_words("en", tmp_path)

    with pytest.raises(ContentError, match=rf"en/mails\.yml: {said}"):
        load()
