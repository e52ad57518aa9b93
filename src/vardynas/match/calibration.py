"""From raw scores to probabilities: how often an answer with this score is right.

One logistic curve a task and group of methods, over the raw score, the lead over the next candidate
and the size of the index (Platt 1999). `calibration.json` holds the weights, the date, the sets they
were fitted on and the state of the code that gives the raw scores; `python -m benchmarks.calibrate`
writes it, and a test fails when it is stale.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["LEAD", "THRESHOLDS", "features", "lookup_scores", "scan_score", "state"]

LEAD = 0.25
"""Leads over the next candidate are cut here; more says nothing more."""

THRESHOLDS = {"precision": 0.85, "balanced": 0.5, "recall": 0.25}
"""The probability from which an answer is given, by what the user fears more: false or none."""

_FILE = Path(__file__).with_name("calibration.json")
_SOURCES = (
    "match/alignment.py",
    "match/phonetic.py",
    "match/ranking.py",
    "match/sequences.py",
    "match/lookup.py",
    "match/proposal.py",
    "match/people.py",
    "match/similar.py",
    "match/context.py",
    "match/resolution.py",
    "match/scores.py",
    "language/keys.py",
    "language/data/alignment.yaml",
    "language/data/fold_keys.yaml",
    "language/data/generics.yaml",
)


def features(raw: float, lead: float, size: int) -> tuple[float, float, float, float]:
    """What the curve is drawn over: a constant, the raw score, the lead, the size of the index."""
    return 1.0, raw, max(-LEAD, min(LEAD, lead)), math.log10(max(10, size))


def lookup_scores(raw: Sequence[float], groups: Sequence[str], size: int) -> list[float]:
    """The probability of each candidate of a look-up to be the one that is meant, in the same order.

    `groups` are known (a form of the index) or similar; together they never exceed 1.
    """
    found = []
    for i, (score, group) in enumerate(zip(raw, groups, strict=True)):
        others = [other for j, other in enumerate(raw) if j != i]
        lead = score - max(others, default=score - LEAD)
        found.append(_probability(f"lookup/{group}", features(score, lead, size)))
    total = sum(found)
    return [p / total for p in found] if total > 1 else found


def scan_score(raw: float, method: str, lead: float) -> float:
    """The probability that a mention is what it is taken for."""
    group = "similar" if method == "similar" else "known"
    return _probability(f"scan/{group}", features(raw, lead, 10))


def _probability(curve: str, values: Sequence[float]) -> float:
    weights = _table()["curves"][curve]
    z = sum(w * v for w, v in zip(weights, values, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return table


def state() -> str:
    """A hash of everything that raw scores depend on."""
    from hashlib import blake2b

    package = Path(__file__).parents[1]
    found = blake2b(digest_size=16)
    for name in _SOURCES:
        found.update((package / name).read_bytes())
    return found.hexdigest()
