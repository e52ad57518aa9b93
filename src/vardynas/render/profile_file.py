"""The file of a house style: YAML to the values of a profile, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vardynas.errors import Problem, ProfileError
from vardynas.glossary.nodes import ListNode, MapNode, Node, Report, TextNode
from vardynas.glossary.proposals import close, shown
from vardynas.glossary.syntax import decode, parse
from vardynas.language.tag import well_formed
from vardynas.render.kinds import TYPES_ALLOWED, type_meant

__all__ = ["CHOICES", "SPECIAL", "PlacedId", "read_profile"]

SPECIAL = ("preferred", "id")
"""What `to` can be besides a language tag."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "quotations": ("edit", "leave"),
    "decision": ("precision", "balanced", "recall"),
}
"""The fields that have one of a few values."""

_FLAGS = {"true": True, "false": False}


class PlacedId(str):
    """An id or a type in a file, which knows where it stands there."""

    place: tuple[str, int, int]


def read_profile(path: Path, usual: Mapping[str, object]) -> dict[str, Any]:
    """The values of the fields in a file, which are `usual` when left out.

    `ProfileError` has everything that is wrong with it, by line and column.
    """
    report = Report(str(path))
    text = decode(_read(path), report)
    values = _values(parse(text, report), usual, report) if text is not None else {}
    if report.problems:
        raise ProfileError(tuple(report.problems))
    return values


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "The file cannot be read"
        problem = Problem(str(path), 0, 0, "missing-file", f"{reason}.", "Check the path.")
        raise ProfileError((problem,)) from None


def _values(root: Node | None, known: Mapping[str, object], report: Report) -> dict[str, Any]:
    """The values of the fields; what is wrong goes to the report."""
    if root is None:
        return {}
    if not isinstance(root, MapNode):
        report.add(
            root, "wrong-type", "A profile is a list of fields.", "Write to: lt, for example."
        )
        return {}
    found: dict[str, Any] = {}
    for key, node in root.pairs:
        if key.text not in known:
            _unknown(key, known, report)
        elif node is not None:
            value = _value(key.text, known[key.text], node, report)
            found |= {} if value is None else {key.text: value}
    return found


def _unknown(key: TextNode, known: Mapping[str, object], report: Report) -> None:
    meant = close(key.text, known)
    advice = f"Write {meant} instead." if meant else f"Write one of {', '.join(known)}."
    report.add(key, "unknown-field", f"A profile has no field {shown(key.text)}.", advice)


def _value(name: str, usual: object, node: Node, report: Report) -> Any:  # noqa: ANN401
    """The value of one field; None, with a problem, when it has none that can be."""
    if isinstance(usual, tuple):
        return _list(name, node, report)
    if not isinstance(node, TextNode) or not node.text.strip():
        report.add(
            node, "wrong-type", f"{name} takes one value.", f"Write {name}: {_example(name)}."
        )
        return None
    choices = (*_FLAGS,) if isinstance(usual, bool) else CHOICES.get(name, ())
    if choices and node.text not in choices:
        meant = close(node.text, choices) or " or ".join(choices)
        message = f"{shown(node.text)} is no value of {name}."
        report.add(node, "bad-value", message, f"Write {meant} instead.")
        return None
    if not choices and not _is_tag(name, node.text):
        message = f"{shown(node.text)} is no language tag."
        report.add(node, "bad-language", message, f"Write {_example(name)}, for example.")
        return None
    return _FLAGS[node.text] if isinstance(usual, bool) else node.text


def _is_tag(name: str, text: str) -> bool:
    special = {"to": SPECIAL, "gloss": ("original",)}.get(name, ())
    return text in special or well_formed(text.replace("_", "-"))


_EXAMPLES = {"to": "preferred or lt", "gloss": "en or original", "language": "be"}


def _example(name: str) -> str:
    return _EXAMPLES.get(name) or CHOICES.get(name, ("true",))[0]


def _list(name: str, node: Node, report: Report) -> tuple[str, ...] | None:
    items = node.items if isinstance(node, ListNode) else [node]
    texts = [item.text for item in items if isinstance(item, TextNode) and item.text.strip()]
    if len(texts) < len(items):
        message = f"{name} is a list of ids and types."
        report.add(node, "wrong-type", message, f"Write {name}: [person, hrodna], for example.")
        return None
    return tuple(_placed(name, item, report) for item in items if isinstance(item, TextNode))


def _placed(name: str, item: TextNode, report: Report) -> PlacedId:
    meant = type_meant(item.text)
    if meant:
        message = f"{shown(item.text)} is no value of {name}."
        report.add(item, "bad-value", message, f"Write {meant} instead. {TYPES_ALLOWED}")
    found = PlacedId(item.text)
    found.place = (report.path, item.line, item.column)
    return found
