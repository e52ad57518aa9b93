"""The mentions of a text: columns of offsets and entries; the rest is worked out when read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from vardynas.model import Mention

__all__ = ["Mentions"]


class Mentions(Sequence[Mention]):
    """The mentions of a text in its order; each is built when it is asked for.

    `spans` are start, end and entry id of each (None where two entries fit equally), which cost
    nothing to read.
    """

    def __init__(
        self, spans: list[tuple[int, int, str | None]], build: Callable[[int], Mention]
    ) -> None:
        self.spans = spans
        self._build = build
        self._built: dict[int, Mention] = {}

    def __len__(self) -> int:
        return len(self.spans)

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | list[Mention]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self.spans)))]
        at = range(len(self.spans))[at]
        if at not in self._built:
            self._built[at] = self._build(at)
        return self._built[at]

    def __iter__(self) -> Iterator[Mention]:
        return (self[i] for i in range(len(self.spans)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __repr__(self) -> str:
        return f"[{', '.join(map(repr, self))}]"

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)
