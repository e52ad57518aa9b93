"""Rows of a table with the line and column of every cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from vardynas.exchange.incoming import Source

__all__ = ["Row", "rows"]

At = tuple[int, int]

_DELIMITERS = ",;\t"
_ADVICE = "Close the quotation mark, and write one that is meant itself twice."


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and where each begins."""

    cells: tuple[str, ...]
    places: tuple[At, ...]

    def at(self, number: int) -> At:
        """The place of a cell, or of the last one."""
        return self.places[min(number, len(self.places) - 1)] if self.places else (0, 0)


def rows(source: Source, delimiter: str | None = None) -> Iterator[Row]:
    """The rows of a file, without empty ones; raises `ExchangeError` where quotation marks go wrong.

    Without a `delimiter` it is the comma, semicolon or tab that the first line has most of.
    """
    lines = source.text.split("\n")
    first = next(filter(None, lines), "")
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            raw = lines[before : reader.line_num]
            if any(raw):
                yield Row(tuple(cells), tuple(_places(raw, before + 1, delimiter)))
            before = reader.line_num
    except csv.Error as error:
        if "larger than" in str(error):
            message = f"A cell is longer than {csv.field_size_limit():,} letters."
            advice = "Is a quotation mark missing before it? " + _ADVICE
        else:
            message, advice = f"This is no row of a table: {error}.", _ADVICE
        raise source.fail((before + 1, 1), "bad-row", message, advice) from None


def _places(raw: list[str], line: int, delimiter: str) -> Iterator[At]:
    """Line and column where each cell of a row begins."""
    yield line, 1
    quoted = False
    for number, text in enumerate(raw, line):
        begins, at = not quoted, 0
        while at < len(text):
            letter = text[at]
            if quoted and text.startswith('""', at):
                at += 1
            elif letter == '"' and (quoted or begins):  # inside a bare cell it is a letter
                quoted = not quoted
            begins = letter == delimiter and not quoted
            at += 1
            if begins:
                yield number, at + 1
