"""Text with markup: edits go into the source, all else of it stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from vardynas.documents.encodings import Decoded
from vardynas.documents.entities import apart
from vardynas.documents.extract import Extract
from vardynas.documents.languages import spoken
from vardynas.documents.lines import Lines
from vardynas.documents.pieces import Change, distribute, parted
from vardynas.documents.silenced import left_alone
from vardynas.model import Edit

__all__ = ["Escape", "MarkedText", "Splice", "spliced"]

Escape = Callable[[str], str]
"""Text as it has to be written at some place of the source."""


class Splice(NamedTuple):
    """``source[start:end]`` becomes `text`."""

    start: int
    end: int
    text: str


def spliced(source: str, splices: Iterable[Splice]) -> str:
    """`source` with all `splices` made; they are in order and do not overlap.

    >>> spliced("<b>Łuka</b>szenki", [Splice(3, 7, "Lukašenkos"), Splice(11, 17, "")])
    '<b>Lukašenkos</b>'
    """
    parts, at = [], 0
    for start, end, text in splices:
        parts += [source[at:start], text]
        at = end
    return "".join([*parts, source[at:]])


class MarkedText:
    """A document with markup that has been read; `escapes` has one function a kind of slot.

    In slots of the kinds `references` a letter that the encoding lacks is written as a reference.
    """

    blank_lines = False
    """Whether a blank line of the source ends a paragraph."""

    def __init__(
        self,
        decoded: Decoded,
        extract: Extract,
        escapes: Sequence[Escape],
        *,
        references: Sequence[int] = (),
    ) -> None:
        self.text = extract.text
        self.remarks = decoded.remarks
        self._decoded = decoded
        self._extract = extract
        self._escapes = escapes
        self._references = references

    @cached_property
    def silences(self) -> list[tuple[int, int]]:
        """The spans of `text` that comments ask to leave alone."""
        return left_alone(self._extract, blank_lines=self.blank_lines)

    @cached_property
    def languages(self) -> list[tuple[int, int, str]]:
        """The spans of `text` whose language the document says."""
        return list(spoken(self._extract.turns, self.text)) if self._extract.turns else []

    def write(self, edits: Sequence[Edit]) -> bytes:
        """The source with `edits` made; DocumentError when its encoding lacks a letter of one."""
        parts = (part for edit in self.prepared(edits) for part in parted(edit, self._borders))
        changes = distribute(parts, self._extract.pieces)
        splices = sorted(splice for change in changes for splice in self._splices(change))
        return self._decoded.encode(spliced(self._decoded.text, self.amended(splices)))

    def prepared(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """`edits` as this format makes them."""
        return edits

    def amended(self, splices: list[Splice]) -> Iterable[Splice]:
        """`splices` with what else has to change in the source for their sake."""
        return splices

    def place(self, offset: int) -> str:
        """Line and column, in the source, of ``text[offset]``."""
        return self._lines.place(self._source_offset(offset))

    @cached_property
    def _borders(self) -> list[int]:
        """Where a piece begins or ends."""
        return sorted({at for piece in self._extract.pieces for at in piece[:2]})

    @cached_property
    def _ends(self) -> list[int]:
        return [piece.end for piece in self._extract.pieces]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._decoded.text)

    def _source_offset(self, offset: int) -> int:
        """Where ``text[offset]`` or what follows it stands in the source."""
        pieces = self._extract.pieces
        number = bisect_right(self._ends, offset)
        if number == len(pieces):
            return len(self._decoded.text)
        piece = pieces[number]
        if piece.slot >= self._extract.kinds:
            return self._extract.atoms[piece.slot - self._extract.kinds].start
        return piece.at + max(0, offset - piece.start)

    def _splices(self, change: Change) -> Iterator[Splice]:
        """What `change` means for the source."""
        kinds = self._extract.kinds
        if change.slot < kinds:
            text = self._written(change, change.slot)
            if change.slot in self._references:
                text = apart(self._decoded.text[max(0, change.start - 1) : change.start], text)
            yield Splice(change.start, change.end, text)
            return
        atom = self._extract.atoms[change.slot - kinds]
        if change.replacement != atom.text:
            yield Splice(atom.start, atom.end, self._written(change, atom.slot))

    def _written(self, change: Change, slot: int) -> str:
        """The replacement as it is written in a slot of that kind."""
        written = self._escapes[slot](change.replacement)
        if slot in self._references:
            codec = self._decoded.codec
            return written.encode(codec, "xmlcharrefreplace").decode(codec)
        self._decoded.check([change.edit], self.place)
        return written
