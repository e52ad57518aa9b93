"""An opened index: what a token can be, which names a part stands in, where a sequence leads.

Nothing here grows with the glossary: columns stay in the file, which is mapped, and what is read from
them again and again is kept for the last few thousand times.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from vardynas.index.codes import edge_end, edge_key
from vardynas.index.columns import Columns
from vardynas.index.entries import Entries, EntryNumbers
from vardynas.index.entry_json import read_entry
from vardynas.index.file_state import NO_FILES
from vardynas.index.hashing import digest
from vardynas.index.hits import Hit, Posting
from vardynas.index.readings import Readings
from vardynas.model import Entry

__all__ = ["Index"]

T = TypeVar("T")

KEPT = 1 << 14
"""Answers about an entry, a node or a given name that are kept."""


class Index:
    """The tables of a glossary (or of the given names), over the bytes that `build` made.

    Raises `vardynas.index.columns.ForeignFile` when the bytes are none of ours; with `checked` their
    checksum was compared before. `path` and `state` are those of the file that is mapped; None and
    nothing for an index in memory.
    """

    def __init__(self, data: memoryview | bytes, *, checked: bool = False) -> None:
        columns = Columns(data, checked=checked)
        self.data = data
        self.path: Path | None = None
        self.state = NO_FILES
        self.meta = columns.meta
        self._columns = columns
        self._readings = Readings(columns)
        numbers = columns.numbers
        self._post = [numbers(f"post.{c}") for c in ("part", "entry", "name", "role", "position")]
        self._edge_key, self._edge_child = numbers("edge.key"), numbers("edge.child")
        self._end_node, self._end_name = numbers("end.node"), numbers("end.name")
        self.name_entry, self._name_text = numbers("name.entry"), numbers("name.text")
        self._name_language, self.name_flags = numbers("name.language"), numbers("name.flags")
        self._family = numbers("name.family"), numbers("name.count")
        self.entry_type = numbers("entry.type")
        self.entry_hidden = numbers("entry.hidden")
        self.entry_ids = columns.strings("entry.id")
        self._texts = columns.strings("text")
        self._known_children: dict[int, dict[tuple[int, int], int]] = {}
        self._known_classes: dict[int, frozenset[str]] = {}
        self._known_entries: dict[int, tuple[str, str, frozenset[str]]] = {}

    # ------------------------------------------------------------ readings

    def hits(self, form: str, bare: str) -> list[Hit]:
        """Every reading of a folded token (`bare` is the same without diacritics)."""
        return self._readings.hits(form, bare)

    def may_hit(self, words: Sequence[str]) -> list[bool]:
        """For each folded word without diacritics, False only where `hits` is surely empty.

        Meant for all distinct words of long texts: some ten times as fast as asking for each.
        """
        return self._readings.may_hit(words)

    def is_ending(self, text: str) -> bool:
        """Whether some paradigm of the index has this ending (without diacritics)."""
        return text in self._readings.endings

    # ------------------------------------------------------------ parts

    def base_form(self, part: int) -> tuple[str, str]:
        """The listed spelling of a part and its language."""
        return self._readings.base_form(part)

    def letters(self, part: int) -> frozenset[str]:
        """The first letters, without diacritics, of all spellings of a part."""
        return self._readings.letters(part)

    def classes(self, part: int) -> frozenset[str]:
        """The classes of a given name; empty for other parts."""
        known = self._known_classes.get(part)
        if known is None:
            parts = self._columns.numbers("class.part")
            at = bisect_left(parts, part)
            found = at < len(parts) and parts[at] == part
            known = frozenset(self._columns.strings("class.ids")[at].split() if found else ())
            _keep(self._known_classes, part, known)
        return known

    @property
    def key_texts(self) -> Sequence[str]:
        """All distinct comparison keys, in the order of their numbers; `same_key` takes one of them."""
        return self._columns.strings("key")

    def same_key(self, key: str) -> list[int]:
        """The parts that have this comparison key."""
        numbers, hashes = self._columns.numbers, self._columns.numbers("key.hash")
        wanted = digest(key)
        for at in range(bisect_left(hashes, wanted), bisect_right(hashes, wanted)):
            number = numbers("key.of_hash")[at]
            if self.key_texts[number] == key:
                first, last = numbers("key.first")[number : number + 2]
                return numbers("key.part")[first:last].tolist()
        return []

    # ------------------------------------------------------------ names

    def postings(self, part: int) -> list[Posting]:
        """The names in which `part` stands."""
        parts, entry, name, role, position = self._post
        first, last = bisect_left(parts, part), bisect_right(parts, part)
        return [Posting(entry[i], name[i], role[i], position[i]) for i in range(first, last)]

    def all_postings(self) -> Iterator[tuple[int, Posting]]:
        """Every posting with its part."""
        for part, *row in zip(*self._post, strict=True):
            yield part, Posting(*row)

    def name_parts(self, name: int) -> list[tuple[int, int, int]]:
        """The parts of a name with role and position, in the order of the positions.

        A name that the glossary pins in some cases has the parts of those forms besides.
        """
        parts, _, _, role, position = self._post
        first = self._columns.numbers("name.post")
        last = first[name + 1] if name + 1 < len(first) else len(parts)
        rows = self._columns.numbers("post.by_name")[first[name] : last]
        return sorted(((parts[r], role[r], position[r]) for r in rows), key=lambda row: row[2])

    def step(self, node: int, part: int, gap: int) -> int:
        """The node behind `part`; -1 when no name goes on like that. The root is 0."""
        key = edge_key(node, part, gap)
        at = bisect_left(self._edge_key, key)
        if at < len(self._edge_key) and self._edge_key[at] == key:
            return int(self._edge_child[at])
        return -1

    def children(self, node: int) -> dict[tuple[int, int], int]:
        """The steps from a node that is not the root: (part, gap) → node; kept once asked for."""
        known = self._known_children.get(node)
        if known is None:
            first = bisect_left(self._edge_key, edge_key(node, 0, 0))
            last = bisect_left(self._edge_key, edge_key(node + 1, 0, 0))
            known = {
                edge_end(self._edge_key[i]): int(self._edge_child[i]) for i in range(first, last)
            }
            _keep(self._known_children, node, known)
        return known

    def ends(self, node: int) -> list[int]:
        """The names that end at `node`."""
        first, last = bisect_left(self._end_node, node), bisect_right(self._end_node, node)
        return [self._end_name[i] for i in range(first, last)]

    def name_text(self, name: int) -> str:
        """The listed form."""
        return self._texts[self._name_text[name]]

    def forms(self, entry: int) -> list[str]:
        """The listed forms of an entry; names stand in the order of their entries."""
        first, last = bisect_left(self.name_entry, entry), bisect_right(self.name_entry, entry)
        return [self.name_text(name) for name in range(first, last)]

    def family(self, name: int) -> tuple[int, int]:
        """Position and number of the words of the family name; (0, 0) in names of other kinds."""
        return self._family[0][name], self._family[1][name]

    def name_language(self, name: int) -> str:
        """The language of the listed form."""
        return self._languages[self._name_language[name]]

    @cached_property
    def _languages(self) -> list[str]:
        return list(self._columns.strings("language"))

    # ------------------------------------------------------------ entries

    def personal(self, entry: int) -> tuple[str, str, frozenset[str]]:
        """First letters of the given name, of what follows it, and the classes of given names."""
        known = self._known_entries.get(entry)
        if known is None:
            strings = self._columns.strings
            known = (
                strings("entry.initials")[entry],
                strings("entry.middles")[entry],
                frozenset(strings("entry.classes")[entry].split()),
            )
            _keep(self._known_entries, entry, known)
        return known

    def entry(self, number: int) -> Entry:
        """The entry itself, read from its JSON."""
        return read_entry(self._columns.strings("entry.json")[number])

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Entry id → number, hidden entries left out, in the order of the ids."""
        return EntryNumbers(self.entry_ids, self._columns.numbers("entry.visible"))

    @property
    def entries(self) -> Mapping[str, Entry]:
        """All entries by id, in the order of the ids; each is read when it is asked for."""
        return Entries(self.numbers, self.entry)


def _keep(kept: dict[int, T], key: int, value: T) -> None:
    if len(kept) >= KEPT:
        kept.clear()
    kept[key] = value
