"""Which of the customer's devices is meant, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Sequence, Text, Tuple

from rasa_sdk import Tracker

from actions.identity.details import read_serials
from actions.program import Device
from actions.registry import serial_key
from actions.report import BOTH
from actions.services import services
from actions.support.wording import unit_name
from actions.task import Task

MOST_BUTTONS = 8
_END = 4
_SHORT_WORD = 3
_ANY_ONE = "one"
"""A word of a model's name that stands for any device, too."""
_PLACES = {"first": 0, "second": 1, "other": 1, "third": 2, "fourth": 3, "fifth": 4}
_AGES: Dict[Text, Callable] = {"newest": max, "oldest": min}
_ENDINGS = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z0-9]{{{_END}}}(?![A-Za-z0-9])")


def device_handle(tracker: Tracker, serial: Text) -> Text:
    """What a device is called in buttons and stored events; the serial number cannot be told from it."""
    return services().sealer.handle(tracker.sender_id, serial_key(serial) or "")


def end_of(serial: Text) -> Text:
    """What may be shown of a serial number: `…0002`."""
    return f"…{re.sub(r'[^A-Za-z0-9]', '', serial).upper()[-_END:]}"


def name_of(device: Device, language: Text) -> Dict[Text, Text]:
    """How an answer names a device: `unit` inside a sentence, `unit_first` at its start, `title` in a list."""
    name = unit_name(device.unit.value if device.unit else None, language)
    first = name.the[0].upper() + name.the[1:]
    end = end_of(device.serial)
    return {"unit": name.the, "unit_first": first, "title": name.title, "end": end, "model": device.model}


@dataclass(frozen=True)
class Choice:
    """`device`: the one that is meant; else `among`: those that may be. `unknown`: one was named that is not there."""

    device: Optional[Device] = None
    among: Tuple[Device, ...] = ()
    unknown: bool = False


def choose(
    tracker: Tracker,
    devices: Sequence[Device],
    unit: Optional[Text],
    handle: Optional[Text],
    order: Optional[Text] = None,
) -> Choice:
    """Which device is meant: by the serial number or its end in the message, else by what was known before.

    `order`: which one of several was named before; it counts where nothing else tells.
    """
    said = next(iter(tracker.get_latest_entity_values("order")), None)
    if said in _AGES and not _is_about_a_unit(tracker):
        said = None  # the new one is the one that is to come
    found = _named(tracker, devices) or _by_order(tracker, devices, unit, handle, said)
    if found:
        return found
    known = choose_known(tracker, devices, unit, handle)
    return known if known.device else _by_order(tracker, devices, unit, handle, order) or known


def _is_about_a_unit(tracker: Tracker) -> bool:
    """Whether the message names a unit or damage, or answers an open question."""
    named = {entity["entity"] for entity in tracker.latest_message.get("entities") or []}
    return bool(named & {"unit", "damage_type"}) or Task.of(tracker).is_open


def choose_known(
    tracker: Tracker, devices: Sequence[Device], unit: Optional[Text], handle: Optional[Text]
) -> Choice:
    """Which device is meant, whatever the message says: by a button or serial number before, or the kind of unit.

    Where the customer has a device of the kind `unit`, that goes before a `handle` of another kind: the words say what
    is broken, the serial number may have been given only to say who is asking.
    """
    of_kind = tuple(device for device in devices if unit is None or (device.unit and device.unit.value == unit))
    known = [device for device in of_kind if device_handle(tracker, device.serial) == handle]
    if known or len(of_kind) == 1:
        return Choice(device=(known or of_kind)[0])
    of_model = _of_model(tracker.latest_message.get("text") or "", of_kind)
    if len(of_model) == 1:
        return Choice(of_model[0])
    return Choice(among=of_kind or tuple(devices), unknown=not of_kind)


def choose_another(
    tracker: Tracker, devices: Sequence[Device], unit: Optional[Text], handle: Optional[Text], same_kind: bool
) -> Choice:
    """Which device is meant instead of the one with this `handle` ("I meant the iluma"): of the same kind, if there is
    another of it, and of the model that the message names. `same_kind`: none of another kind.
    """
    others = tuple(each for each in devices if device_handle(tracker, each.serial) != handle) or tuple(devices)
    of_kind = tuple(each for each in others if unit and each.unit and each.unit.value == unit)
    if same_kind:
        others = of_kind
    text = tracker.latest_message.get("text") or ""
    meant = _nearest_model(text, of_kind) or _nearest_model(text, others) or of_kind or others
    return Choice(meant[0]) if len(meant) == 1 else Choice(among=tuple(meant))


