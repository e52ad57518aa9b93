"""The numbers by which the columns of an index speak: roles, kinds, flags."""

from __future__ import annotations

__all__ = [
    "CONTEXT",
    "EXACT",
    "GAPS",
    "ROLES",
    "SHORT",
    "TYPES",
    "UNCHANGED",
    "UNVERIFIED",
    "WEIGHTS",
    "edge_end",
    "edge_key",
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


def edge_key(node: int, part: int, gap: int) -> int:
    """The number under which the tree keeps the step from `node` over `part` after `gap`."""
    return node << 34 | part << 2 | gap


def edge_end(key: int) -> tuple[int, int]:
    """The part and the gap of an `edge_key`."""
    return key >> 2 & 0xFFFFFFFF, key & 3
