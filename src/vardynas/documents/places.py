"""What people call the places of an office document: paragraph 12, table 1, row 2, text box."""

from __future__ import annotations

__all__ = ["Places"]


class _Frame:
    """A flow of text with counters of its own: the body, a text box, a note."""

    __slots__ = ("depth", "paragraphs", "place", "rows", "tables")

    def __init__(self, place: str) -> None:
        self.place = place
        self.paragraphs = self.tables = self.rows = self.depth = 0


class Places:
    """Where a document is being read.

    >>> places = Places()
    >>> places.paragraph()
    'paragraph 1'
    >>> places.begin_table(); places.row(); places.paragraph()
    'table 1, row 1'
    >>> places.begin("table 1, row 1, text box"); places.paragraph()
    'table 1, row 1, text box'
    """

    def __init__(self, place: str = "") -> None:
        self._frames = [_Frame(place)]

    def begin(self, place: str) -> None:
        """What follows stands in `place`, until `end`."""
        self._frames.append(_Frame(place))

    def end(self) -> None:
        """The flow that `begin` opened ends."""
        self._frames.pop()

    def begin_table(self) -> None:
        """A table begins; those inside it are not counted."""
        frame = self._frames[-1]
        frame.depth += 1
        if frame.depth == 1:
            frame.tables += 1
            frame.rows = 0

    def end_table(self) -> None:
        """A table ends."""
        self._frames[-1].depth -= 1

    def row(self) -> None:
        """A row begins."""
        frame = self._frames[-1]
        if frame.depth == 1:
            frame.rows += 1

    def paragraph(self) -> str:
        """A paragraph begins: where it is."""
        frame = self._frames[-1]
        if not frame.depth:
            frame.paragraphs += 1
        if frame.place:
            return frame.place
        if frame.depth:
            return f"table {frame.tables}, row {frame.rows}"
        return f"paragraph {frame.paragraphs}"
