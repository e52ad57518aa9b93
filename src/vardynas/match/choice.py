"""Which of the candidates for a name an answer can be: one, several that are too close, or none."""

from __future__ import annotations

from collections.abc import Sequence

from vardynas.match.calibration import THRESHOLDS
from vardynas.model import Candidate

__all__ = ["MARGIN", "choices", "threshold_of"]

MARGIN = 0.02
"""No answer is given when the second candidate is as likely as the first, or nearly so."""


def choices(found: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """Those of `found`, which is best first, that the answer can be.

    One is the answer; several are too close to choose between; [] when none is likely enough.

    >>> hrodna = Candidate("hrodna", 0.9, "exact", "Гродна", "be")
    >>> grodno = Candidate("grodno", 0.89, "exact", "Grodno", "pl")
    >>> [one.entry for one in choices([hrodna, grodno], 0.5)]
    ['hrodna', 'grodno']
    """
    if not found or found[0].score < threshold:
        return []
    return [one for one in found if one is found[0] or found[0].score - one.score < MARGIN]


def threshold_of(decision: str) -> float:
    """The probability from which an answer is given: `decision` is precision, balanced or recall.

    Raises ValueError for any other word.

    >>> threshold_of("balanced")
    0.5
    """
    if decision not in THRESHOLDS:
        known = ", ".join(THRESHOLDS)
        raise ValueError(f"{decision!r} is no decision; write one of {known}.")
    return THRESHOLDS[decision]
