"""The outcome of a stretch of text, worked out once and remembered.

The letters of a stretch decide what it names, up to two things: the language of its passage, and what
the rest of the document says. Both are asked for only where the outcome hangs on them. What is
remembered are a few numbers; candidates and evidence are worked out again when somebody reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from vardynas.match.analysis import Analyzer
from vardynas.match.context import Context
from vardynas.match.mentions import NOBODY
from vardynas.match.outside import Alone, Known, Outside, Question
from vardynas.match.people import PersonFinder
from vardynas.match.proposal import Proposal
from vardynas.match.resolution import Resolved, readings_in, settle
from vardynas.match.scores import probabilities
from vardynas.match.sequences import find_sequences
from vardynas.match.signs import names
from vardynas.text.tokens import Token, tokenize

__all__ = [
    "CACHE",
    "EMPTY",
    "HANGS",
    "LONGEST_KEPT",
    "NO_OUTCOME",
    "Facts",
    "Outcome",
    "Span",
    "Stretches",
]

CACHE = 1 << 15
"""Stretches remembered in each of two generations."""

LONGEST_KEPT = 2000
"""Characters of a stretch that is remembered; longer ones are lists, tables and texts in capitals."""


class Span(NamedTuple):
    """A mention: characters ``[start, end)`` of the stretch, its entry, how likely it is meant."""

    start: int
    end: int
    entry: int
    probability: float


class Facts(NamedTuple):
    """What a stretch tells the rest of its document.

    `firm` has the entries that stand firmly and where, `full` those named in full; `bearers` and
    `families` say where full names stand and whose they are, by entry and by part of the family name.
    """

    firm: tuple[tuple[int, int], ...]
    full: tuple[int, ...]
    bearers: tuple[tuple[int, int, int], ...]
    families: tuple[tuple[int, int, int], ...]


class Outcome(NamedTuple):
    """What a stretch names by itself, what it tells others, and what it would ask them and where.

    `about` are the questions that the description of an entry may answer. With `free` all of it is
    so whatever the language of the passage.
    """

    spans: tuple[Span, ...]
    facts: Facts | None
    asked: tuple[tuple[Question, int], ...]
    about: frozenset[Question]
    free: bool = False


NO_OUTCOME = Outcome((), None, (), frozenset())
EMPTY = NO_OUTCOME._replace(free=True)
HANGS = NO_OUTCOME._replace(asked=())
"""In place of an outcome: it hangs on the language of the passage."""


class Stretches:
    """Remembers the outcomes of stretches; `similar` says whether names may be misspelt."""

    def __init__(self, analyze: Analyzer, people: PersonFinder, similar: bool) -> None:
        self._analyze = analyze
        self._people = people
        self._similar = similar
        self._new: dict[str, Outcome] = {}
        self._old: dict[str, Outcome] = {}
        self._by_language: dict[tuple[str, str], Outcome] = {}
        self._answered: dict[tuple[Any, ...], tuple[Span, ...]] = {}
        self._about: dict[tuple[int, int], bool] = {}

    def known(self, text: str) -> Outcome | None:
        """What is remembered of a stretch: its outcome, `HANGS`, or None."""
        return self._new.get(text)

    def outcome(self, text: str, language: Callable[[], str | None]) -> Outcome | None:
        """The outcome of a stretch in a document that says nothing else.

        `language` tells the language of its passage and is called only where that matters; where it
        is None, for a stretch over passages of several languages, so is the outcome.
        """
        if len(text) > LONGEST_KEPT:
            passage = language()
            return None if passage is None else self.in_passages(text, _always(passage))
        known = self._new.get(text)
        if known is None:
            known = self.free(text)
            if len(self._new) >= CACHE:
                self._old, self._new = self._new, {}
            self._new[text] = known
        if known is not HANGS:
            return known
        passage = language()
        return None if passage is None else self.in_language(text, passage)

    def free(self, text: str) -> Outcome:
        """The outcome of a stretch in every language, or `HANGS`; it is not remembered."""
        return self._new.get(text) or self._old.get(text) or self._free(text) or HANGS

    def in_language(self, text: str, language: str) -> Outcome:
        """The outcome of a stretch in a passage of one language."""
        key = (text, language)
        found = self._by_language.get(key)
        if found is None:
            if len(self._by_language) >= CACHE:
                self._by_language.clear()
            found = self._by_language[key] = self.in_passages(text, _always(language))
        return found

    def answered(self, text: str, language: str, known: Known) -> tuple[Span, ...]:
        """The mentions of a stretch in a document that answers its questions so."""
        if len(text) > LONGEST_KEPT:
            return self.spans(text, _always(language), known)
        key = (text, language, known.answers)
        found = self._answered.get(key)
        if found is None:
            if len(self._answered) >= CACHE:
                self._answered.clear()
            found = self._answered[key] = self.spans(text, _always(language), known)
        return found

    def spans(
        self, text: str, language_at: Callable[[int], str], outside: Outside
    ) -> tuple[Span, ...]:
        """The mentions of a stretch, from the beginning."""
        return tuple(_spans(*self.settled(text, language_at, outside)))

    def about(self, asking: int, firm: int) -> bool:
        """Whether the description of one entry names another."""
        key = (asking, firm)
        found = self._about.get(key)
        if found is None:
            if len(self._about) >= CACHE:
                self._about.clear()
            index = self._analyze.index
            about = index.entry(asking).about
            found = self._about[key] = about is not None and names(index, firm, about)
        return found

    def settled(
        self, text: str, language_at: Callable[[int], str], outside: Outside
    ) -> tuple[list[Token], list[Resolved]]:
        """Tokens and resolved spans of a stretch; `language_at` takes a character of it."""
        tokens = tokenize(text)
        proposals = self.proposals(tokens)
        resolved, _ = settle(
            proposals, tokens, self._analyze, lambda at: language_at(tokens[at].start), outside
        )
        return tokens, resolved

    def in_passages(self, text: str, language_at: Callable[[int], str]) -> Outcome:
        """The outcome of a stretch over the border of passages in several languages."""
        tokens = tokenize(text)
        proposals = list(self.proposals(tokens))
        return self._settle(tokens, proposals, lambda at: language_at(tokens[at].start))

    def proposals(self, tokens: Sequence[Token]) -> Iterator[Proposal]:
        """Everything that the tokens may name."""
        yield from find_sequences(tokens, self._analyze, similar=self._similar)
        yield from self._people.find(tokens, similar=self._similar)

    def _free(self, text: str) -> Outcome | None:
        """The outcome in every language; None where the language of the passage decides."""
        tokens = tokenize(text)
        proposals = list(self.proposals(tokens))
        if not proposals:
            return EMPTY
        if not self._hangs_on_language(tokens, proposals):
            outcome = self._settle(tokens, proposals, _always("und"))
        else:
            same = None if _over_lines(text) else self._same_anywhere(tokens, proposals)
            if same is None:
                return None
            outcome = same
        return outcome._replace(free=True) if outcome != NO_OUTCOME else EMPTY

    def _same_anywhere(
        self, tokens: Sequence[Token], proposals: Sequence[Proposal]
    ) -> Outcome | None:
        """The outcome of a stretch of one line that asks nothing, if all languages give the same."""
        found: Outcome | None = None
        for language in self._analyze.languages:
            outcome = self._settle(tokens, [p.copy() for p in proposals], _always(language))
            if outcome.asked or (found is not None and outcome != found):
                return None
            found = outcome
        return found

    def _hangs_on_language(self, tokens: Sequence[Token], proposals: Sequence[Proposal]) -> bool:
        """Whether some proposal is another thing in a passage of another language."""
        first = None
        for language in self._analyze.languages:
            copies = [p.copy() for p in proposals]
            found = readings_in(copies, tokens, self._analyze, _always(language))
            if first is not None and found != first:
                return True
            first = found
        return False

    def _settle(
        self,
        tokens: Sequence[Token],
        proposals: Sequence[Proposal],
        language_at: Callable[[int], str],
    ) -> Outcome:
        alone = Alone()
        resolved, context = settle(proposals, tokens, self._analyze, language_at, alone)
        asked = tuple((q, tokens[q.at].start) for q in alone.asked)
        spans, facts = tuple(_spans(tokens, resolved)), _facts(tokens, context)
        return Outcome(spans, facts, asked, frozenset(alone.about))


_over_lines = re.compile("[\n\r\u2028\u2029\x85]").search


def _always(language: str) -> Callable[[int], str]:
    return lambda _: language


def _spans(tokens: Sequence[Token], resolved: Sequence[Resolved]) -> Iterator[Span]:
    for row in resolved:
        entry = NOBODY if row.ambiguous else row.ranked[0][1].entry
        best = probabilities(row)[0]
        yield Span(tokens[row.first].start, tokens[row.last].end, entry, best)


def _facts(tokens: Sequence[Token], context: Context) -> Facts | None:
    facts = Facts(
        tuple((e, tokens[at].start) for e, places in context.firm.items() for at in sorted(places)),
        tuple(entry for entry, places in context.full.items() if places),
        tuple(_rows(tokens, context.bearers)),
        tuple(_rows(tokens, context.families)),
    )
    return facts if any(facts) else None


def _rows(
    tokens: Sequence[Token], known: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, int, int]]:
    for key, places in known.items():
        for at, owner in places:
            yield key, tokens[at].start, owner
