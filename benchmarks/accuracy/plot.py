"""A reliability diagram as SVG: the score of answers beside the share of them that is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin, sqrt
from typing import NamedTuple

from benchmarks.accuracy.lookups import OURS, Run
from benchmarks.accuracy.tables import scored
from benchmarks.accuracy.text_tables import documents_of, is_absent, scored_mentions
from benchmarks.accuracy.texts import TextRun
from vardynas.editorial.reliability import Bin, reliability
from vardynas.match.calibration import THRESHOLDS
from vardynas.model import METHODS

__all__ = ["Curve", "curves", "diagram"]

LOOKUP, TEXT = "lookup", "running text"

FEWEST = 30
"""A method with fewer answers in a task has no curve: chance would draw it."""

SIDE, LEFT, TOP, GAP = 320, 56, 48, 64
"""Pixels: the side of a panel, the space left of it and above it, and between two."""

LEGEND = 18
"""The height of a line of the legend."""

COLORS = dict(zip(METHODS, ("#0072b2", "#009e73", "#d55e00", "#aa4499"), strict=True))
CORNERS = dict(zip(METHODS, (16, 4, 3, 5), strict=True))
"""Colors that color-blind readers tell apart, and shapes for those who print."""


class Curve(NamedTuple):
    """The bins of all answers that one task gave by one method, lowest scores first."""

    task: str
    method: str
    bins: tuple[Bin, ...]

    @property
    def answers(self) -> int:
        """How many the bins have together."""
        return sum(b.mentions for b in self.bins)


def curves(lookups: Sequence[Run], texts: Sequence[TextRun], part: str) -> list[Curve]:
    """A curve for each task and method that has enough answers."""
    rows: dict[tuple[str, str], list[tuple[float, bool]]] = {}
    for task, method, score, right in _answers(lookups, texts, part):
        rows.setdefault((task, method), []).append((score, right))
    return [
        Curve(task, method, reliability(rows[task, method]).bins)
        for task in (LOOKUP, TEXT)
        for method in METHODS
        if len(rows.get((task, method), ())) >= FEWEST
    ]


def _answers(
    lookups: Sequence[Run], texts: Sequence[TextRun], part: str
) -> Iterator[tuple[str, str, float, bool]]:
    for run in lookups:
        for given, right in scored(run, part):
            yield LOOKUP, given.method, given.score, right
    for text in (t for t in texts if not is_absent(t)):
        for document in (d for d in documents_of(text, part) if OURS in d.found):
            for found, right in scored_mentions(document):
                yield TEXT, found.method, found.score, right


def diagram(found: Sequence[Curve], part: str) -> str:
    """The diagram of all curves, a panel for each task; it needs no style and no script."""
    tasks = list(dict.fromkeys(curve.task for curve in found))
    lines = max((sum(c.task == task for c in found) for task in tasks), default=0)
    width = LEFT + len(tasks) * (SIDE + GAP) - GAP + 24
    height = TOP + SIDE + 56 + lines * LEGEND
    panels = [
        line
        for i, task in enumerate(tasks)
        for line in _panel(task, [c for c in found if c.task == task], LEFT + i * (SIDE + GAP))
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title desc" '
        'font-family="sans-serif" font-size="12" fill="#222">'
    )
    return "\n".join(
        (
            head,
            f'<title id="title">Reliability of the scores, part {part}</title>',
            f'<desc id="desc">{_description(found)}</desc>',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *panels,
            "</svg>\n",
        )
    )


def _description(found: Sequence[Curve]) -> str:
    """Every point in words, for those who do not see the diagram."""
    rows = (f"{c.task}, {c.method}: {'; '.join(map(_words, c.bins))}." for c in found)
    return " ".join(("The score of answers beside the share that is right.", *rows))


def _words(point: Bin) -> str:
    return f"score {point.score:.3f}, right {point.right:.3f} of {point.mentions}"


def _panel(task: str, found: Sequence[Curve], left: float) -> Iterator[str]:
    bottom = TOP + SIDE
    middle = left + SIDE / 2
    yield _text(middle, TOP - 24, task, size=14)
    yield f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>'
    yield _line(left, bottom, left + SIDE, TOP, "#999")
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        yield _text(left + share * SIDE, bottom + 16, f"{share:.1f}")
        yield _text(left - 8, bottom - share * SIDE + 4, f"{share:.1f}", anchor="end")
    for decision, limit in THRESHOLDS.items():
        yield _line(left + limit * SIDE, bottom, left + limit * SIDE, TOP, "#ccc", dash="3 3")
        yield _text(left + limit * SIDE, TOP - 6, decision, size=10)
    yield _text(middle, bottom + 34, "score")
    turned = f"rotate(-90 {left - 38} {TOP + SIDE / 2})"
    yield _text(left - 38, TOP + SIDE / 2, "share right", turned=turned)
    for row, curve in enumerate(found):
        yield from _curve(curve, left)
        at = bottom + 54 + row * LEGEND
        yield _mark(curve.method, left + 8, at - 4, 5)
        yield _text(left + 20, at, f"{curve.method}, {curve.answers:,} answers", anchor="start")


def _curve(curve: Curve, left: float) -> Iterator[str]:
    places = [(left + b.score * SIDE, TOP + SIDE - b.right * SIDE) for b in curve.bins]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{COLORS[curve.method]}"/>'
    for (x, y), point in zip(places, curve.bins, strict=True):
        share = point.mentions / curve.answers
        yield _mark(curve.method, x, y, 3 + 6 * sqrt(share), _words(point))


def _mark(method: str, x: float, y: float, size: float, words: str = "") -> str:
    """A regular polygon; the words appear where a pointer rests on it."""
    corners = CORNERS[method]
    turns = (2 * pi * i / corners for i in range(corners))
    path = " ".join(f"{x + size * sin(t):.1f},{y - size * cos(t):.1f}" for t in turns)
    title = f"<title>{words}</title>" if words else ""
    return f'<polygon points="{path}" fill="{COLORS[method]}" fill-opacity="0.8">{title}</polygon>'


def _line(x1: float, y1: float, x2: float, y2: float, color: str, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{color}"{dashes}/>'


def _text(
    x: float, y: float, text: str, *, anchor: str = "middle", size: int = 12, turned: str = ""
) -> str:
    turn = f' transform="{turned}"' if turned else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}"{turn}>{text}</text>'
