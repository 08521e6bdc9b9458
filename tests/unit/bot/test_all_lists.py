"""Every word list is read at the start, and what is found in a message is forgotten after its turn."""

from bot.channels.turns import typed
from bot.dialogue import content
from bot.nlu.remembered import _remembered as remembered_functions
from bot.nlu.remembered import forget, remembered
from bot.settings import ROOT
from bot.understanding import all_lists, danger, speech

NO_LISTS = {"chatwoot.yml", "desk.yml", "mails.yml", "topics.yml", "widget.yml", "words.yml"}
"""Texts and facts, which others read."""


def test_every_word_list_is_read(monkeypatch):
    read = set()

    def noted(file):
        read.add((file.parent.name, file.name))
        return content.read_yaml(file)

    monkeypatch.setattr(danger, "read_yaml", noted)
    monkeypatch.setattr(speech, "read_yaml", noted)
    for words in all_lists._ALL:
        words.cache_clear()
    all_lists.read_all()
    expected = {
        (language, file.name) for language in ("en", "sv") for file in (ROOT / "data" / language).glob("*.yml")
    }
    assert {(language, name) for language, name in expected if name not in NO_LISTS} <= read


def test_what_was_found_is_forgotten():
    calls = []

    @remembered(2)
    def found(text):
        calls.append(text)
        return text

    assert [found("a"), found("a")] == ["a", "a"]
    forget()
    found("a")
    assert calls == ["a", "a"]


async def test_nothing_of_a_message_is_remembered_after_its_turn(agent):
    said = "Xyzzyson wonders how longg the warrenty lasts"
    await typed(agent, said, said, sender_id="nobody")
    assert not [each.__name__ for each in remembered_functions if each.cache_info().currsize]


def test_nothing_else_remembers_messages():
    kept = set()
    for folder in ("nlu", "understanding"):
        for file in (ROOT / "bot" / folder).rglob("*.py"):
            others = file.read_text(encoding="utf-8").replace("lru_cache(maxsize=1)", "")
            kept |= {file.name} if "lru_cache(" in others else set()
    assert kept == {"remembered.py"}
