"""Offsets in what a client counts: code points, UTF-16 units (JavaScript, Java, C#), UTF-8 bytes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

__all__ = ["counted"]


def counted(text: str, offsets: Iterable[int], unit: str) -> dict[int, int]:
    """Where each of the `offsets` of `text`, in code points, is in another unit.

    A lone surrogate counts as one unit of UTF-16 and three bytes, as programs that let them through
    count them.

    >>> counted("🙂 Łuka", [0, 2, 3], "utf16"), counted("🙂 Łuka", [0, 2, 3], "byte")
    ({0: 0, 2: 3, 3: 4}, {0: 0, 2: 5, 3: 7})
    """
    wanted = sorted(set(offsets))
    if unit == "codepoint" or text.isascii():
        return {one: one for one in wanted}
    pieces = (text[a:b] for a, b in zip([0, *wanted], wanted, strict=False))
    return dict(zip(wanted, accumulate(_size(piece, unit) for piece in pieces), strict=True))


def _size(text: str, unit: str) -> int:
    if unit == "byte":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(letter > "\uffff" for letter in text)
