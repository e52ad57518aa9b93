"""Nodes of YAML with their places in a text: what is told by them is where one can write."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["Node", "Nodes", "get", "pair"]

_BREAK = re.compile(r"\r\n|\r|\n")

Node = Any
"""A node of PyYAML: its value is text, a list of nodes, or a list of pairs of nodes."""


class Nodes:
    """A text of YAML, and the offsets of its nodes."""

    def __init__(self, text: str) -> None:
        import yaml

        self.text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.root: Node = yaml.compose(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))

    def start(self, node: Node) -> int:
        """Where a node begins."""
        return self._offset(node.start_mark)

    def end(self, node: Node) -> int:
        """Where what a node says ends; a block says nothing behind its last value."""
        if isinstance(node.value, list) and not node.flow_style:
            last = node.value[-1]
            return self.end(last[-1] if isinstance(last, tuple) else last)
        end = self._offset(node.end_mark)
        is_block = getattr(node, "style", None) in ("|", ">")
        return len(self.text[:end].rstrip()) if is_block else end

    def column(self, at: int) -> int:
        """How far from the start of its line an offset is."""
        return at - self.line_start(at)

    def line_start(self, at: int) -> int:
        """Where the line of an offset begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Where the line of an offset ends, before its line break."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def _offset(self, mark: Any) -> int:  # noqa: ANN401
        line, column = int(mark.line), int(mark.column)
        return self._starts[line] + column


def pair(mapping: Node, key: str) -> tuple[Node, Node]:
    """The nodes of a key and its value; None for both where there is no such key."""
    return next((one for one in mapping.value if one[0].value == key), (None, None))


def get(mapping: Node, key: str) -> Node:
    """The node of the value of a key; None where there is no such key."""
    return pair(mapping, key)[1]
