"""Adding to the text of a glossary file: everything that stands there stays, comments and all.

Where to write is told by the places of the YAML nodes; what is written is in the canonical layout,
indented as its neighbors are. The text must be a glossary file that loads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from vardynas.errors import ExchangeError, Problem
from vardynas.exchange.nodes import Node, Nodes, get, pair
from vardynas.glossary.schema import ENTRY_FIELDS
from vardynas.glossary.writer import (
    dump_entry,
    field_lines,
    flow,
    language_order,
    listed,
    relative_item,
    scalar,
)
from vardynas.model import Entry

__all__ = ["Manuscript"]

_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_WIDTH = 100
_ORDER = {name: number for number, name in enumerate(ENTRY_FIELDS)}


class Manuscript:
    r"""The text of a file and what shall be added to it.

    >>> text = "- id: hrodna\n  names:\n    be: [Гродна] # also Горадня\n"
    >>> file = Manuscript("places.yaml", text)
    >>> file.add_names("hrodna", "lt", ["Gardinas"])
    >>> print(file.text(), end="")
    - id: hrodna
      names:
        be: [Гродна] # also Горадня
        lt: [Gardinas]
    """

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._nodes = nodes = Nodes(text)
        self._edits: list[tuple[int, int, str]] = []
        entries = get(nodes.root, "entries") if _is_mapping(nodes.root) else nodes.root
        self._entries: Node = entries
        self._by_id = {_id(node): node for node in entries.value}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the entries, and of those that entries extend, in the order of the file."""
        return tuple(self._by_id)

    def place(self, id_: str) -> tuple[int, int]:
        """Line and column of an entry."""
        mark = self._by_id[id_].start_mark
        return mark.line + 1, mark.column + 1

    def has(self, id_: str, name: str) -> bool:
        """Whether an entry has a field in this file."""
        return get(self._by_id[id_], name) is not None

    def text(self) -> str:
        """The text with everything added; what was added at one place stands in that order."""
        pieces, at, old = [], 0, self._nodes.text
        for start, end, added in sorted(self._edits, key=lambda edit: edit[:1]):
            pieces += [old[at:start], added]
            at = end
        return "".join([*pieces, old[at:]])

    # ------------------------------------------------------------ what can be added

    def add_field(self, id_: str, name: str, value: Any) -> None:  # noqa: ANN401
        """Give an entry a field that it does not have; those of a file are added in their order."""
        node = self._by_id[id_]
        if node.flow_style:
            self._into_braces(node, f"{name}: {_in_a_line(name, value)}")
        else:
            lines = field_lines(ENTRY_FIELDS[name], value)
            self._insert_field(node, name, [line[2:] for line in lines])

    def add_items(self, id_: str, name: str, items: Sequence[str]) -> None:
        """Add items, as they are written, to a list that an entry has."""
        self._extend(*pair(self._by_id[id_], name), items)

    def add_reference(self, id_: str, key: str, value: str) -> None:
        """Add a reference to an entry that has others."""
        refs = get(self._by_id[id_], "refs")
        line = f"{scalar(key)}: {scalar(value)}"
        if refs.flow_style:
            self._into_braces(refs, line)
        else:
            self._below(self._nodes.end(refs), [_indent(refs.value[0][0]) + line])

    def add_names(self, id_: str, tag: str, items: Sequence[str]) -> None:
        """Add names in a language behind those that the entry has in it."""
        entry = self._by_id[id_]
        names = get(entry, "names")
        if names is None:
            self._first_names(entry, tag, items)
            return
        key, node = pair(names, tag)
        if node is not None:
            self._extend(key, node, items)
        elif names.flow_style:
            self._into_braces(names, _flow_list(tag, items))
        else:
            self._insert_language(names, tag, items)

    def add_entries(self, entries: Iterable[Entry], extending: Collection[str] = ()) -> None:
        """Add new entries, each where it belongs if the file is sorted, otherwise at its end.

        Those with an id in `extending` are what is added to entries of other files.
        """
        new = sorted(entries, key=lambda entry: entry.id)
        if not new:
            return
        if self._entries.flow_style:
            self._instead_of_brackets([_lines(entry, extending) for entry in new])
            return
        ids = list(self._by_id)
        is_sorted = all(one <= other for one, other in pairwise(ids))
        for entry in new:
            before = [id_ for id_ in ids if id_ < entry.id] if is_sorted else ids
            self._add_entry(_lines(entry, extending), before[-1] if before else "")

    # ------------------------------------------------------------ how it is added

    def _write(self, at: int, text: str) -> None:
        self._edits.append((at, at, text))

    def _below(self, at: int, lines: Iterable[str]) -> None:
        """Write lines below the one that has the offset `at`."""
        newline = self._nodes.newline
        self._write(self._nodes.line_end(at), "".join(f"{newline}{line}" for line in lines))

    def _above(self, node: Node, lines: Iterable[str]) -> None:
        """Write lines above the one in which a node begins."""
        at = self._nodes.line_start(self._nodes.start(node))
        self._write(at, "".join(f"{line}{self._nodes.newline}" for line in lines))

    def _into_braces(self, mapping: Node, text: str) -> None:
        self._write(self._nodes.end(mapping.value[-1][1]), f", {text}")

    def _insert_field(self, entry: Node, name: str, lines: Iterable[str]) -> None:
        """Write the lines of a field below those that stand before it by custom."""
        before = [value for key, value in entry.value if _ORDER[key.value] < _ORDER[name]]
        indent = _indent(entry.value[0][0])
        self._below(self._nodes.end(before[-1]), [indent + line for line in lines])

    def _insert_language(self, names: Node, tag: str, items: Sequence[str]) -> None:
        lines = list(listed(_indent(names.value[0][0]) + scalar(tag), items))
        order = language_order(tag)
        before = [value for key, value in names.value if language_order(key.value) < order]
        if before:
            self._below(self._nodes.end(before[-1]), lines)
        else:
            self._above(names.value[0][0], lines)

    def _first_names(self, entry: Node, tag: str, items: Sequence[str]) -> None:
        if entry.flow_style:
            self._into_braces(entry, f"names: {{{_flow_list(tag, items)}}}")
        else:
            self._insert_field(entry, "names", ["names:", *listed(f"  {scalar(tag)}", items)])

    def _extend(self, key: Node, node: Node, items: Sequence[str]) -> None:
        """Write items behind the last one of a list."""
        if not node.flow_style:
            indent = " " * node.start_mark.column
            self._below(self._nodes.end(node), [f"{indent}- {item}" for item in items])
            return
        end = self._nodes.end(node.value[-1])
        newline = f"{self._nodes.newline}{_indent(key)}  "
        self._write(end, "".join(_wrapped(items, self._nodes.column(end), newline)))

    def _add_entry(self, written: Iterable[str], previous: str) -> None:
        indent = _indent(self._entries)
        lines = [f"{indent}{line}" for line in written]
        gap = [""] if self._has_gaps() else []
        if previous:
            self._below(self._nodes.end(self._by_id[previous]), [*gap, *lines])
        else:
            self._above(self._entries.value[0], [*lines, *gap])

    def _has_gaps(self) -> bool:
        """Whether a blank line parts the first two entries."""
        first = self._entries.value[:2]
        ends = self._nodes.end(first[0])
        begins = self._nodes.start(first[-1])
        return _BLANK_LINE.search(self._nodes.text[ends:begins]) is not None

    def _instead_of_brackets(self, entries: Iterable[Sequence[str]]) -> None:
        """Write entries in the place of an empty list; one in brackets that has some takes no lines."""
        nodes, sequence = self._nodes, self._entries
        if sequence.value or (_is_mapping(nodes.root) and nodes.root.flow_style):
            message = "The entries of this file stand in brackets, where no lines can be added."
            advice = "Write each of them as - id: … in a line of its own instead."
            at = (sequence.start_mark.line + 1, sequence.start_mark.column + 1)
            raise ExchangeError((Problem(self._path, *at, "flow-entries", message, advice),))
        start, end = nodes.start(sequence), nodes.end(sequence)
        lines = [line for entry in entries for line in entry]
        if sequence is nodes.root:
            self._edits.append((start, end, nodes.newline.join(lines)))
        else:
            before = len(nodes.text[:start].rstrip(" "))
            self._edits.append((before, end, ""))
            self._below(end, lines)


