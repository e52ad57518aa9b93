r"""JSON lines: the strings in the named fields are read, and only what changes in them is written.

Each line is one text and one context. The order of keys, spaces, numbers and the escapes of letters
that stay are kept byte for byte. What is written anew is escaped as the line escapes, or, in a line
of plain ASCII without escapes, as the nearest line before it that tells; at first it is not.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from vardynas.documents.chunks import Chunks
from vardynas.documents.fields import Wanted, strings, tree
from vardynas.documents.formats import Opened, Options
from vardynas.documents.jsonspans import Faulty, Spans, decoded, find, spelling
from vardynas.documents.pieces import Change
from vardynas.documents.rows import ID_SUFFIX, Editor, Identify, Row, Summary, Work
from vardynas.documents.spelled import replaced
from vardynas.documents.tables import Table
from vardynas.errors import DocumentError

__all__ = ["open_document", "read", "rewrite"]

LONGEST = 1 << 24
"""Letters of a line over which it is refused: so much is no record, and has to be held as a whole."""

_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}")


def open_document(data: bytes, path: str, options: Options) -> Opened:
    """The lines in `data`. Raises DocumentError, also where `options` names no field."""
    remarks = Chunks(io.BytesIO(data), path, options.encoding).decoded.remarks
    rows = partial(read, path=path, options=options)
    writer = partial(rewrite, path=path, options=options)
    return Table(data, rows, writer, remarks)


def read(source: BinaryIO, path: str, options: Options) -> Iterator[Row]:
    """The lines of which some field that is read has text. Raises DocumentError."""
    chunks = Chunks(source, path, options.encoding)
    return (row for row in _Reader(chunks, options).rows() if row.text)


def rewrite(
    source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options
) -> Summary:
    """Write the lines in `source` to `target` with the edits of `editor` made.

    Raises DocumentError, possibly when a part of the lines has been written.
    """
    chunks = Chunks(source, path, options.encoding)
    work = Work(editor, options, chunks.decoded)
    target.write(chunks.mark)
    for row in _Reader(chunks, options).rows():
        target.write(chunks.encode(row.written(work.changes(row), work.identify)))
    return work.summary


class _Line(Row):
    """A line as it stands in the file and the strings of it that are read."""

    __slots__ = ("_escape", "_number", "_source", "_spans")

    def __init__(self, source: str, number: int, spans: Spans, escape: str) -> None:
        self._source, self._number, self._spans, self._escape = source, number, spans, escape
        super().__init__([decoded(source, one.start, one.end) for one in spans.strings])

    def written(self, changes: Sequence[Change], identify: Identify | None) -> str:
        """The line with `changes` made and, with `identify`, an id behind each string in an object."""
        if not changes and not identify:
            return self._source
        return replaced(self._source, self._replacements(changes, identify))

    def _replacements(
        self, changes: Sequence[Change], identify: Identify | None
    ) -> Iterator[tuple[int, int, str]]:
        for number, one in enumerate(self._spans.strings):
            own = [change for change in changes if change.slot == number]
            if own:
                spelled = spelling(self._source, one.start, one.end)
                for change in own:
                    span = spelled.starts[change.start], spelled.ends[change.end - 1]
                    yield *span, _escaped(change.replacement, self._escape)
            if identify and one.key:
                key = decoded(self._source, one.key[0] + 1, one.key[1] - 1) + ID_SUFFIX
                space = self._source[one.key[1] : one.start - 1].partition(":")[2]
                name = _escaped(key, self._escape)
                value = json.dumps(identify(decoded(self._source, one.start, one.end)))
                yield one.end + 1, one.end + 1, f',{space}"{name}":{space}{value}'

    def locate(self, cell: int, at: int) -> str:
        """The line and the field."""
        return f"line {self._number}, field {self._spans.strings[cell].name}"


@dataclass
class _Reader:
    """Reads lines, and remembers which fields were met and how letters are escaped."""

    chunks: Chunks
    options: Options
    wanted: Wanted = field(init=False)
    met: set[str] = field(default_factory=set)
    escape: str = ""
    first: str = ""

    def __post_init__(self) -> None:
        self.wanted = tree(self.options.fields, self.chunks.path)

    def rows(self) -> Iterator[_Line]:
        """Every line, blank ones too."""
        for number, line in enumerate(_lines(self.chunks), start=1):
            if not line.strip(" \t\r\n"):
                yield _Line(line, number, Spans([], set(), set()), "")
                continue
            self.first = self.first or line
            yield self._line(line, number)
        self._refuse_strangers()

    def _line(self, line: str, number: int) -> _Line:
        path = self.chunks.path
        try:
            spans = find(line, self.wanted)
        except Faulty as error:
            column = min(error.at, len(line.rstrip("\r\n"))) + 1
            reason = (
                f"line {number}, column {column}: {error.reason}.{_advice(line, number, column)}"
            )
            raise DocumentError(path, reason) from None
        if not self.options.fields:
            reason = f"say which fields hold names: --field NAME. {self._known()}"
            raise DocumentError(path, reason)
        self.met |= spans.names
        self.escape = _style(line, self.escape)
        if self.options.id_columns:
            _refuse_taken(path, line, number, spans)
        return _Line(line, number, spans, self.escape)

    def _refuse_strangers(self) -> None:
        """Raise for a field that no line has."""
        strange = [name for name in self.options.fields if name not in self.met]
        if strange and self.first:
            reason = f"no line has a field {strange[0]!r}. {self._known()}"
            raise DocumentError(self.chunks.path, reason)

    def _known(self) -> str:
        try:
            names = strings(json.loads(self.first))
        except RecursionError:
            names = []
        return f"The first line has text in: {', '.join(names) or 'no field'}"


def _lines(chunks: Chunks) -> Iterator[str]:
    """The lines with their ends; only a line feed ends one. DocumentError for an endless one."""
    parts, length, number = list[str](), 0, 1
    while text := chunks.read():
        for piece in io.StringIO(text, newline="\n"):
            parts.append(piece)
            length += len(piece)
            if length > LONGEST:
                reason = f"line {number}: a line of over {LONGEST:,} letters. {_SPLIT}"
                raise DocumentError(chunks.path, reason)
            if piece.endswith("\n"):
                yield "".join(parts)
                parts, length, number = [], 0, number + 1
    if parts:
        yield "".join(parts)


def _style(line: str, before: str) -> str:
    """How the line escapes: ``04x``, ``04X`` or "" for not at all; as `before` if it does not tell."""
    if not line.isascii():
        return ""
    found = _ESCAPED.findall(line)
    if not found:
        return before
    digits = "".join(one[2:] for one in found)
    return "04X" if digits != digits.lower() else "04x"


def _escaped(text: str, style: str) -> str:
    """`text` as it stands in a string of JSON."""
    plain = json.dumps(text, ensure_ascii=bool(style))[1:-1]
    return (
        _ESCAPED.sub(lambda one: f"\\u{int(one[0][2:], 16):04X}", plain)
        if style == "04X"
        else plain
    )


def _refuse_taken(path: str, line: str, number: int, spans: Spans) -> None:
    """Raise where an id would have the key of a member that is there."""
    for one in spans.strings:
        if not one.key:
            reason = f"{one.name!r} are items of a list, which have no place for an id"
            raise DocumentError(path, f"line {number}: {reason}")
        key = decoded(line, one.key[0] + 1, one.key[1] - 1) + ID_SUFFIX
        if (one.holder, key) in spans.keys:
            raise DocumentError(path, f"line {number}: there is a key {key!r} already; rename it")


_SPLIT = "One JSON text over many lines becomes JSON lines with: jq -c '.[]'"


def _advice(line: str, number: int, column: int) -> str:
    """What to do about a document that is one JSON text over many lines."""
    if number == 1 and column > len(line.rstrip("\r\n")) and line.lstrip()[:1] in ("[", "{"):
        return f" {_SPLIT}"
    return ""
