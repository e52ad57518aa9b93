"""Whether scores are probabilities: the mean score of mentions beside the share that is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["BINS", "Bin", "Reliability", "reliability"]

BINS = 10
"""The most bins that are made."""

SMALLEST = 10
"""Mentions that a bin should have: the share right among fewer says little."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Mentions of similar score: how many, their mean score, the share of them that is right."""

    mentions: int
    score: float
    right: float

    def to_dict(self) -> dict[str, float]:
        """The bin as JSON types, rounded to four digits."""
        score, right = round(self.score, 4), round(self.right, 4)
        return {"mentions": self.mentions, "score": score, "right": right}


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins, lowest scores first; none without mentions."""

    bins: tuple[Bin, ...] = ()

    @property
    def mentions(self) -> int:
        """How many mentions the bins have together."""
        return sum(b.mentions for b in self.bins)

    @property
    def score(self) -> float | None:
        """The mean score of all; None without mentions."""
        return self._mean(b.score * b.mentions for b in self.bins)

    @property
    def right(self) -> float | None:
        """The share of all that is right; None without mentions."""
        return self._mean(b.right * b.mentions for b in self.bins)

    @property
    def error(self) -> float | None:
        """The expected calibration error: how far score and share are apart in the mean bin."""
        return self._mean(abs(b.score - b.right) * b.mentions for b in self.bins)

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON types, rounded to four digits."""
        means = {"score": self.score, "right": self.right, "error": self.error}
        rounded = {name: None if v is None else round(v, 4) for name, v in means.items()}
        return {"mentions": self.mentions, **rounded, "bins": [b.to_dict() for b in self.bins]}

    def _mean(self, parts: Iterable[float]) -> float | None:
        return sum(parts) / self.mentions if self.bins else None


def reliability(answers: Iterable[tuple[float, bool]]) -> Reliability:
    """The bins of `answers`, pairs of score and whether it is right.

    At most `BINS` bins of equally many answers, fewer where they would have less than ten. Equal
    scores are never divided, so that the order of the answers changes nothing.

    >>> reliability([(0.75, True), (0.75, True), (0.5, False)])
    Reliability(bins=(Bin(mentions=3, score=0.6666666666666666, right=0.6666666666666666),))
    """
    ranked = sorted(answers)
    wanted = max(1, min(BINS, len(ranked) // SMALLEST))
    bins = []
    start = 0
    for number in range(1, wanted + 1):
        end = max(start, len(ranked) * number // wanted)
        while 0 < end < len(ranked) and ranked[end][0] == ranked[end - 1][0]:
            end += 1
        if end > start:
            part = ranked[start:end]
            size = len(part)
            bins.append(Bin(size, sum(s for s, _ in part) / size, sum(r for _, r in part) / size))
        start = end
    return Reliability(tuple(bins))
