"""Parquet: the named columns are read, row group by row group, and only they are written anew.

Columns are named, or numbered from 1; ``a.b`` and ``items[].name`` name strings inside structs and
lists. `vardynas.documents.parquet_files` says what of a file is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from vardynas.documents.encodings import shown
from vardynas.documents.fields import steps
from vardynas.documents.formats import Opened, Options
from vardynas.documents.nested import is_text, leaf_type, names, rebuilt, strings
from vardynas.documents.parquet_files import groups, opened, writing
from vardynas.documents.rows import ID_SUFFIX, Editor, Identify, Row, Summary, Work
from vardynas.documents.spelled import replaced
from vardynas.documents.tables import Table
from vardynas.errors import DocumentError

__all__ = ["open_document", "read", "rewrite"]


def open_document(data: bytes, path: str, options: Options) -> Opened:
    """The table in `data`. Raises DocumentError, also where `options` names no column."""
    rows = partial(read, path=path, options=options)
    writer = partial(rewrite, path=path, options=options)
    return Table(data, rows, writer)


def read(source: BinaryIO, path: str, options: Options) -> Iterator[Row]:
    """The rows of which some column that is read has text. Raises DocumentError and MissingExtra."""
    with opened(source, path) as file:
        columns = _chosen(file.schema_arrow, options, shown(path))
        start = 1
        for group in groups(file, [column.name for column in columns]):
            for batch in group:
                yield from (row for row in _Batch(batch, columns, start).rows if row.text)
                start += batch.num_rows


def rewrite(
    source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options
) -> Summary:
    """Write the table in `source` to `target` with the edits of `editor` made.

    Raises DocumentError, possibly when a part of the table has been written, and MissingExtra.
    """
    work = Work(editor, options)
    with opened(source, path) as file:
        columns = _chosen(file.schema_arrow, options, shown(path))
        added = {one.name: one.name + ID_SUFFIX for one in columns if options.id_columns}
        start = 1
        with writing(target, file, added) as write:
            for group in groups(file):
                batches = []
                for batch in group:
                    batches.append(_Batch(batch, columns, start).rewritten(work))
                    start += batch.num_rows
                write(batches)
    return work.summary


class _Column(NamedTuple):
    """A column that is read: what people call it, the name of the column and the steps inside it."""

    shown: str
    name: str
    steps: tuple[str, ...]


class _Cell(NamedTuple):
    """A string that is read: the number of its column and its position among the strings of it."""

    column: int
    at: int
    text: str


class _Row(Row):
    """The strings of a row that are read."""

    __slots__ = ("_columns", "_number", "cells")

    def __init__(self, number: int, columns: Sequence[_Column], cells: Sequence[_Cell]) -> None:
        self._number, self._columns, self.cells = number, columns, cells
        super().__init__([cell.text for cell in cells])

    def locate(self, cell: int, at: int) -> str:
        """The row and the column."""
        return f"row {self._number}, column {self._columns[self.cells[cell].column].shown}"


class _Batch:
    """Some rows of a table, the first with the number `start`, and the strings that are read."""

    def __init__(self, batch: Any, columns: Sequence[_Column], start: int) -> None:  # noqa: ANN401
        self._batch, self._columns, self._start = batch, columns, start
        self._values = []
        self._cells: list[list[_Cell]] = [[] for _ in range(batch.num_rows)]
        for number, column in enumerate(columns):
            values, rows = strings(batch.column(column.name), column.steps)
            self._values.append(values)
            for at, (value, row) in enumerate(zip(values, rows, strict=True)):
                if value:
                    self._cells[row].append(_Cell(number, at, value))

    @property
    def rows(self) -> Iterator[_Row]:
        """The rows, also those without text."""
        for number, cells in enumerate(self._cells, start=self._start):
            yield _Row(number, self._columns, cells)

    def rewritten(self, work: Work) -> dict[str, Any]:
        """The columns by name with the edits made and, when they are asked for, those with ids."""
        import pyarrow as pa

        arrays = {name: self._batch.column(name) for name in self._batch.schema.names}
        for name, ids in self._ids(work.identify).items():
            arrays[name + ID_SUFFIX] = pa.array(ids, pa.string())
        new = [list(values) for values in self._values]
        for row in self.rows:
            for slot, text in _texts(row, work).items():
                new[row.cells[slot].column][row.cells[slot].at] = text
        for column, old, values in zip(self._columns, self._values, new, strict=True):
            if old != values:
                arrays[column.name] = rebuilt(arrays[column.name], column.steps, values)
        return arrays

    def _ids(self, identify: Identify | None) -> dict[str, list[str | None]]:
        """The ids of the entries that the cells of each column name; none without `identify`."""
        return {
            column.name: [identify(value) if value else None for value in values]
            for column, values in zip(self._columns, self._values, strict=True)
            if identify
        }


def _texts(row: _Row, work: Work) -> dict[int, str]:
    """The new texts of the cells of `row` that change, by the number of the cell."""
    changes: dict[int, list[tuple[int, int, str]]] = {}
    for change in work.changes(row):
        changes.setdefault(change.slot, []).append(change[1:4])
    return {slot: replaced(row.cells[slot].text, own) for slot, own in changes.items()}


def _chosen(schema: Any, options: Options, path: str) -> list[_Column]:  # noqa: ANN401
    """The columns that the options name, in their order. Raises DocumentError for what is no text."""
    known = [name for field in schema for name in names(field.type, field.name)]
    hint = f"The columns with text are: {', '.join(map(repr, known))}"
    if not options.columns:
        raise DocumentError(
            path, f"say which columns hold names: --column NAME or a number. {hint}"
        )
    if len(set(schema.names)) < len(schema.names):
        raise DocumentError(path, f"two columns have the same name: {', '.join(schema.names)}")
    columns = {}
    for name in options.columns:
        column = _column(schema, name, path)
        type_ = leaf_type(schema.field(column.name).type, column.steps) if column else None
        if column is None or type_ is None:
            raise DocumentError(path, f"there is no column {name!r}. {hint}")
        if not is_text(type_):
            raise DocumentError(path, f"column {name!r} holds {type_}, no text. {hint}")
        if options.id_columns:
            _refuse_ids(schema, column, path)
        columns[column[1:]] = column
    return list(columns.values())


def _column(schema: Any, name: str, path: str) -> _Column | None:  # noqa: ANN401
    """The column that is meant by `name`; None when there is none."""
    if name in schema.names:
        return _Column(name, name, ())
    if name.isdecimal() and 0 < int(name) <= len(schema.names):
        return _Column(schema.names[int(name) - 1], schema.names[int(name) - 1], ())
    first, *further = steps(name, path)
    return _Column(name, first[1:], tuple(further)) if first[1:] in schema.names else None


def _refuse_ids(schema: Any, column: _Column, path: str) -> None:  # noqa: ANN401
    """Raise where there is no place for a column of ids."""
    if column.steps:
        raise DocumentError(
            path, f"{column.shown!r} lies inside a column; ids go beside whole columns"
        )
    if column.name + ID_SUFFIX in schema.names:
        reason = f"there is a column {column.name + ID_SUFFIX!r} already; rename it"
        raise DocumentError(path, reason)
