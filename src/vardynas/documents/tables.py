"""Tables that are held as a whole, and the columns of theirs that are meant."""

from __future__ import annotations

import io
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import BinaryIO, overload

from vardynas.documents.rows import BETWEEN, Editor, Identify, Record, Summary
from vardynas.errors import DocumentError
from vardynas.model import Edit

__all__ = ["Spans", "Table", "chosen"]


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


class Spans(Sequence[tuple[int, int]]):
    """Stretches of a text with `gap` letters between them, in little memory.

    >>> list(Spans([8, 6], gap=2))
    [(0, 8), (10, 16)]
    """

    def __init__(self, lengths: Iterable[int], gap: int) -> None:
        self._gap = gap
        self._starts = array("q", accumulate((length + gap for length in lengths), initial=0))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> tuple[int, int]: ...

    @overload
    def __getitem__(self, number: slice) -> list[tuple[int, int]]: ...

    def __getitem__(self, number: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        at = range(len(self))[number]
        return self._starts[at], self._starts[at + 1] - self._gap

    def holding(self, offset: int) -> int:
        """The number of the stretch that holds `offset`, or of the one before it; at least 0."""
        return max(0, bisect_right(self._starts, offset, hi=len(self)) - 1)


class Table:
    """A table that is held as a whole: the text of all its rows, a blank line between them.

    `contexts` has the span of each row in `text`: what stands in one says nothing about another.
    Set `identify` before `write` where columns of ids are asked for. Rows are not held, they are
    read again where they are needed. Raises what `read` raises.
    """

    identify: Identify | None = None
    _row: Record

    def __init__(
        self,
        data: bytes,
        read: Callable[[BinaryIO], Iterator[Record]],
        rewrite: Callable[[BinaryIO, BinaryIO, Editor], Summary],
        remarks: tuple[str, ...] = (),
    ) -> None:
        self.remarks = remarks
        self._data, self._read, self._rewrite = data, read, rewrite
        texts = [row.text for row in read(io.BytesIO(data))]
        self.contexts = Spans(map(len, texts), len(BETWEEN))
        self.text = BETWEEN.join(texts)
        self._rows: Iterator[tuple[int, Record]] = iter(())
        self._at = len(texts)  # before the first row is read again

    def write(self, edits: Sequence[Edit]) -> bytes:
        """The file with `edits` made, all else byte for byte. Raises DocumentError."""
        target = io.BytesIO()
        by_row = self._by_row(edits)
        self._rewrite(
            io.BytesIO(self._data), target, Editor(lambda text: next(by_row), self.identify)
        )
        return target.getvalue()

    def place(self, offset: int) -> str:
        """The row and column in which ``text[offset]`` stands; "" for a table without text.

        Quick for one offset after the other in the order of the text.
        """
        if not self.contexts:
            return ""
        number = self.contexts.holding(offset)
        return self._numbered(number).place(offset - self.contexts[number][0])

    def _numbered(self, number: int) -> Record:
        """The row with that number."""
        if number < self._at:
            self._rows = enumerate(self._read(io.BytesIO(self._data)))
            self._at = -1
        while self._at < number:
            self._at, self._row = next(self._rows)
        return self._row

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
