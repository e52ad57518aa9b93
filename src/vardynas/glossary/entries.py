"""One entry: its node → the values of an `Entry`, and where the entry and its names stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vardynas.glossary.nodes import ListNode, MapNode, Node, Report, TextNode
from vardynas.glossary.proposals import shown, slug
from vardynas.glossary.schema import ENTRY_FIELDS, NAME_FIELDS, RELATIVE_FIELDS, Field
from vardynas.glossary.spelling import clean
from vardynas.glossary.values import KINDS, Kind, item_list, language, read_fields, spelled
from vardynas.model import Name, Relative

__all__ = ["Draft", "EntryReader", "Place"]

_PARTS = ("given", "family", "head")


class Place(NamedTuple):
    """Where something stands: the file as it was given, line and column from 1."""

    path: str
    line: int
    column: int


@dataclass(slots=True)
class Draft:
    """An entry as one file has it: `values` for `Entry`, or what it adds when `extends`."""

    id: str
    extends: bool
    place: Place
    values: dict[str, Any]
    name_places: dict[tuple[str, str], Place] = field(default_factory=dict)
    links: list[tuple[str, Place]] = field(default_factory=list)


class EntryReader:
    """Reads the entries of one file."""

    def __init__(self, report: Report, source: str | None = None) -> None:
        self._report = report
        self._source = source
        self._kinds: dict[str, Kind] = {
            **KINDS,
            "names": self._names,
            "ids": self._ids,
            "relatives": self._relatives,
        }
        self._name_places: dict[tuple[str, str], Place] = {}
        self._links: list[tuple[str, Place]] = []

    def read(self, node: Node) -> Draft | None:
        """The entry of a node; None, with a problem, when it has no valid id."""
        if not isinstance(node, MapNode):
            message = "An entry must be a mapping with an id and names."
            self._report.add(node, "wrong-type", message, "Write - id: … instead.")
            return None
        self._name_places, self._links = {}, []
        values = read_fields(node, ENTRY_FIELDS, self._kinds, self._report)
        keys = {key.text: key for key, _ in node.pairs}
        nodes = {key.text: value for key, value in node.pairs}
        self._check_fields(node, keys, values)
        base, own = values.pop("extends", None), values.pop("id", None)
        id_ = own or base
        if id_ is None:
            return None
        if self._source is not None:
            values.setdefault("source", self._source)
        place = self._place(nodes["id" if own else "extends"])
        return Draft(id_, own is None, place, values, self._name_places, self._links)

    def _place(self, node: Node) -> Place:
        return Place(self._report.path, node.line, node.column)

    def _check_fields(self, node: MapNode, keys: dict[str, TextNode], values: Any) -> None:  # noqa: ANN401
        if "id" in keys and "extends" in keys:
            message = "An entry has an id or it extends another; this one has both."
            advice = "Write extends alone to add to an entry, id alone for a new one instead."
            self._report.add(keys["extends"], "id-and-extends", message, advice)
        if "extends" in keys:
            return
        if "id" not in keys:
            slugs = filter(None, (slug(form) for _, form in self._name_places))
            proposed = next(slugs, "kalinouski-kastus")
            advice = f"Write an id such as {proposed} as its first field."
            self._report.add(node, "missing-field", "This entry has no id.", advice)
        if "names" not in keys:
            message = "This entry has no names."
            self._report.add(node, "missing-field", message, "Write names: {be: […], lt: […]}.")

    def _names(
        self, node: Node, field: Field, report: Report
    ) -> dict[str, tuple[Name, ...]] | None:
        if not isinstance(node, MapNode) or not node.pairs:
            code = "empty-value" if isinstance(node, MapNode) else "wrong-type"
            message = "names must be a mapping of languages to lists of names."
            report.add(node, code, message, "Write names: {be: […], lt: […]} instead.")
            return None
        names: dict[str, tuple[Name, ...]] = {}
        for key, value in node.pairs:
            tag = language(key, key.text, report)
            items = item_list(value, key.text, report) if value is not None else None
            # A wrong tag does not keep its names from being checked.
            read = tuple(self._language_names(items or (), tag or key.text))
            if read:
                names[tag or key.text] = read
        return names

    def _language_names(self, items: Any, tag: str) -> Iterator[Name]:  # noqa: ANN401
        places, path = self._name_places, self._report.path
        for item in items:
            name: Name | None
            if type(item) is TextNode and clean(item.text):
                name = Name(item.text, tag)
            elif isinstance(item, MapNode):
                name = self._name(item, tag)
            else:
                form = spelled(item, self._report, "A name", "Write {form: …} instead.")
                name = Name(form, tag) if form else None
            if name is None:
                continue
            place = Place(path, item.line, item.column)
            first = places.setdefault((tag, name.form), place)
            if first is not place:
                message = (
                    f"{shown(name.form)} stands twice in {tag}; the first is in line {first.line}."
                )
                self._report.add(item, "duplicate-form", message, "Write it once instead.")
            yield name

    def _name(self, node: MapNode, tag: str) -> Name | None:
        values = read_fields(node, NAME_FIELDS, self._kinds, self._report)
        if "form" not in values:
            if "form" not in (key.text for key, _ in node.pairs):
                message = "This name has no form."
                self._report.add(node, "missing-field", message, "Write {form: …} with the name.")
            return None
        for key, value in node.pairs:
            part = values.get(key.text)
            if key.text in _PARTS and part is not None and not _contains(values["form"], part):
                message = f"{key.text} {shown(part)} is no part of {shown(values['form'])}."
                advice = f"Write the words of the name that are its {key.text} name instead."
                advice = advice.replace("head name", "head")
                self._report.add(value, "part-not-in-form", message, advice)
        return Name(language=tag, **values)

    def _ids(self, node: Node, field: Field, report: Report) -> tuple[str, ...] | None:
        items = item_list(node, field.name, report)
        if items is None:
            return None
        ids = []
        for item in items:
            id_ = KINDS["id"](item, field, report)
            if id_ is not None:
                ids.append(id_)
                self._links.append((id_, self._place(item)))
        return tuple(ids)

    def _relatives(self, node: Node, field: Field, report: Report) -> tuple[Relative, ...] | None:
        items = item_list(node, field.name, report)
        if items is None:
            return None
        relatives = (self._relative(item, report) for item in items)
        return tuple(relative for relative in relatives if relative is not None)

    def _relative(self, item: Node, report: Report) -> Relative | None:
        if isinstance(item, MapNode):
            values = read_fields(item, RELATIVE_FIELDS, self._kinds, report)
            if "name" in values:
                return Relative(**values)
            if "name" not in (key.text for key, _ in item.pairs):
                message = "This relative has no name."
                report.add(item, "missing-field", message, "Write {name: …, relation: …}.")
            return None
        if isinstance(item, ListNode):
            message = "A relative must be text or a mapping, not a list."
            report.add(item, "wrong-type", message, "Write {name: …, relation: …} instead.")
            return None
        name = spelled(item, report, "A relative")
        return Relative(name) if name else None


def _contains(form: str, part: str) -> bool:
    """Whether `part` is whole words of `form`."""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", form) is not None
