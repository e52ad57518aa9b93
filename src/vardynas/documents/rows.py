"""What tables share: a row is one text and one context, and a table is rewritten row by row.

Every format that is read in bounded memory (delimited, jsonlines, parquet, stream) offers ::

    read(source: BinaryIO, path: str, options: Options) -> Iterator[Record]
    rewrite(source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options) -> Summary

and `vardynas.documents.stream` has one of each for every such format and for compressed files.
`read` is for those who only look; `rewrite` asks `Editor.edits` once for every text and writes all
else byte for byte.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from vardynas.documents.pieces import Change, Piece, distribute
from vardynas.model import Edit

__all__ = ["Editor", "Record", "Row", "Summary"]

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
    identify: Callable[[str], str | None] | None = None
    report: Callable[[Edit, str], None] | None = None
    progress: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many texts (rows, blocks) were read, how many of them changed, and the edits made."""

    texts: int = 0
    changed: int = 0
    edits: int = 0


class Record(Protocol):
    """One text of a document that is a context of its own."""

    @property
    def text(self) -> str:
        """What the resolver reads."""

    def place(self, offset: int) -> str:
        """Where ``text[offset]`` stands, for people."""


class Row:
    r"""The cells of one row that are read, as one text with a blank line between them.

    Empty cells take no part. `locate` says for people where in a cell, given by its number in
    `cells`, something stands.

    >>> row = Row(["Гродна", "", "Wilno"], lambda cell, at: f"cell {cell}, letter {at}")
    >>> row.text, row.place(9)
    ('Гродна\n\nWilno', 'cell 2, letter 1')
    """

    __slots__ = ("_locate", "_pieces", "text")

    def __init__(self, cells: Sequence[str], locate: Callable[[int, int], str]) -> None:
        self._locate = locate
        self._pieces = list(_pieces(cells))
        self.text = BETWEEN.join(cell for cell in cells if cell)

    def changes(self, edits: Iterable[Edit]) -> Iterator[Change]:
        """The changes in the cells; the slot of a change is the number of the cell."""
        return distribute(edits, self._pieces)

    def place(self, offset: int) -> str:
        """Where ``text[offset]`` stands; that of an offset between two cells is the one before."""
        starts = [piece.start for piece in self._pieces]
        piece = self._pieces[max(0, bisect_right(starts, offset) - 1)]
        return self._locate(piece.slot, min(offset, piece.end) - piece.start)


def _pieces(cells: Sequence[str]) -> Iterator[Piece]:
    at = 0
    for number, cell in enumerate(cells):
        if cell:
            yield Piece(at, at + len(cell), number, 0)
            at += len(cell) + len(BETWEEN)
