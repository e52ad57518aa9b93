"""CSV and TSV in long form: a row a name, what is said of the entry itself in its first row.

The format carries all that a glossary does. Cells are data, also those that a spreadsheet would
take for a formula (``=``, ``+``, ``-``, ``@`` in front): import such a file as text there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from vardynas.errors import ExchangeError
from vardynas.exchange.cells import joined, paired, pairs, parted
from vardynas.exchange.gathering import At, Found, Gathering, mapping, text
from vardynas.exchange.incoming import Read, Source
from vardynas.exchange.rows import Row, rows
from vardynas.glossary.nodes import ListNode, MapNode, Node
from vardynas.glossary.proposals import close, shown
from vardynas.model import Entry, Name, Relative

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["carried", "read", "write"]

_ENTRY = {
    "type": "type",
    "gender": "gender",
    "origin": "origin",
    "about": "about",
    "not": "not_",
    "distinct_from": "distinct_from",
    "relatives": "relatives",
    "refs": "refs",
    "entry_source": "source",
    "entry_note": "note",
}
"""Columns about the entry and where their values go; source and note alone are those of the name."""

_NAME = (
    *("form", "role", "match", "case", "inflect", "given", "family", "head"),
    *("paradigm", "forms", "period", "source", "note", "unverified"),
)
_ALWAYS = ("id", "type", "language", "form", "role", "match")
_ORDER = (*_ALWAYS, *_NAME[3:], *(column for column in _ENTRY if column != "type"))
_FIELD = {"entry_source": "source", "entry_note": "note"}
_LISTS = ("not", "distinct_from")
_OTHER_NAMES = {"lang": "language", "name": "form", "kind": "type", "label": "form"}


def carried(entry: Entry, options: Options) -> Entry:
    """The entry itself."""
    return entry


def write(entries: Iterable[Entry], options: Options) -> str:
    """The entries as a table with the columns that have values, and the six that are always there."""
    table = [row for entry in entries for row in _rows(entry)]
    used = {column for row in table for column, value in row.items() if value}
    columns = [column for column in _ORDER if column in used or column in _ALWAYS]
    target = io.StringIO()
    dialect = "excel-tab" if options.format == "tsv" else "excel"
    writer = csv.DictWriter(target, columns, "", "ignore", dialect, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return target.getvalue()


def _rows(entry: Entry) -> Iterator[dict[str, str]]:
    about = {column: _entry_cell(entry, column) for column in _ENTRY}
    for name in entry.all_names():
        yield {"id": entry.id, "language": name.language, **about, **_name_cells(name)}
        about = {"type": entry.type}


def _entry_cell(entry: Entry, column: str) -> str:
    value = getattr(entry, _ENTRY[column])
    if column in _LISTS:
        return joined(value)
    if column == "relatives":
        return paired((one.name, one.relation) for one in value)
    return paired(value) if column == "refs" else value or ""


def _name_cells(name: Name) -> dict[str, str]:
    """The cells of a name; what is as it is by default stays empty."""
    plain = Name(name.form)
    cells = {}
    for column in _NAME:
        value = getattr(name, column)
        if column == "form" or value != getattr(plain, column):
            cells[column] = paired(value) if column == "forms" else _written(value)
    return cells


def _written(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def read(source: Source, options: Options) -> Read:
    """The entries of a table; rows of one id make one entry."""
    table = rows(source, "\t" if options.format == "tsv" else None)
    header = next(table, None)
    if header is None:
        raise source.fail((1, 1), "empty-file", "There is nothing in this file.", _EXAMPLE)
    columns = _columns(header, source)
    gathering = Gathering(source)
    for row in table:
        if len(row.cells) > len(columns):
            message = f"This row has {len(row.cells)} cells, the first row {len(columns)}."
            advice = "Write a cell that has the delimiter in it in quotation marks instead."
            source.error(row.at(len(columns)), "bad-row", message, advice)
        elif any(row.cells):
            cells = zip(row.cells, row.places, strict=True)
            _take(dict(zip(columns, cells, strict=False)), row, gathering, source)
    return gathering.read(options.languages)


_EXAMPLE = "Write id,type,language,form in the first line and a name in each of the others."


def _columns(header: Row, source: Source) -> Sequence[str]:
    """The names of the columns; unknown ones, and what is missing, are errors."""
    columns = [cell.strip().lower() for cell in header.cells]
    for number, column in enumerate(columns):
        if column not in _ORDER:
            meant = _OTHER_NAMES.get(column) or close(column, _ORDER)
            advice = f"Write {meant} instead." if meant else f"Columns are {', '.join(_ORDER)}."
            message = f"There is no column {shown(column)} in a glossary."
            source.error(header.at(number), "unknown-column", message, advice)
        elif column in columns[:number]:
            message = f"The column {column} stands twice."
            source.error(header.at(number), "duplicate-column", message, "Delete one of them.")
    for column in ("id", "form"):
        if column not in columns and not source.problems:
            message = f"There is no column {column}."
            source.error(header.at(0), "missing-column", message, _EXAMPLE)
    if source.problems:
        raise ExchangeError(source.errors)
    return columns


def _take(cells: Mapping[str, tuple[str, At]], row: Row, into: Gathering, source: Source) -> None:
    """Add one row to the entry it speaks of."""
    filled = {column: cell for column, cell in cells.items() if cell[0].strip()}
    if "id" not in filled or "form" not in filled:
        missing = "id" if "id" not in filled else "form"
        source.error(row.at(0), "missing-field", f"This row has no {missing}.", "Write it.")
        return
    id_, at = filled["id"]
    found = into.entry(id_.strip(), at, id_.strip())
    for column in _ENTRY:
        if column in filled:
            _entry_field(found, column, *filled[column], source)
    language = filled.get("language", ("und", at))
    found.add(language[0].strip(), filled["form"][0], _name(filled), language[1])


def _entry_field(found: Found, column: str, cell: str, at: At, source: Source) -> None:
    node = _node(column, cell, at)
    field = _FIELD.get(column, column)
    before = found.fields.setdefault(field, node)
    if _plain(before) != _plain(node):
        message = f"{column} of {found.id} is another one in line {before.line}."
        source.error(at, "different-values", message, "Write it once, or the same in every row.")


def _name(filled: Mapping[str, tuple[str, At]]) -> Node:
    form, at = filled["form"]
    values: dict[str, Node] = {
        column: _node(column, *filled[column]) for column in _NAME if column in filled
    }
    return mapping(values, at) if len(values) > 1 else text(form, at)


def _node(column: str, cell: str, at: At) -> Node:
    """A cell as the node that a glossary file would have in its place."""
    if column in _LISTS:
        return ListNode([text(value, at) for value in parted(cell)], *at)
    if column == "relatives":
        return ListNode([_relative(Relative(*pair), at) for pair in pairs(cell)], *at)
    if column in ("refs", "forms"):
        return mapping({key: text(value, at) for key, value in pairs(cell)}, at)
    lowered = cell.strip().lower()
    return text(lowered if lowered in ("true", "false") else cell, at)


def _relative(relative: Relative, at: At) -> Node:
    if not relative.relation:
        return text(relative.name, at)
    return mapping({"name": text(relative.name, at), "relation": text(relative.relation, at)}, at)


def _plain(node: Node) -> object:
    """A node without its places."""
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    if isinstance(node, MapNode):
        return {key.text: _plain(value) for key, value in node.pairs}
    return node.text
