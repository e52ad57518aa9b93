"""Entries of another format on their way to `Entry`, checked as those of a glossary file are.

What a file says becomes nodes that know their line and column, and `glossary.entries` reads them:
so every rule and every advice of the glossary format holds here too. A file of somebody else's
database is not its reader's fault: `Gathering.name` mends spaces and composed letters, and leaves out
and reports a name that is still none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from vardynas.errors import Problem
from vardynas.exchange.ids import proposed, unique
from vardynas.exchange.incoming import Read, Source
from vardynas.glossary import tags
from vardynas.glossary.entries import Draft, EntryReader, Place
from vardynas.glossary.nodes import ListNode, MapNode, Node, Report, TextNode
from vardynas.glossary.proposals import shown
from vardynas.glossary.spelling import faults
from vardynas.model import Entry

__all__ = ["Found", "Gathering", "mapping", "text"]

At = tuple[int, int]


def text(value: str, at: At) -> TextNode:
    """A text as a node."""
    return TextNode(value, *at, True)


def mapping(values: Mapping[str, Node], at: At) -> MapNode:
    """Fields as a node."""
    return MapNode(
        [(text(key, (node.line, node.column)), node) for key, node in values.items()], *at
    )


class Found:
    """An entry as a file has it: `key` is its id there, `id` the one it gets, "" for a proposed one."""

    def __init__(self, key: str, at: At, id_: str = "") -> None:
        self.key = key
        self.at = at
        self.id = id_
        self.fields: dict[str, Node] = {}
        self.names: dict[str, ListNode] = {}
        self.forms: list[tuple[str, str]] = []

    def add(self, tag: str, form: str, node: Node, at: At) -> None:
        """Add a name as a node; its language tag stands at `at`."""
        self.forms.append((tag, form))
        self.names.setdefault(tag, ListNode([], *at)).items.append(node)


class Gathering:
    """The entries of one file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[str, Found] = {}

    def entry(self, key: str, at: At, id_: str = "") -> Found:
        """The entry with that key, a new one where there is none yet."""
        return self._found.setdefault(key, Found(key, at, id_))

    def name(
        self,
        found: Found,
        language: str,
        form: str,
        at: At,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """Add a name in a language, with fields; a form that is there already stays as it was."""
        tag = self._tag(language, at)
        form = _mended(form)
        if tag is None or not form or (tag, form) in found.forms or self._is_faulty(form, at):
            return
        values = {"form": text(form, at)}
        values |= {key: text(value, at) for key, value in (fields or {}).items()}
        node = mapping(values, at) if fields else text(form, at)
        found.add(tag, form, node, at)

    def field(self, found: Found, name: str, value: str, at: At) -> None:
        """Give an entry a field of one text, where it has none yet and the text is clean."""
        value = _mended(value)
        if value and name not in found.fields and not self._is_faulty(value, at):
            found.fields[name] = text(value, at)

    def reference(self, found: Found, key: str, value: str) -> None:
        """Give an entry its id in another database."""
        at = found.at
        refs = found.fields.setdefault("refs", MapNode([], *at))
        if isinstance(refs, MapNode) and all(key != old.text for old, _ in refs.pairs):
            refs.pairs.append((text(key, at), text(value, at)))
            refs.pairs.sort(key=lambda pair: pair[0].text)

    def _tag(self, language: str, at: At) -> str | None:
        if tags.accepted(language):
            return language
        tag = tags.proposal(language)
        if not tag:
            message = f"{shown(language)} is no language tag; the name is left out."
            self._source.warn(at, "bad-language", message)
        return tag or None

    def _is_faulty(self, value: str, at: At) -> bool:
        for fault in faults(value):
            self._source.warn(at, fault.code, f"{fault.message} It is left out.")
            return True
        return False

    def entries(self) -> Iterable[Found]:
        """The entries so far, in the order of the file."""
        return self._found.values()

    def read(self, languages: Collection[str] = ()) -> Read:
        """All entries that have a name in one of `languages` (() for all), and what is wrong."""
        taken: set[str] = {found.id for found in self._found.values() if found.id}
        report = Report(self._source.path)
        reader = EntryReader(report)
        drafts = []
        for found in self._found.values():
            if languages:
                found.names = {tag: names for tag, names in found.names.items() if tag in languages}
            if not found.names and languages:
                continue
            if not found.names:
                message = f"{shown(found.key)} has no name that can be read and is left out."
                self._source.warn(found.at, "no-names", message)
                continue
            if not found.id:
                found.id = unique(proposed(found.forms, _type(found)), found.key, taken)
            drafts.append(reader.read(_node(found)))
        problems = (*self._source.problems, *report.problems)
        return _read([draft for draft in drafts if draft is not None], problems)


def _type(found: Found) -> str:
    node = found.fields.get("type")
    return node.text if isinstance(node, TextNode) else ""


def _node(found: Found) -> MapNode:
    at = found.at
    values: dict[str, Node] = {"id": text(found.id, at), **found.fields}
    values["names"] = mapping(found.names, at)
    return mapping(values, at)


def _read(drafts: list[Draft], problems: tuple[Problem, ...]) -> Read:
    entries, places = {}, {}
    name_places: dict[tuple[str, str, str], Place] = {}
    for draft in sorted(drafts, key=lambda draft: draft.id):
        values: dict[str, Any] = {"names": {}, **draft.values}
        entries[draft.id] = Entry(id=draft.id, **values)
        places[draft.id] = draft.place
        for (language, form), place in draft.name_places.items():
            name_places[draft.id, language, form] = place
    return Read(tuple(entries.values()), places, name_places, problems)


def _mended(value: str) -> str:
    """A text with composed letters and single plain spaces.

    >>> _mended("Гродна ")
    'Гродна'
    """
    return " ".join(unicodedata.normalize("NFC", value).split())
