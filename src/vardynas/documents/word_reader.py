"""The paragraphs of one part of a Word document.

What is read: text of runs, hyperlinks, tables, text boxes, content controls and results of fields.
What is seen but stays: tracked insertions, numbers of pages, content that is held elsewhere.
What is not seen: tracked deletions, instructions of fields, what is written above a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vardynas.documents.flow import Flow
from vardynas.documents.slots import XmlSlot
from vardynas.documents.story import Block
from vardynas.documents.word_names import (
    DELETED,
    HELD,
    INSERTED,
    NAMES,
    NOTES,
    OBJECT,
    OBJECTS,
    SEEN,
    SIGNS,
    attribute,
)
from vardynas.documents.word_runs import Runs, WordText

__all__ = ["WordReader"]

_Start = Callable[[str, Mapping[str, str], int], None]
_End = Callable[[int], None]


class WordReader:
    """Reads the part number `part`, whose bytes are `data`; `place` is that of all its text, or "".

    It adds to `slots` and, one for each, to `texts`. `notes` tells which number the reader of the
    main part gave to a note: ``("footnote", id)`` → 1.
    """

    def __init__(
        self,
        data: bytes,
        part: int,
        slots: list[XmlSlot],
        texts: list[WordText],
        place: str,
        notes: dict[tuple[str, str], int],
    ) -> None:
        self.tracked = False
        """Whether there are tracked changes."""
        self._notes = notes
        self._flow = Flow(place)
        self._runs = Runs(data, part, slots, texts, self._flow)
        self._names: list[str] = []  # of the elements that are open
        self._controls: list[bool] = []  # whether the text of each is held elsewhere
        self._copies: list[tuple[int, int]] = []  # numbers of blocks: a choice, its fallback
        self._starts, self._ends = self._start_handlers(), self._end_handlers()

    @property
    def blocks(self) -> list[Block]:
        """The paragraphs that were read."""
        return self._flow.blocks

    def _start_handlers(self) -> dict[str, _Start]:
        return {
            "p": lambda *_: self._flow.begin(),
            "r": lambda name, _, at: self._runs.begin(at),
            "rPr": self._properties,
            "tbl": lambda *_: self._flow.places.begin_table(),
            "tr": lambda *_: self._flow.places.row(),
            "txbxContent": self._box,
            "fldChar": lambda name, found, at: self._runs.field(attribute(found, "fldCharType")),
            "fldSimple": lambda name, found, at: self._runs.simple_field(attribute(found, "instr")),
            "hyperlink": lambda *_: self._flow.border(),
            "instrText": lambda name, found, at: self._runs.begin_text(found, at),
            "sdt": self._control,
            "lock": self._lock,
            "AlternateContent": self._alternatives,
            "Fallback": self._fallback,
            **dict.fromkeys(("t", *SIGNS), self._text),
            **dict.fromkeys(SEEN, self._seen),
            **dict.fromkeys(OBJECTS, lambda *_: self._flow.show(OBJECT)),
            "rt": self._hide,
            **dict.fromkeys(DELETED, self._deleted),
            **dict.fromkeys(INSERTED, self._inserted),
            **dict.fromkeys(HELD, self._hold),
            **dict.fromkeys(NOTES, self._reference),
            **dict.fromkeys(NOTES.values(), self._note),
        }

    def _end_handlers(self) -> dict[str, _End]:
        return {
            "p": lambda at: self._flow.end(),
            "r": lambda at: self._runs.end(),
            "rPr": self._properties_end,
            "t": lambda at: self._runs.end_text(),
            "instrText": lambda at: self._runs.end_instruction(),
            "tbl": lambda at: self._flow.places.end_table(),
            "txbxContent": self._box_ends,
            "fldSimple": lambda at: self._runs.field("end"),
            "hyperlink": lambda at: self._flow.border(),
            "sdt": self._control_ends,
            "AlternateContent": self._alternatives_end,
            **{name: self._sign_end(sign) for name, sign in SIGNS.items()},
            **dict.fromkeys(("rt", *DELETED), self._hidden_end),
            **dict.fromkeys(INSERTED, self._kept_end),
            **dict.fromkeys(NOTES.values(), lambda at: self._flow.places.end()),
        }

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        """An element begins."""
        short = NAMES.get(name, "")
        handler = self._starts.get(short)
        if handler is not None:
            handler(short, attributes, at)
        self._names.append(short)

    def end(self, name: str, at: int) -> None:
        """An element ends."""
        handler = self._ends.get(self._names.pop())
        if handler is not None:
            handler(at)

    def chars(self, text: str, at: int) -> None:
        """Text, of w:t or an instruction; all other is the layout of the file."""
        self._runs.chars(text, at)

    # Runs

    @property
    def _in_run(self) -> bool:
        return bool(self._names) and self._names[-1] == "r"

    def _properties(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if self._in_run:
            self._runs.begin_properties(at)

    def _properties_end(self, at: int) -> None:
        if self._in_run:
            self._runs.end_properties(at)

    def _text(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if self._in_run:
            self._runs.begin_text(attributes, at)

    def _sign_end(self, sign: str) -> _End:
        return lambda at: self._runs.end_sign(sign, at)

    def _seen(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if self._in_run:
            paged = name == "br" and attribute(attributes, "type") in ("page", "column")
            self._runs.show("\f" if paged else SEEN[name])

    # Tracked changes, content controls

    def _hide(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._flow.keep()
        self._flow.hidden += 1

    def _hidden_end(self, at: int) -> None:
        self._flow.hidden -= 1

    def _deleted(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._hide(name, attributes, at)
        self.tracked = True

    def _inserted(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._flow.kept += 1
        self.tracked = True

    def _kept_end(self, at: int) -> None:
        self._flow.kept -= 1

    def _hold(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if self._controls and not self._controls[-1]:
            self._controls[-1] = True
            self._flow.kept += 1

    def _lock(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if attribute(attributes, "val") in ("contentLocked", "sdtContentLocked"):
            self._hold(name, attributes, at)

    def _control(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._flow.border()
        self._controls.append(False)

    def _control_ends(self, at: int) -> None:
        self._flow.border()
        self._flow.kept -= self._controls.pop()

    # Text boxes, their copies for older programs, notes

    def _box(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._flow.aside("text box")
        self._runs.begin_box()

    def _box_ends(self, at: int) -> None:
        self._flow.places.end()
        self._runs.end_box()

    def _alternatives(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._copies.append((len(self.blocks), len(self.blocks)))

    def _fallback(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        if self._copies:
            self._copies[-1] = (self._copies[-1][0], len(self.blocks))

    def _alternatives_end(self, at: int) -> None:
        """A paragraph of the fallback that reads as that of the choice is a copy of it."""
        first, second = self._copies.pop()
        for block, copy in zip(self.blocks[first:second], self.blocks[second:], strict=False):
            if block.text == copy.text:
                copy.echo = block

    def _reference(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        kind = NOTES[name]
        key = kind, attribute(attributes, "id")
        self._notes.setdefault(key, sum(known == kind for known, _ in self._notes) + 1)

    def _note(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        number = self._notes.get((name, attribute(attributes, "id")))
        self._flow.places.begin(f"{name} {number}" if number else name)
