"""The segments of very many strings in one table.

A string is cut into one segment more than edits are allowed, so that one is left whole. The hash of a
segment is a sum of its letters with weights by their place; all segments of all strings of a length
are one product of matrices. The table has the strings in the order of their segments' hashes, and
where each hash begins; the hashes are not kept, since whatever is proposed is looked at anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vardynas.match.signatures import by_length

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MOST_EDITS", "SegmentTable"]

MOST_EDITS = 2

_FACTOR, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
"""2^64 divided by the golden ratio: its multiples and powers lie far from each other."""


class _Segment(NamedTuple):
    """Segment `number` of strings of `length`, written with the letters at `places` of a string."""

    length: int
    number: int
    places: tuple[int, ...]


class SegmentTable:
    """Proposes the strings that `edits` edits may part from another."""

    def __init__(self, texts: Sequence[str], edits: int) -> None:
        import numpy as np

        self._edits = edits
        bits = max(8, (len(texts) * (edits + 1)).bit_length() - 1)
        self._shift = np.uint64(64 - bits)
        rows = np.empty(len(texts) * (edits + 1), np.uint64)
        end = 0
        for cut in self._cut(texts):
            rows[end : end + len(cut)] = cut
            end += len(cut)
        rows.sort()
        self._numbers = (rows & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        rows >>= np.uint64(32)
        self._begins = np.zeros((1 << bits) + 1, np.uint32)
        self._begins[1:] = np.bincount(rows.astype(np.int64), minlength=1 << bits).cumsum()

    def _cut(self, texts: Sequence[str]) -> Iterator[NDArray[np.uint64]]:
        """For each segment its place in the table and, below that, the number of its string."""
        import numpy as np

        for numbers, letters in by_length(texts):
            places = self._places(letters, *_own(letters.shape[1], self._edits))
            yield (places << np.uint64(32) | numbers[:, None]).ravel()

    def _places(
        self, letters: NDArray[np.uint64], weights: NDArray[np.uint64], salts: NDArray[np.uint64]
    ) -> NDArray[np.uint64]:
        return (letters @ weights + salts) >> self._shift

    def propose(self, letters: NDArray[np.uint64], *, widely: bool = False) -> NDArray[np.uint32]:
        """The numbers of strings for the letters of one, which are a single row.

        Every string within the edits is among them, and some more than once. What is asked widely
        has a segment in common at about the same place, whatever else differs.
        """
        asked = _asked_widely if widely else _asked
        begins, sizes = self._rows(letters, *asked(letters.shape[1], self._edits))
        return self._listed(begins[0], sizes[0])

    def propose_many(
        self, letters: NDArray[np.uint64], most: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint32]]]:
        """Pairs of a row of `letters` and the number of a string, about `most` pairs at once."""
        import numpy as np

        begins, sizes = self._rows(letters, *_asked(letters.shape[1], self._edits))
        of_row = sizes.sum(axis=1)
        for first, last in _slices(of_row, most):
            numbers = self._listed(begins[first:last].ravel(), sizes[first:last].ravel())
            yield np.arange(first, last).repeat(of_row[first:last]), numbers

    def _rows(
        self, letters: NDArray[np.uint64], weights: NDArray[np.uint64], salts: NDArray[np.uint64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the strings with each segment begin in the table, and how many they are."""
        import numpy as np

        places = self._places(letters, weights, salts).astype(np.int64)
        begins = self._begins[places].astype(np.int64)
        places += 1
        return begins, self._begins[places] - begins

    def _listed(self, begins: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.uint32]:
        """The numbers in these stretches of the table, one stretch after the other."""
        import numpy as np

        begins = begins + sizes
        begins -= sizes.cumsum()
        at = begins.repeat(sizes)
        at += np.arange(len(at))
        return self._numbers[at]


def _slices(sizes: NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Runs of rows that have about `most` in all; no row is parted."""
    import numpy as np

    ends = sizes.cumsum()
    cuts = np.flatnonzero(np.diff((ends - 1) // most)) + 1
    yield from pairwise([0, *cuts.tolist(), len(sizes)])


@lru_cache(maxsize=256)
def _own(length: int, edits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The segments of strings of a length: the weights of their letters, and what is added."""
    segments = [
        _Segment(length, number, tuple(range(start, end)))
        for number, (start, end) in enumerate(_borders(length, edits))
    ]
    return _weights(segments, length)


@lru_cache(maxsize=256)
def _asked(length: int, edits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The same for every segment that a string of `length` may share with one within the edits."""
    segments = [
        segment
        for other in range(max(0, length - edits), length + edits + 1)
        for segment in (*_shifted(length, other, edits), *_swapped(length, other, edits))
    ]
    return _weights(segments, length)


@lru_cache(maxsize=256)
def _asked_widely(length: int, edits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The same for every segment of strings about as long, one place further left or right."""
    segments = []
    for other in range(max(edits + 1, length - edits - 1), length + edits + 2):
        longer = length - other
        for number, (start, end) in enumerate(_borders(other, edits)):
            for shift in range(min(0, longer) - 1, max(0, longer) + 2):
                if start + shift >= 0 and end + shift <= length:
                    places = tuple(range(start + shift, end + shift))
                    segments.append(_Segment(other, number, places))
    return _weights(segments, length)


def _shifted(length: int, other: int, edits: int) -> Iterator[_Segment]:
    """Where the segments of strings of length `other` stand in one of `length`.

    An edit inside each of the segments before is all that may shift a segment; with fewer, one of
    them is whole and found itself. The same holds from the end.
    """
    longer = length - other
    for number, (start, end) in enumerate(_borders(other, edits)):
        for shift in range(-number, number + 1):
            fits = abs(longer - shift) <= edits - number
            if fits and start + shift >= 0 and end + shift <= length:
                yield _Segment(other, number, tuple(range(start + shift, end + shift)))


def _swapped(length: int, other: int, edits: int) -> Iterator[_Segment]:
    """The outer segments with the letter that changed places with one beyond the border.

    Such an edit breaks two segments. With another edit in the last of three, none is left whole, but
    then all before the border stands where it stood; and so from the end.
    """
    if abs(length - other) >= edits:
        return
    first, last = _borders(other, edits)[0][1], length - _segment_size(other, edits)
    if 0 < first < length:
        yield _Segment(other, 0, (*range(first - 1), first))
    if edits > 1 and 0 < last < length:
        yield _Segment(other, edits, (last - 1, *range(last + 1, length)))


def _borders(length: int, edits: int) -> list[tuple[int, int]]:
    """Where the segments of a string begin and end; those of very short strings may be empty."""
    return list(pairwise(length * i // (edits + 1) for i in range(edits + 2)))


def _segment_size(length: int, edits: int) -> int:
    """The length of the last segment."""
    start, end = _borders(length, edits)[-1]
    return end - start


def _weights(
    segments: Sequence[_Segment], length: int
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """For each segment, a column with the weights of all letters and the number that is added."""
    import numpy as np

    weights = np.zeros((length, len(segments)), np.uint64)
    salts = np.empty(len(segments), np.uint64)
    for column, segment in enumerate(segments):
        for power, place in enumerate(segment.places, 2):
            weights[place, column] = pow(_FACTOR, power, 1 << 64)
        salts[column] = (segment.length * (MOST_EDITS + 1) + segment.number + 1) * _FACTOR & _MASK
    return weights, salts
