"""Lines and columns of offsets in a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

__all__ = ["Lines"]


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

    def place(self, offset: int) -> str:
        r"""Line and column of `offset`, for people.

        >>> Lines("Vilnius\nir Gardinas").place(11)
        'line 2, column 4'
        """
        line, column = self.position(offset)
        return f"line {line}, column {column}"


def _after_newlines(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)
