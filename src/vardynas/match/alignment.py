"""Weighted alignment of two strings of phoneme classes.

The optimal string alignment with costs by class (`language/data/alignment.yaml`): vowels for vowels
and a dropped г cost less than К for М. It is worked out only for the best readings of a pair.
"""

from __future__ import annotations

from math import inf

from vardynas.language import tables

__all__ = ["alignment_similarity", "begin_alike"]

_INSERTION, _SUBSTITUTION = 1.0, 1.2
"""What a class costs that no row of the table names."""

_WEAK = 0.6
"""What a class costs at most that comes and goes at the beginning of a word (Hutin, Ютен)."""

_ROUNDING = 1e-9


@tables.cached_up_to(1 << 13)
def alignment_similarity(a: str, b: str, least: float = 0.0) -> float:
    """1 for equal strings, less by the cost of what differs, 0 for nothing in common.

    Less than `least` may be given as 0, which is found out sooner.

    >>> alignment_similarity("KALINAVSK", "KALINAVSK")
    1.0
    >>> alignment_similarity("GRADNA", "GARADNA") > alignment_similarity("GRADNA", "GRASNA")
    True
    """
    if a == b:
        return 1.0
    longest = max(_weight(a), _weight(b))
    if not longest:
        return 0.0
    distance = _distance(a, b, (1.0 - least) * longest + _ROUNDING)
    return max(0.0, 1.0 - distance / longest)


@tables.cached_up_to(1 << 13)
def begin_alike(a: str, b: str) -> bool:
    """Whether the first classes are one, or such as the table says are confused, dropped or added.

    >>> begin_alike("KALINAVSK", "MALINAVSK"), begin_alike("XAVARD", "GAVARD")
    (False, True)
    """
    insertion, substitution = _insertion(), _substitution()
    if a[:1] == b[:1] or b[:1] in substitution.get(a[:1], _NONE):
        return True
    return any(
        insertion.get(longer[:1], _INSERTION) <= _WEAK and longer[1:2] == other[:1]
        for longer, other in ((a, b), (b, a))
    )


@tables.cached_up_to(1 << 13)
def _weight(text: str) -> float:
    """What it costs to write `text` from nothing."""
    insertion = _insertion()
    return sum([insertion.get(letter, _INSERTION) for letter in text])


def _distance(a: str, b: str, limit: float) -> float:
    """The cost of writing `b` for `a`; infinite where it is above the limit, if that is noticed.

    Places that are further apart than the limit has letters to add or drop are not looked at.
    """
    insertion, substitution = _insertion(), _substitution()
    band = int(limit / _cheapest())
    size = len(b)
    if abs(len(a) - size) > band:
        return inf
    added = [insertion.get(letter, _INSERTION) for letter in b]
    above = [0.0]
    for cost in added:
        above.append(above[-1] + cost)
    for length, one in enumerate(a):
        drop = insertion.get(one, _INSERTION)
        changes = substitution.get(one, _NONE)
        first, last = max(0, length - band), min(size, length + band + 1)
        row = [inf] * (size + 1)
        diagonal = above[first]
        best = row[first] = diagonal + drop
        lowest = best
        for at in range(first, last):
            other = b[at]
            best += added[at]
            if one != other:
                diagonal += changes.get(other, _SUBSTITUTION)
            if diagonal < best:
                best = diagonal
            diagonal = above[at + 1]
            if diagonal + drop < best:
                best = diagonal + drop
            row[at + 1] = best
            if best < lowest:
                lowest = best
        if lowest > limit:
            return inf
        above = row
    return above[-1]


_NONE: dict[str, float] = {}


@tables.cached
def _cheapest() -> float:
    return min(_INSERTION, *_insertion().values())


@tables.cached
def _insertion() -> dict[str, float]:
    return {letter: float(cost) for letter, cost in tables.load("alignment")["insertion"].items()}


@tables.cached
def _substitution() -> dict[str, dict[str, float]]:
    """The cost of each class in the place of each other."""
    costs: dict[str, dict[str, float]] = {}
    for row in tables.load("alignment")["substitution"]:
        for one in row["between"]:
            for other in row["and"]:
                for a, b in ((one, other), (other, one)):
                    of_a = costs.setdefault(a, {})
                    of_a[b] = min(of_a.get(b, 9.0), float(row["cost"]))
    return costs
