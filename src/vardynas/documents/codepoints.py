"""Offsets in UTF-8 bytes as offsets in text."""

from __future__ import annotations

__all__ = ["CodePoints"]

_CONTINUATION = bytes(range(0x80, 0xC0))
_STEP = 1024


class CodePoints:
    """Code points before a byte of a text in UTF-8, as parsers of bytes count.

    >>> "Łuka"[: CodePoints("Łuka".encode()).before(2)]
    'Ł'
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ascii = data.isascii()
        self._counts = [0]
        if not self._ascii:
            for at in range(0, len(data), _STEP):
                self._counts.append(self._counts[-1] + _count(data[at : at + _STEP]))

    def before(self, byte: int) -> int:
        """How many code points begin before `byte`."""
        if self._ascii:
            return byte
        step = byte // _STEP
        return self._counts[step] + _count(self._data[step * _STEP : byte])


def _count(data: bytes) -> int:
    return len(data.translate(None, _CONTINUATION))
