"""What tables share: a row is one text and one context, and a table is rewritten row by row.

Every format that is read in bounded memory (delimited, jsonlines, parquet, stream) offers ::

    read(source: BinaryIO, path: str, options: Options) -> Iterator[Record]
    rewrite(source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options) -> Summary

and `vardynas.documents.stream` has one of each for every such format and for compressed files.
`read` is for those who only look; `rewrite` asks `Editor.edits` for the edits of each text and writes
all else byte for byte.
"""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import BinaryIO, NamedTuple, Protocol

from vardynas.documents.encodings import Decoded
from vardynas.documents.formats import Options
from vardynas.documents.pieces import Change, Piece, distribute
from vardynas.errors import DocumentError
from vardynas.model import Edit

__all__ = [
    "ID_SUFFIX",
    "Editor",
    "Identify",
    "Record",
    "Row",
    "Spelling",
    "Summary",
    "Table",
    "Work",
    "chosen",
    "replaced",
]

ID_SUFFIX = "_id"
"""What the name of a column has behind it in the name of the column with its ids."""

Identify = Callable[[str], str | None]
"""The id of the entry that a text names as a whole; None when it names none."""

BETWEEN = "\n\n"
"""What parts the cells of a row in its text: no name goes over a blank line."""


@dataclass(frozen=True, slots=True)
class Editor:
    """What is done with each text of a document.

    `edits` is asked for each text, in order; `identify` gives the id of the entry that a whole cell
    names, for id columns. `report` is told every edit (its offsets are those of the row's text) and
    its place; `progress` the bytes of the source that have been read.
    """

    edits: Callable[[str], Sequence[Edit]]
    identify: Identify | None = None
    report: Callable[[Edit, str], None] | None = None
    progress: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many texts (rows, blocks) were read, how many of them changed, and the edits made.

    `remarks` says what had to be guessed.
    """

    texts: int = 0
    changed: int = 0
    edits: int = 0
    remarks: tuple[str, ...] = ()


class Spelling(NamedTuple):
    """A value as it is spelled in its file: letter ``text[i]`` stands in ``[starts[i]:ends[i]]``.

    Escapes are longer than the letters that they stand for; all offsets are those of the row.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def plain(cls, text: str, at: int) -> Spelling:
        """A value without escapes that stands at `at`."""
        end = at + len(text)
        return cls(text, range(at, end), range(at + 1, end + 1))

    def span(self, change: Change) -> tuple[int, int]:
        """Where what `change` replaces stands."""
        return self.starts[change.start], self.ends[change.end - 1]


