"""Entries whose listed names begin as somebody types."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from vardynas.text.fold import plain

if TYPE_CHECKING:
    from vardynas.model import Entry, Name
    from vardynas.resolver import Resolver

__all__ = ["Prefixes", "Typed"]

LARGE = 20_000
"""Entries from which on beginnings are not listed: they would fill the memory."""

READ = 2000
"""Rows that are read for one beginning: a single letter has more of them than anybody looks at."""


class Typed(NamedTuple):
    """An entry with a name that goes on as it was typed, and how much of it was typed."""

    entry: Entry
    name: Name
    share: float


class Prefixes:
    """The beginnings of all words of all listed names, without diacritics, in their order."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def find(self, typed: str, limit: int, type_: str | None = None) -> list[Typed]:
        """The entries with such a name, the most typed first; [] when there is none.

        >>> import vardynas
        >>> [one.name.form for one in Prefixes(vardynas.load()).find("gardin", 1)]
        ['Gardinas']
        """
        start = plain(typed.strip())
        best: dict[str, Typed] = {}
        for key, entry_id, at in islice(self._from(start), READ) if start else ():
            entry = self._resolver[entry_id]
            if type_ not in (None, entry.type):
                continue
            name = list(entry.all_names())[at]
            share = (
                len(start) / len(key) if key == plain(name.form) else 0.5 * len(start) / len(key)
            )
            if entry_id not in best or share > best[entry_id].share:
                best[entry_id] = Typed(entry, name, round(min(1.0, share), 4))
        ranked = sorted(best.values(), key=lambda one: (-one.share, one.entry.id))
        return ranked[:limit]

    def _from(self, start: str) -> Iterator[tuple[str, str, int]]:
        rows = self._rows
        at = bisect_left(rows, (start, "", 0))
        while at < len(rows) and rows[at][0].startswith(start):
            yield rows[at]
            at += 1

    @cached_property
    def _rows(self) -> list[tuple[str, str, int]]:
        """What is left of a name from each of its words on, the entry, the number of the name."""
        if len(self._resolver) > LARGE:
            return []
        return sorted(set(self._all()))

    def _all(self) -> Iterator[tuple[str, str, int]]:
        for entry in self._resolver.entries.values():
            for at, name in enumerate(entry.all_names()):
                words = plain(name.form).split()
                for first in range(len(words)):
                    yield " ".join(words[first:]), entry.id, at
