"""Weighted alignment of two strings of phoneme classes.

The optimal string alignment with costs by class (`language/data/alignment.yaml`): vowels for vowels
and a dropped г cost less than К for М. It is worked out only for the best readings of a pair.
"""

from __future__ import annotations

from functools import lru_cache

from vardynas.language import tables

__all__ = ["alignment_similarity"]


@lru_cache(maxsize=100_000)
def alignment_similarity(a: str, b: str) -> float:
    """1 for equal strings, less by the cost of what differs, 0 for nothing in common.

    >>> alignment_similarity("KALINAVSK", "KALINAVSK")
    1.0
    >>> alignment_similarity("GRADNA", "GARADNA") > alignment_similarity("GRADNA", "GRASNA")
    True
    """
    if a == b:
        return 1.0
    longest = max(_weight(a), _weight(b))
    return max(0.0, 1.0 - _distance(a, b) / longest) if longest else 0.0


def _weight(text: str) -> float:
    """What it costs to write `text` from nothing."""
    insertion = _insertion()
    return sum(insertion.get(letter, 1.0) for letter in text)


def _distance(a: str, b: str) -> float:
    insertion, substitution = _insertion(), _substitution()
    above = [0.0]
    for letter in b:
        above.append(above[-1] + insertion.get(letter, 1.0))
    for one in a:
        drop = insertion.get(one, 1.0)
        row = [above[0] + drop]
        for at, other in enumerate(b):
            change = 0.0 if one == other else substitution.get((one, other), 1.2)
            row.append(
                min(
                    above[at] + change,
                    above[at + 1] + drop,
                    row[at] + insertion.get(other, 1.0),
                )
            )
        above = row
    return above[-1]


@tables.cached
def _insertion() -> dict[str, float]:
    return {letter: float(cost) for letter, cost in tables.load("alignment")["insertion"].items()}


@tables.cached
def _substitution() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for row in tables.load("alignment")["substitution"]:
        for one in row["between"]:
            for other in row["and"]:
                for pair in ((one, other), (other, one)):
                    costs[pair] = min(costs.get(pair, 9.0), float(row["cost"]))
    return costs
