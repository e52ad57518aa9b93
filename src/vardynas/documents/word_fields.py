"""Fields of a Word document: which of their text is seen, and which of it Word writes anew."""

from __future__ import annotations

__all__ = ["Fields"]

_COUNTED = frozenset(
    {"AUTONUM", "DATE", "FILENAME", "FILESIZE", "NUMCHARS", "NUMPAGES", "NUMWORDS"}
    | {"PAGE", "PAGEREF", "SECTION", "SECTIONPAGES", "SEQ", "TIME"}
)
"""Fields whose result is a number, a date or the path of a file (ISO/IEC 29500-1, 17.16.5)."""


class _Field:
    """A field: its instruction so far, and whether its result has begun."""

    __slots__ = ("instruction", "result")

    def __init__(self, instruction: str = "", *, result: bool = False) -> None:
        self.instruction = instruction
        self.result = result

    @property
    def counted(self) -> bool:
        words = self.instruction.split(maxsplit=1)
        return bool(words) and words[0].upper() in _COUNTED


class Fields:
    """The fields that are open at a point of the text.

    >>> fields = Fields()
    >>> fields.sign("begin"); fields.instruct(' HYPERLINK "https://lt/Vilnius" '); fields.hidden
    True
    >>> fields.sign("separate"); fields.hidden, fields.kept
    (False, False)
    """

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.hidden = False
        self.kept = False

    def sign(self, kind: str | None) -> None:
        """A field begins, its result begins (separate), or it ends."""
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].result = True
        elif self._open and kind == "end":
            self._open.pop()
        self._judge()

    def simple(self, instruction: str) -> None:
        """A field with its instruction in an attribute begins; it ends by the sign "end"."""
        self._open.append(_Field(instruction, result=True))
        self._judge()

    def instruct(self, text: str) -> None:
        """More of the instruction."""
        if self._open:
            self._open[-1].instruction += text

    def _judge(self) -> None:
        self.hidden = any(not field.result for field in self._open)
        self.kept = any(field.counted for field in self._open if field.result)
