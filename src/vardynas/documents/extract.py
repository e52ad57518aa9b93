"""Gathering the text of a document with markup, and where each piece of it stands in the source."""

from __future__ import annotations

import re
from typing import NamedTuple

from vardynas.documents.pieces import Piece

__all__ = ["OBJECT", "Atom", "Extract"]

OBJECT = "\ufffc"
"""What stands in the extracted text for something that is no text: no name goes over it."""

_SPACE = " \t\n\f\r"
_run = re.compile(rf"[{_SPACE}]{{2,}}+|[\n\f\r]")  # a single space is like any other letter
_plain_run = re.compile(r"[ \t]*(?:\r\n|\n)?[ \t]*").fullmatch


class Atom(NamedTuple):
    """``source[start:end]``, which stands for one letter; `slot` says how it is written."""

    start: int
    end: int
    text: str
    slot: int


class Extract:
    r"""Gathers pieces of a source; slots from 0 to `kinds` - 1 are the source in its ways of writing.

    A piece in one of these stands in the extracted text as it stands in the source, at offsets of
    the source. Every further slot is an atom.

    >>> found = Extract("<p>Unii&nbsp;Europejskiej</p>")
    >>> found.copy(3, 7), found.atom(7, 13, "\xa0"), found.copy(13, 25), found.paragraph()
    (None, None, None, None)
    >>> found.text, found.pieces[1], found.atoms[0].text
    ('Unii\xa0Europejskiej\n\n', Piece(start=4, end=5, slot=1, at=0), '\xa0')
    """

    def __init__(self, source: str, kinds: int = 1) -> None:
        self.source = source
        self.kinds = kinds
        self.pieces: list[Piece] = []
        self.atoms: list[Atom] = []
        self.comments: list[tuple[int, int]] = []
        """Where the comments stand in the source: not read, but they may say what to leave alone."""
        self.turns: list[tuple[int, str | None]] = []
        """From where on in the text the document says another language, or none."""
        self._parts: list[str] = []
        self._length = 0
        self._last = "\n\n"
        self._broken = False

    @property
    def text(self) -> str:
        """What has been gathered."""
        return "".join(self._parts)

    def stands(self, piece: Piece) -> tuple[int, int]:
        """Where a piece stands in the source."""
        if piece.slot < self.kinds:
            return piece.at, piece.at + piece.end - piece.start
        return self.atoms[piece.slot - self.kinds][:2]

    @property
    def fresh(self) -> bool:
        """Whether a paragraph has just begun."""
        return self._last == "\n\n"

    @property
    def begins_line(self) -> bool:
        """Whether a line has just begun."""
        return self._last[-1:] == "\n"

    def copy(self, start: int, end: int, slot: int = 0) -> None:
        """Add ``source[start:end]`` as it stands."""
        if start == end:
            return
        at = self._length
        self._add(self.source[start:end])
        last = self.pieces[-1] if self.pieces else None
        follows = last and last.slot == slot and last.end == at
        if last and follows and last.at + last.end - last.start == start:
            self.pieces[-1] = last._replace(end=self._length)
        else:
            self.pieces.append(Piece(at, self._length, slot, start))

    def flow(self, start: int, end: int, slot: int = 0) -> None:
        r"""Add ``source[start:end]``, in which white space of any length is one space.

        Line feeds stay; a blank line becomes one, so that it parts no paragraphs. White space behind
        a line feed, or where a paragraph begins, is left out.
        """
        at = start
        if self.begins_line:
            while at < end and self.source[at] in _SPACE:
                at += 1
        for run in _run.finditer(self.source, at, end):
            first, after = run.span()
            self.copy(at, first, slot)
            if _plain_run(run.group()):
                self.copy(first, after, slot)
                self._last = "\n" if "\n" in run.group() else " "
            else:
                self.atom(first, after, "\n", slot)
            at = after
        self.copy(at, end, slot)

    def atom(self, start: int, end: int, text: str, slot: int = 0) -> None:
        """Add the one letter `text`, for which ``source[start:end]`` stands."""
        at = self._length
        self._add(text)
        self.pieces.append(Piece(at, self._length, self.kinds + len(self.atoms), 0))
        self.atoms.append(Atom(start, end, text, slot))

    def speak(self, language: str | None) -> None:
        """The document says that what follows is in `language`, or does not say it any more."""
        if language != (self.turns[-1][1] if self.turns else None):
            self.turns.append((self._length, language))

    def gap(self, text: str) -> None:
        """Add `text`, which stands nowhere in the source."""
        self._add(text)

    def line(self) -> None:
        """A line ends here; where one has just begun, the paragraph does."""
        if self._broken:
            self.paragraph()
        elif not self.fresh:
            if not self.begins_line:
                self._add("\n")
            self._broken = True

    def paragraph(self) -> None:
        """A paragraph ends here, unless one has just begun."""
        if not self.fresh:
            self._add("\n\n")

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._last = text if text == "\n\n" else text[-1:]
        self._broken = False
