"""The numbers by which the columns of an index speak: roles, kinds, flags, hashes."""

from __future__ import annotations

__all__ = [
    "CONTEXT",
    "EXACT",
    "FACTOR",
    "GAPS",
    "ROLES",
    "SHORT",
    "START",
    "TYPES",
    "UNCHANGED",
    "UNVERIFIED",
    "WEIGHTS",
    "digest",
    "edge_end",
    "edge_key",
    "initial_u",
    "prefix_digests",
    "stem_digest",
]

ROLES = ("given", "initial", "patronymic", "particle", "family", "word")
TYPES = ("other", "person", "place", "organisation")
GAPS = {"": 0, "space": 0, "newline": 0, "quote": 0, "hyphen": 1, "dash": 1}
"""Classes of what stands between two words: 0 space, 1 hyphen or dash, 2 anything else."""

EXACT, CONTEXT, SHORT, UNVERIFIED = 1, 2, 4, 8
"""Flags of a name: exact case only; only with support; stands alone; never written."""

WEIGHTS = 250
"""Weights in [0, 1] are kept in one byte as so many steps."""

UNCHANGED = "unchanged-spelling"
"""The rule by which a name stands in another language with its own letters (Landsbergisa)."""


FACTOR = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: multiples of it keep far from each other, so that neighbouring
letters never undo each other's change, and the high bits of a hash depend on every letter."""

START = 0xCBF29CE484222325
MASK = (1 << 64) - 1


def digest(text: str) -> int:
    """A 64-bit hash that is the same in every process, taken letter by letter.

    It is a fold as FNV-1a is, so one pass over a word gives the hash of each of its beginnings, and
    `vardynas.index.presence` computes those of many words at once. A hash is no proof: what it finds
    is compared by its letters.
    """
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


def edge_key(node: int, part: int, gap: int) -> int:
    """The number under which the tree keeps the step from `node` over `part` after `gap`."""
    return node << 34 | part << 2 | gap


def edge_end(key: int) -> tuple[int, int]:
    """The part and the gap of an `edge_key`."""
    return key >> 2 & 0xFFFFFFFF, key & 3
