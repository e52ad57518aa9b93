"""The mentions of a text: columns of offsets and entries; the rest is worked out when read."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from vardynas.model import Mention

__all__ = ["NOBODY", "Mentions"]

NOBODY = -1
"""In place of an entry: two entries fit equally, or a name that is nobody's of the glossary."""


class Mentions(Sequence[Mention]):
    """The mentions of a text in its order; each is built when it is asked for.

    `columns` are start, end and entry number of each, one after the other.
    """

    def __init__(
        self,
        columns: Sequence[int],
        entry_id: Callable[[int], str],
        build: Callable[[int], Mention],
    ) -> None:
        self._columns = columns
        self._entry_id = entry_id
        self._build = build
        self._built: dict[int, Mention] = {}

    @property
    def spans(self) -> list[tuple[int, int, str | None]]:
        """Start, end and entry id of each mention (None where two entries fit equally)."""
        numbers = iter(self._columns)
        entry_id = self._entry_id
        return [
            (start, end, None if entry == NOBODY else entry_id(entry))
            for start, end, entry in zip(numbers, numbers, numbers, strict=True)
        ]

    def packed(self) -> bytes:
        """The columns as bytes; `array("i")` reads them."""
        return array("i", self._columns).tobytes()

    def __len__(self) -> int:
        return len(self._columns) // 3

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | list[Mention]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        if at not in self._built:
            self._built[at] = self._build(at)
        return self._built[at]

    def __iter__(self) -> Iterator[Mention]:
        return (self[i] for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __repr__(self) -> str:
        return f"[{', '.join(map(repr, self))}]"

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)
