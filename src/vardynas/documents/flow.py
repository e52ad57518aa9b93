"""The paragraphs of an office document while it is being read."""

from __future__ import annotations

from vardynas.documents.places import Places
from vardynas.documents.story import Block

__all__ = ["Flow"]


class Flow:
    """Paragraphs, those of boxes and notes in between, and what is hidden or must stay.

    `hidden` and `kept` count the open elements that hide their text, or want it to stay.

    >>> flow = Flow(); flow.begin(); flow.put("Гродна", 0); flow.end()
    >>> [(block.place, block.text) for block in flow.blocks]
    [('paragraph 1', 'Гродна')]
    """

    def __init__(self, place: str = "") -> None:
        self.blocks: list[Block] = []
        self.places = Places(place)
        self.hidden = self.kept = 0
        self._open: list[Block] = []

    def begin(self) -> None:
        """A paragraph begins."""
        block = Block(self.places.paragraph())
        self.blocks.append(block)
        self._open.append(block)

    def end(self) -> None:
        """The innermost paragraph ends."""
        self._open.pop()

    def aside(self, name: str) -> None:
        """What follows stands in a text box or a note that hangs on this paragraph."""
        self.places.begin(f"{self.place}, {name}" if self.place else name)

    @property
    def place(self) -> str:
        """Where the innermost open paragraph is; "" outside of any."""
        return self._open[-1].place if self._open else ""

    @property
    def block(self) -> Block | None:
        """The paragraph that takes what is read now; None where nothing is seen."""
        return self._open[-1] if self._open and not self.hidden else None

    def put(self, text: str, slot: int, at: int = 0) -> None:
        """`text` stands in `slot`, which has to take it."""
        if self.block:
            self.block.add(text, slot, at)

    def show(self, text: str) -> None:
        """A line break, a picture: seen, in no slot."""
        if self.block and self.kept:
            self.block.keep(text)
        elif self.block:
            self.block.show(text)

    def border(self) -> None:
        """A link, or another format, begins or ends here."""
        if self.block:
            self.block.borders.append(self.block.length)

    def keep(self, text: str = "") -> None:
        """Text that must stay; without any: something that no edit may go over."""
        if self.block:
            self.block.keep(text)
