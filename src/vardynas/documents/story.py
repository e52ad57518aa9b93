"""The paragraphs of an office document as one text, and which stretches of it must stay."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vardynas.documents.pieces import Change, Piece, distribute, parted
from vardynas.model import Edit

__all__ = ["Block", "Story"]

_BETWEEN = "\n\n"


class Block:
    """A paragraph in the making: its text, where that stands, and what of it must stay.

    `echo` is a block with the same text of which this one is a copy for older programs: it is not
    shown, and is edited as that one is.
    """

    __slots__ = ("borders", "echo", "kept", "length", "pieces", "place", "start", "texts")

    def __init__(self, place: str) -> None:
        self.place = place
        self.texts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.kept: list[tuple[int, int]] = []
        self.borders: list[int] = []  # where a link or another format begins or ends
        self.echo: Block | None = None
        self.start = 0

    @property
    def text(self) -> str:
        """The text of the paragraph."""
        return "".join(self.texts)

    def add(self, text: str, slot: int, at: int = 0) -> None:
        """`text` stands in `slot` from `at` on."""
        self.pieces.append(Piece(self.length, self.length + len(text), slot, at))
        self.show(text)

    def show(self, text: str) -> None:
        """`text` is seen but stands in no slot: a line break, a picture."""
        self.texts.append(text)
        self.length += len(text)

    def keep(self, text: str = "") -> None:
        """`text` is seen and must stay; without any: no edit may go over this point."""
        self.kept.append((self.length, self.length + len(text)))
        self.show(text)


class Story:
    """What the resolver reads of a document, and its edits as changes of slots.

    Paragraphs are parted by a blank line; those without text take no part.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        held = [block for block in blocks if block.length]
        self._blocks = [block for block in held if block.echo is None]
        self._echoes = [block for block in held if block.echo is not None]
        at = _laid(self._blocks, 0)
        _laid(self._echoes, at)  # behind the end of what is seen
        self.text = _BETWEEN.join(block.text for block in self._blocks)
        self._starts = [block.start for block in self._blocks]
        self._pieces = [
            piece for block in (*self._blocks, *self._echoes) for piece in _moved(block)
        ]
        self._kept = [
            (block.start + start, block.start + end)
            for block in (*self._blocks, *self._echoes)
            for start, end in block.kept
        ]
        self._kept_starts = [start for start, _ in self._kept]
        self._borders = [
            block.start + at for block in (*self._blocks, *self._echoes) for at in block.borders
        ]

    def place(self, offset: int) -> str:
        """Where ``text[offset]`` stands; "" in a document without text."""
        block = self._block(offset)
        return block.place if block else ""

    def makes(self, edit: Edit) -> bool:
        """Whether `edit` can be made: it stays off tracked changes and off what must stay."""
        number = bisect_left(self._kept_starts, edit.end) - 1
        return number < 0 or self._kept[number][1] <= edit.start

    def changes(self, edits: Sequence[Edit]) -> Iterator[Change]:
        """The changes of slots that make those of `edits` that can be made."""
        made = (edit for edit in (*edits, *self._echoed(edits)) if self.makes(edit))
        parts = (part for edit in made for part in parted(edit, self._borders))
        return distribute(parts, self._pieces)

    def _block(self, offset: int) -> Block | None:
        number = max(0, bisect_right(self._starts, offset) - 1)
        return self._blocks[number] if self._blocks else None

    def _echoed(self, edits: Sequence[Edit]) -> Iterator[Edit]:
        """The edits of paragraphs that have copies, at those copies."""
        if not self._echoes:
            return
        ordered = sorted(edits, key=lambda edit: edit.start)
        starts = [edit.start for edit in ordered]
        for block in self._echoes:
            if block.echo is None:
                continue
            first = bisect_left(starts, block.echo.start)
            last = bisect_left(starts, block.echo.start + block.length)
            shift = block.start - block.echo.start
            for edit in ordered[first:last]:
                yield replace(edit, start=edit.start + shift, end=edit.end + shift)


def _laid(blocks: Sequence[Block], at: int) -> int:
    """Give the blocks their places in the text, from `at` on; where the next one would stand."""
    for block in blocks:
        block.start = at
        at += block.length + len(_BETWEEN)
    return at


def _moved(block: Block) -> Iterator[Piece]:
    for start, end, slot, at in block.pieces:
        yield Piece(block.start + start, block.start + end, slot, at)
