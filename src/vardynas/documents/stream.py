"""Documents of any size in bounded memory: plain text, tables, and both of them compressed.

::

    is_streamed(path, name) -> bool
    read(source: BinaryIO, path: str, options: Options) -> Iterator[Record]
    rewrite(source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options) -> Summary

A record is one context: a row of a table, a block of a text (`vardynas.documents.blocks` says how long
texts are cut). What is held at once is a row, a block, or a row group of Parquet. The result is the
same, byte for byte, as that of `open_document` and `write`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from vardynas.documents import blocks
from vardynas.documents.compressed import Layer
from vardynas.documents.formats import PLAIN, Options, format_of, is_compressed
from vardynas.documents.rows import Editor, Record, Summary
from vardynas.errors import DocumentError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["is_streamed", "read", "rewrite"]

STREAMED = ("txt", "csv", "tsv", "jsonl", "parquet")
"""The formats that are read piece by piece; all others are held as a whole."""


def is_streamed(path: str, name: str | None = None) -> bool:
    """Whether a document in the format `name`, or that of its suffix, can be read in bounded memory.

    >>> is_streamed("vardai.csv.gz"), is_streamed("Гродна.docx")
    (True, False)
    """
    return format_of(path, name).name in STREAMED


def read(source: BinaryIO, path: str, options: Options) -> Iterator[Record]:
    """The texts of a document, each a context of its own. Raises DocumentError and MissingExtra."""
    module, options = _module(path, options)
    if is_compressed(path):
        source = Layer(source, path).reader
    yield from module.read(source, path, options)


def rewrite(
    source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options
) -> Summary:
    """Write the document in `source` to `target` with the edits of `editor` made.

    Raises DocumentError, possibly when a part has been written, and MissingExtra.
    """
    module, options = _module(path, options)
    if editor.progress:
        source = cast(BinaryIO, _Counted(source, editor.progress))
    if not is_compressed(path):
        return module.rewrite(source, target, editor, path, options)
    layer = Layer(source, path)
    with layer.packer(target) as packed:
        return module.rewrite(layer.reader, packed, editor, path, options)


class _Streamed(Protocol):
    """A module of a format that is read piece by piece."""

    def read(self, source: BinaryIO, path: str, options: Options) -> Iterable[Record]: ...

    def rewrite(
        self, source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options
    ) -> Summary: ...


def _module(path: str, options: Options) -> tuple[_Streamed, Options]:
    """The module of the format, and the options with its name."""
    chosen = format_of(path, options.format or None)
    if chosen.name not in STREAMED:
        raise DocumentError(path, f"{chosen.name} is not read piece by piece; use open_document")
    module = import_module(blocks.__name__ if chosen == PLAIN else chosen.module)
    return cast(_Streamed, module), replace(options, format=chosen.name)


class _Counted(io.RawIOBase):
    """A file that tells how much of it has been read."""

    def __init__(self, source: BinaryIO, tell: Callable[[int], None]) -> None:
        self._source, self._tell = source, tell
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        data = self._source.read(len(view))
        view[: len(data)] = data
        self._read += len(data)
        self._tell(self._read)
        return len(data)

    def seekable(self) -> bool:
        return self._source.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        return self._source.tell()
