r"""The dialect of a delimited text, and its rows as they stand.

The rule (`csv.Sniffer` guesses from letter counts and is often wrong):

1. a first line ``sep=;``, as spreadsheets write it, tells the delimiter and is no row;
2. otherwise the reader of `delimiter` is taken, or in turn comma, semicolon, tab, bar; each plainly
   (RFC 4180), then with blanks before quotes, with ``\`` before quotes, and with quotes that mean
   nothing;
3. the first row must have two cells or more, and the reader wins whose rows with as many cells as the
   first cover most of the beginning (64 KiB); of equals with one delimiter the one to which fewer cells
   look odd (letters behind a closing quote; quotes around a cell, or around several, that mean nothing),
   then the one with more cells, then the earlier; of equals with several delimiters the one
   with more cells, then with fewer odd ones, then the earlier;
4. where no first row has two cells the file is one column of RFC 4180.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from vardynas.documents.spelled import Spelling

__all__ = ["DELIMITERS", "SAMPLE", "Dialect", "Habits", "RawRow", "Unclosed", "told"]

DELIMITERS = ",;\t|"

SAMPLE = 1 << 16
"""Letters of the beginning of a file by which its dialect is told."""

_SEPARATOR = re.compile(r'"?sep=(?P<delimiter>[^\r\n"])"?(?:\r\n|\n|\r)', re.IGNORECASE)


_READERS = (((), ""), ((True,), ' "'), ((False, True), '\\"'), ((False, False, False), '"'))
"""The readers, as arguments of `Dialect`, with what a text must have for them to make a difference."""


class Unclosed(Exception):
    """A quoted cell has no end; `at` is where it begins."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(at)


class RawRow(NamedTuple):
    """A row as it stands, its line end included, and where in it its cells stand."""

    source: str
    cells: list[tuple[int, int]]

    @property
    def blank(self) -> bool:
        """Whether the line is empty."""
        return self.cells == [(0, 0)]


class Habits(NamedTuple):
    """Whether most texts stand in quotes that need none, and whether some empty cells are bare."""

    quotes: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Dialect:
    r"""What parts the cells; whether blanks may stand before a quote, ``\`` escapes, quotes count.

    >>> dialect = Dialect(";")
    >>> row, end = dialect.row('1;"Vilnius; ""Wilno"" "\r\n', 0, ended=True)
    >>> row.cells, [dialect.spelling(row.source, *cell).text for cell in row.cells]
    ([(0, 1), (2, 23)], ['1', 'Vilnius; "Wilno" '])
    """

    delimiter: str
    blanks: bool = False
    escapes: bool = False
    quotes: bool = True
    skipped: int = field(default=0, compare=False)
    """Letters of a first line that only tells the delimiter."""

    @cached_property
    def _cell(self) -> re.Pattern[str]:
        outside = f"[^\r\n{re.escape(self.delimiter)}]"
        if self.escapes:
            outside = rf"(?:\\[\s\S]?+|[^\\\r\n{re.escape(self.delimiter)}])"
        if not self.quotes:
            return re.compile(rf"(?P<open>(?!))?(?P<inner>)(?P<close>){outside}*+")
        inside = r'[^"\\]++|""|\\[\s\S]?+' if self.escapes else r'[^"]++|""'
        lead = " *+" if self.blanks else ""
        quoted = rf'(?P<open>{lead}")(?P<inner>(?:{inside})*+)(?P<close>"?)'
        return re.compile(rf"(?:{quoted})?+{outside}*+")

    @cached_property
    def _unit(self) -> re.Pattern[str]:
        return re.compile(r'\\[\s\S]|""|[\s\S]' if self.escapes else r'""|[\s\S]')

    def row(self, text: str, at: int, *, ended: bool) -> tuple[RawRow, int] | None:
        """The row of `text` that begins at `at`, and where the next one does.

        None when `text` is cut off in it and has not `ended`. Raises `Unclosed`.
        """
        cells, here, length = [], at, len(text)
        match = self._cell.match
        while True:
            found = match(text, here)
            assert found is not None  # a cell may be empty
            end = found.end()
            if end == length:
                if not ended:
                    return None
                if found["open"] and not found["close"]:
                    raise Unclosed(here)
            cells.append((here - at, end - at))
            if end == length:
                return RawRow(text[at:], cells), end
            if text[end] != self.delimiter:
                break
            here = end + 1
        if text[end] == "\r" and end + 1 == length and not ended:
            return None
        end += 2 if text.startswith("\r\n", end) else 1
        return RawRow(text[at:end], cells), end

    def spelling(self, source: str, start: int, end: int) -> Spelling:
        """What the cell at ``source[start:end]`` says."""
        found = self._cell.match(source, start, end)
        assert found is not None
        if not found["open"] and not self.escapes:
            return Spelling.plain(source[start:end], start)
        first, last = found.span("inner") if found["open"] else (start, end)
        plain = last == end - 1 and '"' not in found["inner"]
        if found["open"] and plain and not (self.escapes and "\\" in found["inner"]):
            return Spelling.plain(found["inner"], first)
        units = [*self._unit.finditer(source, first, last)]
        if found["open"]:
            units += self._unit.finditer(source, found.end("close"), end)
        text = "".join(unit[0][-1] for unit in units)
        return Spelling(text, [unit.start() for unit in units], [unit.end() for unit in units])

    def quoted(self, source: str, start: int, end: int) -> bool:
        """Whether the cell at ``source[start:end]`` stands in quotes."""
        found = self._cell.match(source, start, end)
        return bool(found and found["open"])

    def odd(self, source: str, start: int, end: int) -> bool:
        """Whether the quotes of the cell at ``source[start:end]`` speak against the dialect."""
        if not self.quotes:
            return end - start > 1 and source[start] == source[end - 1] == '"'
        found = self._cell.match(source, start, end)
        return bool(found and found["close"] and found.end("close") < end)

    def parted(self, row: RawRow) -> bool:
        """Whether quotes that mean nothing stand at both ends of several cells, as around one."""
        if self.quotes:
            return False
        cells = [row.source[start:end] for start, end in row.cells]
        opened = [at for at, cell in enumerate(cells) if cell[:1] == '"' and cell.count('"') % 2]
        return any(cell[-1:] == '"' for at in opened for cell in cells[at + 1 :])

    def written(self, text: str, quoted: bool) -> str | None:
        """`text` as part of a cell that is quoted or not; None when it can stand only in quotes."""
        if quoted:
            if self.escapes:
                return text.replace("\\", "\\\\").replace('"', '\\"')
            return text.replace('"', '""')
        return None if re.search(rf'[\r\n"\\{re.escape(self.delimiter)}]', text) else text

    def needs_quotes(self, text: str) -> bool:
        """Whether `text` cannot be a whole cell without quotes, or would be trimmed by some readers."""
        return self.written(text, quoted=False) is None or text != text.strip()

    def habits(self, rows: Iterable[RawRow]) -> Habits:
        """How these rows quote what needs no quotes, and cells without text."""
        said, bare = [], False
        for source, cells in rows:
            for start, end in cells:
                text, quoted = (
                    self.spelling(source, start, end).text,
                    self.quoted(source, start, end),
                )
                bare |= not text and not quoted
                if text and not self.needs_quotes(text) and not text.isdecimal():
                    said.append(quoted)
        return Habits(sum(said) * 2 > len(said), bare)

    def rows(self, text: str, *, ended: bool) -> Iterator[RawRow]:
        """The whole rows of `text`. Raises `Unclosed`."""
        at = self.skipped
        while at < len(text) and (found := self.row(text, at, ended=ended)):
            row, at = found
            yield row


