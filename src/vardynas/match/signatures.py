"""The letters of strings: their numbers in rows, and which of them there are in 64 bits.

An edit adds one letter to a string, or drops one, or both. So two strings are at least as many edits
apart as one has letters that the other has not, which is told of thousands by their bits alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "all_signatures",
    "by_length",
    "differences",
    "letters_of",
    "signature",
    "signatures",
]

_BLOCK = 1 << 16
"""Strings whose letters are looked at side by side: some megabytes."""


def letters_of(texts: Sequence[str], length: int) -> NDArray[np.uint64]:
    """The code points of texts of one length, a row for each."""
    import numpy as np

    raw = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, "<u4").astype(np.uint64).reshape(len(texts), length)


def by_length(texts: Sequence[str]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.uint64]]]:
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


def signature(text: str) -> int:
    """32 bits for the letters that a text has and 32 for those that it has more than once."""
    once = again = 0
    for letter in text:
        bit = 1 << (ord(letter) & 31)
        again |= once & bit
        once |= bit
    return once | again << 32


def signatures(letters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The `signature` of each row of letters."""
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
    for numbers, letters in by_length(texts):
        found[numbers] = signatures(letters)
    return found


def differences(
    one: NDArray[np.uint64] | np.uint64, other: NDArray[np.uint64]
) -> NDArray[np.uint8]:
    """How many edits there are at least: each adds one letter, or drops one, or both."""
    import numpy as np

    return np.maximum(np.bitwise_count(one & ~other), np.bitwise_count(other & ~one))  # type: ignore[no-any-return]
