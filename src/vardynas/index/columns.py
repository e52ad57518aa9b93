"""The file of a compiled index: named columns of numbers and strings in one block of bytes.

Layout: 8 bytes magic, 8 bytes length of the header, the header as JSON, then the columns, each on a
multiple of 8 bytes. Nothing is copied on opening: columns are views of the bytes (or of the mapped
file), so opening takes the milliseconds of a checksum and needs no numpy. Everything is
little-endian and sorted, so
that two builds from the same input are equal byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["Columns", "ForeignFile", "Strings", "pack"]

MAGIC = b"VARDYN\x01\n"


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

    def __getitem__(self, i: Any) -> Any:  # noqa: ANN401 - slices are not supported
        return str(self._blob[self._at[i] : self._at[i + 1]], "utf-8", "surrogatepass")


class Columns:
    """The columns of an opened index, by name.

    Raises `ForeignFile` when the bytes are no index, of another version, truncated or damaged.
    """

    def __init__(self, data: memoryview | bytes) -> None:
        if sys.byteorder != "little":  # pragma: no cover - no big-endian machine in sight
            raise ForeignFile("a compiled index needs a little-endian machine")
        view = memoryview(data).toreadonly()
        header, start = _header(view)
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
    if len(view) < 16 or view[:8] != MAGIC:
        raise ForeignFile("not a compiled index of this version")
    size = int.from_bytes(view[8:16], "little")
    raw = bytes(view[48 : 48 + size])
    if hashlib.blake2b(raw, digest_size=32).digest() != view[16:48]:
        raise ForeignFile("the compiled index is damaged")
    header = json.loads(raw)
    start = _aligned(48 + size)
    if len(view) != start + header["size"]:
        raise ForeignFile("the compiled index is truncated")
    if zlib.crc32(view[start:]) != header["crc32"]:
        raise ForeignFile("the compiled index is damaged")
    return header, start


def pack(
    numbers: Mapping[str, tuple[str, Iterable[int | float]]],
    strings: Mapping[str, Iterable[str]],
    meta: Mapping[str, Any],
) -> bytes:
    """The columns as one block of bytes; `numbers` maps a name to (array type code, values)."""
    body: dict[str, tuple[str, bytes]] = {}
    for name, (code, values) in numbers.items():
        body[name] = (code, array(code, values).tobytes())
    for name, items in strings.items():
        encoded = [item.encode("utf-8", "surrogatepass") for item in items]
        at = array("I", [0])
        for item in encoded:
            at.append(at[-1] + len(item))
        body[name + ".blob"] = ("B", b"".join(encoded))
        body[name + ".at"] = ("I", at.tobytes())
    return _assemble(body, meta)


def _assemble(body: Mapping[str, tuple[str, bytes]], meta: Mapping[str, Any]) -> bytes:
    columns: dict[str, tuple[str, int, int]] = {}
    chunks: list[bytes] = []
    at = 0
    for name in sorted(body):
        code, raw = body[name]
        columns[name] = (code, at, len(raw))
        chunks += [raw, b"\0" * (_aligned(len(raw)) - len(raw))]
        at += _aligned(len(raw))
    content = b"".join(chunks)
    head_of = {"columns": columns, "meta": dict(meta), "size": at, "crc32": zlib.crc32(content)}
    header = json.dumps(head_of, ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.blake2b(header, digest_size=32).digest()
    head = MAGIC + len(header).to_bytes(8, "little") + digest + header
    return head + b"\0" * (_aligned(len(head)) - len(head)) + content


def _aligned(size: int) -> int:
    return (size + 7) & ~7
