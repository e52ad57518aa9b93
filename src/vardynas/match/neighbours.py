"""Strings within a small edit distance, found through equal segments.

A string within `k` edits of another has at least one of `k + 1` segments in common, shifted by at
most `k` places (Li, Deng, Wang, Feng: "Pass-Join", VLDB 2011). Segments are kept in a dictionary;
what they propose is checked with the optimal string alignment distance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

__all__ = ["Neighbours"]

_MAX_DISTANCE = 2


class Neighbours:
    """An index over strings that finds those within one or two edits.

    A transposition across the border of two segments needs both letters tried swapped, which `find`
    does, so that nothing within the distance is missed for one edit and hardly anything for two.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._segments: dict[tuple[int, int, str], list[int]] = defaultdict(list)
        self._short: dict[int, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            if len(text) <= _MAX_DISTANCE:
                self._short[len(text)].append(number)
            for i, (start, end) in enumerate(_borders(len(text))):
                self._segments[len(text), i, text[start:end]].append(number)

    def find(self, text: str, distance: int) -> list[tuple[str, int]]:
        """The strings that differ from `text` by 1 to `distance` edits (not `text` itself)."""
        from rapidfuzz.distance import OSA

        found = []
        for number in sorted(set(self._proposed(text, distance))):
            other = self._texts[number]
            away = OSA.distance(text, other, score_cutoff=distance)
            if 0 < away <= distance:
                found.append((other, away))
        return found

    def _proposed(self, text: str, distance: int) -> Iterator[int]:
        for probe in _swapped(text):
            for length in range(max(0, len(text) - distance), len(text) + distance + 1):
                yield from self._short.get(length, ())
                for i, (start, end) in enumerate(_borders(length)):
                    yield from self._around(probe, length, i, start, end - start, distance)

    def _around(
        self, probe: str, length: int, i: int, start: int, size: int, distance: int
    ) -> Iterable[int]:
        segments = self._segments
        for at in range(max(0, start - distance), min(len(probe) - size, start + distance) + 1):
            numbers = segments.get((length, i, probe[at : at + size]))
            if numbers:
                yield from numbers


def _borders(length: int) -> list[tuple[int, int]]:
    """The segments of a string of `length`: one more than the edits allowed, nearly equal."""
    count = min(_MAX_DISTANCE + 1, max(1, length))
    cuts = [length * i // count for i in range(count + 1)]
    return list(pairwise(cuts))


def _swapped(text: str) -> Iterator[str]:
    """`text`, and `text` with the two letters at each border of its segments swapped."""
    yield text
    for start, _ in _borders(len(text))[1:]:
        yield text[: start - 1] + text[start] + text[start - 1] + text[start + 1 :]
