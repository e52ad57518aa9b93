"""Tables that are held as a whole, and the columns of theirs that are meant."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import BinaryIO

from vardynas.documents.rows import BETWEEN, Editor, Identify, Record, Summary
from vardynas.errors import DocumentError
from vardynas.model import Edit

__all__ = ["Table", "chosen"]


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
