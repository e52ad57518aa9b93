"""Values as they are spelled in a file, and stretches of them replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vardynas.documents.pieces import Change

__all__ = ["Spelling", "replaced"]


class Spelling(NamedTuple):
    """A value as it is spelled in its file: letter ``text[i]`` stands in ``[starts[i]:ends[i]]``.

    Escapes are longer than the letters that they stand for; all offsets are those of the row.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def plain(cls, text: str, at: int) -> Spelling:
        """A value without escapes that stands at `at`."""
        end = at + len(text)
        return cls(text, range(at, end), range(at + 1, end + 1))

    def span(self, change: Change) -> tuple[int, int] | None:
        """Where what `change` replaces stands; None when something stands between its letters."""
        starts = self.starts[change.start : change.end]
        ends = self.ends[change.start : change.end]
        return (starts[0], ends[-1]) if starts[1:] == ends[:-1] else None


def replaced(source: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """`source` with each ``[start:end]`` replaced, in the order given, which is that of the text.

    >>> replaced("Wilno, Gardinas", [(0, 5, "Vilnius"), (7, 15, "Гродна")])
    'Vilnius, Гродна'
    """
    parts, at = [], 0
    for start, end, replacement in changes:
        parts += [source[at:start], replacement]
        at = end
    return "".join([*parts, source[at:]])
