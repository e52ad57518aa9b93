"""Hashes of words, taken letter by letter, of one word or of many side by side.

A fold as FNV-1a is: one pass over a word gives the hash of each of its beginnings. A hash is no proof;
what it finds is compared by its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BLOCK",
    "FACTOR",
    "START",
    "digest",
    "digests",
    "initial_u",
    "letters",
    "prefix_digests",
    "stem_digest",
]

START = 0xCBF29CE484222325
FACTOR = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: multiples of it keep far from each other, so that neighbouring
letters never undo each other's change, and the high bits of a hash depend on every letter."""

MASK = (1 << 64) - 1

BLOCK = 1 << 14
"""Words that are looked at side by side: their letters fit into the processor's cache."""


def digest(text: str) -> int:
    """A 64-bit hash that is the same in every process."""
    value = START
    for letter in text:
        value = (value ^ ord(letter)) * FACTOR & MASK
    return value


def stem_digest(stem: str) -> int:
    """The hash of a stem; ў and у at the beginning of a word are one letter.

    Belarusian writes ў after a vowel of the word before: ва ўніверсітэце, з універсітэта.
    """
    return digest(initial_u(stem))


def prefix_digests(bare: str) -> list[int]:
    """The `stem_digest` of every beginning of a word, from the empty one to the whole.

    >>> prefix_digests("ўніверсітэт")[3] == stem_digest("уні")
    True
    """
    value = START
    found = [value]
    for letter in initial_u(bare):
        value = (value ^ ord(letter)) * FACTOR & MASK
        found.append(value)
    return found


def initial_u(word: str) -> str:
    """`word` with у for a ў at its beginning."""
    return "у" + word[1:] if word.startswith("ў") else word


def digests(words: Sequence[str]) -> NDArray[np.uint64]:
    """The `digest` of each word.

    >>> digests(["Гродна", ""]).tolist() == [digest("Гродна"), digest("")]
    True
    """
    import numpy as np

    lengths = np.fromiter(map(len, words), np.int64, len(words))
    order = np.argsort(lengths, kind="stable")  # words of a block are alike long
    found = np.empty(len(words), np.uint64)
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        found[block] = _block([words[i] for i in block], lengths[block])
    return found


def _block(words: list[str], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    import numpy as np

    hashes = np.full(len(words), START, np.uint64)
    for place, codes in enumerate(letters(words)):
        first = np.searchsorted(lengths, place + 1)  # shorter words are done
        hashes[first:] = (hashes[first:] ^ codes[first:]) * np.uint64(FACTOR)
    return hashes


def letters(words: list[str]) -> NDArray[np.uint32]:
    """The code points of the words, a row for each place; 0 behind the end of a word."""
    import numpy as np

    width = max(1, max(map(len, words), default=0))
    codes = np.array(words, f"<U{width}").view(np.uint32).reshape(len(words), width)
    return np.ascontiguousarray(codes.T)