def replaced(source: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """`source` with each ``[start:end]`` replaced, in the order given, which is that of the text.

    >>> replaced("Wilno, Gardinas", [(0, 5, "Vilnius"), (7, 15, "Гродна")])
    'Vilnius, Гродна'
    """
    parts, at = [], 0
    for start, end, replacement in changes:
        parts += [source[at:start], replacement]
        at = end
    return "".join([*parts, source[at:]])


class Record(Protocol):
    """One text of a document that is a context of its own."""

    @property
    def text(self) -> str:
        """What the resolver reads."""

    def place(self, offset: int) -> str:
        """Where ``text[offset]`` stands, for people."""


class Row(ABC):
    r"""The cells of one row that are read, as one text with a blank line between them.

    Empty cells take no part.

    >>> class Cells(Row):
    ...     def locate(self, cell, at):
    ...         return f"cell {cell}, letter {at}"
    >>> row = Cells(["Гродна", "", "Wilno"])
    >>> row.text, row.place(9)
    ('Гродна\n\nWilno', 'cell 2, letter 1')
    """

    __slots__ = ("_pieces", "text")

    def __init__(self, cells: Sequence[str]) -> None:
        self._pieces = list(_pieces(cells))
        self.text = BETWEEN.join(cell for cell in cells if cell)

    @abstractmethod
    def locate(self, cell: int, at: int) -> str:
        """Where letter `at` of a cell, given by its number, stands, for people."""

    def changes(self, edits: Iterable[Edit]) -> Iterator[Change]:
        """The changes in the cells; the slot of a change is the number of the cell."""
        return distribute(edits, self._pieces)

    def place(self, offset: int) -> str:
        """Where ``text[offset]`` stands; that of an offset between two cells is the one before."""
        starts = [piece.start for piece in self._pieces]
        piece = self._pieces[max(0, bisect_right(starts, offset) - 1)]
        return self.locate(piece.slot, min(offset, piece.end) - piece.start)


def chosen(names: Sequence[str], columns: Sequence[str], path: str) -> tuple[int, ...]:
    """The positions of the columns in `names` that are meant by name, or by number from 1.

    A name that several columns share means all of them. Raises DocumentError with the names that
    there are when `columns` is empty or has one that is not among them.

    >>> chosen(["id", "vardas", "miestas"], ["miestas", "2"], "a.csv")
    (1, 2)
    """
    known = f"The columns are: {', '.join(map(repr, names))}"
    if not columns:
        raise DocumentError(
            path, f"say which columns hold names: --column NAME or a number. {known}"
        )
    found = set()
    for column in columns:
        matching = [at for at, name in enumerate(names) if name == column]
        if not matching and column.isdecimal() and 0 < int(column) <= len(names):
            matching = [int(column) - 1]
        if not matching:
            raise DocumentError(path, f"there is no column {column!r}. {known}")
        found.update(matching)
    return tuple(sorted(found))


class Work:
    """Asks an editor for the edits of one record after the other, and counts.

    `decoded` has the encoding in which they are to be written; None for any letters.
    """

    def __init__(self, editor: Editor, options: Options, decoded: Decoded | None = None) -> None:
        if options.id_columns and not editor.identify:
            raise ValueError("id columns need Editor.identify")
        self._editor = editor
        self._remarks = decoded.remarks if decoded else ()
        self._decoded = decoded if decoded and decoded.codec != "utf-8" else None
        self._texts = self._changed = self._edits = 0
        self.identify = editor.identify if options.id_columns else None

    @property
    def summary(self) -> Summary:
        """What has been done so far."""
        return Summary(self._texts, self._changed, self._edits, self._remarks)

    def edits(self, record: Record) -> Sequence[Edit]:
        """The edits of the next record; DocumentError for letters that the encoding has not."""
        if not record.text:
            return ()
        edits = self._editor.edits(record.text)
        if self._decoded:
            self._decoded.check(edits, record.place)
        self._texts += 1
        self._changed += bool(edits)
        self._edits += len(edits)
        if self._editor.report:
            for edit in edits:
                self._editor.report(edit, record.place(edit.start))
        return edits

    def changes(self, row: Row) -> list[Change]:
        """The changes of the next row; raises like `edits`."""
        return list(row.changes(self.edits(row)))


class Table:
    """A table of which every row is held: the text of all rows, a blank line between them.

    `contexts` has the span of each row in `text`: what stands in one says nothing about another.
    Set `identify` before `write` where columns of ids are asked for.
    """

    identify: Identify | None = None

    def __init__(
        self,
        rows: Iterable[Record],
        rewrite: Callable[[BinaryIO, Editor], Summary],
        remarks: tuple[str, ...] = (),
    ) -> None:
        self.remarks = remarks
        self._rows = [row for row in rows if row.text]
        self._rewrite = rewrite
        self.text = BETWEEN.join(row.text for row in self._rows)
        ends = accumulate(len(row.text) + len(BETWEEN) for row in self._rows)
        starts = [0, *ends][: len(self._rows)]
        self.contexts = tuple(
            (start, start + len(row.text)) for start, row in zip(starts, self._rows, strict=True)
        )

    def write(self, edits: Sequence[Edit]) -> bytes:
        """The file with `edits` made, all else byte for byte. Raises DocumentError."""
        target = io.BytesIO()
        by_row = self._by_row(edits)
        self._rewrite(target, Editor(lambda text: next(by_row), self.identify))
        return target.getvalue()

    def place(self, offset: int) -> str:
        """The row and column in which ``text[offset]`` stands; "" for a table without text."""
        if not self._rows:
            return ""
        number = max(0, bisect_right(self.contexts, (offset, len(self.text))) - 1)
        return self._rows[number].place(offset - self.contexts[number][0])

    def _by_row(self, edits: Sequence[Edit]) -> Iterator[list[Edit]]:
        """The edits of each row, with offsets in its text."""
        at = 0
        for start, end in self.contexts:
            own = []
            while at < len(edits) and edits[at].start < end:
                edit = edits[at]
                own.append(replace(edit, start=edit.start - start, end=edit.end - start))
                at += 1
            yield own


def _pieces(cells: Sequence[str]) -> Iterator[Piece]:
    at = 0
    for number, cell in enumerate(cells):
        if cell:
            yield Piece(at, at + len(cell), number, 0)
            at += len(cell) + len(BETWEEN)
