"""The language of each passage of a document, identified when asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from vardynas.match.cuts import Cut, body
from vardynas.text.passages import passages

__all__ = ["PassageLanguages", "Told"]

Told = tuple[int, int, str]
"""``text[start:end]`` is in a language."""


class PassageLanguages:
    """Languages by the offset of a character; `hint`, if given, is the language of the whole.

    `told` are spans, in the order of the text, whose language is known.
    """

    def __init__(self, text: str, hint: str | None, told: Sequence[Told] = ()) -> None:
        self._text = text
        self._hint = hint
        self._told = told
        self._ends = [end for _, end, _ in told]
        self._passages: list[tuple[int, int]] | None = None
        self._starts: list[int] = []
        self._known: dict[int, str] = {}

    def __call__(self, at: int) -> str:
        """The language of the passage around character `at`; "und" between passages."""
        if self._hint is not None:
            return self._hint
        if self._told:
            span = bisect_right(self._ends, at)
            if span < len(self._told) and self._told[span][0] <= at:
                return self._told[span][2]
        place = self._place(at)
        if place < 0 or at >= self._split()[place][1]:
            return "und"
        return self._identified(place)

    def between(self, start: int, end: int) -> str | None:
        """The one language of ``text[start:end]``; None when it goes over passages of several."""
        if self._hint is not None:
            return self._hint
        found = set(self._between(start, end)) if self._told else self._identified_in(start, end)
        return found.pop() if len(found) == 1 else None

    def _between(self, start: int, end: int) -> Iterator[str]:
        """The languages of ``text[start:end]``, of what is told and of the words between."""
        at = start
        for first, last, language in self._told[bisect_right(self._ends, start) :]:
            if first >= end:
                break
            if self._text[at:first].strip():
                yield from self._identified_in(at, first)
            yield language
            at = max(at, last)
        if at < end and (at == start or self._text[at:end].strip()):
            yield from self._identified_in(at, end)

    def _identified_in(self, start: int, end: int) -> set[str]:
        first, last = self._place(start), self._place(max(start, end - 1))
        return {self._identified(place) for place in range(max(0, first), last + 1)}

    def of(self, cut: Cut) -> str | None:
        """The one language of a stretch; None when it goes over passages of several."""
        start, text = cut
        first = start + len(text) - len(body(text).lstrip())
        return self.between(first, start + len(text))

    def within(self, cut: Cut) -> Callable[[int], str]:
        """The language at a character of a stretch."""
        return lambda at: self(cut[0] + at)

    def _split(self) -> list[tuple[int, int]]:
        if self._passages is None:
            found = passages(self._text)
            self._starts = [start for start, _ in found]
            self._passages = found  # last: another thread may look
        return self._passages

    def _place(self, at: int) -> int:
        self._split()
        return bisect_right(self._starts, at) - 1

    def _identified(self, place: int) -> str:
        if place not in self._known:
            from vardynas.language.identify import identify

            start, end = self._split()[place]
            self._known[place] = identify(self._text[start:end])
        return self._known[place]
