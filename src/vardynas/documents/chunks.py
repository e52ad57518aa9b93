r"""The text of a binary stream, piece by piece, and the way back to its bytes.

Text that is decoded and encoded again is equal byte for byte: line ends stay as they are, the byte
order mark is kept apart, and an encoding in which that does not hold is refused. Where none is given
the encoding is told as `vardynas.documents.encodings` does it, by the first `HEAD` bytes: how many
bytes are read at once changes nothing.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from vardynas.documents.encodings import Decoded, decode, label, shown
from vardynas.errors import DocumentError

__all__ = ["HEAD", "SIZE", "Chunks", "beginning"]

HEAD = 1 << 20
"""Bytes by which the encoding is told."""

SIZE = 1 << 18
"""Bytes read at once."""


class Chunks:
    r"""Reads the text of `source`; `line` is the number of the line where the next piece begins.

    `decoded` has the encoding, the byte order mark and what was guessed; its text is empty. Raises
    DocumentError for an encoding that is not known.

    >>> import io
    >>> chunks = Chunks(io.BytesIO("Гродна\r\n".encode("utf-8-sig")), "a.txt")
    >>> chunks.read(), chunks.mark, chunks.encode("Wilno")
    ('Гродна\r\n', b'\xef\xbb\xbf', b'Wilno')
    """

    def __init__(self, source: BinaryIO, path: str, encoding: str | None = None) -> None:
        self.path = shown(path)
        self.line = 1
        self._source = source
        head = beginning(source, HEAD)
        self.decoded = _told(path, head, encoding)
        self.mark = self.decoded.mark
        self._ahead = head[len(self.mark) :]
        self._pending = b""
        self._decoder = codecs.getincrementaldecoder(self.decoded.codec)()

    def read(self, size: int = SIZE) -> str:
        """About `size` bytes of text; "" at the end of the source.

        Raises DocumentError with the line of what cannot be decoded.
        """
        while True:
            data = self._next(size)
            text = self._decode(data)
            if text or not data:
                self.line += text.count("\n")
                return text

    def encode(self, text: str) -> bytes:
        """`text` as bytes; `Decoded.check` says whether the encoding has its letters."""
        return text.encode(self.decoded.codec)

    def fault(self, text: str, at: int, reason: str) -> DocumentError:
        """The error about ``text[at]``, where `text` is the end of what has been read."""
        return DocumentError(self.path, f"line {self.line - text.count(chr(10), at)}: {reason}")

    def _next(self, size: int) -> bytes:
        if not self._ahead:
            return self._source.read(size)
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        return data

    def _decode(self, data: bytes) -> str:
        whole = self._pending + data
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self._undecodable(error) from None
        self._pending = self._decoder.getstate()[0]
        used = whole[: len(whole) - len(self._pending)]
        if self.decoded.codec != "utf-8" and self.encode(text) != used:
            name = label(self.decoded.codec)
            reason = f"in {name} it would not be written back as it was. Convert it to UTF-8 first"
            raise DocumentError(self.path, reason)
        return text

    def _undecodable(self, error: UnicodeDecodeError) -> DocumentError:
        codec = self.decoded.codec
        line = self.line + error.object[: error.start].decode(codec).count("\n")
        reason = f"not {label(codec)}: byte 0x{error.object[error.start]:02x} (line {line})"
        advice = "Name its encoding, for example: --encoding windows-1257"
        return DocumentError(self.path, f"{reason}. {advice}")


def beginning(source: BinaryIO, size: int) -> bytes:
    """The next `size` bytes of `source`, fewer only at its end, however few it gives at once."""
    parts = []
    while size and (data := source.read(size)):
        parts.append(data)
        size -= len(data)
    return b"".join(parts)


def _told(path: str, head: bytes, encoding: str | None) -> Decoded:
    """The encoding of a text that begins with `head`."""
    if encoding is None and _is_utf8(head):
        mark = codecs.BOM_UTF8 if head.startswith(codecs.BOM_UTF8) else b""
        return Decoded(path, "", "utf-8", mark)
    for cut in range(4 if len(head) == HEAD else 1):  # the head may end inside a letter
        try:
            found = decode(path, head[: len(head) - cut], encoding)
        except DocumentError as error:
            reason = error
        else:
            return Decoded(path, "", found.codec, found.mark, found.remarks)
    raise reason


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
