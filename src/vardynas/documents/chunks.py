r"""The text of a binary stream, piece by piece, and the way back to its bytes.

Text that is decoded and encoded again is equal byte for byte: line ends stay as they are, the byte
order mark is kept apart, and an encoding in which that does not hold is refused. Without an encoding
given the byte order mark tells it, otherwise the text is UTF-8.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from vardynas.errors import DocumentError

__all__ = ["SIZE", "Chunks"]

SIZE = 1 << 18
"""Bytes read at once."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PLAIN = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""Encodings that would add a mark of their own, as what they are without it."""


class Chunks:
    r"""Reads the text of `source`; `line` is the number of the line where the next piece begins.

    Raises DocumentError for an encoding that is not known.

    >>> import io
    >>> chunks = Chunks(io.BytesIO("Гродна\r\n".encode("utf-8-sig")), "a.txt")
    >>> chunks.read(), chunks.mark, chunks.encode("Wilno")
    ('Гродна\r\n', b'\xef\xbb\xbf', b'Wilno')
    """

    def __init__(self, source: BinaryIO, path: str, encoding: str | None = None) -> None:
        self.path = path
        self.line = 1
        self._source = source
        head = source.read(SIZE)
        self.mark, self.encoding = _told(head, path, encoding)
        self._ahead = head[len(self.mark) :]
        self._pending = b""
        self._decoder = codecs.getincrementaldecoder(self.encoding)()

    def read(self, size: int = SIZE) -> str:
        """About `size` bytes of text; "" at the end of the source.

        Raises DocumentError with the place of what cannot be decoded.
        """
        while True:
            data = self._next(size)
            text = self._decode(data)
            if text or not data:
                self.line += text.count("\n")
                return text

    def encode(self, text: str) -> bytes:
        """`text` as bytes of the source's encoding; DocumentError names what it has no letter for."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            lost = text[error.start : error.end]
            reason = (
                f"{lost!r} cannot be written in {self.encoding}. Convert the file to UTF-8 first"
            )
            raise DocumentError(self.path, reason) from None

    def refuse(self, text: str, at: int, line: int, reason: str) -> DocumentError:
        """The error for ``text[at]``, where `text` begins a line, the one with the number `line`."""
        line += text.count("\n", 0, at)
        column = at - text.rfind("\n", 0, at)
        return DocumentError(self.path, f"line {line}, column {column}: {reason}")

    def _next(self, size: int) -> bytes:
        ahead, self._ahead = self._ahead, b""
        return ahead or self._source.read(size)

    def _decode(self, data: bytes) -> str:
        whole = self._pending + data
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self._undecodable(error) from None
        self._pending = self._decoder.getstate()[0]
        used = whole[: len(whole) - len(self._pending)]
        if self.encoding != "utf-8" and self.encode(text) != used:
            reason = (
                f"text in {self.encoding} does not survive reading and writing. Convert it to UTF-8"
            )
            raise DocumentError(self.path, reason)
        return text

    def _undecodable(self, error: UnicodeDecodeError) -> DocumentError:
        before = error.object[: error.start].decode(self.encoding)
        line = self.line + before.count("\n")
        return DocumentError(
            self.path,
            f"line {line}: not {self.encoding}: byte 0x{error.object[error.start]:02x}. "
            "Name the encoding of the file, for example: --encoding windows-1257",
        )


def _told(head: bytes, path: str, encoding: str | None) -> tuple[bytes, str]:
    """The byte order mark and the encoding."""
    if encoding is None:
        found = next((one for one in _MARKS if head.startswith(one[0])), (b"", "utf-8"))
        return found
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise DocumentError(path, f"{encoding!r} is no encoding that is known") from None
    for mark, plain in _MARKS:
        if head.startswith(mark) and name in (plain, plain.removesuffix("-le"), f"{plain}-sig"):
            return mark, plain
    return b"", _PLAIN.get(name, name)
