"""Where in a folded text something looks like a date."""

import re
from dataclasses import dataclass

from actions.identity.birth_date.readings import Readings
from actions.identity.birth_date.shapes import IN_WORDS, SHAPES

MOST_PASSES = 4  # longer chains of numbers are no message: then the whole text counts as a date

_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True)
class Found:
    """A place in the folded text, from `start` up to `end`, and what it may mean."""

    start: int
    end: int
    readings: Readings


def find(folded: str) -> list[Found]:
    """Everything that looks like a date, in the order of the text."""
    found: list[Found] = []
    shapes = SHAPES if _DIGIT.search(folded) else IN_WORDS
    for _ in range(MOST_PASSES):  # what stood beside a date may be one, too, once that is taken out
        more = False
        for shape, read in shapes:
            position = 0
            while match := shape.search(folded, position):
                position = match.start() + 1
                readings = read(match)
                if readings is not None:
                    start, end = match.span("year" if "year" in shape.groupindex else 0)
                    found.append(Found(start, end, readings))
                    folded = folded[:start] + "\0" * (end - start) + folded[end:]
                    position, more = end, True
        if not more:
            return sorted(found, key=lambda f: f.start)
    return [Found(0, len(folded), ())]
