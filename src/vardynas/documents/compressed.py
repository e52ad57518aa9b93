"""Compressed documents (gzip, Zstandard): read as what they hold, written in the same way again.

What the header says is kept: of gzip the name, the time and whether it was packed small or fast, of
Zstandard whether there is a checksum. Several members or frames become one.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from vardynas.documents.archive import LARGEST
from vardynas.documents.chunks import beginning
from vardynas.documents.encodings import shown
from vardynas.documents.formats import Opened, Options
from vardynas.documents.rows import Identify
from vardynas.documents.tables import Table
from vardynas.errors import DocumentError, MissingExtra
from vardynas.model import Edit

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Layer", "open_document", "unpacks_beyond"]

_READ = 1 << 18
_SLICE = 1 << 10
"""Packed bytes that are unpacked at once: a few may hold very many equal ones."""


def open_document(data: bytes, path: str, options: Options, name: str | None) -> Opened:
    """The document inside `data`, in the format `name` or that of its suffix.

    Raises DocumentError and MissingExtra.
    """
    from vardynas.documents import formats

    layer = Layer(io.BytesIO(data), path)
    inside = str(PurePath(path).with_suffix(""))
    unpacked = beginning(layer.reader, LARGEST + 1)
    if len(unpacked) > LARGEST:
        reason = (
            f"it unpacks to over {LARGEST >> 20} MB, too much to be held at once. Unpack it first"
        )
        raise DocumentError(shown(path), reason)
    return _Packed(formats.open_document(inside, unpacked, options, name), layer)


def unpacks_beyond(source: BinaryIO, path: str, size: int) -> bool:
    """Whether more than `size` bytes are inside; raises what `Layer` raises."""
    return len(beginning(Layer(source, path).reader, size + 1)) > size


class Layer:
    """The compression around a document: `reader` reads what is inside, `packer` packs alike.

    Raises DocumentError when `source` is not compressed as the suffix of `path` says, the reader
    also where it is damaged; MissingExtra without the package for Zstandard.
    """

    def __init__(self, source: BinaryIO, path: str) -> None:
        self._source, self._path = source, shown(path)
        self._head = beginning(source, _READ)
        self._kind: _Gzip | _Zstandard
        kind = _Gzip if PurePath(path).suffix.lower() == ".gz" else _Zstandard
        if not self._head.startswith(kind.magic):
            raise DocumentError(self._path, f"this is no {kind.name} file, as its name says")
        if len(self._head) < kind.shortest:
            raise self._too_early(kind.name)
        self._kind = kind(self._head)

    @cached_property
    def reader(self) -> BinaryIO:
        """What is inside, to be read once."""
        return io.BufferedReader(_Pieces(self._unpacked()), _READ)

    def packer(self, target: BinaryIO) -> AbstractContextManager[Any]:
        """A file that packs what is written to it into `target`, until it is closed."""
        return self._kind.packer(target)

    def _unpacked(self) -> Iterator[bytes]:
        packed, at, member = self._head, 0, None
        while packed:
            piece = packed[at : at + _SLICE]
            member = member or self._kind.unpacker()
            yield self._unpack(member, piece)
            at += len(piece)
            if member.eof:
                at -= len(member.unused_data)
                at += len(packed) - at - len(packed[at:].lstrip(self._kind.padding))
                member = None
            if at >= len(packed):
                packed, at = self._source.read(_READ), 0
        if member:
            raise self._too_early(self._kind.name)

    def _too_early(self, name: str) -> DocumentError:
        return DocumentError(self._path, f"this {name} file ends too early")

    def _unpack(self, member: Any, piece: bytes) -> bytes:  # noqa: ANN401
        try:
            return bytes(member.decompress(piece))
        except self._kind.fault as error:
            reason = f"this {self._kind.name} file is damaged: {error}"
            raise DocumentError(self._path, reason) from None


class _Gzip:
    """gzip, with what the header of the file says that begins with `head` (RFC 1952)."""

    name = "gzip"
    magic = b"\x1f\x8b\x08"
    shortest = 18
    padding = b"\0"  # may stand behind the last member
    fault = zlib.error

    def __init__(self, head: bytes) -> None:
        flags, self._time, packed = head[3], int.from_bytes(head[4:8], "little"), head[8]
        at = 12 + int.from_bytes(head[10:12], "little") if flags & 4 else 10  # FEXTRA
        self._name = head[at : head.find(b"\0", at)] if flags & 8 else b""  # FNAME
        self._level = {2: 9, 4: 1}.get(packed, 6)

    def unpacker(self) -> Any:  # noqa: ANN401 - with decompress, eof, unused_data
        return zlib.decompressobj(wbits=31)

    def packer(self, target: BinaryIO) -> AbstractContextManager[Any]:
        return gzip.GzipFile(self._name.decode("latin-1"), "wb", self._level, target, self._time)


class _Zstandard:
    """Zstandard, with or without the checksum that the file has that begins with `head` (RFC 8878)."""

    name = "Zstandard"
    magic = (b"\x28\xb5\x2f\xfd", *(bytes([kind]) + b"\x2a\x4d\x18" for kind in range(0x50, 0x60)))
    shortest = 9
    padding = b""

    def __init__(self, head: bytes) -> None:
        try:
            import zstandard
        except ImportError:
            raise MissingExtra("zstd") from None
        self._zstandard = zstandard
        skippable = not head.startswith(self.magic[0])  # what pzstd begins with
        self._checksum = skippable or bool(head[4] & 4)  # Content_Checksum_flag
        self.fault = zstandard.ZstdError

    def unpacker(self) -> Any:  # noqa: ANN401
        return self._zstandard.ZstdDecompressor().decompressobj()

    def packer(self, target: BinaryIO) -> AbstractContextManager[Any]:
        packer = self._zstandard.ZstdCompressor(write_checksum=self._checksum)
        return packer.stream_writer(target, closefd=False)


class _Pieces(io.RawIOBase):
    """Pieces of bytes, to be read as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = memoryview(piece)
        view = memoryview(buffer)
        size = min(len(view), len(self._piece))
        view[:size], self._piece = self._piece[:size], self._piece[size:]
        return size


class _Packed:
    """An opened document that is compressed."""

    def __init__(self, inner: Opened, layer: Layer) -> None:
        self._inner, self._layer = inner, layer
        self.text, self.remarks = inner.text, inner.remarks
        self.contexts = getattr(inner, "contexts", ((0, len(inner.text)),))
        self.silences = getattr(inner, "silences", ())
        self.identify: Identify | None = None

    def write(self, edits: Sequence[Edit]) -> bytes:
        target = io.BytesIO()
        if isinstance(self._inner, Table):
            self._inner.identify = self.identify
        with self._layer.packer(target) as packed:
            packed.write(self._inner.write(edits))
        return target.getvalue()

    def place(self, offset: int) -> str:
        return self._inner.place(offset)
