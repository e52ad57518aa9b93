"""The figures: rates with their counts, best thresholds, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

__all__ = [
    "Calibration",
    "Decision",
    "Rate",
    "best_threshold",
    "calibration",
    "decision",
    "mean",
    "pooled",
]

BINS = 10


class Rate(NamedTuple):
    """`right` of `total`.

    >>> str(Rate(3, 4)), str(Rate(0, 0))
    ('0.750 (3/4)', '–')
    """

    right: int
    total: int

    @property
    def value(self) -> float:
        """The share; nan of nothing."""
        return self.right / self.total if self.total else float("nan")

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.right}/{self.total})" if self.total else "–"


class Decision(NamedTuple):
    """Answers that were given: `right` of `given`, where `wanted` queries have an answer.

    >>> d = Decision(right=3, given=4, wanted=6)
    >>> d.precision, d.recall, d.f1
    (0.75, 0.5, 0.6)
    """

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of answers that is right; 1 without answers."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of queries with an answer that got it; 1 without such queries."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.given + self.wanted
        return 2 * self.right / total if total else 1.0


class Calibration(NamedTuple):
    """How far scores are from the share that is right, over `n` answers.

    `ece` is the expected calibration error in bins of equal mass, `skill` the Brier skill against
    always saying the base rate (1 is perfect, 0 no better, nan where all answers are alike).
    """

    n: int
    right: float
    ece: float
    skill: float


def pooled(rates: Sequence[Rate]) -> Rate:
    """All counts in one rate.

    >>> pooled([Rate(1, 2), Rate(8, 8)])
    Rate(right=9, total=10)
    """
    return Rate(sum(r.right for r in rates), sum(r.total for r in rates))


def mean(rates: Sequence[Rate]) -> float:
    """The mean of the shares, every rate weighing the same; nan without rates."""
    values = [r.value for r in rates if r.total]
    return sum(values) / len(values) if values else float("nan")


def decision(right: Sequence[bool], given: Sequence[bool], wanted: Sequence[bool]) -> Decision:
    """The counts of parallel columns: the first candidate is right, it was given, one exists."""
    hits = sum(r and g and w for r, g, w in zip(right, given, wanted, strict=True))
    return Decision(hits, sum(given), sum(wanted))


def best_threshold(right: Sequence[bool], score: Sequence[float], wanted: Sequence[bool]) -> float:
    """The score from which on answers give the best F1; 0 when there is nothing to fit.

    >>> best_threshold([True, True, False], [0.9, 0.8, 0.7], [True, True, False])
    0.8
    """
    if not score:
        return 0.0
    scores = np.asarray(score, dtype=float)
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    hits = np.cumsum((np.asarray(right) & np.asarray(wanted))[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + max(1, sum(wanted)))
    last_of_equals = np.append(ranked[1:] != ranked[:-1], True)
    return float(ranked[int(np.where(last_of_equals, f1, -1.0).argmax())])


def calibration(score: Sequence[float], right: Sequence[bool], bins: int = BINS) -> Calibration:
    """How well the scores tell the share that is right.

    Answers of equal score are exchangeable: each counts as right to the share of its equals, so
    that the order of the queries changes nothing.

    >>> calibration([0.5, 0.5], [True, False])
    Calibration(n=2, right=0.5, ece=0.0, skill=0.0)
    """
    if not score:
        return Calibration(0, float("nan"), float("nan"), float("nan"))
    scores, hits = np.asarray(score, dtype=float), np.asarray(right, dtype=float)
    base = float(hits.mean())
    brier, reference = float(((scores - hits) ** 2).mean()), base * (1 - base)
    skill = 1 - brier / reference if reference else float("nan")
    _, group = np.unique(scores, return_inverse=True)
    smooth = (np.bincount(group, hits) / np.bincount(group))[group]
    order = np.argsort(scores, kind="stable")
    gaps = [
        abs(float((scores[part] - smooth[part]).sum()))
        for part in np.array_split(order, min(bins, len(order)))
    ]
    return Calibration(len(scores), base, sum(gaps) / len(scores), skill)
