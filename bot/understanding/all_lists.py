"""All word lists under `data/`, read at the start: what is wrong in one is said then, and not in a customer's turn."""

from __future__ import annotations

from bot.understanding.age import age_words
from bot.understanding.asides import aside_words
from bot.understanding.beyond import beyond_words
from bot.understanding.choice import choice_words
from bot.understanding.conversation import button_titles, word_lists
from bot.understanding.corrections import correction_words
from bot.understanding.danger import danger_words
from bot.understanding.emergency import emergency_words
from bot.understanding.letters import letter_words
from bot.understanding.told import told_words

_ALL = (
    word_lists, button_titles, danger_words, emergency_words, age_words, aside_words, beyond_words, choice_words,
    correction_words, letter_words, told_words,
)  # fmt: skip


def read_all() -> None:
    """Read them, and keep them.

    Raises:
        ContentError: one of them is wrong.
    """
    for read in _ALL:
        read()
