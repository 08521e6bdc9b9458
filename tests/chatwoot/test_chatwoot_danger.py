"""Who waits for a person in Chatwoot and tells of danger is told what to do by the bot, and agents know it at once."""

from __future__ import annotations

from tests.chatwoot.visitors import queued

FIRE = "my charger is on fire, call me on 0701234567"


async def test_the_words_reach_the_agents_once_and_urgently(office, answer):
    made = await queued(office)
    for _ in range(2):
        assert (await made.says(FIRE, id="same"))[0] == answer("say_danger", "en")
    assert made.in_chatwoot.said() == [FIRE]
    assert made.in_chatwoot.priority == "high"
    assert made.in_chatwoot.custom_attributes["bot_reason"] == "danger"
    assert (await office.chat.takeover._desk.of(made.conversation)).silences_bot
    assert await made.says("ok what now") == []
    assert made.in_chatwoot.said() == [FIRE, "ok what now"]


async def test_what_is_asked_of_the_word_lists_is_masked(office, monkeypatch):
    made, asked = await queued(office), []
    wish = office.chat.takeover.wish
    monkeypatch.setattr(office.chat.takeover, "wish", lambda said, looked: (asked.append(said), wish(said, looked))[1])
    await made.says(FIRE)
    assert asked == ["my charger is on fire, call me on [phone]"]
