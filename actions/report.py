"""What is known of a damaged device, and how messages add to it and correct it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Mapping, Optional, Sequence, Text, Tuple

from actions.program import Condition, Damage

Entities = Sequence[Mapping[Text, Any]]

BOTH = "both"
"""The value of `order` that stands for all of them."""

_SHORT = 4
_ABOUT_THE_SAME = 8
_GONE = (Damage.LOST.value, Damage.STOLEN.value)
_CONDITIONS = {"works": True, "faulty": False}


@dataclass(frozen=True)
class Report:
    """A damaged device as far as the customer has told.

    `damage`: kinds of damage named together. `device`: its handle. `settled`: decided; a new report starts afresh.
    `order`: which of several units in a list was named ("the new one"). `both`: more than one is damaged, and it is not
    said which.
    `case`: the reference of the case that was opened for it. `later`: another unit and its damage, told in the same
    breath, for when this one is settled.
    """

    damage: Tuple[Text, ...] = ()
    works: Optional[bool] = None
    unit: Optional[Text] = None
    device: Optional[Text] = None
    settled: bool = False
    case: Optional[Text] = None
    later: Optional[Tuple[Text, Text]] = None
    order: Optional[Text] = None
    both: bool = False

    @classmethod
    def restored(cls, kept: Mapping[Text, Any]) -> Report:
        """The report that was kept as JSON."""
        later = kept.get("later")
        return cls(**{**kept, "damage": tuple(kept["damage"]), "later": tuple(later) if later else None})

    @property
    def kind(self) -> Optional[Damage]:
        """What the damage counts as; None where nothing has been named.

        The loss goes before what led to it, and an accident before the fault that it caused. Scratches are cosmetic
        until the device turns out not to work: then what caused them counts.
        """
        named = {Damage(word) for word in self.damage}
        if not named:
            return None
        for first in (Damage.STOLEN, Damage.LOST):
            if first in named:
                return first
        if Damage.COSMETIC in named and Damage.DEFECT not in named:
            return Damage.ACCIDENT if Damage.ACCIDENT in named and self.works is False else Damage.COSMETIC
        return Damage.ACCIDENT if Damage.ACCIDENT in named else Damage.DEFECT

    @property
    def needs_no_device(self) -> bool:
        """Whether the terms say the same about every device."""
        only_looks = self.kind is Damage.COSMETIC and self.condition is Condition.WORKS
        return only_looks or self.kind in (Damage.LOST, Damage.STOLEN)

    @property
    def condition(self) -> Condition:
        """Whether the device works, as far as the customer has been asked."""
        return {None: Condition.NOT_ASKED, True: Condition.WORKS, False: Condition.FAULTY}[self.works]

    def told(self, entities: Entities, asked_condition: bool) -> Report:
        """The report after a message with these entities: what it names replaces what was known.

        `asked_condition`: the message answers whether the device works; then a fault says that it does not.
        """
        if self._goes_to_other_unit(entities):
            return self._of_other_unit()
        entities, later = _one_at_a_time(entities)
        damage = tuple(dict.fromkeys(_values(entities, "damage_type")))
        conditions = [_CONDITIONS[value] for value in _values(entities, "condition") if value in _CONDITIONS]
        works = all(conditions) if conditions else None
        if asked_condition and damage == (Damage.DEFECT.value,):
            damage, works = (), False
        orders = _values(entities, "order")
        both = self.both or BOTH in orders and not later
        before = None if _values(entities, "unit") else self.order
        named = next((order for order in orders if order != BOTH), before)
        report = replace(self, later=later or self.later, order=named, both=both)
        if damage and damage != report.damage:
            report = replace(report, damage=damage, works=None)
        if works is not None:
            report = replace(report, works=works)
        for unit in _values(entities, "unit")[-1:]:  # who corrects himself says the right one last
            report = replace(report, unit=unit, device=report.device if unit == report.unit else None)
        for device in _values(entities, "device")[-1:]:
            report = replace(report, device=device, unit=None, order=None)
        return report

    def _goes_to_other_unit(self, entities: Entities) -> bool:
        """Whether a message names the unit that was told of besides, and nothing new about it."""
        units = set(_values(entities, "unit"))
        told = _values(entities, "damage_type") or _values(entities, "condition") or _values(entities, "device")
        return bool(self.later) and not told and units == {self.later[0] if self.later else None} - {self.unit}

    def _of_other_unit(self) -> Report:
        """The report of that unit, with what was told of it; this one comes next, unless it is settled."""
        unit, damage = self.later or (None, "")
        waits = None if self.settled or not self.unit or not self.damage else (self.unit, self.damage[0])
        return Report(damage=(damage,), unit=unit, later=waits)

    def in_danger(self) -> Report:
        """The report of who told of fire and the like: that is a defect, unless what else was told counts as more."""
        if self.kind in (None, Damage.COSMETIC):
            return replace(self, damage=(Damage.DEFECT.value,), works=None)
        return self

    def begun_again(self, entities: Entities, words: int) -> bool:
        """Whether a message about damage starts another report, once this one is settled.

        A short message that names nothing but another unit is a correction ("no, the charger").
        """
        if not self.settled or _values(entities, "device"):
            return False
        return bool(_values(entities, "damage_type")) or not _values(entities, "unit") or words > _SHORT

    def next_one(self, entities: Entities, words: int) -> Report:
        """The report that a message begins: a short one without a unit is about the unit just talked about, and so is
        one that goes on about its scratches ("but where the button is, and it does not work well").
        """
        named = _values(entities, "damage_type")
        goes_on = self.kind is Damage.COSMETIC and Damage.COSMETIC.value in named
        if named and not _values(entities, "unit") and (words <= _ABOUT_THE_SAME or goes_on):
            return Report(unit=self.unit, device=self.device)
        return Report()


def _values(entities: Entities, name: Text) -> list[Text]:
    return [str(entity["value"]) for entity in entities if entity["entity"] == name]


def _one_at_a_time(entities: Entities) -> Tuple[Entities, Optional[Tuple[Text, Text]]]:
    """What a message tells of its first damaged unit, and the other unit with its damage.

    Each kind of damage belongs to the unit that is named nearest to it, or where two and two take turns ("the holder
    was stolen and the charger broke"), the first to the first. Where two units share one kind, which of them is damaged
    is not known: then no unit is.
    """
    placed = sorted((entity for entity in entities if "start" in entity), key=lambda entity: entity["start"])
    units = [entity for entity in placed if entity["entity"] == "unit"]
    damages = [entity for entity in placed if entity["entity"] == "damage_type"]
    if _is_lost_beside_another(units, damages):
        others = [entity for entity in entities if entity["entity"] not in ("unit", "damage_type")]
        return [*others, damages[0]], (str(units[0]["value"]), str(damages[-1]["value"]))
    if len({unit["value"] for unit in units}) < 2 or not damages:
        return entities, None
    others = [entity for entity in entities if entity["entity"] not in ("unit", "damage_type")]
    if BOTH in _values(entities, "order"):
        other = next(str(unit["value"]) for unit in units if unit["value"] != units[0]["value"])
        return [*others, units[0], *damages], (other, str(damages[0]["value"]))
    damaged: dict[Text, list[Mapping[Text, Any]]] = {}
    for number, damage in enumerate(damages):
        nearest = min(units, key=lambda unit: abs(unit["start"] - damage["start"]))
        unit = units[number] if _in_turns(units, damages) else nearest
        damaged.setdefault(str(unit["value"]), []).append(damage)
    if len(damaged) < 2:
        return [*others, *damages], None
    first, second = list(damaged)[:2]
    unit = next(unit for unit in units if unit["value"] == first)
    return [*others, unit, *damaged[first]], (second, str(damaged[second][0]["value"]))


def _is_lost_beside_another(units: Entities, damages: Entities) -> bool:
    """Whether one device that is not named is gone, and the one unit that is named is damaged: "I lost my device on the
    bus and the charger is cracked". The unit stands between the two, nearer to its damage.
    """
    if len(units) != 1 or len(damages) != 2 or damages[0]["value"] not in _GONE or damages[1]["value"] in _GONE:
        return False
    lost, unit, damage = damages[0], units[0], damages[1]
    return 0 < damage["start"] - unit["end"] < unit["start"] - lost["end"]


def _in_turns(units: Entities, damages: Entities) -> bool:
    """Whether two units and two kinds of damage are named one after the other."""
    if len(units) != 2 or len(damages) != 2:
        return False
    order = sorted([(each["start"], "u") for each in units] + [(each["start"], "d") for each in damages])
    return "".join(kind for _, kind in order) in ("udud", "dudu")
