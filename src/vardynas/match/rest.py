"""What the stretches of a document tell each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from vardynas.match.context import BESIDE, NOBODY
from vardynas.match.cuts import Cut, body
from vardynas.match.outside import Answer, Known, Question
from vardynas.match.stretches import Facts, Outcome
from vardynas.text.gaps import paragraph_breaks
from vardynas.text.tokens import tokenize

__all__ = ["NOTHING", "Ground", "Rest", "Told", "stands_beside"]

Told = tuple[int, Cut, Outcome]
"""The number of a stretch in its document, the stretch, and its outcome."""

NOTHING = Answer()

_LETTERS_BESIDE, _REACH = 32 * BESIDE, 1024
"""In so many characters there mostly are more words than make two names stand beside each other; how far
what follows can change how they are read."""

_Places = dict[int, list[tuple[int, int]]]


class Rest:
    """Collects what the stretches tell of the entries that any of them asks about.

    `about(asking, firm)` says whether the description of one entry names the other.
    """

    def __init__(self, text: str, told: Sequence[Told], about: Callable[[int, int], bool]) -> None:
        self._ground = Ground(text)
        self._told = told
        self._about = about
        self._firm: _Places = defaultdict(list)
        self._full: _Places = defaultdict(list)
        self._bearers: _Places = defaultdict(list)
        self._families: _Places = defaultdict(list)
        self._own: dict[int, int] = {}
        self._owners: dict[int, dict[int, int]] = defaultdict(dict)
        questions = [question for _, _, outcome in told for question, _ in outcome.asked]
        entries = {question.entry for question in questions}
        parts = {part for question in questions for part in question.parts}
        every = any(outcome.about for _, _, outcome in told)
        for number, cut, outcome in told:
            if outcome.facts is not None:
                self._collect(number, cut[0], outcome.facts, entries, parts, every=every)

    def _collect(
        self,
        number: int,
        start: int,
        facts: Facts,
        entries: set[int],
        parts: set[int],
        *,
        every: bool,
    ) -> None:
        for entry, at in facts.firm:
            if every or entry in entries:
                self._firm[entry].append((number, start + at))
        for entry in facts.full:
            if entry in entries:
                self._full[entry].append((number, start))
        for entry, at, owner in facts.bearers:
            if entry in entries:
                self._bearers[entry].append((start + at, owner))
                if owner == entry:
                    self._own.setdefault(entry, start + at)
        for part, at, owner in facts.families:
            if part in parts:
                self._families[part].append((start + at, owner))
                if owner != NOBODY:
                    self._owners[part].setdefault(owner, start + at)

    def answers(self) -> dict[int, Known]:
        """The answers that say anything, by the number of the stretch that asked."""
        found = {}
        for number, (start, text), outcome in self._told:
            if outcome.asked:
                first = start + len(text) - len(body(text))
                answers = []
                for q, at in outcome.asked:
                    answer = (
                        self._answer(number, first, q, start + at) if self._touches(q) else NOTHING
                    )
                    if q in outcome.about and self._witness(number, q.entry, start + at):
                        answer = answer._replace(witness=True)
                    answers.append((q, answer))
                if any([answer is not NOTHING for _, answer in answers]):
                    found[number] = Known(answers)
        return found

    def _touches(self, asked: Question) -> bool:
        """Whether anything was told of what is asked about."""
        entry = asked.entry
        if entry in self._firm or entry in self._full or entry in self._bearers:
            return True
        families = self._families
        return bool(families) and any([part in families for part in asked.parts])

    def _answer(self, number: int, first: int, asked: Question, at: int) -> Answer:
        """The answer to a question at character `at` of a stretch that begins at `first`."""
        firm = _elsewhere(self._firm.get(asked.entry), number)
        full = _elsewhere(self._full.get(asked.entry), number)
        owner = self._owner(asked, first, at)
        own = self._own.get(asked.entry, first) < first
        rival = any(
            place < first and other != asked.entry
            for part in asked.parts
            for other, place in self._owners.get(part, {}).items()
        )
        found = Answer(firm, full, owner, own=own, rival=rival)
        return NOTHING if found == NOTHING else found

    def _witness(self, number: int, entry: int, at: int) -> bool:
        """Whether an entry that the description names stands twice, or once and close by."""
        return stands_beside(
            number, at, self._firm, lambda firm: self._about(entry, firm), self._ground
        )

    def _owner(self, asked: Question, start: int, at: int) -> int | None:
        """Whose the nearest full name with this family name before the stretch is."""
        lists = [self._families.get(part) for part in asked.parts]
        lists.append(self._bearers.get(asked.entry))
        before: list[tuple[int, int]] = []
        for known in lists:
            if known:
                place = bisect_left(known, (start, -2))
                before += known[max(0, place - 1) : place]
        if not before:
            return None
        place, owner = max(before)
        return None if asked.alone and self._ground.parted(place, at) else owner


class Ground:
    """What lies between two places of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks: list[int] | None = None

    def parted(self, start: int, end: int) -> bool:
        """Whether a paragraph ends between two characters."""
        if self._breaks is None:
            self._breaks = paragraph_breaks(self._text)
        return bisect_left(self._breaks, start) < bisect_left(self._breaks, end)

    def beside(self, one: int, other: int) -> bool:
        """Whether few words stand between two characters."""
        first, last = sorted((one, other))
        enough = first + _LETTERS_BESIDE
        if last > enough:  # an address behind may reach back and take words of its own
            near = tokenize(self._text[first : enough + _REACH])
            if sum(token.end < enough for token in near) > BESIDE:
                return False
        return len(tokenize(self._text[first:last])) <= BESIDE


def stands_beside(
    number: int,
    at: int,
    firm: Mapping[int, Sequence[tuple[int, int]]],
    about: Callable[[int], bool],
    ground: Ground,
) -> bool:
    """Whether an entry of which `about` is true stands firmly outside stretch `number`.

    Twice in the document, or once and few words from character `at`.
    """
    for entry, places in firm.items():
        if not _elsewhere(places, number) or not about(entry):
            continue
        if len(places) > 1 or ground.beside(places[0][1], at):
            return True
    return False


def _elsewhere(places: Sequence[tuple[int, int]] | None, number: int) -> bool:
    """Whether one of the places, in the order of their stretches, is not in stretch `number`."""
    if not places:
        return False
    return places[0][0] != number or places[-1][0] != number
