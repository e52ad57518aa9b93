"""One value of a field: node → text, flag, list or mapping, or a problem and None.

Each kind of `schema.Field` has one function here; `read_fields` applies them to a mapping.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from vardynas.glossary import tags
from vardynas.glossary.nodes import ListNode, MapNode, Node, Report, TextNode
from vardynas.glossary.proposals import close, shown, slug
from vardynas.glossary.schema import CASES, FORMAT_VERSION, ID, WIKIDATA, Field
from vardynas.glossary.spelling import faults

__all__ = [
    "KINDS",
    "Kind",
    "filled",
    "item_list",
    "language",
    "read_fields",
    "spelled",
]

Kind = Callable[[Node, Field, Report], Any]

_ID = re.compile(ID)
_WIKIDATA = re.compile(WIKIDATA)


def filled(node: Node, report: Report, what: str, advice: str = "") -> str | None:
    """The text of a node; None, with a problem, when it is a list or mapping or is empty."""
    if not isinstance(node, TextNode):
        kind = "list" if isinstance(node, ListNode) else "mapping"
        advice = advice or "Write one text instead."
        report.add(node, "wrong-type", f"{what} must be text, not a {kind}.", advice)
        return None
    if not node.text.strip() or (node.plain and node.text == "~"):
        report.add(node, "empty-value", f"{what} is empty.", "Write its value or remove it.")
        return None
    return node.text


def spelled(node: Node, report: Report, what: str, advice: str = "") -> str | None:
    """As `filled`, with the spelling checked."""
    text = filled(node, report, what, advice)
    if text is not None:
        for fault in faults(text):
            report.add(node, *fault)
    return text


def _text(node: Node, field: Field, report: Report) -> str | None:
    return spelled(node, report, f"{field.name}")


def _version(node: Node, field: Field, report: Report) -> int | None:
    text = filled(node, report, field.name)
    if text is not None and text != str(FORMAT_VERSION):
        message = f"This program reads version {FORMAT_VERSION} of the format, not {shown(text)}."
        report.add(node, "bad-version", message, f"Write vardynas: {FORMAT_VERSION} instead.")
        return None
    return FORMAT_VERSION if text else None


def _id(node: Node, field: Field, report: Report) -> str | None:
    text = filled(node, report, field.name)
    if text is None or _ID.match(text):
        return text
    proposed = slug(text) or "a name in Latin letters such as kalinouski-kastus"
    report.add(
        node,
        "bad-id",
        f"The id {shown(text)} must be small ASCII letters and digits joined by hyphens.",
        f"Write {proposed} instead.",
    )
    return None


def _choice(node: Node, field: Field, report: Report) -> str | None:
    text = filled(node, report, field.name)
    if text is None or text in field.choices:
        return text
    meant = close(text, field.choices) or " or ".join(field.choices)
    allowed = ", ".join(field.choices)
    message = f"{shown(text)} is no {field.name}; it is one of {allowed}."
    report.add(node, f"bad-{field.name}", message, f"Write {meant} instead.")
    return None


def _flag(node: Node, field: Field, report: Report) -> bool | None:
    text = filled(node, report, field.name)
    if text is None:
        return None
    if isinstance(node, TextNode) and node.plain and text in ("true", "false"):
        return text == "true"
    meant = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
    word = text.lower()
    proposed = word if word in ("true", "false") else meant.get(word, "true or false")
    message = f"{field.name} is {shown(text)}, but only true and false without quotes are allowed."
    report.add(node, "bad-boolean", message, f"Write {proposed} instead.")
    return None


def _language(node: Node, field: Field, report: Report) -> str | None:
    text = filled(node, report, field.name)
    return language(node, text, report) if text is not None else None


def language(node: Node, tag: str, report: Report) -> str | None:
    """A language tag; None, with a problem, when it is malformed or a known slip."""
    if tags.accepted(tag):
        return tag
    meant = tags.proposal(tag) or "a tag such as be, be-Latn or lt"
    report.add(
        node,
        "bad-language",
        f"{shown(tag)} is no language tag (BCP 47).",
        f"Write {meant} instead.",
    )
    return None


def item_list(node: Node, name: str, report: Report) -> list[Any] | None:
    """The items of a list node; None, with a problem, for anything else and for an empty list."""
    if not isinstance(node, ListNode):
        shown = node.text if isinstance(node, TextNode) and node.text else "…"
        message = f"{name} must be a list."
        report.add(node, "wrong-type", message, f"Write [{shown}] instead.")
        return None
    if not node.items:
        message = f"{name} is an empty list."
        report.add(node, "empty-value", message, "Write its items or remove it.")
        return None
    return [item for item in node.items if item is not None]


def _texts(node: Node, field: Field, report: Report) -> tuple[str, ...] | None:
    items = item_list(node, field.name, report)
    if items is None:
        return None
    values = (spelled(item, report, f"An item of {field.name}") for item in items)
    return tuple(value for value in values if value is not None)


def _mapping(node: Node, field: Field, report: Report, example: str) -> list[Any] | None:
    if not isinstance(node, MapNode):
        message = f"{field.name} must be a mapping."
        report.add(node, "wrong-type", message, f"Write {example} instead.")
        return None
    if not node.pairs:
        message = f"{field.name} is an empty mapping."
        report.add(node, "empty-value", message, "Write its fields or remove it.")
        return None
    return [pair for pair in node.pairs if pair[1] is not None]


def _refs(node: Node, field: Field, report: Report) -> tuple[tuple[str, str], ...] | None:
    pairs = _mapping(node, field, report, "{wikidata: Q1998}")
    if pairs is None:
        return None
    values = []
    for key, value in pairs:
        text = spelled(value, report, f"The reference {key.text}")
        bad = text and key.text == "wikidata" and not _WIKIDATA.match(text)
        if bad or not _ID.match(key.text):
            message = f"{key.text}: {text} is no reference."
            advice = "Write a small ASCII name and an id such as wikidata: Q1998 instead."
            report.add(value if bad else key, "bad-reference", message, advice)
        elif text is not None:
            values.append((key.text, text))
    return tuple(values)


def _forms(node: Node, field: Field, report: Report) -> tuple[tuple[str, str], ...] | None:
    pairs = _mapping(node, field, report, "{gen: Białegostoku}")
    if pairs is None:
        return None
    values = []
    for key, value in pairs:
        if key.text not in CASES:
            meant = close(key.text, CASES) or "one of them"
            message = f"{shown(key.text)} is no case; the cases are {', '.join(CASES)}."
            report.add(key, "bad-case-name", message, f"Write {meant} instead.")
        text = spelled(value, report, f"The form {key.text}")
        if text is not None:
            values.append((key.text, text))
    return tuple(values)


KINDS: dict[str, Kind] = {
    "version": _version,
    "text": _text,
    "form": _text,
    "part": _text,
    "id": _id,
    "language": _language,
    "choice": _choice,
    "flag": _flag,
    "texts": _texts,
    "refs": _refs,
    "forms": _forms,
}
"""The kinds of field that stand for themselves; `entries` adds names, relatives and ids."""


def read_fields(
    node: MapNode, fields: Mapping[str, Field], kinds: Mapping[str, Kind], report: Report
) -> dict[str, Any]:
    """The values of a mapping by field of the model; what is wrong is reported and left out."""
    values: dict[str, Any] = {}
    for key, value in node.pairs:
        field = fields.get(key.text)
        if field is None:
            _unknown(key, {one.text for one, _ in node.pairs}, fields, report)
        elif value is not None:
            read = kinds[field.kind](value, field, report)
            if read is not None:
                values[field.target] = read
    return values


def _unknown(
    key: TextNode, there: Collection[str], fields: Mapping[str, Field], report: Report
) -> None:
    meant = close(key.text, fields)
    advice = f"Write {meant} instead." if meant else f"The fields are {', '.join(fields)}."
    if meant in there:
        advice = f"{meant} stands here already: write what is meant there, and delete this."
    question = f" Did you mean {meant}?" if meant else ""
    report.add(key, "unknown-field", f"There is no field {shown(key.text)} here.{question}", advice)
