"""What comments of a document with markup ask to leave alone, in its extracted text.

The remarks are those of plain text (`vardynas.text.silences`), and so is what they mean: the line of
the source in which the comment stands, or, where it stands alone on its line, the paragraph below. In
Markdown that ends at a blank line, in HTML and XML where its element does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import partial
from operator import itemgetter

from vardynas.documents.extract import Extract
from vardynas.text.silences import Remark, remarks, silenced, stretches

__all__ = ["left_alone"]


def left_alone(found: Extract, *, blank_lines: bool) -> list[tuple[int, int]]:
    """The spans of the text of `found` that comments ask to leave alone; [] when none does.

    `blank_lines` says that in this format a blank line ends a paragraph.
    """
    said = _remarks(found)
    if not said:
        return []
    source = _Source(found)
    ignored = partial(silenced, found.source) if blank_lines else source.silenced
    spans = stretches(said, len(found.source), ignored)
    return [span for first, last in spans for span in source.extracted(first, last)]


def _remarks(found: Extract) -> list[Remark]:
    """The comments that say something to this program."""
    return [
        Remark(start, end, remark.word)
        for start, end in found.comments
        for remark in remarks(found.source[start:end])
    ]


class _Source:
    """The places of the extracted text, in the order of the source."""

    def __init__(self, found: Extract) -> None:
        self._found, self._text = found, found.text
        placed = sorted((*found.stands(piece), piece.start, piece.end) for piece in found.pieces)
        self._starts = [one[0] for one in placed]
        self._ends = [one[1] for one in placed]
        self._spans = [one[2:] for one in placed]

    def extracted(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The spans of the text that stand in ``source[first:last]``."""
        for number in range(*self._within(first, last)):
            start, end = self._spans[number]
            before, behind = first - self._starts[number], self._ends[number] - last
            span = start + max(0, before), end - max(0, behind)
            yield span if span[0] < span[1] else (start, end)  # a letter that is written as many

    def silenced(self, start: int, end: int) -> tuple[int, int]:
        """The line of a comment, or, when no text stands on it, the paragraph below."""
        source = self._found.source
        first = source.rfind("\n", 0, start) + 1
        last = source.find("\n", end)
        last = len(source) if last < 0 else last
        if self._has_text(first, start) or self._has_text(end, last):
            return first, last
        return first, self._paragraph_end(last)

    def _within(self, first: int, last: int) -> tuple[int, int]:
        return bisect_right(self._ends, first), bisect_left(self._starts, last)

    def _has_text(self, first: int, last: int) -> bool:
        return any(self._text[start:end].strip() for start, end in self.extracted(first, last))

    def _paragraph_end(self, at: int) -> int:
        """Where, in the source, the first paragraph behind `at` ends."""
        text, pieces = self._text, self._found.pieces
        numbers = range(bisect_left(self._starts, at), len(self._spans))
        below = (self._spans[number] for number in numbers)
        begun = next((start for start, end in below if text[start:end].strip()), None)
        if begun is None:
            return at
        end = text.find("\n\n", begun)
        last = bisect_left(pieces, len(text) if end < 0 else end, key=itemgetter(0)) - 1
        return self._found.stands(pieces[last])[1]
