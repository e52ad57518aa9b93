"""Compiling entries to the columns of an index.

Two tables make the index: *token form → readings* (stems with ending sets) and *name part → names*
(postings for people, a tree of word sequences for all other names). Entries are taken in the order of
their ids, so the order of files changes nothing and equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vardynas.glossary.collecting import no_collection
from vardynas.index.codes import (
    CONTEXT,
    EXACT,
    GAPS,
    ROLES,
    SHORT,
    TYPES,
    UNVERIFIED,
    edge_key,
)
from vardynas.index.columns import Packed
from vardynas.index.entry_json import write_entry
from vardynas.index.part_table import PartTable
from vardynas.index.parts import FORENAME, Part
from vardynas.index.rows import Rows, inverse
from vardynas.index.words_around import words_around_names
from vardynas.language import given_names, tables
from vardynas.language.names import NameWord, ParsedName, parse_name
from vardynas.language.tag import base_language
from vardynas.model import Entry, Name

__all__ = ["build", "build_given_names", "compiled"]


VIA = "ru"
"""The language through which names of the region came into others, so that variants follow from it."""


POSTING = ("part", "entry", "name", "role", "position")
END = ("node", "name")
NAME = ("entry", "post", "text", "language", "flags", "family", "count")


@dataclass(slots=True)
class _Record:
    """What the index keeps of an entry beside its names.

    `given` are the parts of the first given names and `middle` those that follow; of both the first
    letters are kept, and those of initials.
    """

    entry: Entry
    hidden_for: int
    initials: set[str] = field(default_factory=set)
    middles: set[str] = field(default_factory=set)
    given: set[int] = field(default_factory=set)
    middle: set[int] = field(default_factory=set)
    classes: frozenset[str] = frozenset()


class _Builder:
    """Collects rows; `pack` turns them into columns."""

    def __init__(self) -> None:
        self.parts = PartTable()
        self.part_classes: dict[int, str] = {}
        self.postings = Rows("IIIBB")
        self.tree: dict[int, int] = {}
        self.ends = Rows("II")
        self.names = Rows("IIIHBBB")
        self.records: list[_Record] = []

    def entry(self, entry: Entry, hidden_for: int = -1) -> None:
        """Adds an entry with all its names; hidden entries are namesakes and longer names."""
        number = len(self.records)
        self.records.append(_Record(entry, hidden_for))
        for name in entry.all_names():
            parsed = parse_name(name, entry) if name.match != "never" else None
            if parsed is not None:
                self._name(number, parsed)
        for other in _hidden(entry):
            self.entry(other, hidden_for=number)

    def given_class(self, class_id: str) -> None:
        """Adds the forms of a class of given names, which belong to no entry."""
        gender = given_names.gender(class_id) or ""
        for language in tables.load("given_names")["languages"]:
            for form in given_names.forms(class_id, language):
                part = self.parts.parts(Part(form, language, FORENAME, gender, True, True))
                classes = given_names.classes(form) | {class_id}
                self.part_classes[part] = " ".join(sorted(classes))

    # ------------------------------------------------------------ names

    def _name(self, number: int, parsed: ParsedName) -> None:
        row = len(self.names)
        name = parsed.name
        self.names.add(
            number,
            len(self.postings),
            self.parts.counted["text"](name.form),
            self.parts.counted["language"](name.language),
            _flags(parsed),
            *_family(parsed),
        )
        if parsed.personal:
            self._personal(row, number, parsed)
        else:
            self._sequence(row, self.records[number].entry, parsed)
            for case, pinned in _pinned(self.records[number].entry, parsed):
                self._sequence(row, self.records[number].entry, pinned, case)

    def _personal(self, row: int, number: int, parsed: ParsedName) -> None:
        record = self.records[number]
        derives = _is_source(parsed.name, record.entry)
        first = True
        for position, word in enumerate(parsed.words):
            if word.role == "initial":
                (record.initials if first else record.middles).add(word.plain[:1])
                first = False
                continue
            part = self.parts.parts(_personal_part(word, record.entry, parsed.name, derives))
            self.postings.add(part, number, row, ROLES.index(word.role), position)
            if word.role in ("given", "patronymic"):
                (record.given if first else record.middle).add(part)
            if word.role == "given":
                first = False
                self._classes(part, word, record)

    def _classes(self, part: int, word: NameWord, record: _Record) -> None:
        classes = given_names.classes(word.text)
        if classes:
            record.classes |= classes
            self.part_classes[part] = " ".join(sorted(classes))

    def _sequence(self, row: int, entry: Entry, parsed: ParsedName, case: str = "") -> None:
        node, number = 0, len(self.records) - 1
        derives = _is_source(parsed.name, entry)
        for position, word in enumerate(parsed.words):
            found = _sequence_part(word, entry, parsed, derives)
            part = self.parts.parts(found._replace(case=case) if case else found)
            self.postings.add(part, number, row, ROLES.index("word"), position)
            gap = GAPS.get(word.gap, 2) if node else 0
            node = self.tree.setdefault(edge_key(node, part, gap), len(self.tree) + 1)
        self.ends.add(node, row)

    # ------------------------------------------------------------ columns

    def pack(self, meta: Mapping[str, Any], jobs: int | None = None) -> Packed:
        """All rows as columns."""
        self.parts.work_out(jobs)
        packed = Packed(meta)
        for name, (code, column) in self.parts.numbers().items():
            packed.numbers(name, code, column)
        order = self.postings.order()
        self.postings.pack(packed, "post", POSTING, order)
        packed.numbers("post.by_name", "I", inverse(order))
        self.ends.pack(packed, "end", END, self.ends.order())
        self.names.pack(packed, "name", NAME)
        edges = sorted(self.tree.items())
        packed.numbers("edge.key", "Q", (key for key, _ in edges))
        packed.numbers("edge.child", "I", (child for _, child in edges))
        packed.numbers("entry.type", "B", (TYPES.index(r.entry.type) for r in self.records))
        packed.numbers("entry.hidden", "i", (record.hidden_for for record in self.records))
        visible = (number for number, r in enumerate(self.records) if r.hidden_for < 0)
        packed.numbers("entry.visible", "I", visible)
        packed.numbers("class.part", "I", sorted(self.part_classes))
        for name, strings in {**self.parts.strings(), **self._strings()}.items():
            packed.strings(name, strings)
        return packed

    def _strings(self) -> dict[str, Iterable[str]]:
        return {
            "entry.id": (record.entry.id for record in self.records),
            "entry.json": (
                write_entry(record.entry) if record.hidden_for < 0 else ""
                for record in self.records
            ),
            "entry.initials": (self._letters(r.initials, r.given) for r in self.records),
            "entry.middles": (self._letters(r.middles, r.middle) for r in self.records),
            "entry.classes": (" ".join(sorted(record.classes)) for record in self.records),
            "class.ids": (self.part_classes[part] for part in sorted(self.part_classes)),
        }

    def _letters(self, initials: set[str], parts: set[int]) -> str:
        """The letters of initials, and the first letters of all spellings of some parts."""
        return "".join(sorted(initials.union(*(self.parts.letters[part] for part in parts))))


def _hidden(entry: Entry) -> Iterable[Entry]:
    for i, form in enumerate(entry.not_):
        yield Entry(id=f"{entry.id}~not{i}", type="organisation", names={"und": [form]})
    for i, relative in enumerate(entry.relatives):
        yield Entry(id=f"{entry.id}~relative{i}", type=entry.type, names={"und": [relative.name]})


def _family(parsed: ParsedName) -> tuple[int, int]:
    """Where the family name begins among the words of a personal name, and how many words it has."""
    at = [i for i, w in enumerate(parsed.words) if w.role in ("family", "particle")]
    return (at[0], len(at)) if parsed.personal and at else (0, 0)


def _flags(parsed: ParsedName) -> int:
    name = parsed.name
    alone = name.role == "short" or (parsed.personal and len(parsed.words) == 1)
    return (
        EXACT * (name.case == "exact")
        | CONTEXT * (name.match == "context")
        | SHORT * alone
        | UNVERIFIED * name.unverified
    )


def _personal_part(word: NameWord, entry: Entry, name: Name, derives: bool) -> Part:
    kind = "family" if word.role == "particle" else word.role
    return Part(word.text, name.language, kind, entry.gender or "", word.inflects, derives)


def _pinned(entry: Entry, parsed: ParsedName) -> Iterable[tuple[str, ParsedName]]:
    """The forms that the glossary lists because the rules would get them wrong, with their cases."""
    for case, form in parsed.name.forms:
        name = replace(parsed.name, form=form, forms=(), head=None, inflect=False)
        pinned = parse_name(name, replace(entry, type="organisation"))
        if pinned is not None:
            yield case, pinned


def _is_source(name: Name, entry: Entry) -> bool:
    """Whether derivation starts from this name: it is in the entry's own language, or in Russian.

    Generation is good from a name's own language and poor where a transcription must be undone;
    Russian gives the forms that English texts took from it (Lukashenko). Entries without a name in
    their own language derive from every name.
    """
    own = base_language(entry.origin or "")
    if not any(base_language(language) == own for language in entry.names):
        return True
    return base_language(name.language) in (own, VIA)


def _sequence_part(word: NameWord, entry: Entry, parsed: ParsedName, source: bool) -> Part:
    alone = len(parsed.words) == 1
    exact = parsed.name.case == "exact"
    derives = (
        not exact
        and word.inflects
        and source
        and (entry.type == "place" or (alone and entry.type == "organisation"))
    )
    kind = "place" if entry.type == "place" and alone else ""
    return Part(word.text, parsed.name.language, kind, "", word.inflects, derives)


def build(entries: Iterable[Entry], meta: Mapping[str, Any] | None = None) -> bytes:
    """The compiled index of `entries` as bytes; open it with `vardynas.index.tables.Index`."""
    return bytes(compiled(entries, meta))


def compiled(
    entries: Iterable[Entry], meta: Mapping[str, Any] | None = None, jobs: int | None = None
) -> Packed:
    """The index of `entries`, to be written into a file; made by at most `jobs` processes."""
    builder = _Builder()
    with no_collection():
        for entry in sorted(entries, key=lambda entry: entry.id):
            builder.entry(entry)
        return builder.pack(meta or {}, jobs)


def build_given_names() -> bytes:
    """An index of the given names that the language tables know, without entries.

    Its meta data hold the words around names: titles, beginnings of sentences, cues of places.
    """
    builder = _Builder()
    for class_id in sorted(row["id"] for row in tables.load("given_names")["names"]):
        builder.given_class(class_id)
    return bytes(builder.pack(words_around_names()))