def _named(tracker: Tracker, devices: Sequence[Device]) -> Optional[Choice]:
    text = tracker.latest_message.get("text") or ""
    entities = {entity["entity"] for entity in tracker.latest_message.get("entities") or []}
    if entities & {"device", "code", "date"}:
        return None  # a button's title, or a code, is no typed serial number
    keys = {serial_key(serial) or "?" for serial in read_serials(text)}
    whole = [device for device in devices if serial_key(device.serial) in keys]
    ending = [device for device in devices if any(_key(device).endswith(key) for key in keys)]
    found = whole or ending
    if len(found) == 1:
        return Choice(found[0])
    if any(not key.isdecimal() for key in keys):
        return Choice(unknown=True)
    ends = {serial_key(end) for end in _ENDINGS.findall(text) if any(letter.isdigit() for letter in end)}
    ending = [device for device in devices if _key(device)[-_END:] in ends]
    return Choice(ending[0]) if len(ending) == 1 else None


def _by_order(
    tracker: Tracker,
    devices: Sequence[Device],
    unit: Optional[Text],
    handle: Optional[Text],
    wanted: Optional[Text],
) -> Optional[Choice]:
    """The second, the last or the other one, in the order in which they are listed; the newest or the oldest."""
    if wanted is None or wanted == BOTH:
        return None
    of_kind = [each for each in devices if unit is None or (each.unit and each.unit.value == unit)]
    listed = newest_first(of_kind if len(of_kind) > 1 else devices)
    if wanted in _AGES:
        return _by_age(of_kind if unit else devices, wanted) if of_kind or not unit else None
    others = [device for device in listed if device_handle(tracker, device.serial) != handle]
    if wanted == "other" and len(others) == 1:
        return Choice(others[0])
    place = _PLACES.get(wanted, len(listed) - 1)
    return Choice(listed[place]) if place < len(listed) else Choice(among=tuple(listed), unknown=True)


def _by_age(devices: Sequence[Device], wanted: Text) -> Optional[Choice]:
    """The newest or the oldest; None where all were bought on one day, so that this tells nothing apart."""
    bought = _AGES[wanted](each.purchased_on for each in devices)
    meant = tuple(each for each in devices if each.purchased_on == bought)
    if len(meant) == len(devices) > 1:
        return None
    return Choice(meant[0]) if len(meant) == 1 else Choice(among=meant)


def newest_first(devices: Sequence[Device]) -> List[Device]:
    """The order in which devices are listed, on buttons and in answers."""
    return sorted(devices, key=lambda each: each.purchased_on, reverse=True)


def _key(device: Device) -> Text:
    return serial_key(device.serial) or ""


def _of_model(text: Text, devices: Sequence[Device]) -> List[Device]:
    """Those with most words of the text in the name of their model; none where no word tells them apart, and none for
    "the new one": that word by itself names no model.
    """
    words = set(re.findall(r"\w+", text.casefold()))
    named = [words & set(device.model.casefold().split()) for device in devices]
    hits = [len(each) if each != {_ANY_ONE} else 0 for each in named] or [0]
    return [device for device, hit in zip(devices, hits) if hit == max(hits)] if min(hits) < max(hits) else []


def _nearest_model(text: Text, devices: Sequence[Device]) -> List[Device]:
    """Those of whose model the text has the most words in a row, and that have the fewest besides ("the iluma" is no
    PRIME); none without any. "One" by itself names none.
    """
    words = re.findall(r"\w+", text.casefold())
    models = [device.model.casefold().split() for device in devices]
    fits = [(_longest_run(words, model), -len(model)) for model in models]
    best = max(fits, default=(0, 0))
    return [device for device, fit in zip(devices, fits) if fit == best] if best[0] else []


def _longest_run(words: Sequence[Text], model: Sequence[Text]) -> int:
    """How many words in a row of a model's name stand in the text so; runs of short words alone do not count."""
    runs = [model[start:end] for start in range(len(model)) for end in range(start + 1, len(model) + 1)]
    said = [run for run in runs if max(map(len, run)) > _SHORT_WORD and _stands_in(run, words)]
    return max(map(len, said), default=0)


def _stands_in(run: Sequence[Text], words: Sequence[Text]) -> bool:
    return any(list(words[at : at + len(run)]) == list(run) for at in range(len(words)))


def buttons_for(tracker: Tracker, devices: Sequence[Device], topic: Text) -> List[Dict[Text, Any]]:
    """A button for each device, the newest first, as many as fit: kind, model and the end of the serial number."""
    language = tracker.get_slot("language")
    buttons = []
    for device in newest_first(devices)[:MOST_BUTTONS]:
        name = name_of(device, language)
        title = f"{name['title']} {name['model']} {name['end']}"
        payload = f'/{topic}{{"device": "{device_handle(tracker, device.serial)}"}}'
        buttons.append({"title": title, "payload": payload})
    return buttons
