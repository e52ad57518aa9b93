"""Plain text: the resolver reads all of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from vardynas.documents.blocks import spans
from vardynas.documents.encodings import Decoded, decode
from vardynas.documents.formats import Options
from vardynas.documents.lines import Lines
from vardynas.model import Edit
from vardynas.render.replace import apply

__all__ = ["PlainText", "open_document"]


class PlainText:
    """A text that is nothing but text, in some encoding."""

    def __init__(self, decoded: Decoded) -> None:
        self._decoded = decoded
        self.text = decoded.text
        self.remarks = decoded.remarks

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @property
    def contexts(self) -> tuple[tuple[int, int], ...]:
        """The blocks that the resolver reads one by one: all of it, unless it is very long."""
        return spans(self.text)

    def write(self, edits: Sequence[Edit]) -> bytes:
        """The text with `edits` made, in its own encoding; DocumentError when that lacks a letter."""
        self._decoded.check(edits, self.place)
        return self._decoded.encode(apply(self.text, edits))

    def place(self, offset: int) -> str:
        """Line and column of `offset`."""
        return self._lines.place(offset)


def open_document(data: bytes, path: str, options: Options) -> PlainText:
    r"""The text that `data` holds; DocumentError when its encoding cannot be told.

    >>> letter = open_document("Iš Žemaitės: Kalinowski".encode("cp1257"), "a.txt", Options())
    >>> letter.write([Edit(13, 23, "Kalinowski", "Kalinauskas", "kalinouski-kastus")])
    b'I\xf0 \xdeemait\xebs: Kalinauskas'
    """
    return PlainText(decode(path, data, options.encoding))
