"""What is measured of a model's answers to held-out messages."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence

import numpy as np

OUTSIDE = ("out_of_scope", "nlu_fallback")
_BINS = 10


class Answer(NamedTuple):
    """What a model said to one message.

    `best`: the likeliest topic that is not "something else"; `inside`: the confidence in it; `decided`: the topic that
    it acts on, `nlu_fallback` where it asks back.
    """

    topic: str
    style: str
    best: Optional[str]
    inside: float
    decided: str
    milliseconds: float


def answer(message: Any, parsed: Dict[str, Any], milliseconds: float, topic_of: Callable[[str], str] = str) -> Answer:
    """Read Rasa's parse result; `topic_of` turns intent names into topics."""
    ranking = [(topic_of(e["name"]), e["confidence"]) for e in parsed["intent_ranking"] if e["name"] != "nlu_fallback"]
    inside = [entry for entry in ranking if entry[0] not in OUTSIDE]
    best, confidence = inside[0] if inside else (None, 0.0)
    intent = parsed["intent"]
    decided = intent.get("full_retrieval_intent_name") or intent["name"] or "nlu_fallback"
    return Answer(
        message.topic,
        message.style,
        best,
        confidence,
        topic_of(decided),
        milliseconds,
    )


def figures(answers: Sequence[Answer]) -> Dict[str, Any]:
    """All figures as shares from 0 to 1; `confusions`: wrong decisions, the commonest first."""
    inside = [one for one in answers if one.topic not in OUTSIDE]
    outside = [one for one in answers if one.topic in OUTSIDE]
    wrong = [one for one in inside if one.decided != one.topic and one.decided not in OUTSIDE]
    result: Dict[str, Any] = {
        "messages": len(answers),
        "accuracy": _share(one.best == one.topic for one in inside),
        "right": _share(one.decided == one.topic for one in inside),
        "rejected": _share(one.decided in OUTSIDE for one in inside),
        "confidently wrong": len(wrong) / max(1, len(inside)),
        "calibration error": calibration_error(inside),
        "milliseconds": float(np.median([one.milliseconds for one in answers])),
        "by style": _shares(inside, lambda one: one.style),
        "by topic": _shares(inside, lambda one: one.topic),
        "confusions": Counter(f"{one.topic} > {one.decided}" for one in answers if not _is_right(one)).most_common(),
    }
    if outside:
        result["caught"] = _share(one.decided in OUTSIDE for one in outside)
        result["AUROC"] = auroc([one.inside for one in inside], [one.inside for one in outside])
    return result


def _is_right(one: Answer) -> bool:
    return one.decided == one.topic or (one.topic in OUTSIDE and one.decided in OUTSIDE)


def _share(hits: Any) -> float:
    listed = list(hits)
    return sum(listed) / max(1, len(listed))


def _shares(answers: Sequence[Answer], key: Callable[[Answer], str]) -> Dict[str, float]:
    groups: Dict[str, List[bool]] = defaultdict(list)
    for one in answers:
        groups[key(one)].append(one.best == one.topic)
    return {name: _share(hits) for name, hits in sorted(groups.items())}


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """How often a message inside is surer than one outside; equally sure counts half."""
    ours, theirs = np.asarray(inside)[:, np.newaxis], np.asarray(outside)[np.newaxis, :]
    return float(((ours > theirs) + 0.5 * (ours == theirs)).mean())


def calibration_error(answers: Sequence[Answer]) -> float:
    """By how much confidence and accuracy differ, over ten bins of confidence weighted by their messages."""
    confidences = np.array([one.inside for one in answers])
    hits = np.array([one.best == one.topic for one in answers], dtype=float)
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            abs(confidences[bins == number].mean() - hits[bins == number].mean()) * (bins == number).mean()
            for number in np.unique(bins)
        )
    )
