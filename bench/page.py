"""The report as a page: figures side by side, and for each model a picture of what it takes for what."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, Dict, List

_FIGURES = (
    "accuracy", "right", "rejected", "confidently wrong", "caught", "AUROC", "calibration error", "milliseconds",
)  # fmt: skip
_CELL, _LABEL = 20, 190
"""Pixels of a cell of the matrix, and of the topics' names beside and above it."""

_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>What is understood</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #ccc}
td:first-child,th:first-child{text-align:left}svg text{font-size:12px}svg{overflow:visible}</style>
<h1>What is understood</h1>
<p>Shares of messages that no model was trained on. <b>accuracy</b>: the likeliest topic is right; <b>right</b>,
<b>rejected</b>, <b>confidently wrong</b>: what is done with a message in scope; <b>caught</b>: messages out of scope
that are not answered as a topic; <b>AUROC</b>: how well confidence tells the two apart.</p>
"""


def write_page(report: Dict[str, Dict[str, Any]], file: Path) -> None:
    """Write the page.

    Args:
        report: model -> test -> figures (see `bench.figures.figures`).
        file: the page; its folder exists.
    """
    parts = [_HEAD, _table(report)]
    for model, tests in report.items():
        for test, figures in tests.items():
            parts += [f"<h2>{escape(model)}: {escape(test)}</h2>", _shares(figures), _confusions(figures["confusions"])]
    file.write_text("\n".join(parts), encoding="utf-8")


def _table(report: Dict[str, Dict[str, Any]]) -> str:
    rows = ["<tr><th>" + "<th>".join(("model, test", *_FIGURES))]
    for model, tests in report.items():
        for test, figures in tests.items():
            cells = [_cell(figures.get(name), name) for name in _FIGURES]
            rows.append(f"<tr><td>{escape(model)}, {escape(test)}<td>" + "<td>".join(cells))
    return "<table>" + "\n".join(rows) + "</table>"


def _cell(value: Any, name: str) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if name == "milliseconds" else f"{100 * value:.1f} %"


def _shares(figures: Dict[str, Any]) -> str:
    styles = ", ".join(f"{escape(style)} {100 * share:.0f} %" for style, share in figures["by style"].items())
    worst = sorted(figures["by topic"].items(), key=lambda item: item[1])[:8]
    topics = ", ".join(f"{escape(topic)} {100 * share:.0f} %" for topic, share in worst)
    return f"<p>By style: {styles}.<br>The least understood topics: {topics}.</p>"


def _confusions(confusions: List[Any]) -> str:
    """A matrix of what was meant (rows) and what was decided (columns), of the topics that are ever confused."""
    if not confusions:
        return "<p>Nothing is confused.</p>"
    counts = {tuple(pair.split(" > ")): count for pair, count in confusions}
    meant, decided = (sorted({pair[side] for pair in counts}) for side in (0, 1))
    most = max(counts.values())
    width, height = _LABEL + _CELL * len(decided), _LABEL + _CELL * len(meant)
    parts = [f'<svg role="img" width="{width}" height="{height}" aria-label="What is taken for what">']
    for column, topic in enumerate(decided):
        x = _LABEL + _CELL * column + _CELL - 4
        parts.append(f'<text transform="translate({x},{_LABEL - 6}) rotate(-60)">{escape(topic)}</text>')
    for row, topic in enumerate(meant):
        top = _LABEL + _CELL * row
        parts.append(f'<text x="{_LABEL - 6}" y="{top + _CELL - 5}" text-anchor="end">{escape(topic)}</text>')
        for column, taken_for in enumerate(decided):
            count, left = counts.get((topic, taken_for), 0), _LABEL + _CELL * column
            shade = f"rgb(192 80 40 / {0.25 + 0.75 * count / most:.2f})" if count else "#8881"
            title = f"<title>{count} × {escape(topic)} taken for {escape(taken_for)}</title>"
            box = f'x="{left}" y="{top}" width="{_CELL - 1}" height="{_CELL - 1}" fill="{shade}"'
            parts.append(f"<rect {box}>{title}</rect>")
            if count:
                parts.append(f'<text x="{left + 6}" y="{top + _CELL - 5}">{count}</text>')
    return "".join(parts) + "</svg>"
