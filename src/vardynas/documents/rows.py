"""What tables share: a row is one text and one context, and a table is rewritten row by row.

Every format that is read in bounded memory (delimited, jsonlines, parquet, blocks) offers ::

    read(source: BinaryIO, path: str, options: Options) -> Iterator[Record]
    rewrite(source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options) -> Summary

and `vardynas.documents.stream` has one of each for every such format and for compressed files.
`read` is for those who only look; `rewrite` asks `Editor.edits` for the edits of each text and writes
all else byte for byte.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from vardynas.documents.encodings import Decoded
from vardynas.documents.formats import Options
from vardynas.documents.pieces import Change, Piece, distribute
from vardynas.model import Edit

__all__ = ["ID_SUFFIX", "Editor", "Identify", "Record", "Row", "Summary", "Work"]

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


def _pieces(cells: Sequence[str]) -> Iterator[Piece]:
    at = 0
    for number, cell in enumerate(cells):
        if cell:
            yield Piece(at, at + len(cell), number, 0)
            at += len(cell) + len(BETWEEN)
