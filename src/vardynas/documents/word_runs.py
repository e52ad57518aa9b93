"""The runs of a Word document and the text in them, as slots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vardynas.documents.flow import Flow
from vardynas.documents.slots import Chunk, Letters, XmlSlot, element_end
from vardynas.documents.story import Block
from vardynas.documents.word_fields import Fields

__all__ = ["Run", "Runs", "WordText"]

_XML_SPACE = "http://www.w3.org/XML/1998/namespace space"
_WHITE = " \t\r\n"
_AS_SPACES = str.maketrans("\t\r\n", "   ")


class Run:
    """A run: where its tag begins, where its properties begin and were told to end (0, 0: none)."""

    __slots__ = ("properties", "properties_end", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.properties = self.properties_end = 0


class WordText(NamedTuple):
    """Whose text a slot is: the run, and where its element (w:t or a sign) begins.

    Without xml:space="preserve" (`preserved`) Word shows ``text[first:last]``, no blanks around it.
    """

    run: Run
    start: int
    preserved: bool
    first: int
    last: int


class Runs:
    """Turns the text of runs into slots and tells it to `flow`."""

    def __init__(
        self, data: bytes, part: int, slots: list[XmlSlot], texts: list[WordText], flow: Flow
    ) -> None:
        self._data = data
        self._part = part
        self._slots = slots
        self._texts = texts
        self._flow = flow
        self._open: list[Run] = []
        self._fields = [Fields()]
        self._letters: Letters | None = None
        self._at = 0  # where the element begins whose text is being read
        self._preserved = False
        self._format: tuple[Block | None, bytes] = None, b""  # of the text that was read last

    def begin(self, at: int) -> None:
        """A run begins."""
        self._open.append(Run(at))

    def end(self) -> None:
        """A run ends."""
        self._open.pop()

    def begin_properties(self, at: int) -> None:
        """The properties of the run begin."""
        self._open[-1].properties = at

    def end_properties(self, at: int) -> None:
        """The properties of the run end."""
        self._open[-1].properties_end = at

    def begin_box(self) -> None:
        """A text box begins; the fields around it do not concern what is in it."""
        self._fields.append(Fields())

    def end_box(self) -> None:
        """A text box ends."""
        self._fields.pop()

    def field(self, sign: str) -> None:
        """A field begins, goes on with its result, or ends."""
        self._fields[-1].sign(sign)
        self._flow.border()

    def simple_field(self, instruction: str) -> None:
        """A field with its instruction in an attribute begins."""
        self._fields[-1].simple(instruction)
        self._flow.border()

    def begin_text(self, attributes: Mapping[str, str], at: int) -> None:
        """An element with text, or a sign, begins."""
        self._letters = Letters(self._data)
        self._preserved = attributes.get(_XML_SPACE) == "preserve"
        self._at = at

    def chars(self, text: str, at: int) -> None:
        """Text of the element that is open."""
        if self._letters is not None:
            self._letters.add(text, at)

    def end_instruction(self) -> None:
        """The instruction of a field was read."""
        if self._letters is not None:
            self._fields[-1].instruct(self._letters.text)
            self._letters = None

    def end_text(self) -> None:
        """The text of w:t was read."""
        letters, self._letters = self._letters, None
        if not letters:
            return
        text, first, last = letters.text, 0, len(letters.text)
        if not self._preserved:
            first = last - len(text.lstrip(_WHITE))
            last = max(first, len(text.rstrip(_WHITE)))
        self._add(text, letters.chunks, first, last)

    def end_sign(self, sign: str, at: int) -> None:
        """A sign was read."""
        if self._letters is not None:
            self._letters = None
            self._preserved = True
            end = element_end(self._data, self._at, at)
            self._add(sign, (Chunk(0, self._at, end),), 0, 1)

    def show(self, text: str) -> None:
        """A line break, a tab: seen, and stays."""
        if not self._fields[-1].hidden:
            self._flow.show(text)

    def _add(self, text: str, chunks: tuple[Chunk, ...] | None, first: int, last: int) -> None:
        shown = text[first:last].translate(_AS_SPACES)
        fields = self._fields[-1]
        if not shown or fields.hidden or not self._flow.block:
            return
        if chunks is None or fields.kept or self._flow.kept:
            self._flow.keep(shown)
            return
        self._mark_format()
        slot = len(self._slots)
        self._slots.append(XmlSlot(self._part, text, chunks))
        self._texts.append(WordText(self._open[-1], self._at, self._preserved, first, last))
        self._flow.put(shown, slot, first)

    def _mark_format(self) -> None:
        """A border, where the properties of the run are not those of the text before."""
        run = self._open[-1]
        found = self._flow.block, self._data[run.properties : run.properties_end]
        if found != self._format:
            self._flow.border()
        self._format = found