def _wrapped(items: Iterable[str], column: int, newline: str) -> Iterator[str]:
    """Items behind others, in new lines where the line would be too long."""
    for item in items:
        if column + len(item) + 3 > _WIDTH:
            yield f",{newline}{item}"
            column = len(newline) + len(item)
        else:
            yield f", {item}"
            column += len(item) + 2


def _lines(entry: Entry, extending: Collection[str]) -> list[str]:
    text = dump_entry(entry)
    if entry.id in extending:
        text = text.replace("- id:", "- extends:", 1)
    return text.splitlines()


def _is_mapping(node: Node) -> bool:
    return bool(node.id == "mapping")


def _indent(node: Node) -> str:
    return " " * int(node.start_mark.column)


def _id(entry: Node) -> str:
    return str((get(entry, "id") or get(entry, "extends")).value)


def _flow_list(key: str, items: Iterable[str]) -> str:
    return f"{scalar(key)}: [{', '.join(items)}]"


def _in_a_line(name: str, value: Any) -> str:  # noqa: ANN401
    kind = ENTRY_FIELDS[name].kind
    if kind == "relatives":
        return f"[{', '.join(map(relative_item, value))}]"
    return f"[{', '.join(map(scalar, value))}]" if kind in ("texts", "ids") else flow(value)
