r"""Reading and writing text files without changing what is not a name.

Offsets count code points of the decoded text: a byte order mark is not part of it, and ``\r\n``
counts two.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vardynas.errors import DocumentError

__all__ = ["STDIN", "Document", "Lines", "decode", "read", "replace"]

STDIN = "-"

_WRONG_ENCODINGS = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


@dataclass(frozen=True, slots=True)
class Document:
    """A text, the path it came from (``-`` for standard input) and whether it began with a BOM."""

    path: str
    text: str
    bom: bool = False

    def encode(self, text: str) -> bytes:
        """`text` as the bytes of such a file."""
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode("utf-8")


def read(path: str) -> Document:
    """The document at `path`; raises OSError or, when it is not UTF-8, DocumentError."""
    if path != STDIN:
        return decode(path, Path(path).read_bytes())
    if sys.stdin is None:
        raise DocumentError("standard input", "it is closed. Name a file or write into it")
    return decode(path, sys.stdin.buffer.read())


def decode(path: str, data: bytes) -> Document:
    r"""The document that `data` holds; DocumentError says where it stops being UTF-8.

    >>> decode("a.txt", "Гродна\r\n".encode("utf-8-sig"))
    Document(path='a.txt', text='Гродна\r\n', bom=True)
    """
    bom = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if bom else data
    try:
        return Document(path, body.decode("utf-8"), bom)
    except UnicodeDecodeError as error:
        shown = "standard input" if path == STDIN else path
        raise DocumentError(shown, _not_utf8(body, error.start)) from None


def _not_utf8(data: bytes, at: int) -> str:
    """Where `data` stops being UTF-8 and how to convert it."""
    encoding = next((name for mark, name in _WRONG_ENCODINGS if data.startswith(mark)), None)
    if encoding:
        return f"this is {encoding}, not UTF-8. Convert it: iconv -f {encoding} -t UTF-8"
    line = data.count(b"\n", 0, at) + 1
    column = len(data[data.rfind(b"\n", 0, at) + 1 : at].decode("utf-8")) + 1
    return (
        f"not UTF-8: byte 0x{data[at]:02x} at byte {at} (line {line}, column {column}). "
        "Convert it, for example: iconv -f WINDOWS-1257 -t UTF-8"
    )


def replace(path: str, data: bytes) -> None:
    """Put `data` at `path` as a whole or not at all, keeping the file's mode.

    A symbolic link stays one: its target is replaced.
    """
    import tempfile

    target = Path(path).resolve()
    mode = target.stat().st_mode & 0o7777
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


class Lines:
    r"""Line and column, both from 1, of offsets in a text.

    >>> Lines("Vilnius\nir Gardinas").position(11)
    (2, 4)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *_after_newlines(text)]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _after_newlines(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)
