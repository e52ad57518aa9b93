"""Ids added to the `distinct_from` of an entry, in the source of its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vardynas.editorial.surgery import Change, end_of, field, line_break, lines_of
from vardynas.glossary.schema import ENTRY_FIELDS

__all__ = ["ids_added"]

_FIELD = "distinct_from"
_WIDTH = 100


def ids_added(entry: Any, ids: Sequence[str], text: str) -> Change:  # noqa: ANN401 - a node
    r"""The change that adds ids to an entry: behind those that it lists, else as a field of its own.

    The field stands where the writer of glossaries puts it, written as the entry is.

    >>> from vardynas.editorial.surgery import changed, entries, parsed
    >>> text = "- id: mir\n  names: {be: [Мір]} # castle\n  note: old\n"
    >>> print(changed(text, [ids_added(entries(parsed(text))[0], ["mir-grodno"], text)]), end="")
    - id: mir
      names: {be: [Мір]} # castle
      distinct_from: [mir-grodno]
      note: old
    """
    listed = field(entry, _FIELD)
    if listed is None:
        return _new_field(entry, ids, text)
    if not listed.flow_style:
        return _new_lines(listed, ids, text)
    at = end_of(listed.value[-1], text)
    return Change(at, at, _wrapped(ids, text, at, entry.start_mark.column + 2))


def _new_field(entry: Any, ids: Sequence[str], text: str) -> Change:  # noqa: ANN401
    before = list(ENTRY_FIELDS)[: list(ENTRY_FIELDS).index(_FIELD)]
    value = [value for key, value in entry.value if key.value in before][-1]
    written = f"{_FIELD}: [{', '.join(ids)}]"
    at = end_of(value, text)
    if entry.flow_style:
        at = end_of(entry.value[-1][1], text)
        return Change(at, at, f", {written}")
    at = lines_of(text, at, at)[1]
    return Change(at, at, line_break(text) + " " * entry.start_mark.column + written)


def _new_lines(listed: Any, ids: Sequence[str], text: str) -> Change:  # noqa: ANN401
    """A line for each id below a list that has a line for each."""
    last = listed.value[-1]
    dash = text.rindex("-", 0, last.start_mark.index)
    indent = " " * (dash - lines_of(text, dash, dash)[0])
    at = lines_of(text, end_of(last, text), end_of(last, text))[1]
    return Change(at, at, "".join(f"{line_break(text)}{indent}- {id_}" for id_ in ids))


def _wrapped(ids: Sequence[str], text: str, at: int, indent: int) -> str:
    """The ids behind those of a row, in a new line where it would be too long."""
    used = at - lines_of(text, at, at)[0]
    written = ""
    for id_ in ids:
        if used + len(id_) > _WIDTH - 4:
            written += f",{line_break(text)}{' ' * indent}{id_}"
            used = indent + len(id_)
        else:
            written += f", {id_}"
            used += len(id_) + 2
    return written
