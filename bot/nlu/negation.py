"""What a message denies: `I did not drop it`, `den är inte tappad`, `not the holder, the charger`."""

from __future__ import annotations

from typing import List, Mapping, NamedTuple, Optional, Sequence, Set, Tuple

from bot.nlu.phrases import Found, Word

REACH = 2
"""The most words between a negation and what it denies."""


class Clues(NamedTuple):
    """The negations of a message, by the table that lists them; see `bot.nlu.entities.EntityRules`."""

    before: Sequence[Found]
    after: Sequence[Found]
    ends: Sequence[Found]
    more: Sequence[Found]
    own: Mapping[str, Sequence[Found]]

    def not_across(self, phrases: Sequence[Found]) -> List[Found]:
        """Those of the phrases whose gaps hold no negation and no end of one."""
        parting = _numbers([*self.before, *self.after, *self.ends])
        return [p for p in phrases if parting.isdisjoint(set(range(p.first, p.last)).difference(p.words))]


def not_denied(matches: Sequence[Tuple[str, Found]], clues: Clues, words: Sequence[Word]) -> List[Tuple[str, Found]]:
    """The (entity, phrase) pairs that no negation denies, in their order.

    A phrase that has its own negation (`does not charge`) uses it up and is not denied by another one. It wins
    over the phrases of other entities with which it shares a word (`works` in `nothing works`).
    """
    return _Scope(matches, clues, words).affirmed()


class _Scope:
    def __init__(self, matches: Sequence[Tuple[str, Found]], clues: Clues, words: Sequence[Word]) -> None:
        self._clues = clues
        self._words = words
        self._ends = _numbers(clues.ends)
        self._more = _numbers(clues.more)
        negating = _numbers(clues.before) | _numbers(clues.after)
        self._matches = [match for match in matches if not _outdone(match, matches, negating)]
        self._deniable = [match for match in self._matches if negating.isdisjoint(match[1].words)]
        self._used = {number for _, phrase in self._matches for number in phrase.words}

    def affirmed(self) -> List[Tuple[str, Found]]:
        denied: List[Tuple[str, Found]] = []
        after = {phrase.words for phrase in self._clues.after}
        own = [(entity, phrase) for entity, phrases in self._clues.own.items() for phrase in phrases]
        places = sorted({(phrase.last, phrase.words) for phrase in [*self._clues.before, *self._clues.after]})
        done: Set[int] = set()
        for last, numbers in places:
            if self._used.isdisjoint(numbers):
                adjoining = [(e, p) for e, p in own if not set(p.words).isdisjoint(numbers)]
                first = self._denied_by(numbers[0], last, numbers in after, adjoining)
                done.update(numbers, *(p.words for _, p in adjoining))
                denied.extend(self._with_those_joined(first) if first else [])
        for entity, phrase in own:
            if self._used.isdisjoint(phrase.words) and done.isdisjoint(phrase.words):
                first = self._next(phrase.last, 0, {entity})
                denied.extend(self._with_those_joined(first) if first else [])
        return [match for match in self._matches if match not in denied]

    def _denied_by(
        self, start: int, last: int, looks_back: bool, own: Sequence[Tuple[str, Found]]
    ) -> Optional[Tuple[str, Found]]:
        """What stands nearest, on either side where the negation may follow; directly before it comes first."""
        general = {entity for entity, _ in self._matches} - set(self._clues.own)
        forward = self._next(last, REACH, general)
        back = self._before(start, general) if looks_back else None
        ahead = self._distance(last, forward[1].first) if forward else REACH + 1
        behind = self._distance(back[1].last, start) if back else REACH + 1
        if back and behind == 0 and ahead > 0:
            return back
        if ahead > 0:
            for entity, phrase in own:
                adjoining = self._next(phrase.last, 0, {entity})
                if adjoining:
                    return adjoining
        return back if behind < ahead or (behind == ahead and ahead > 0) else forward

    def _with_those_joined(self, first: Tuple[str, Found]) -> List[Tuple[str, Found]]:
        """`did not drop or wash it` denies both."""
        chain = [first]
        while True:
            entity, phrase = chain[-1]
            following = self._next(phrase.last, REACH, {entity})
            if not following or self._more.isdisjoint(range(phrase.last + 1, following[1].first)):
                return chain
            chain.append(following)

    def _next(self, last: int, reach: int, entities: Set[str]) -> Optional[Tuple[str, Found]]:
        for entity, phrase in self._deniable:
            if entity in entities and last < phrase.first and self._distance(last, phrase.first) <= reach:
                return (entity, phrase) if self._joined(last, phrase.first) else None
        return None

    def _before(self, start: int, entities: Set[str]) -> Optional[Tuple[str, Found]]:
        for entity, phrase in sorted(self._deniable, key=lambda match: -match[1].last):
            if entity in entities and phrase.last < start and self._distance(phrase.last, start) <= REACH:
                return (entity, phrase) if self._joined(phrase.last, start) else None
        return None

    def _joined(self, left: int, right: int) -> bool:
        between = range(left + 1, right)
        return self._ends.isdisjoint(between) and not any(self._words[n].after_pause for n in [*between, right])

    @staticmethod
    def _distance(left: int, right: int) -> int:
        return right - left - 1


def _outdone(match: Tuple[str, Found], matches: Sequence[Tuple[str, Found]], negating: Set[int]) -> bool:
    entity, phrase = match
    if not negating.isdisjoint(phrase.words):
        return False
    return any(
        other != entity and not negating.isdisjoint(found.words) and not set(phrase.words).isdisjoint(found.words)
        for other, found in matches
    )


def _numbers(phrases: Sequence[Found]) -> Set[int]:
    return {number for phrase in phrases for number in phrase.words}
