"""The entries of an index as mappings that read from its columns and hold nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from vardynas.model import Entry

__all__ = ["Entries", "EntryNumbers"]


class EntryNumbers(Mapping[str, int]):
    """Entry id → number; `visible` are the numbers of those that are no namesakes, by id.

    >>> EntryNumbers(["hrodna", "vilnia"], memoryview(bytes([0, 1])))["vilnia"]
    1
    """

    def __init__(self, ids: Sequence[str], visible: memoryview) -> None:
        self._ids = ids
        self._visible = visible

    def __getitem__(self, id_: str) -> int:
        if isinstance(id_, str):
            at = bisect_left(self._visible, id_, key=self._ids.__getitem__)
            if at < len(self._visible) and self._ids[self._visible[at]] == id_:
                return self._visible[at]
        raise KeyError(id_)

    def __iter__(self) -> Iterator[str]:
        return map(self._ids.__getitem__, self._visible)

    def __len__(self) -> int:
        return len(self._visible)


class Entries(Mapping[str, Entry]):
    """Entry id → entry, which `read` makes of its number when it is asked for."""

    def __init__(self, numbers: Mapping[str, int], read: Callable[[int], Entry]) -> None:
        self._numbers = numbers
        self._read = read

    def __getitem__(self, id_: str) -> Entry:
        return self._read(self._numbers[id_])

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
