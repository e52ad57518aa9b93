"""How likely each candidate of a resolved span is meant."""

from __future__ import annotations

from vardynas.match.calibration import LEAD, scan_score
from vardynas.match.resolution import Resolved
from vardynas.model import METHODS

__all__ = ["lead", "probabilities"]

STEP = 0.1
"""What one step from exact to inflected to derived to similar adds to the lead of a candidate."""


def probabilities(row: Resolved) -> list[float]:
    """How likely each candidate is meant; never more than 1 together."""
    found = [
        scan_score(score, proposal.method, lead(row, i))
        for i, (score, proposal) in enumerate(row.ranked)
    ]
    total = sum(found)
    return [p / total for p in found] if total > 1 else found


def lead(row: Resolved, at: int) -> float:
    """The lead of a candidate over the best other one; a weaker method counts as further behind."""
    score, proposal = row.ranked[at]
    rank = METHODS.index(proposal.method)
    others = [
        other - STEP * (METHODS.index(rival.method) - rank)
        for i, (other, rival) in enumerate(row.ranked)
        if i != at
    ]
    return score - max(others, default=score - LEAD)
