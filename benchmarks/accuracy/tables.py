"""The results of lookups as Markdown tables, counts beside every rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.accuracy.lookups import OURS, Given, Run
from benchmarks.accuracy.metrics import (
    Calibration,
    Decision,
    Rate,
    best_threshold,
    calibration,
    decision,
    mean,
    pooled,
)

__all__ = [
    "calibration_row",
    "calibrations",
    "counts",
    "pair_table",
    "pooled_table",
    "scored",
    "table",
    "wanted",
]

FEWEST_HARD = 30
"""A pair counts towards the pooled figures when it has so many hard queries in both parts."""


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table under its title; "" without rows."""
    lines = ["| " + " | ".join(_cell(c) for c in row) + " |" for row in rows]
    if not lines:
        return ""
    head = f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"
    return "\n".join([f"## {title}\n", head, *lines, ""])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:.3f}"  # nan
    return str(value)


def pooled_table(runs: Sequence[Run], part: str) -> str:
    """For each set and system: recall@1 pooled and averaged over pairs, and the decisions."""
    heads = ("set", "system", "pairs", "recall@1 hard", "mean of pairs", "recall@1 all",
             "P", "R", "F1", "right/given/wanted")  # fmt: skip
    rows = []
    for name in dict.fromkeys(r.set for r in runs):
        chosen = [r for r in runs if r.set == name and counts(r)]
        for system in dict.fromkeys(s for r in chosen for s in r.answers):
            rows.append([name, system, *_pooled(chosen, system, part)])
    return table("Lookup, pooled over pairs with 30 or more hard queries", heads, rows)


def _pooled(runs: Sequence[Run], system: str, part: str) -> list[object]:
    runs = [r for r in runs if system in r.answers]
    hard = [_rate(r, system, part, hard=True) for r in runs]
    every = pooled([_rate(r, system, part, hard=False) for r in runs])
    made = [_decision(r, system, part) for r in runs]
    total = Decision(*(sum(column) for column in zip(*made, strict=True)))
    shown = f"{total.right}/{total.given}/{total.wanted}"
    figures = (total.precision, total.recall, total.f1, shown)
    return [len(runs), pooled(hard), mean(hard), every, *figures]


def counts(run: Run) -> bool:
    """Whether the pair of a run counts towards the pooled figures."""
    return run.set.startswith("inflection") or run.hard >= FEWEST_HARD


def pair_table(runs: Sequence[Run], part: str) -> str:
    """For each pair and system the same figures, and the threshold of the baselines."""
    heads = ("set", "pair", "index", "queries", "system", "recall@1", "recall@1 hard",
             "P", "R", "F1", "threshold")  # fmt: skip
    rows: list[list[object]] = []
    for run in runs:
        asked = len(_positions(run, part))
        for system in run.answers:
            made = _decision(run, system, part)
            limit = "–" if system == OURS else f"{_threshold(run, system):.2f}"
            rates = [_rate(run, system, part, hard=hard) for hard in (False, True)]
            figures = (made.precision, made.recall, made.f1, limit)
            rows.append([run.set, run.pair, len(run.names), asked, system, *rates, *figures])
    return table("Lookup by pair", heads, rows)


def _positions(run: Run, part: str) -> list[int]:
    return [i for i, q in enumerate(run.queries) if part in ("all", q.part)]


def wanted(run: Run, part: str) -> int:
    """How many queries have an answer."""
    return sum(bool(run.queries[i].wanted) for i in _positions(run, part))


def _rate(run: Run, system: str, part: str, *, hard: bool) -> Rate:
    counted = [
        i for i in _positions(run, part) if run.queries[i].wanted and run.queries[i].hard >= hard
    ]
    return Rate(sum(run.right(system, i) for i in counted), len(counted))


def _decision(run: Run, system: str, part: str) -> Decision:
    """The answers that vardynas stands by; of a baseline those from its threshold on."""
    chosen = _positions(run, part)
    given = [run.answers[system].given[i] for i in chosen]
    limit = _threshold(run, system) if system != OURS else 0.0
    said = [g is not None and (g.said if system == OURS else g.score >= limit) for g in given]
    right = [run.right(system, i) for i in chosen]
    return decision(right, said, [bool(run.queries[i].wanted) for i in chosen])


def _threshold(run: Run, system: str) -> float:
    """The threshold with the best F1 on the part `fit`."""
    chosen = [(i, g) for i in _positions(run, "fit") if (g := run.answers[system].given[i])]
    return best_threshold(
        [run.right(system, i) for i, _ in chosen],
        [g.score for _, g in chosen],
        [bool(run.queries[i].wanted) for i, _ in chosen],
    )


def calibrations(runs: Sequence[Run], part: str) -> list[list[object]]:
    """A row for each set, and one for all: how well the score of the first candidate tells."""
    sets: dict[str, list[tuple[float, bool]]] = {}
    for run in runs:
        rows = [(given.score, right) for given, right in scored(run, part)]
        sets.setdefault(run.set, []).extend(rows)
        sets.setdefault("all lookups", []).extend(rows)
    everything = sets.pop("all lookups", [])
    return [
        calibration_row(name, rows)
        for name, rows in [*sets.items(), ("all lookups", everything)]
        if rows
    ]


def scored(run: Run, part: str) -> list[tuple[Given, bool]]:
    """Each first candidate of vardynas, and whether it is right."""
    given = run.answers[OURS].given
    return [(g, run.right(OURS, i)) for i in _positions(run, part) if (g := given[i])]


def calibration_row(name: str, rows: Sequence[tuple[float, bool]]) -> list[object]:
    """A row of the calibration table for (score, right) pairs."""
    found: Calibration = calibration([s for s, _ in rows], [r for _, r in rows])
    return [name, *found]
