"""The entries of a file in the order of their ids, each with its comments; nothing else moves."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from vardynas.editorial.surgery import Change, changed, end_of, entries, field, lines_of, parsed

__all__ = ["sorted_by_id"]

_comment = re.compile(r"[ \t]*#").match
_modelines = re.compile(r"(?:\ufeff?#[ \t]*(?:yaml-language-server:|-\*-).*\n)+").match
"""What editors read at the top of a file."""


class _Block(NamedTuple):
    """The lines of an entry with the comments above and inside it."""

    id: str
    start: int
    end: int


def sorted_by_id(text: str) -> str:
    r"""The text of a file with its entries sorted; as it is where they stand in one line.

    Comments right above an entry go with it. What stands between two entries, as blank lines, stays
    where it is, so does what a blank line parts from the first entry: the head of the file,
    and what is said to editors at its top.

    >>> text = "- id: nida\n  names: {lt: [Nida]}\n# old\n- id: mir\n  names: {be: [Мір]}\n"
    >>> print(sorted_by_id(text), end="")
    # old
    - id: mir
      names: {be: [Мір]}
    - id: nida
      names: {lt: [Nida]}
    """
    root = parsed(text)
    blocks = _blocks(root, text)
    if blocks is None:
        return text
    ordered = sorted(blocks, key=lambda block: block.id)
    return changed(
        text,
        (
            Change(place.start, place.end, text[block.start : block.end])
            for place, block in zip(blocks, ordered, strict=True)
        ),
    )


def _blocks(root: Any, text: str) -> list[_Block] | None:  # noqa: ANN401
    """The entries as blocks of lines; None where they are not written in lines of their own."""
    listed = root if root.id == "sequence" else field(root, "entries")
    if listed is None or listed.id != "sequence" or listed.flow_style:
        return None
    blocks: list[_Block] = []
    head = _modelines(text)
    bottom = head.end() if head and listed is root else 0
    for node in entries(root):
        key = field(node, "id") or field(node, "extends")
        line = _first_line(node, text)
        if key is None or line is None or line < bottom:
            return None
        start = _above(line, bottom, text)
        bottom = _below(end_of(node, text), text)
        blocks.append(_Block(key.value, start, bottom))
    return blocks if len(blocks) == len(listed.value) else None


def _first_line(node: Any, text: str) -> int | None:  # noqa: ANN401
    """Where the line of an entry's dash begins; None where something else stands in it."""
    at = node.start_mark.index - 1
    while at > 0 and text[at].isspace():
        at -= 1
    start = lines_of(text, at, at)[0]
    return start if at >= 0 and text[at] == "-" and not text[start:at].strip() else None


def _above(line: int, bottom: int, text: str) -> int:
    """Where the comments begin that stand right above a line."""
    while line > bottom:
        start = text.rfind("\n", 0, line - 1) + 1
        if start < bottom or not _comment(text, start, line):
            break
        line = start
    return line


def _below(end: int, text: str) -> int:
    """The end of an entry with the comment behind it and those below that stand further in."""
    last = lines_of(text, end, end)[1]
    while (start := text.find("\n", last) + 1) and start < len(text):
        stop = lines_of(text, start, start)[1]
        if not re.match(r"[ \t]+#", text[start:stop]):
            break
        last = stop
    return last
