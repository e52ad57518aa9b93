"""The glossary: entries by id, the places of entries and names, the sources of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from vardynas.errors import GlossaryError, Problem
from vardynas.glossary.entries import Place
from vardynas.glossary.schema import FORMAT_VERSION
from vardynas.model import Entry

__all__ = ["FileSource", "Glossary"]


class FileSource(NamedTuple):
    """What a file says of itself; None where it says nothing."""

    licence: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries by id, sorted, so that the order of files and of entries in them changes nothing.

    `places` says where an entry stands, `name_places` (by id, language and form) where a name does;
    both are empty for entries that come from no file. `sources` is by file.
    """

    entries: Mapping[str, Entry]
    places: Mapping[str, Place] = field(default_factory=dict)
    name_places: Mapping[tuple[str, str, str], Place] = field(default_factory=dict)
    sources: Mapping[str, FileSource] = field(default_factory=dict)
    version: int = FORMAT_VERSION

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def from_entries(cls, entries: Iterable[Entry]) -> Glossary:
        """A glossary of entries made in code; `GlossaryError` when two have one id.

        >>> hrodna = Entry(id="hrodna", type="place", names={"be": ["Гродна"]})
        >>> list(Glossary.from_entries([hrodna]).entries)
        ['hrodna']
        """
        found: dict[str, Entry] = {}
        problems = []
        for entry in entries:
            if entry.id in found:
                message = f"Two entries have the id {entry.id!r}."
                advice = "Write another id for one of them instead, or join them."
                problems.append(Problem("", 0, 0, "duplicate-id", message, advice))
            found[entry.id] = entry
        if problems:
            raise GlossaryError(tuple(problems))
        return cls({id_: found[id_] for id_ in sorted(found)})
