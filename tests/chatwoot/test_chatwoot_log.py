"""The fake's log of a whole conversation: what docs/chatwoot.md shows is what happens.

`UPDATE_DOCS=1 python -m pytest tests/chatwoot/test_chatwoot_log.py` writes it anew.
"""

from __future__ import annotations

import os

from tests.conftest import ADULT, ROOT

DOCUMENT = ROOT / "docs" / "chatwoot.md"
BEGIN, END = "<!-- the log begins -->\n```text\n", "```\n<!-- the log ends -->"


async def test_the_log_in_the_docs_is_what_happens(office, monkeypatch):
    monkeypatch.setattr(office.desk.store, "_make_reference", lambda: "7KQ-42P")
    conversation = office.chatwoot.arrives("sv")
    await office.says(conversation, "Vad kostar programmet?")
    await office.says(conversation, ADULT)
    await office.presses(conversation, "Gå med i programmet")
    await office.says(conversation, "Jag vill prata med en person")
    await office.says(conversation, "Laddaren har gått sönder, min mejl är maja@example.com")
    office.chatwoot.agent_says(conversation, "Anna", "Verkar vara ett garantiärende.", private=True)
    await office.anna_says(conversation, "Hej, jag heter Anna. Jag hjälper dig med laddaren.")
    await office.says(conversation, "Tack!")
    office.chatwoot.set_status(conversation, "pending")
    await office.says(conversation, "Hur länge gäller programmet?")
    office.chatwoot.set_status(conversation, "resolved")
    await office.settle()

    log = "\n".join(office.chatwoot.log) + "\n"
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    if os.environ.get("UPDATE_DOCS"):
        text = f"{before}{BEGIN}{log}{END}{after}"
        DOCUMENT.write_text(text, encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == log, "docs/chatwoot.md is out of date; UPDATE_DOCS=1 writes it anew"
    by_people = [(who, words) for who, words in await office.spoken(conversation) if who != "bot"]
    assert by_people == [
        ("customer", "Vad kostar programmet?"),
        ("customer", "[date]"),
        ("customer", "Vad kostar programmet?"),  # taken up again behind the age gate
        ("customer", "Gå med i programmet"),
        ("customer", "Jag vill prata med en person"),
        ("customer", "Laddaren har gått sönder, min mejl är [email]"),
        ("Anna", "Hej, jag heter Anna. Jag hjälper dig med laddaren."),
        ("customer", "Tack!"),
        ("customer", "Hur länge gäller programmet?"),
    ]
