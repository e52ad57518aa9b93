"""Strings within one or two edits of a string, among very many.

A string within `k` edits of another has one of its `k + 1` segments in common with it, at a place that
the lengths nearly fix (Li, Deng, Wang, Feng: "Pass-Join", VLDB 2011). What shares a segment is found in
one table (`vardynas.match.segments`), what differs in too many letters is sorted out, and what is left
is measured: optimal string alignment, in which two letters that change places are one edit.

A table pays from some hundreds of questions on; the first ones are measured against every text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from vardynas.match.segments import (
    MOST_EDITS,
    SegmentTable,
    all_signatures,
    fitting,
    letters_of,
    signatures,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Neighbours"]

Found = list[tuple[str, int]]
_Search = Callable[[Sequence[str], Sequence[int], int, int, list[Found]], None]

_PATIENCE = 1_000_000
"""Pairs that are measured before a table is made: about as long as loading numpy takes."""

_PAIRS = 1 << 19
"""Pairs that are sorted out at once: some megabytes, whatever the texts are."""


class Neighbours:
    """The strings within one or two edits of any other string; none is missed.

    >>> Neighbours(["LUKAŠANK", "LUKAŠAV", "KALINAVSK"]).find("LUKAŠNAK", 1)
    [('LUKAŠANK', 1)]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._measured = 0
        self._tables: dict[int, SegmentTable] = {}

    def find(self, text: str, distance: int) -> Found:
        """The strings that differ from `text` by 1 to `distance` edits, in their order.

        `text` itself is left out; [] for distance 0. Raises ValueError above two edits.
        """
        answers: list[Found] = [[]]
        if _checked(distance):
            self._search(1)([text], [0], len(text), distance, answers)
        return answers[0]

    def find_many(self, texts: Sequence[str], distances: Sequence[int]) -> list[Found]:
        """What `find` says of each text with its distance; many together are much faster."""
        answers: list[Found] = [[] for _ in texts]
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, (text, distance) in enumerate(zip(texts, distances, strict=True)):
            if _checked(distance):
                groups[len(text), distance].append(at)
        search = self._search(sum(map(len, groups.values())))
        for (length, distance), places in groups.items():
            search(texts, places, length, distance, answers)
        return answers

    def _search(self, questions: int) -> _Search:
        """The way to answer so many questions more."""
        self._measured += len(self._texts) * questions
        return self._each if self._measured <= _PATIENCE else self._joined

    def _each(
        self,
        texts: Sequence[str],
        places: Sequence[int],
        length: int,
        distance: int,
        answers: list[Found],
    ) -> None:
        """Measures every pair."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for at in places:
            near = process.extract(
                texts[at], self._texts, scorer=OSA.distance, score_cutoff=distance, limit=None
            )
            near.sort(key=lambda row: row[2])
            answers[at] = [(text, int(away)) for text, away, _ in near if away]

    def _joined(
        self,
        texts: Sequence[str],
        places: Sequence[int],
        length: int,
        distance: int,
        answers: list[Found],
    ) -> None:
        """Measures what the table proposes."""
        from rapidfuzz.distance import OSA

        measure = OSA.distance
        size = len(self._texts)
        letters = letters_of([texts[at] for at in places], length)
        for pairs in self._proposed(letters, distance):
            last = -1
            for pair in pairs:
                if pair == last:
                    continue
                last = pair
                row, number = divmod(pair, size)
                at, other = places[row], self._texts[number]
                away = measure(texts[at], other, score_cutoff=distance)
                if 0 < away <= distance:
                    answers[at].append((other, away))

    def _proposed(self, letters: NDArray[np.uint64], distance: int) -> Iterator[list[int]]:
        """Sorted pairs of a row of letters and a number, as row times size plus number."""
        import numpy as np

        table = self._tables.get(distance)
        if table is None:
            table = self._tables[distance] = SegmentTable(self._texts, distance)
        own = signatures(letters)
        for rows, numbers in table.propose(letters, _PAIRS):
            near = np.flatnonzero(fitting(own[rows], self._signatures[numbers], distance))
            pairs = rows[near] * len(self._texts) + numbers[near]
            pairs.sort()
            yield pairs.tolist()

    @cached_property
    def _signatures(self) -> NDArray[np.uint64]:
        return all_signatures(self._texts)


def _checked(distance: int) -> int:
    if not 0 <= distance <= MOST_EDITS:
        raise ValueError(f"Neighbours are found within 0 to {MOST_EDITS} edits, not {distance}.")
    return distance
