"""Text inside XML, each letter with the bytes that write it, so that only those bytes change.

Expat (in Python's standard library) reads and tells the position of everything it finds. A DOCTYPE
is refused: neither Word nor OpenDocument files have one, and attacks by entities need it.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol
from xml.parsers import expat

from vardynas.errors import DocumentError

__all__ = [
    "Chunk",
    "Letters",
    "Reader",
    "Source",
    "Splice",
    "Tag",
    "XmlSlot",
    "element_end",
    "escaped",
    "parse",
    "spliced",
    "start_tag",
]


class Chunk(NamedTuple):
    """The text from `at` on stands in the bytes [start:end]: literal, or one character as `&amp;`."""

    at: int
    start: int
    end: int


class XmlSlot(NamedTuple):
    """A stretch of text in an XML file, and its bytes; `part` is the number of the file."""

    part: int
    text: str
    chunks: tuple[Chunk, ...]

    def splices(self, start: int, end: int, written: bytes) -> Iterator[Splice]:
        """What to do for ``text[start:end]`` to be replaced by the bytes `written`."""
        first = max(0, bisect_right(self.chunks, start, key=_begins) - 1)
        for number in range(first, len(self.chunks)):
            chunk = self.chunks[number]
            if start >= end or chunk.at >= end:
                return
            after = self.chunks[number + 1].at if number + 1 < len(self.chunks) else len(self.text)
            yield self._splice(chunk, after, start, end, written)
            written = b""

    def _splice(self, chunk: Chunk, after: int, start: int, end: int, written: bytes) -> Splice:
        """The share of ``text[start:end]`` in a chunk that goes on to ``text[after]``."""
        first, last = chunk.start, chunk.end
        if after - chunk.at > 1:  # literal; one character may be written in any way
            first += len(self.text[chunk.at : max(start, chunk.at)].encode())
            last -= len(self.text[min(end, after) : after].encode())
        return Splice(first, last, written)


def _begins(chunk: Chunk) -> int:
    return chunk.at


class Splice(NamedTuple):
    """The bytes [start:end] become `written`."""

    start: int
    end: int
    written: bytes


class Tag(NamedTuple):
    """The name of an element as it is written, prefix and colon apart."""

    prefix: bytes
    local: bytes


class Reader(Protocol):
    """What is told everything that stands in an XML file; `at` is a position in its bytes."""

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        """An element begins; names are ``namespace local``."""

    def end(self, name: str, at: int) -> None:
        """An element ends: its end tag is at `at`, or one without content ends there."""

    def chars(self, text: str, at: int) -> None:
        """Text: a literal stretch, or one character written in another way; -1 in CDATA sections."""


class Source(NamedTuple):
    """An XML file as UTF-8 and the encoding that it came in."""

    data: bytes
    encoding: str

    @classmethod
    def of(cls, data: bytes) -> Source:
        """`data` made ready: what is UTF-16 by its first bytes is converted."""
        for mark, encoding in (
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
        ):
            if data.startswith(mark):
                return cls(data.decode(encoding).encode(), encoding)
        return cls(data, "utf-8")

    def back(self, data: bytes) -> bytes:
        """`data` in the encoding that the file had."""
        return data if self.encoding == "utf-8" else data.decode().encode(self.encoding)


def parse(source: Source, reader: Reader, path: str, part: str) -> None:
    """Tell `reader` all that is in `source`, the file `part` in the document at `path`.

    Raises DocumentError when it is not well-formed, has a DOCTYPE or an encoding of its own.
    """
    parser = expat.ParserCreate("utf-8", " ")
    sections: list[bool] = []

    def doctype(*_: object) -> None:
        raise DocumentError(path, f"{part} has a DOCTYPE, which may hide an attack. Save it anew")

    def declared(version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii", "utf-16"):
            raise DocumentError(path, f"{part} is in {encoding}, not in UTF-8. Save it anew")

    parser.StartElementHandler = lambda name, attributes: reader.start(
        name, attributes, parser.CurrentByteIndex
    )
    parser.EndElementHandler = lambda name: reader.end(name, parser.CurrentByteIndex)
    parser.CharacterDataHandler = lambda text: reader.chars(
        text, -1 if sections else parser.CurrentByteIndex
    )
    parser.StartCdataSectionHandler = lambda: sections.append(True)
    parser.EndCdataSectionHandler = sections.clear
    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declared
    try:
        parser.Parse(source.data, True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}, column {error.offset + 1}"
        reason = f"{part} in it is no well-formed XML ({where}): {expat.ErrorString(error.code)}"
        raise DocumentError(path, reason) from None


class Letters:
    """The text of one element while it is being read."""

    __slots__ = ("_chunks", "_count", "_data", "_literal", "_texts")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._texts: list[str] = []
        self._chunks: list[Chunk] = []
        self._count = 0
        self._literal = True

    def add(self, text: str, at: int) -> None:
        """A stretch of text that the parser tells."""
        if at < 0:
            self._literal = False
        else:
            self._chunks.append(Chunk(self._count, at, at + self._width(text, at)))
        self._texts.append(text)
        self._count += len(text)

    def _width(self, text: str, at: int) -> int:
        """How many bytes write `text`."""
        if len(text) == 1 and self._data.startswith(b"&", at):
            return self._data.index(b";", at) + 1 - at
        if text == "\n" and self._data.startswith(b"\r\n", at):
            return 2
        return len(text.encode())

    def __bool__(self) -> bool:
        return bool(self._texts)

    @property
    def text(self) -> str:
        """All of it."""
        return self._texts[0] if len(self._texts) == 1 else "".join(self._texts)

    @property
    def chunks(self) -> tuple[Chunk, ...] | None:
        """Where it stands; None when part of it stands in a CDATA section and has to stay."""
        return tuple(self._chunks) if self._literal else None


_start_tag = re.compile(rb"<(?:([^\s/>:]+:)?([^\s/>:]+))(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def start_tag(data: bytes, at: int) -> tuple[Tag, int]:
    """The tag that begins at `at` and where it ends.

    >>> start_tag(b'<w:r w:rsidR="a>b"><w:t>', 0)
    (Tag(prefix=b'w:', local=b'r'), 19)
    """
    match = _start_tag.match(data, at)
    if match is None:
        raise AssertionError(f"no tag at byte {at}")
    return Tag(match[1] or b"", match[2]), match.end()


def element_end(data: bytes, start: int, at: int) -> int:
    """Where the element ends that began at `start` and whose end was told to be at `at`.

    >>> element_end(b"<a><b></b></a>", 3, 6), element_end(b"<a><b/></a>", 3, 7)
    (10, 7)
    """
    tag, _ = start_tag(data, start)
    closing = b"</" + tag.prefix + tag.local
    if data.startswith(closing, at) and data[at + len(closing)] in b"> \t\r\n":
        return data.index(b">", at) + 1
    return at


def escaped(text: str) -> bytes:
    """`text` as bytes of XML.

    >>> escaped("A & B")
    b'A &amp; B'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """`data` with all `splices` made; they must not overlap.

    >>> spliced(b"<p>Wilno</p>", [Splice(3, 8, b"Vilnius")])
    b'<p>Vilnius</p>'
    """
    pieces: list[bytes] = []
    at = 0
    for start, end, written in sorted(splices, key=lambda splice: splice[:2]):
        pieces += [data[at:start], written]
        at = end
    return b"".join([*pieces, data[at:]])
