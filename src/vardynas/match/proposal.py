"""What the finders of spans hand to resolution: an entry that a run of tokens may name, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vardynas.index.hits import Hit
from vardynas.language.tag import base_language
from vardynas.model import METHODS, Slot
from vardynas.text.tokens import Token

__all__ = [
    "ALONE",
    "FULL",
    "SUPPORTED",
    "VETOED",
    "Proposal",
    "Scored",
    "Word",
    "is_capital",
    "localized",
    "longest",
    "margin",
    "shared_slots",
    "strength",
]

METHOD_SCORE = {"exact": 1.0, "inflected": 0.97, "derived": 0.94, "similar": 0.8}
WEIGHT_SHARE = {"exact": 0.1, "inflected": 0.1, "derived": 0.3, "similar": 0.3}
"""How much the typicality of the paradigm and the weight of the rules say, by method."""

ALONE, FULL, SUPPORTED, VETOED = "alone", "full", "supported", "vetoed"
"""How a proposal stands: by itself; as a full name; only with support from the context; not at all,
because a neighbour says that somebody else is meant."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a proposal: its reading (None for an initial or a skipped middle name) and role."""

    token: int
    role: str
    hit: Hit | None = None


@dataclass(slots=True)
class Proposal:
    """Tokens `first` to `last` (inclusive) as a name of an entry, before the context is asked.

    `standing` is full, alone or supported; `score` is the strength of the form itself in [0, 1].
    `families` are the parts that its family name can be, whatever the language of the passage.
    `contested` says that the text names somebody else in full to whom it may belong as well.
    """

    first: int
    last: int
    entry: int
    name: int
    words: tuple[Word, ...]
    standing: str
    score: float
    hidden: bool = False
    families: tuple[int, ...] = ()
    contested: bool = False

    @property
    def method(self) -> str:
        """The weakest step that any word took."""
        steps = [
            w.hit.method if w.hit.rules != "similar" else "similar" for w in self.words if w.hit
        ]
        return max(steps, key=METHODS.index, default="exact")

    def copy(self) -> Proposal:
        """An equal one, since resolving changes words and standing."""
        return Proposal(
            self.first,
            self.last,
            self.entry,
            self.name,
            self.words,
            self.standing,
            self.score,
            self.hidden,
            self.families,
            self.contested,
        )

    @property
    def length(self) -> int:
        """How many tokens it covers."""
        return self.last - self.first + 1


def shared_slots(words: Sequence[Word]) -> tuple[Slot, ...]:
    """The cases and numbers in which all inflecting words agree; () when they do not."""
    common: set[tuple[str, str]] | None = None
    for word in words:
        if word.hit is None or not word.hit.slots:
            continue
        cells = {(slot.case, slot.number) for slot in word.hit.slots}
        common = cells if common is None else common & cells
    return tuple(Slot(case, number, "x") for case, number in sorted(common or ()))


def localized(
    proposal: Proposal, tokens: Sequence[Token], analyze: Callable[[Token], Any], language: str
) -> Proposal:
    """The proposal with each word read in the language of its passage, where that is possible.

    Знака is Belarusian in a Belarusian passage and Russian in a Russian one; what is written in its
    place follows from that.
    """
    proposal.words = tuple(
        word if word.hit is None else _read_in(word, proposal, tokens, analyze, language)
        for word in proposal.words
    )
    return proposal


def _read_in(
    word: Word,
    proposal: Proposal,
    tokens: Sequence[Token],
    analyze: Callable[[Token], Any],
    language: str,
) -> Word:
    hit = word.hit
    if hit is None or hit.rules == "similar" or base_language(hit.language) == language:
        return word
    for other in analyze(tokens[word.token]).hits:
        same = base_language(other.language) == language and other.lemma == hit.lemma
        if same and other.exact >= hit.exact and (not other.rules or hit.rules):
            return replace(word, hit=other)
    return word


def is_capital(token: Token) -> bool:
    """Whether a token is written like a name: with a capital, or with capitals inside."""
    return token.shape in ("title", "upper", "mixed")


Scored = tuple[float, Proposal]
"""A proposal with its score in the context."""


def longest(scored: Iterable[Scored]) -> list[list[Scored]]:
    """Proposals grouped by span; of overlapping spans the longest, then the strongest."""
    groups: dict[tuple[int, int], list[Scored]] = defaultdict(list)
    for score, proposal in scored:
        groups[proposal.first, proposal.last].append((score, proposal))
    taken: set[int] = set()
    chosen = []
    for group in sorted(groups.values(), key=_priority):
        covered = range(group[0][1].first, group[0][1].last + 1)
        if taken.isdisjoint(covered):
            taken.update(covered)
            chosen.append(group)
    return sorted(chosen, key=lambda group: group[0][1].first)


MARGIN = 0.04
"""Two entries closer than this are reported as ambiguous."""


def margin(first: Proposal, second: Proposal) -> float:
    """How close the second may come: less where the first took fewer steps (a base form)."""
    return MARGIN if METHODS.index(first.method) >= METHODS.index(second.method) else 0.0


def _priority(group: Sequence[Scored]) -> tuple[int, float, int]:
    return -group[0][1].length, -max(score for score, _ in group), group[0][1].first


def strength(hit: Hit) -> float:
    """How well one reading fits, in [0, 1]: method, letters and weight of the rules."""
    method = "similar" if hit.rules == "similar" else hit.method
    letters = 1.0 if hit.exact or method == "similar" else 0.92
    share = WEIGHT_SHARE[method]
    return METHOD_SCORE[method] * letters * (1 - share + share * hit.weight)
