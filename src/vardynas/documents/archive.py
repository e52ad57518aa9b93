"""Zip files of which some members are rewritten and all else stays, byte for byte.

`zipfile` reads; it cannot copy a member as it is, so the copying is done here: the records of members
that do not change are taken over as bytes, compressed data, dates and attributes included, and only
positions, sizes and checksums are set anew (PKWARE APPNOTE 6.3.10, sections 4.3.7–4.3.16).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from vardynas.errors import DocumentError

__all__ = ["LARGEST", "Archive", "remarks"]

LARGEST = 256 << 20
"""Bytes that what is read of one packed file may have when unpacked, together."""

_FOLDED = 400
"""How many times smaller than unpacked an honest member of some size is at most; XML: 5 to 50."""
_SUSPECT = 16 << 20

_SIGNATURES = ("_xmlsignatures/", "META-INF/documentsignatures")
_SIGNED = "it is signed: a change breaks the signature"
_TRACKED = "it has tracked changes: what they add or delete stays as it is. Settle them first"

_END = struct.Struct("<4s4xHHLLH")
_CENTRAL = struct.Struct("<4s4xHH4xLLLHHH8xL")
_LOCAL = struct.Struct("<4s2xHH4xLLLHH")
_DESCRIPTOR = struct.Struct("<4sLLL")
_CENTRAL_SIZES, _CENTRAL_OFFSET, _LOCAL_SIZES = 16, 42, 14
_HUGE = 0xFFFFFFFF  # the true number stands in a zip64 field
_ENCRYPTED, _STREAMED = 1, 8  # bits of the flags
_STORED, _DEFLATED = 0, 8


class _Record(NamedTuple):
    """A member as the central directory tells it: `data[central:central_end]`, `data[local:]`."""

    name: str
    central: int
    central_end: int
    local: int
    flags: int
    method: int


_DAMAGED = (zipfile.BadZipFile, RuntimeError)
"""What zipfile raises; RuntimeError is for ways of packing that it does not know, and for passwords."""


class Archive:
    """The zip file `data`; DocumentError when it is none, or one that cannot be trusted."""

    def __init__(self, data: bytes, path: str) -> None:
        self._data = data
        self._path = path
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (*_DAMAGED, ValueError) as error:
            raise self._error(f"it is damaged ({error}). Open it in its program and save") from None
        self.names = tuple(info.filename for info in self._zip.infolist())

    def read(self, name: str) -> bytes:
        """The member `name`; DocumentError when it is missing, damaged, locked or far too big."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise self._error("it is protected by a password. Save it without one")
            self._unpacked += info.file_size
            swollen = info.file_size > max(_SUSPECT, _FOLDED * info.compress_size)
            if swollen or self._unpacked > LARGEST:
                raise self._error(
                    f"{name} unpacks to {info.file_size:,} bytes: too much to be honest"
                )
            return self._zip.read(info)  # zipfile stops at the size that was told
        except KeyError:
            raise self._error(f"it has no part {name}") from None
        except (*_DAMAGED, zlib.error, EOFError, ValueError) as error:
            raise self._error(f"{name} in it is damaged ({error})") from None

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """The archive with other bytes in the members `changed`; the same bytes without any."""
        if not changed:
            return self._data
        end = self._data.rfind(b"PK\5\6")
        records = self._records(end)
        body, locations = self._body(records, changed, self._end(end)[1])
        start = len(body)
        for record in records:
            central = bytearray(self._data[record.central : record.central_end])
            local, sizes = locations[record]
            if sizes:
                struct.pack_into("<LLL", central, _CENTRAL_SIZES, *sizes)
            struct.pack_into("<L", central, _CENTRAL_OFFSET, local)
            body += central
        closing = bytearray(self._data[end:])
        struct.pack_into("<LL", closing, 12, len(body) - start, start)
        return bytes(body + closing)

    def _end(self, end: int) -> tuple[int, int]:
        """How many members the directory has and where it starts."""
        try:
            _, _, count, _, start, _ = _END.unpack_from(self._data, end)
        except struct.error:
            raise self._error("its directory is damaged") from None
        return count, start

    def _records(self, end: int) -> list[_Record]:
        """The members in the order of the directory."""
        count, at = self._end(end)
        if count != len(self.names):
            raise self._error("its directory is damaged. Open it in its program and save")
        records = []
        for name in self.names:
            try:
                fields = _CENTRAL.unpack_from(self._data, at)
            except struct.error:
                fields = (b"",)
            if fields[0] != b"PK\1\2" or _HUGE in fields:
                raise self._error(
                    "its directory is damaged or of the kind for huge files. Save anew"
                )
            _, flags, method, _, _, _, *lengths, local = fields
            after = at + _CENTRAL.size + sum(lengths)
            records.append(_Record(name, at, after, local, flags, method))
            at = after
        return records

    def _body(
        self, records: list[_Record], changed: Mapping[str, bytes], end: int
    ) -> tuple[bytearray, dict[_Record, tuple[int, tuple[int, int, int] | None]]]:
        """Everything before the directory; where each member is now, its sizes when changed."""
        ordered = sorted(records, key=lambda record: record.local)
        borders = [*(record.local for record in ordered), end]
        body = bytearray(self._data[: borders[0]])
        locations: dict[_Record, tuple[int, tuple[int, int, int] | None]] = {}
        for record, after in zip(ordered, borders[1:], strict=True):
            start, sizes = len(body), None
            if record.name in changed:
                packed, sizes = self._packed(record, changed[record.name])
                body += packed
            else:
                body += self._data[record.local : after]
            locations[record] = start, sizes
        return body, locations

    def _packed(self, record: _Record, content: bytes) -> tuple[bytes, tuple[int, int, int]]:
        """A member with its header; checksum, packed and unpacked size."""
        if record.method not in (_STORED, _DEFLATED):
            raise self._error(f"{record.name} is packed in an unusual way. Save it anew")
        packer = zlib.compressobj(wbits=-15)
        packed = content
        if record.method == _DEFLATED:
            packed = packer.compress(content) + packer.flush()
        sizes = zlib.crc32(content), len(packed), len(content)
        name, extra = struct.unpack_from("<HH", self._data, record.local + 26)
        header = bytearray(self._data[record.local : record.local + _LOCAL.size + name + extra])
        if record.flags & _STREAMED:  # the sizes stand behind the data
            return bytes(header + packed + _DESCRIPTOR.pack(b"PK\7\10", *sizes)), sizes
        struct.pack_into("<LLL", header, _LOCAL_SIZES, *sizes)
        return bytes(header + packed), sizes

    def _error(self, reason: str) -> DocumentError:
        return DocumentError(self._path, reason)


def remarks(archive: Archive, *, tracked: bool) -> tuple[str, ...]:
    """What a person should know before names are written into an office document; mostly ()."""
    signed = any(name.startswith(_SIGNATURES) for name in archive.names)
    return tuple(text for text, holds in ((_SIGNED, signed), (_TRACKED, tracked)) if holds)
