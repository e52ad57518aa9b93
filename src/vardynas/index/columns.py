"""The file of a compiled index: named columns of numbers and strings in one block of bytes.

Layout: 8 bytes magic, length and checksum of the header, 4 bytes each, the header as JSON, then the
columns, each on a multiple of 8 bytes. Nothing is copied on opening: columns are views of the
bytes (or of the mapped file), so opening needs no numpy and no time that grows with the file. All is
little-endian and sorted, so that two builds from the same input are equal byte for byte.

Whenever a file is opened, the header is compared with its checksum and the size of the file with what
the header says. The checksum of the columns takes a second for two gigabytes; who opens a file knows
whether it has been compared before (`vardynas.index.starts`).
"""

from __future__ import annotations

import io
import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAGIC", "Columns", "ForeignFile", "Packed", "Strings"]

MAGIC = b"VARDYN\x02\n"
HEAD = len(MAGIC) + 8
"""Where the header begins."""

END = "\0"
"""What follows each string of a column, so that a million of them are encoded at once."""

TOGETHER = 1 << 16
"""Strings that are encoded at once."""


class ForeignFile(ValueError):
    """The bytes are not a compiled index of this version, or they are damaged."""


class Strings(Sequence[str]):
    """A column of strings: item `i` is decoded when asked for."""

    __slots__ = ("_at", "_blob")

    def __init__(self, blob: memoryview, at: memoryview) -> None:
        self._blob = blob
        self._at = at

    def __len__(self) -> int:
        return len(self._at) - 1

    def __iter__(self) -> Iterator[str]:
        """The strings in order, decoded many at once."""
        for start in range(0, len(self), TOGETHER):
            yield from self._between(start, min(start + TOGETHER, len(self)))

    @overload
    def __getitem__(self, i: int) -> str: ...

    @overload
    def __getitem__(self, i: slice) -> list[str]: ...

    def __getitem__(self, i: int | slice) -> str | list[str]:
        if isinstance(i, slice):
            start, stop, step = i.indices(len(self))
            if step == 1:
                return self._between(start, stop)
            return [self[j] for j in range(start, stop, step)]
        return str(self._blob[self._at[i] : self._at[i + 1] - 1], "utf-8", "surrogatepass")

    def _between(self, start: int, stop: int) -> list[str]:
        if start >= stop:
            return []
        raw = self._blob[self._at[start] : self._at[stop] - 1]
        items = str(raw, "utf-8", "surrogatepass").split(END)
        if len(items) == stop - start:
            return items
        return [self[i] for i in range(start, stop)]  # a string has the sign in it


class Columns:
    """The columns of an opened index, by name.

    Raises `ForeignFile` when the bytes are no index, of another version, truncated or damaged; with
    `checked` the columns were compared with their checksum before.
    """

    def __init__(self, data: memoryview | bytes, *, checked: bool = False) -> None:
        if sys.byteorder != "little":  # pragma: no cover - no big-endian machine in sight
            raise ForeignFile("a compiled index for little-endian machines")
        view = memoryview(data).toreadonly()
        header, start = _header(view)
        if not checked and zlib.crc32(view[start:]) != header["crc32"]:
            raise ForeignFile("a compiled index with damage")
        self.meta: dict[str, Any] = header["meta"]
        self._views = {
            name: view[start + at : start + at + size].cast(code)
            for name, (code, at, size) in header["columns"].items()
        }

    def numbers(self, name: str) -> memoryview:
        """A column of numbers."""
        return self._views[name]

    def strings(self, name: str) -> Strings:
        """A column of strings."""
        return Strings(self._views[name + ".blob"], self._views[name + ".at"])


def _header(view: memoryview) -> tuple[dict[str, Any], int]:
    if len(view) < HEAD or view[:6] != MAGIC[:6]:
        raise ForeignFile("not a compiled index")
    if view[:8] != MAGIC:
        raise ForeignFile("a compiled index of another version of vardynas")
    size, checksum = view[8:HEAD].cast("I")
    raw = bytes(view[HEAD : HEAD + size])
    if zlib.crc32(raw) != checksum:
        raise ForeignFile("a compiled index with damage")
    header = json.loads(raw)
    start = _aligned(HEAD + size)
    if len(view) != start + header["size"]:
        raise ForeignFile("a compiled index without its end")
    return header, start


class Packed:
    """Columns on their way into a file, by name, and what else the header says."""

    def __init__(self, meta: Mapping[str, Any]) -> None:
        self._meta = dict(meta)
        self._columns: dict[str, tuple[str, memoryview]] = {}

    def numbers(self, name: str, code: str, values: Iterable[int] | NDArray[Any]) -> None:
        """Adds a column of numbers; `code` is the type as `array` and numpy name it."""
        column: Any = values if hasattr(values, "dtype") else array(code, values)
        self._columns[name] = code, memoryview(column).cast("B") if len(column) else memoryview(b"")

    def strings(self, name: str, items: Iterable[str]) -> None:
        """Adds a column of strings."""
        blob, at = bytearray(), array("I", [0])
        rest = iter(items)
        while together := list(islice(rest, TOGETHER)):
            _encode(together, blob, at)
        self._columns[name + ".blob"] = "B", memoryview(blob)
        self._columns[name + ".at"] = "I", memoryview(at).cast("B")

    def write(self, file: IO[bytes]) -> None:
        """Writes the index, column after column."""
        columns: dict[str, tuple[str, int, int]] = {}
        checksum = at = 0
        for name, (code, raw) in sorted(self._columns.items()):
            columns[name] = (code, at, len(raw))
            at += _aligned(len(raw))
            checksum = zlib.crc32(_filling(len(raw)), zlib.crc32(raw, checksum))
        said = {"columns": columns, "meta": self._meta, "size": at, "crc32": checksum}
        header = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
        head = MAGIC + array("I", (len(header), zlib.crc32(header))).tobytes() + header
        file.write(head + _filling(len(head)))
        for _, (_, raw) in sorted(self._columns.items()):
            file.write(raw)
            file.write(_filling(len(raw)))

    def __bytes__(self) -> bytes:
        file = io.BytesIO()
        self.write(file)
        return file.getvalue()


def _encode(items: list[str], blob: bytearray, at: array[int]) -> None:
    """Appends strings to `blob` and where each of them ends to `at`."""
    raw = (END.join(items) + END).encode("utf-8", "surrogatepass")
    start = len(blob)
    if raw.count(0) == len(items):
        import numpy as np

        ends = np.flatnonzero(np.frombuffer(raw, np.uint8) == 0) + (start + 1)
        at.frombytes(ends.astype(np.uint32).tobytes())
    else:  # a string has the sign in it
        for item in items:
            start += len(item.encode("utf-8", "surrogatepass")) + 1
            at.append(start)
    blob += raw


def _aligned(size: int) -> int:
    return (size + 7) & ~7


def _filling(size: int) -> bytes:
    """What fills `size` bytes up to a multiple of 8."""
    return bytes(_aligned(size) - size)
