"""What the stretches of a document tell each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

from vardynas.match.context import BESIDE
from vardynas.match.cuts import Cut
from vardynas.match.outside import Answer, Question
from vardynas.match.stretches import Outcome
from vardynas.text.gaps import paragraph_breaks
from vardynas.text.tokens import tokenize

__all__ = ["Rest"]


class Rest:
    """Collects the facts of all stretches and answers the questions of each.

    `about(asking, firm)` says whether the description of one entry names the other.
    """

    def __init__(
        self,
        text: str,
        cuts: Sequence[Cut],
        outcomes: Sequence[Outcome],
        about: Callable[[int, int], bool],
    ) -> None:
        self._text = text
        self._cuts = cuts
        self._outcomes = outcomes
        self._about = about
        self._breaks: list[int] | None = None
        self._firm: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._full: dict[int, set[int]] = defaultdict(set)
        self._bearers: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._families: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, outcome in enumerate(outcomes):
            if outcome.facts is not None:
                self._collect(number, outcome)

    def _collect(self, number: int, outcome: Outcome) -> None:
        facts, start = outcome.facts, self._cuts[number].start
        assert facts is not None
        for entry, at in facts.firm:
            self._firm[entry].append((number, start + at))
        for entry in facts.full:
            self._full[entry].add(number)
        for entry, at, owner in facts.bearers:
            self._bearers[entry].append((start + at, owner))
        for part, at, owner in facts.families:
            self._families[part].append((start + at, owner))

    def answers(self, number: int) -> tuple[Answer, ...]:
        """The answers to the questions of stretch `number`, in their order."""
        outcome = self._outcomes[number]
        return tuple(
            self._answer(number, q, at, about=q in outcome.about) for q, at in outcome.asked
        )

    def _answer(self, number: int, asked: Question, at: int, *, about: bool) -> Answer:
        start = self._cuts[number].start
        return Answer(
            any(other != number for other, _ in self._firm.get(asked.entry, ())),
            bool(self._full.get(asked.entry, set()) - {number}),
            self._owner(asked, start, start + at),
            about and self._witness(number, asked.entry, start + at),
        )

    def _witness(self, number: int, entry: int, at: int) -> bool:
        """Whether an entry that the description names stands twice, or once and close by."""
        for other, places in self._firm.items():
            elsewhere = any(stretch != number for stretch, _ in places)
            if elsewhere and self._about(entry, other):
                found = len(places) > 1 or self._beside(places[0][1], at)
                if found:
                    return True
        return False

    def _beside(self, one: int, other: int) -> bool:
        """Whether few words stand between two characters."""
        first, last = sorted((one, other))
        return len(tokenize(self._text[first:last])) <= BESIDE

    def _owner(self, asked: Question, start: int, at: int) -> int | None:
        """Whose the nearest full name with this family name before the stretch is."""
        before: list[tuple[int, int]] = []
        for known in (
            self._bearers.get(asked.entry, ()),
            *(self._families.get(part, ()) for part in asked.parts),
        ):
            place = bisect_left(known, (start, -2))
            before += known[max(0, place - 1) : place]
        if not before:
            return None
        place, owner = max(before)
        return None if asked.alone and self._parted(place, at) else owner

    def _parted(self, start: int, end: int) -> bool:
        """Whether a paragraph ends between two characters."""
        if self._breaks is None:
            self._breaks = paragraph_breaks(self._text)
        return bisect_left(self._breaks, start) < bisect_left(self._breaks, end)
