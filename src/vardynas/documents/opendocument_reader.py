"""The paragraphs of one part of an OpenDocument text, content.xml or styles.xml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from vardynas.documents.flow import Flow
from vardynas.documents.opendocument_names import (
    ASIDES,
    COUNTED,
    HEADERS,
    HIDDEN,
    NAMES,
    STAYING,
    attribute,
    is_inline,
)
from vardynas.documents.slots import Chunk, Letters, XmlSlot, element_end
from vardynas.documents.story import Block

__all__ = ["OpenDocumentReader", "shown"]

_Start = Callable[[str, Mapping[str, str], int], None]
_End = Callable[[int], None]

_OBJECT = "\ufffc"
_XML_ID = "http://www.w3.org/XML/1998/namespace id"
_blanks = re.compile(r"[ \t\r\n]+").finditer
_folds = re.compile(r"[\t\r\n]|  ").search


class OpenDocumentReader:
    """Reads the part number `part`, whose bytes are `data`, and adds to `slots`."""

    def __init__(self, data: bytes, part: int, slots: list[XmlSlot]) -> None:
        self._data = data
        self._part = part
        self._slots = slots
        self._flow = Flow()
        self._letters = Letters(data)
        self._inline = [False]  # for each open element, whether its text is the paragraph's
        self._blank = [True]  # for each open paragraph, whether it ends in a blank so far
        self.tracked = False
        """Whether there are tracked changes."""
        self._insertions: set[str] = set()
        self._region = ""
        self._notes = {"footnote": 0, "endnote": 0}
        self._at = 0
        self._starts, self._ends = self._start_handlers(), self._end_handlers()

    @property
    def blocks(self) -> list[Block]:
        """The paragraphs that were read."""
        return self._flow.blocks

    def _start_handlers(self) -> dict[str, _Start]:
        return {
            "text:p": self._paragraph,
            "text:h": self._paragraph,
            "text:s": self._space,
            **dict.fromkeys(("text:a", "text:span"), lambda *_: self._flow.border()),
            "text:note": self._note,
            "text:change": lambda *_: self._flow.keep(),
            "text:change-start": self._change,
            "text:change-end": self._change_ends,
            "text:changed-region": self._changed,
            "text:insertion": lambda *_: self._insertions.add(self._region),
            "table:table": self._table,
            "table:table-row": self._row,
            "draw:frame": self._frame,
            **dict.fromkeys(STAYING, self._staying),
            **dict.fromkeys(HIDDEN, self._hide),
            **dict.fromkeys(COUNTED, self._keep),
            **dict.fromkeys(HEADERS, lambda name, *_: self._flow.places.begin(HEADERS[name])),
            **dict.fromkeys(ASIDES, lambda *_: self._flow.aside("text box")),
        }

    def _end_handlers(self) -> dict[str, _End]:
        return {
            "text:p": self._paragraph_ends,
            "text:h": self._paragraph_ends,
            "text:s": self._space_ends,
            **dict.fromkeys(("text:a", "text:span"), lambda at: self._flow.border()),
            "text:note": lambda at: self._flow.places.end(),
            "table:table": self._table_ends,
            **dict.fromkeys(HIDDEN, self._hidden_end),
            **dict.fromkeys(COUNTED, self._kept_end),
            **dict.fromkeys(HEADERS, lambda at: self._flow.places.end()),
            **dict.fromkeys(ASIDES, lambda at: self._flow.places.end()),
        }

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        """An element begins."""
        self._flush()
        short = NAMES.get(name, "")
        handler = self._starts.get(short)
        if handler is not None:
            handler(short, attributes, at)
        paragraph = short in ("text:p", "text:h")
        self._inline.append(paragraph or (self._inline[-1] and is_inline(name)))

    def end(self, name: str, at: int) -> None:
        """An element ends."""
        self._flush()
        self._inline.pop()
        handler = self._ends.get(NAMES.get(name, ""))
        if handler is not None:
            handler(at)

    def chars(self, text: str, at: int) -> None:
        """Text."""
        if self._inline[-1]:
            self._letters.add(text, at)

    def _flush(self) -> None:
        """Take the text that was read since the last tag."""
        letters = self._letters
        if not letters:
            return
        self._letters = Letters(self._data)
        spans = shown(letters.text, self._blank[-1])
        if not spans or not self._flow.block:
            return
        text, chunks = letters.text, letters.chunks
        self._blank[-1] = text[spans[-1][1] - 1].isspace()
        slot = len(self._slots)
        if chunks is not None and not self._flow.kept:
            self._slots.append(XmlSlot(self._part, text, chunks))
        for start, end in spans:
            seen = text[start : end - 1] + (" " if text[end - 1] in "\t\r\n" else text[end - 1])
            if chunks is None or self._flow.kept:
                self._flow.keep(seen)
            else:
                self._flow.put(seen, slot, start)

    # Paragraphs and what stands in them

    def _paragraph(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if not self._flow.hidden:
            self._flow.begin()
            self._blank.append(True)

    def _paragraph_ends(self, at: int) -> None:
        if not self._flow.hidden:
            self._flow.end()
            self._blank.pop()

    def _space(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._at = at

    def _space_ends(self, at: int) -> None:
        """Blanks written as an element; however many, the text has one."""
        if self._flow.kept:
            self._flow.keep(" ")
            return
        end = element_end(self._data, self._at, at)
        self._flow.put(" ", len(self._slots))
        self._slots.append(XmlSlot(self._part, " ", (Chunk(0, self._at, end),)))
        self._blank[-1] = False

    def _staying(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._flow.show(STAYING[name])
        self._blank[-1] = False

    def _frame(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if attribute(attributes, "text:anchor-type") == "as-char":
            self._flow.show(_OBJECT)

    # What is not seen or stays

    def _hide(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._flow.hidden += 1

    def _hidden_end(self, at: int) -> None:
        self._flow.hidden -= 1

    def _keep(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._flow.kept += 1

    def _kept_end(self, at: int) -> None:
        self._flow.kept -= 1

    def _changed(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self.tracked = True
        self._region = attribute(attributes, "text:id") or attributes.get(_XML_ID, "")

    def _change(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if attribute(attributes, "text:change-id") in self._insertions:
            self._flow.keep()
            self._flow.kept += 1

    def _change_ends(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if self._flow.kept and attribute(attributes, "text:change-id") in self._insertions:
            self._flow.kept -= 1
            self._flow.keep()

    # Tables, notes

    def _table(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if not self._flow.hidden:
            self._flow.places.begin_table()

    def _table_ends(self, at: int) -> None:
        if not self._flow.hidden:
            self._flow.places.end_table()

    def _row(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if not self._flow.hidden:
            self._flow.places.row()

    def _note(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        kind = "endnote" if attribute(attributes, "text:note-class") == "endnote" else "footnote"
        self._notes[kind] += not self._flow.hidden
        self._flow.places.begin(f"{kind} {self._notes[kind]}")


def shown(text: str, blank: bool) -> list[tuple[int, int]]:
    r"""The stretches of `text` that are seen: of blanks in a row the first, none after a `blank`.

    >>> shown("\n  Wilno\n leży", True)
    [(3, 9), (10, 14)]
    """
    if not _folds(text) and not (blank and text.startswith(" ")):
        return [(0, len(text))]
    spans: list[tuple[int, int]] = []
    at = 0
    for match in _blanks(text):
        start = match.start()
        spans.append((at, start + (start > 0 or not blank)))
        at = match.end()
    spans.append((at, len(text)))
    return [(start, end) for start, end in spans if start < end]
