"""Nodes of a YAML file that know their line and column, and the list of what is wrong with it.

Values stay strings. Nodes are built from the parser's events in one pass without recursion, so
that depth is bounded (PyYAML's own composing recurses in C), aliases are seen and a key that stands
twice is found where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from vardynas.errors import Problem
from vardynas.glossary.proposals import shown

__all__ = ["Builder", "ListNode", "MapNode", "Node", "Report", "TextNode"]

MAX_DEPTH = 12
"""A file has seven levels: file, entries, entry, names, language, name, forms."""


class TextNode(NamedTuple):
    """A value as written; `plain` when it stands without quotes."""

    text: str
    line: int
    column: int
    plain: bool


class ListNode(NamedTuple):
    """A list; an item that was reported already is None."""

    items: list[Any]
    line: int
    column: int


class MapNode(NamedTuple):
    """Fields in the order of the file, every key once; a value reported already is None."""

    pairs: list[tuple[TextNode, Any]]
    line: int
    column: int


Node = TextNode | ListNode | MapNode


class Report:
    """The problems of one file."""

    __slots__ = ("path", "problems")

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(self, at: Node, code: str, message: str, advice: str = "") -> None:
        """Note a problem at the place of a node."""
        self.at(at.line, at.column, code, message, advice)

    def at(self, line: int, column: int, code: str, message: str, advice: str = "") -> None:
        """Note a problem at a line and column, both from 1; 0 when there is none."""
        self.problems.append(Problem(self.path, line, column, code, message, advice))


class _Stop(Exception):
    """The end of the file, or of what can be read; then the reason is in the report."""


class Builder:
    """Builds the node of one document from parser events."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._open: list[tuple[list[Any], int, int]] = []
        self._children: list[Any] = []
        self._documents = 0

    def build(self, next_event: Callable[[], Any]) -> Node | None:
        """The root node; None when the file is empty or unreadable."""
        actions = self._actions()
        try:
            while True:
                event = next_event()
                action = actions.get(type(event))
                if action is not None:
                    action(event)
        except _Stop:
            return self._children[0] if self._children and not self._open else None

    def _actions(self) -> Mapping[type, Callable[[Any], None]]:
        import yaml

        return {
            yaml.ScalarEvent: self._text,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceEndEvent: self._end_list,
            yaml.MappingEndEvent: self._end_map,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.StreamEndEvent: self._stop,
        }

    def _stop(self, event: Any) -> None:  # noqa: ANN401
        raise _Stop

    def _text(self, event: Any) -> None:  # noqa: ANN401
        mark = event.start_mark
        node = TextNode(event.value, mark.line + 1, mark.column + 1, not event.style)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, node.line, node.column)
        self._children.append(node)

    def _start(self, event: Any) -> None:  # noqa: ANN401
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, line, column)
        if len(self._open) >= MAX_DEPTH:
            self._report.at(line, column, "yaml-syntax", "This is nested too deep for a glossary.")
            raise _Stop
        self._open.append((self._children, line, column))
        self._children = []

    def _end_list(self, event: Any) -> None:  # noqa: ANN401
        items, (self._children, line, column) = self._children, self._open.pop()
        self._children.append(ListNode(items, line, column))

    def _end_map(self, event: Any) -> None:  # noqa: ANN401
        items, (self._children, line, column) = self._children, self._open.pop()
        pairs: dict[str, tuple[TextNode, Any]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if isinstance(key, TextNode) and key.text not in pairs:
                pairs[key.text] = key, value
            elif key is not None:
                self._bad_key(key, pairs)
        self._children.append(MapNode(list(pairs.values()), line, column))

    def _bad_key(self, key: Node, pairs: Mapping[str, tuple[TextNode, Any]]) -> None:
        if isinstance(key, TextNode):
            self._report.add(
                key,
                "duplicate-key",
                f"{shown(key.text)} stands also in line {pairs[key.text][0].line}.",
                "Write it once instead, with all its values.",
            )
        else:
            message = "A list or mapping stands where the name of a field must be."
            self._report.add(key, "wrong-type", message, "Write the name of a field instead.")

    def _alias(self, event: Any) -> None:  # noqa: ANN401
        self._decorated(event, event.start_mark.line + 1, event.start_mark.column + 1)
        self._children.append(None)

    def _decorated(self, event: Any, line: int, column: int) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._report.at(
                line,
                column,
                "yaml-alias",
                "A value that begins with & or * is a YAML anchor or alias; a glossary has none.",
                'Write the value out, or in quotes instead: "&…".',
            )
        else:
            self._report.at(
                line,
                column,
                "yaml-tag",
                f"The YAML tag {shown(event.tag)} has no place in a glossary: all values are text.",
                'Write the value without it, or in quotes instead: "!…".',
            )

    def _document(self, event: Any) -> None:  # noqa: ANN401
        self._documents += 1
        if self._documents > 1:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            self._report.at(
                line,
                column,
                "yaml-syntax",
                "A second YAML document begins here; a glossary file has one.",
                "Remove the line --- or write the second part into a file of its own instead.",
            )
            raise _Stop
