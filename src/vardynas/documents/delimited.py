r"""Delimited text (CSV, TSV): the named columns are read, and only what changes in them is written.

Each row is one text and one context, its cells parted by blank lines. Delimiters, quotes, line ends,
blank lines and rows that are too short or too long stay byte for byte; a cell is put in quotes only
when its new text cannot stand without. `vardynas.documents.dialect` says how the dialect is told.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import BinaryIO, NamedTuple

from vardynas.documents.chunks import SIZE, Chunks
from vardynas.documents.dialect import SAMPLE, Dialect, Habits, RawRow, Unclosed, told
from vardynas.documents.formats import Opened, Options, format_of
from vardynas.documents.pieces import Change
from vardynas.documents.rows import ID_SUFFIX, Editor, Identify, Row, Summary, Work
from vardynas.documents.spelled import replaced
from vardynas.documents.tables import Table, chosen
from vardynas.errors import DocumentError

__all__ = ["open_document", "read", "rewrite"]

LONGEST = 1 << 24
"""Letters of a row over which it is refused: a quote that was never closed is the likelier reason."""


def open_document(data: bytes, path: str, options: Options) -> Opened:
    """The table in `data`. Raises DocumentError, also where `options` names no column."""
    remarks = Chunks(io.BytesIO(data), path, options.encoding).decoded.remarks
    rows = partial(read, path=path, options=options)
    writer = partial(rewrite, path=path, options=options)
    return Table(data, rows, writer, remarks)


def read(source: BinaryIO, path: str, options: Options) -> Iterator[Row]:
    """The rows of which some column that is read has text. Raises DocumentError."""
    return (row for row in _Reader(source, path, options).rows() if row.text)


def rewrite(
    source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options
) -> Summary:
    """Write the table in `source` to `target` with the edits of `editor` made.

    Raises DocumentError, possibly when a part of the table has been written.
    """
    reader = _Reader(source, path, options)
    chunks = reader.chunks
    work = Work(editor, options, chunks.decoded)
    target.write(chunks.mark + chunks.encode(reader.preface))
    for row in reader.rows():
        target.write(chunks.encode(row.written(work.changes(row), work.identify)))
    return work.summary


class _Layout(NamedTuple):
    """How a table is laid out: its dialect, the positions and names of the columns that are read."""

    path: str
    dialect: Dialect
    positions: tuple[int, ...]
    names: tuple[str, ...]
    habits: Habits = Habits()

    def quotes(self, added: str, neighbor: str, *, quoted: bool) -> bool:
        """Whether an id is put in quotes, as the cell before it is, if that has them by habit.

        One that is empty is bare where other empty cells are.
        """
        if not quoted or (not added and self.habits.bare):
            return False
        return self.habits.quotes or not self.dialect.needs_quotes(neighbor)


class _Line(Row):
    """A row as it stands in the file and the cells of it that are read."""

    __slots__ = ("_layout", "_number", "_raw", "_spellings")

    def __init__(self, raw: RawRow, number: int, layout: _Layout) -> None:
        self._raw, self._number, self._layout = raw, number, layout
        self._spellings = [layout.dialect.spelling(raw.source, *cell) for cell in self._cells()]
        super().__init__(self._texts())

    def written(self, changes: Sequence[Change], identify: Identify | None) -> str:
        """The row with `changes` made and, with `identify`, a cell behind each that is read."""
        if not changes and not identify:
            return self._raw.source
        return replaced(self._raw.source, self._replacements(changes, identify))

    def _replacements(
        self, changes: Sequence[Change], identify: Identify | None
    ) -> Iterator[tuple[int, int, str]]:
        dialect = self._layout.dialect
        for number, (start, end) in enumerate(self._cells()):
            quoted = dialect.quoted(self._raw.source, start, end)
            own = [change for change in changes if change.slot == number]
            yield from self._in_cell(number, own, quoted)
            if identify:
                text = self._spellings[number].text
                added = self._added(text, identify)
                quotes = self._layout.quotes(added, text, quoted=quoted)
                yield end, end, dialect.delimiter + self._cell(added, quotes)

    def _in_cell(
        self, number: int, changes: Sequence[Change], quoted: bool
    ) -> Iterator[tuple[int, int, str]]:
        """What is replaced in a cell: stretches of it, or all of it where it needs quotes now."""
        spelling = self._spellings[number]
        spans = [spelling.span(one) for one in changes]
        spelled = [self._layout.dialect.written(one.replacement, quoted) for one in changes]
        if None in spans or None in spelled:
            text = replaced(spelling.text, (change[1:4] for change in changes))
            yield *self._cells()[number], self._cell(text, quoted)
            return
        for span, new in zip(spans, spelled, strict=True):
            if span and new is not None:
                yield *span, new

    def _cell(self, text: str, quoted: bool) -> str:
        """`text` as a whole cell, in quotes when it cannot do without."""
        dialect = self._layout.dialect
        spelled = dialect.written(text, quoted)
        if spelled is None and not dialect.quotes:
            reason = f"{self.locate(0, 0)}: {text!r} needs quotes, which mean nothing in this file"
            raise DocumentError(self._layout.path, reason)
        if spelled is None or quoted:
            return f'"{dialect.written(text, quoted=True)}"'
        return spelled

    def _cells(self) -> list[tuple[int, int]]:
        """Where the cells that are read stand; a row may be too short for some of them."""
        if self._raw.blank:
            return []
        cells = self._raw.cells
        return [cells[at] for at in self._layout.positions if at < len(cells)]

    def locate(self, cell: int, at: int) -> str:
        """The row and the column."""
        return f"row {self._number}, column {self._layout.names[cell]}"

    def _texts(self) -> list[str]:
        """What is read of the row."""
        return [spelling.text for spelling in self._spellings]

    def _added(self, text: str, identify: Identify) -> str:
        """What stands in the column of ids behind the cell that says `text`."""
        return identify(text) or ""


class _Header(_Line):
    """The row with the names of the columns: nothing in it is read."""

    __slots__ = ()

    def _texts(self) -> list[str]:
        return []

    def _added(self, text: str, identify: Identify) -> str:
        return text + ID_SUFFIX


class _Reader:
    """Reads rows; `preface` is what stands before the first."""

    def __init__(self, source: BinaryIO, path: str, options: Options) -> None:
        self.chunks = Chunks(source, path, options.encoding)
        self._options = options
        self._text = ""
        while len(self._text) < SAMPLE and (more := self._more(SIZE)):
            self._text += more
        ended = len(self._text) < SAMPLE
        delimiter = _delimiter(path, options)
        self._dialect = told(self._text[:SAMPLE], delimiter, ended=ended)
        self.preface = self._text[: self._dialect.skipped]

    def rows(self) -> Iterator[_Line]:
        """Every row, the header and blank lines too."""
        layout = None
        kind = _Header if self._options.header else _Line
        for number, raw in enumerate(self._raw(), start=1):
            if layout is None and not raw.blank:
                layout = self._laid_out(raw)
                yield kind(raw, number, layout)
            else:
                yield _Line(raw, number, layout or _Layout("", self._dialect, (), ()))

    def _raw(self) -> Iterator[RawRow]:
        at, size, ended = self._dialect.skipped, SIZE, False
        while not ended or at < len(self._text):
            found = self._row(at, ended)
            if found:
                row, at = found
                size = SIZE
                yield row
                continue
            more = self._more(size)
            self._text, at, size, ended = self._text[at:] + more, 0, 2 * size, not more

    def _row(self, at: int, ended: bool) -> tuple[RawRow, int] | None:
        try:
            found = self._dialect.row(self._text, at, ended=ended)
        except Unclosed as error:
            reason = "a quoted cell begins here and never ends. Close or double the quote"
            raise self.chunks.fault(self._text, error.at, reason) from None
        if (found[1] if found else len(self._text)) - at > LONGEST:
            reason = (
                f"a row of over {LONGEST:,} letters begins here. Is there a quote without an end?"
            )
            raise self.chunks.fault(self._text, at, reason)
        return found

    def _more(self, size: int) -> str:
        text = self.chunks.read(size)
        at = text.find("\0")
        if at >= 0:
            reason = (
                "a NUL byte, so this is no delimited text. Is it UTF-16? Then name the encoding"
            )
            raise self.chunks.fault(text, at, reason)
        return text

    def _laid_out(self, header: RawRow) -> _Layout:
        """The layout that the first row and the options tell."""
        texts = [self._dialect.spelling(header.source, *cell).text for cell in header.cells]
        names = texts if self._options.header else [f"{n}" for n in range(1, len(texts) + 1)]
        positions = chosen(names, self._options.columns, self.chunks.path)
        if self._options.id_columns:
            self._refuse_taken(names, positions)
        shown = tuple(names[at] for at in positions)
        habits = self._habits() if self._options.id_columns else Habits()
        return _Layout(self.chunks.path, self._dialect, positions, shown, habits)

    def _habits(self) -> Habits:
        """How the first rows behind the header are quoted."""
        rows = self._dialect.rows(self._text[:SAMPLE], ended=len(self._text) < SAMPLE)
        with suppress(Unclosed):
            filled = [row for row in rows if not row.blank]
            return self._dialect.habits(filled[self._options.header :])
        return Habits()

    def _refuse_taken(self, names: Sequence[str], positions: Sequence[int]) -> None:
        """Raise where a column of ids would have the name of a column that is there."""
        for at in positions:
            if names[at] + ID_SUFFIX in names:
                reason = f"there is a column {names[at] + ID_SUFFIX!r} already; rename it"
                raise DocumentError(self.chunks.path, reason)


def _delimiter(path: str, options: Options) -> str | None:
    """The delimiter that the options or the suffix tell; None leaves it to the file."""
    named = {"tab": "\t", "\\t": "\t"}.get(options.delimiter or "", options.delimiter)
    if named and (len(named) > 1 or named in '"\r\n\\'):
        raise DocumentError(path, f"{named!r} cannot part cells; write one letter, or tab")
    return named or ("\t" if (options.format or format_of(path).name) == "tsv" else None)