def told(sample: str, delimiter: str | None, *, ended: bool) -> Dialect:
    r"""The dialect of the text that begins with `sample`, the whole text when it has `ended`.

    >>> told("id;name\n1;Kastuś, Kalinoŭski\n", None, ended=True)
    Dialect(delimiter=';', blanks=False, escapes=False, quotes=True, skipped=0)
    """
    separator = _SEPARATOR.match(sample)
    skipped = separator.end() if separator else 0
    delimiters = delimiter or (separator["delimiter"] if separator else DELIMITERS)
    body = sample[skipped:]
    readers = [one for one, sign in _READERS if sign in body]
    found = [_reader(one, readers, body, ended) for one in delimiters]
    best = max(found, key=lambda one: (_score(one, body, ended), -_odd(one, body, ended)))
    return replace(best, skipped=skipped)


def _reader(delimiter: str, readers: Sequence[tuple[bool, ...]], body: str, ended: bool) -> Dialect:
    """The way to read cells with this delimiter: the rows that it covers, then how few look odd."""
    candidates = [Dialect(delimiter, *reader) for reader in readers]
    if len(candidates) == 1:
        return candidates[0]
    scores = [_score(one, body, ended) for one in candidates]
    most = max(covered for covered, _ in scores)
    equals = [
        (_odd(one, body, ended), -width, at)
        for at, (one, (covered, width)) in enumerate(zip(candidates, scores, strict=True))
        if covered == most
    ]
    return candidates[min(equals)[2]]


def _score(dialect: Dialect, sample: str, ended: bool) -> tuple[int, int]:
    """The letters in rows with as many cells as the first row, and how many cells that has."""
    width = covered = 0
    try:
        for row in dialect.rows(sample, ended=ended):
            width = width or len(row.cells) * (not row.blank)
            if width == 1:
                break
            covered += len(row.source) if len(row.cells) == width else 0
    except Unclosed:
        pass
    return (covered, width) if width > 1 else (0, 0)


def _odd(dialect: Dialect, sample: str, ended: bool) -> int:
    """How many cells look as if quotes meant something else than the dialect says."""
    with suppress(Unclosed):
        rows = [*dialect.rows(sample, ended=ended)]
        cells = sum(dialect.odd(row.source, *cell) for row in rows for cell in row.cells)
        return cells + sum(map(dialect.parted, rows))
    return len(sample)
