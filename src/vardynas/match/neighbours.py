"""Strings within one or two edits of a string, among very many.

A string within `k` edits of another has one of its `k + 1` segments in common with it, at a place that
the lengths nearly fix (Li, Deng, Wang, Feng: "Pass-Join", VLDB 2011). What shares a segment is found in
one table (`vardynas.match.segments`), what differs in too many letters is sorted out, and what is left
is measured: optimal string alignment, in which two letters that change places are one edit.

A table pays from some hundreds of questions on; the first ones are measured against every text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vardynas.match.segments import MOST_EDITS, SegmentTable
from vardynas.match.signatures import (
    all_signatures,
    differences,
    letters_of,
    signature,
    signatures,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Neighbours"]

Found = list[tuple[str, int]]

_PATIENCE = 1_000_000
"""Pairs that are measured before a table is made: about as long as loading numpy takes."""

_PAIRS = 1 << 19
"""Pairs that are sorted out at once: some megabytes, whatever the texts are."""


_LISTED = 1 << 18
"""Strings that are kept at hand, some 16 megabytes; more are taken from where they are."""

_SCANNED, _LOOKED_AT = 10_000, 500
"""Strings of which the most alike are found by measuring all; those that are measured of more."""


class Neighbours:
    """The strings within one or two edits of any other string; none is missed.

    >>> Neighbours(["LUKAŠANK", "LUKAŠAV", "KALINAVSK"]).find("LUKAŠNAK", 1)
    [('LUKAŠANK', 1)]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = list(texts) if len(texts) <= _LISTED else texts
        self._measured = 0
        self._tables: dict[int, SegmentTable] = {}

    def find(self, text: str, distance: int) -> Found:
        """The strings that differ from `text` by 1 to `distance` edits, in their order.

        `text` itself is left out; [] for distance 0. Raises ValueError above two edits.
        """
        if not _checked(distance):
            return []
        if self._measures(1):
            return [row for row in self._each([text], distance)[0] if row[1]]
        return [(other, away) for _, other, away in self._near(text, distance) if away]

    def find_many(
        self, texts: Sequence[str], distances: Sequence[int], *, equal: bool = False
    ) -> list[Found]:
        """What `find` says of each text with its distance; many together are much faster.

        With `equal`, a text that is among the strings is found too, with distance 0.
        """
        answers: list[Found] = [[] for _ in texts]
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, (text, distance) in enumerate(zip(texts, distances, strict=True)):
            if _checked(distance) or equal:
                groups[len(text), distance].append(at)
        search = self._each if self._measures(sum(map(len, groups.values()))) else self._joined
        for (_, distance), places in groups.items():
            found = search([texts[at] for at in places], distance)
            for at, rows in zip(places, found, strict=True):
                answers[at] = rows if equal else [row for row in rows if row[1]]
        return answers

    def nearest(self, text: str, count: int, least: float) -> list[tuple[int, float]]:
        """The numbers of the strings most like `text`, best first, with their likeness in [0, 1].

        Likeness is 1 less the edits for each letter of the longer string; at most `count` are given,
        [] when none has `least`. Among very many strings, those that are more than two edits away
        are found when they share a segment.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        few = len(self._texts) <= _SCANNED
        texts: Any = self._texts if few else self._like(text, count)  # keys are numbers in both
        found = process.extract(
            text, texts, scorer=OSA.normalized_similarity, score_cutoff=least, limit=count
        )
        return [(number, likeness) for _, likeness, number in found]

    def _like(self, text: str, count: int) -> dict[int, str]:
        """What is within one edit, within two, and then what differs in the fewest letters."""
        import numpy as np

        found: dict[int, str] = {}
        for distance in range(1, MOST_EDITS + 1):
            found |= {number: other for number, other, _ in self._near(text, distance)}
            if len(found) >= count:
                return found
        letters = letters_of([text], len(text))
        numbers = self._table(MOST_EDITS).propose(letters, widely=True)
        away = differences(np.uint64(signature(text)), self._signatures[numbers])
        closest = numbers[np.argsort(away, kind="stable")[:_LOOKED_AT]].tolist()
        return found | {number: self._texts[number] for number in closest}

    def _measures(self, questions: int) -> bool:
        """Whether every pair is measured for so many questions more; they are of one length."""
        self._measured += len(self._texts) * questions
        return self._measured <= _PATIENCE

    def _each(self, texts: list[str], distance: int) -> list[Found]:
        """Measures every pair."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        answers = []
        for text in texts:
            near = process.extract(
                text, self._texts, scorer=OSA.distance, score_cutoff=distance, limit=None
            )
            near.sort(key=lambda row: row[2])
            answers.append([(other, int(away)) for other, away, _ in near])
        return answers

    def _near(self, text: str, distance: int) -> list[tuple[int, str, int]]:
        """The numbers of the strings near a text, in their order, with these and their distances."""
        import numpy as np
        from rapidfuzz.distance import OSA

        numbers = self._table(distance).propose(letters_of([text], len(text)))
        away = differences(np.uint64(signature(text)), self._signatures[numbers])
        found = []
        for number in sorted(set(numbers[away <= distance].tolist())):
            other = self._texts[number]
            edits = OSA.distance(text, other, score_cutoff=distance)
            if edits <= distance:
                found.append((number, other, edits))
        return found

    def _joined(self, texts: list[str], distance: int) -> list[Found]:
        """Measures what the table proposes, for many texts of one length."""
        from rapidfuzz.distance import OSA

        measure = OSA.distance
        size = len(self._texts)
        answers: list[Found] = [[] for _ in texts]
        last = -1
        for pairs in self._pairs(letters_of(texts, len(texts[0])), distance):
            for pair in pairs:
                if pair == last:
                    continue
                last = pair
                row, number = divmod(pair, size)
                other = self._texts[number]
                away = measure(texts[row], other, score_cutoff=distance)
                if away <= distance:
                    answers[row].append((other, away))
        return answers

    def _pairs(self, letters: NDArray[np.uint64], distance: int) -> Iterator[list[int]]:
        """Sorted pairs of a row of letters and a number, as row times size plus number."""
        import numpy as np

        own = signatures(letters)
        for rows, numbers in self._table(distance).propose_many(letters, _PAIRS):
            near = np.flatnonzero(differences(own[rows], self._signatures[numbers]) <= distance)
            pairs = rows[near] * len(self._texts) + numbers[near]
            pairs.sort()
            yield pairs.tolist()

    def _table(self, distance: int) -> SegmentTable:
        table = self._tables.get(distance)
        if table is None:
            table = self._tables[distance] = SegmentTable(self._texts, distance)
        return table

    @cached_property
    def _signatures(self) -> NDArray[np.uint64]:
        return all_signatures(self._texts)


def _checked(distance: int) -> int:
    if not 0 <= distance <= MOST_EDITS:
        raise ValueError(f"Neighbours are found within 0 to {MOST_EDITS} edits, not {distance}.")
    return distance
