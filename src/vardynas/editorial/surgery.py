"""Changing a YAML text in a few places and leaving every other byte: comments, quotes, line breaks.

The parser says where a node begins and ends; what is changed is cut out of the source there. Offsets
are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

__all__ = [
    "Change",
    "changed",
    "end_of",
    "entries",
    "field",
    "line_break",
    "lines_of",
    "parsed",
    "rewritten",
    "texts_of",
    "without_items",
]

_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*")


class Change(NamedTuple):
    """``text[start:end]`` becomes `new`."""

    start: int
    end: int
    new: str


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with all changes made; they must not overlap.

    >>> changed("[Vilnius, Wilno]", [Change(10, 15, "Вільня")])
    '[Vilnius, Вільня]'
    """
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def parsed(text: str) -> Any:  # noqa: ANN401 - a node of PyYAML
    """The root node of a text that the glossary's own reader could parse."""
    import yaml

    return yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def entries(root: Any) -> list[Any]:  # noqa: ANN401
    """The nodes of the entries of a file that are mappings."""
    listed = root if _kind(root) == "sequence" else field(root, "entries")
    return [node for node in listed.value if _kind(node) == "mapping"] if listed else []


def field(node: Any, key: str) -> Any:  # noqa: ANN401
    """The value of a field of a mapping; None when it is no mapping or lacks the field."""
    pairs = node.value if _kind(node) == "mapping" else ()
    return next((value for name, value in pairs if name.value == key), None)


def _kind(node: Any) -> str:  # noqa: ANN401
    return node.id if node is not None else ""


def texts_of(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """Every text inside a node, keys left out."""
    if _kind(node) == "scalar":
        yield node
    elif _kind(node) == "sequence":
        for item in node.value:
            yield from texts_of(item)
    elif _kind(node) == "mapping":
        for _, value in node.value:
            yield from texts_of(value)


def end_of(node: Any, text: str) -> int:  # noqa: ANN401
    """Where a node ends that is not counted on what follows it: blank lines and comments."""
    if _kind(node) == "scalar" or node.flow_style or not node.value:
        start = node.start_mark.index
        return int(start + len(text[start : node.end_mark.index].rstrip()))
    last = node.value[-1]
    return end_of(last[1] if _kind(node) == "mapping" else last, text)


def rewritten(node: Any, new: str, text: str) -> Change | None:  # noqa: ANN401
    """The change that gives a text another value in the same quotes; None where that is not plain.

    Texts over several lines and with escapes are left alone.
    """
    start, end = node.start_mark.index, end_of(node, text)
    quotes = node.style or ""
    if text[start:end] != _quoted(node.value, quotes):
        return None
    if not quotes and any(sign in new and sign not in node.value for sign in (" #", ": ")):
        return None
    return Change(start, end, _quoted(new, quotes))


def _quoted(value: str, quotes: str) -> str:
    return quotes + (value.replace("'", "''") if quotes == "'" else value) + quotes


def line_break(text: str) -> str:
    r"""How the lines of a text end: as the first one does.

    >>> line_break("vardynas: 1\r\nentries: []\r\n")
    '\r\n'
    """
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def lines_of(text: str, start: int, end: int) -> tuple[int, int]:
    r"""The span of the whole lines in which a span lies, without the last line break.

    >>> text = "- Вільня\r\n- Wilno\r\n"
    >>> start, end = lines_of(text, 12, 17)
    >>> text[start:end]
    '- Wilno'
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    return first, last - (text[last - 1 : last] == "\r" and last > end)


# ---------------------------------------------------------------- items of lists


def without_items(node: Any, items: Sequence[Any], text: str) -> list[Change]:  # noqa: ANN401
    """The changes that take items out of a list of which others stay; comments stay, too."""
    gone = {id(item) for item in items}
    if node.flow_style:
        return list(_out_of_flow(node.value, gone, text))
    return [_out_of_block(item, text) for item in node.value if id(item) in gone]


def _out_of_flow(listed: Sequence[Any], gone: set[int], text: str) -> Iterator[Change]:
    first = next(at for at, item in enumerate(listed) if id(item) not in gone)
    if first:
        yield Change(listed[0].start_mark.index, listed[first].start_mark.index, "")
    for before, item in zip(listed[first:], listed[first + 1 :], strict=False):
        if id(item) in gone:
            yield from _out_of_row(end_of(before, text), item, text)


def _out_of_row(start: int, item: Any, text: str) -> Iterator[Change]:  # noqa: ANN401
    """An item with the comma before it, and all between them unless that holds a comment."""
    begin, end = item.start_mark.index, end_of(item, text)
    gap = text[start:begin]
    if "#" not in gap:
        yield Change(start, end, "")
        return
    comma = start + _COMMENT.sub(lambda match: " " * len(match[0]), gap).index(",")
    yield Change(comma, comma + 1, "")
    yield Change(begin, end, "")


def _out_of_block(item: Any, text: str) -> Change:  # noqa: ANN401
    """The lines of an item; the comment behind it stays in a line of its own."""
    end = end_of(item, text)
    dash = text.rindex("-", 0, item.start_mark.index)
    first, last = lines_of(text, dash, end)
    if text[end:last].strip():
        return Change(dash, end + len(text[end:last]) - len(text[end:last].lstrip()), "")
    after = text.find("\n", last)
    return Change(first, len(text) if after < 0 else after + 1, "")
