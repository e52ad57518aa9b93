"""The segments of very many strings in one table, and the letters of each string in 64 bits.

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

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "MOST_EDITS",
    "SegmentTable",
    "all_signatures",
    "differences",
    "letters_of",
    "signatures",
]

MOST_EDITS = 2

_BLOCK = 1 << 16
"""Strings that are cut at once: their letters are some megabytes."""

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

        for numbers, letters in _by_length(texts):
            places = self._places(letters, *_own(letters.shape[1], self._edits))
            yield (places << np.uint64(32) | numbers[:, None]).ravel()

    def _places(
        self, letters: NDArray[np.uint64], weights: NDArray[np.uint64], salts: NDArray[np.uint64]
    ) -> NDArray[np.uint64]:
        return (letters @ weights + salts) >> self._shift

    def propose(
        self, letters: NDArray[np.uint64], most: int, *, widely: bool = False
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint32]]]:
        """Pairs of a row of `letters` and the number of a string, about `most` pairs at once.

        Every string within the edits is among those of its row, and some more than once. What is
        asked widely has a segment in common at about the same place, whatever else differs.
        """
        import numpy as np

        asked = _asked_widely if widely else _asked
        places = self._places(letters, *asked(letters.shape[1], self._edits)).astype(np.int64)
        begins = self._begins[places].astype(np.int64)
        counts = self._begins[places + 1] - begins
        for first, last in _slices(counts, most):
            sizes = counts[first:last].ravel()
            ends = sizes.cumsum()
            at = (begins[first:last].ravel() - ends + sizes).repeat(sizes)
            at += np.arange(len(at))
            if last - first == 1:
                rows = np.full(len(at), first)
            else:
                rows = np.arange(first, last).repeat(counts[first:last].sum(axis=1))
            yield rows, self._numbers[at]


def _slices(sizes: NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Runs of rows that have about `most` in all; no row is parted."""
    import numpy as np

    if len(sizes) == 1:
        yield 0, 1
        return
    ends = sizes.sum(axis=1).cumsum()
    cuts = np.flatnonzero(np.diff((ends - 1) // most)) + 1 if ends[-1] > most else ends[:0]
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


# ------------------------------------------------------------ letters


def letters_of(texts: Sequence[str], length: int) -> NDArray[np.uint64]:
    """The code points of texts of one length, a row for each."""
    import numpy as np

    raw = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, "<u4").astype(np.uint64).reshape(len(texts), length)


def _by_length(texts: Sequence[str]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.uint64]]]:
    """The numbers and the letters of texts that are alike long, a block of texts after the other."""
    import numpy as np

    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        lengths = np.fromiter(map(len, block), np.int64, len(block))
        order = lengths.argsort(kind="stable")
        for numbers in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
            alike = [block[i] for i in numbers.tolist()]
            letters = letters_of(alike, len(alike[0]))
            yield numbers.astype(np.uint64) + np.uint64(start), letters


def signatures(letters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """For each row, 32 bits for the letters it has and 32 for those it has more than once."""
    import numpy as np

    bits = np.uint64(1) << (letters & np.uint64(31))
    seen = np.bitwise_or.accumulate(bits, axis=1)
    once = np.bitwise_or.reduce(bits, axis=1)
    again = np.bitwise_or.reduce(seen[:, :-1] & bits[:, 1:], axis=1)
    return once | again << np.uint64(32)  # type: ignore[no-any-return]


def all_signatures(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The signatures of all texts, in their order."""
    import numpy as np

    found = np.empty(len(texts), np.uint64)
    for numbers, letters in _by_length(texts):
        found[numbers] = signatures(letters)
    return found


def differences(
    one: NDArray[np.uint64] | np.uint64, other: NDArray[np.uint64]
) -> NDArray[np.uint8]:
    """How many edits there are at least: each adds one letter, or drops one, or both."""
    import numpy as np

    return np.maximum(np.bitwise_count(one & ~other), np.bitwise_count(other & ~one))  # type: ignore[no-any-return]
