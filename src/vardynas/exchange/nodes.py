"""Nodes of YAML with their places in a text: what is told by them is where one can write."""

from __future__ import annotations

import re
from typing import Any

from vardynas.editorial.surgery import end_of, line_break, parsed

__all__ = ["Node", "Nodes", "get", "pair"]

_BREAK = re.compile(r"\r\n|\r|\n")

Node = Any
"""A node of PyYAML: its value is text, a list of nodes, or a list of pairs of nodes."""


class Nodes:
    """A text of YAML, and the offsets of its nodes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = line_break(text)
        self.root: Node = parsed(text)

    def start(self, node: Node) -> int:
        """Where a node begins."""
        return int(node.start_mark.index)

    def end(self, node: Node) -> int:
        """Where what a node says ends; a block says nothing behind its last value."""
        return end_of(node, self.text)

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


def pair(mapping: Node, key: str) -> tuple[Node, Node]:
    """The nodes of a key and its value; None for both where there is no such key."""
    return next((one for one in mapping.value if one[0].value == key), (None, None))


def get(mapping: Node, key: str) -> Node:
    """The node of the value of a key; None where there is no such key."""
    return pair(mapping, key)[1]
