"""What stands firmly in one text, and what that means for everything else in it.

A family name alone, a similar form, a word that begins a sentence: whether they hold depends on
what else the text names. The steps are described in `vardynas.match.resolution`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate

from vardynas.index.codes import TYPES
from vardynas.match.analysis import Analyzer
from vardynas.match.beside import belongs_beside, is_second_half
from vardynas.match.outside import Alone, Outside
from vardynas.match.proposal import (
    ALONE,
    FULL,
    SUPPORTED,
    VETOED,
    Proposal,
    Scored,
    longest,
    margin,
)
from vardynas.match.signs import is_family_alone, is_foreign, is_plural, names, said_gender
from vardynas.match.similar import SAME_KEY
from vardynas.text.tokens import Token

__all__ = ["BESIDE", "NOBODY", "PLACE", "Context"]

BESIDE = 5
"""Names that stand within so many words of each other support each other."""

LONGER = 8
"""From so many letters on, a misspelt name is recognized without a witness."""

LICENSED, NEAREST = 0.05, 0.2
"""What a full mention in the text, and the nearest one before, add to a family name alone."""

NOBODY = -1
"""The owner of a full name that is no entry's."""

PERSON, PLACE = TYPES.index("person"), TYPES.index("place")


class Context:
    """What stands firmly in one text, and what that means for everything else.

    `firm` has the tokens at which each entry stands firmly, `full` those of its full names; `bearers`
    and `families` list full names by entry and by part of the family name, as (token, whose it is).
    `_owners` and `_own` have by the same keys everybody whose full name it is, with the first of them.
    """

    def __init__(
        self,
        proposals: Sequence[Proposal],
        tokens: Sequence[Token],
        analyze: Analyzer,
        language_at: Callable[[int], str],
        outside: Outside | None = None,
    ) -> None:
        self._outside = outside or Alone()
        self._tokens = tokens
        self._analyze = analyze
        self._index = analyze.index
        self._language_at = language_at
        breaks = (token.gap == "paragraph" for token in tokens)
        self._paragraph = list(accumulate(breaks, initial=0))[1:]
        self.full: dict[int, list[int]] = defaultdict(list)
        self.firm: dict[int, set[int]] = defaultdict(set)
        self.families: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.bearers: dict[int, list[tuple[int, int]]] = defaultdict(list)
        facts = [(p.score, p) for p in proposals if p.standing in (FULL, ALONE, VETOED)]
        for group in longest(facts):
            named = _named(group)
            for _, proposal in group:
                self._note(proposal, proposal if proposal in named else next(iter(named), None))
        for known in (*self.families.values(), *self.bearers.values()):
            known.sort()
        self._owners = {part: _first_of_each(rows) for part, rows in self.families.items()}
        self._own = {entry: _first_of_each(rows) for entry, rows in self.bearers.items()}

    def _note(self, proposal: Proposal, named: Proposal | None) -> None:
        """Notes a name; `named` is whose full name it most likely is."""
        if proposal.standing != VETOED and proposal.method != "similar":
            self.firm[proposal.entry].add(proposal.first)
        if proposal.standing == FULL:
            self.full[proposal.entry].append(proposal.first)
        if proposal.standing in (FULL, VETOED):
            owner = named.entry if named and proposal.standing == FULL else NOBODY
            self.bearers[proposal.entry].append((proposal.first, owner))
            for part in proposal.families:
                self.families[part].append((proposal.first, owner))

    def score(self, proposal: Proposal) -> float | None:
        """The score of a proposal in its context; None when it does not hold."""
        if proposal.standing == VETOED or is_foreign(proposal, self._tokens, self._language_at):
            return None
        if not self._firm_enough(proposal):
            return None
        kind = self._index.entry_type[proposal.entry]
        if kind == PERSON and proposal.standing != FULL and is_family_alone(proposal):
            return self._bare(proposal)
        if proposal.standing == SUPPORTED and not self._witnessed(proposal):
            return None
        if (
            kind == PLACE
            and proposal.length == 1
            and belongs_beside(proposal, self._tokens, self._analyze)
        ):
            return None
        return proposal.score

    def _bare(self, proposal: Proposal) -> float | None:
        """A family name alone: whose it is, by the full names before it.

        It is contested where two people have been named by it, however near one of them stands. A
        name that may stand alone is another's only in the paragraph that names the other in full.
        """
        if is_plural(proposal):
            return None
        nearest = self._nearest_full(proposal)
        contested = not self._unlisted(nearest) and self._contested(proposal)
        if nearest not in (None, proposal.entry) and not contested:
            return None
        if contested:
            said = said_gender(self._tokens, proposal.first, self._analyze.genders)
            if said and said != self._index.entry(proposal.entry).gender:
                return None
            proposal.contested = not said
        licensed = bool(self.full.get(proposal.entry)) or self._outside.ask(proposal).full
        if proposal.standing == SUPPORTED and not licensed:
            return None
        return min(1.0, proposal.score + LICENSED * licensed + NEAREST * (nearest is not None))

    def _nearest_full(self, proposal: Proposal) -> int | None:
        before = []
        for known in (
            self.bearers[proposal.entry],
            *(self.families[part] for part in proposal.families),
        ):
            place = bisect_left(known, (proposal.first, -1))
            before += known[max(0, place - 1) : place]
        if not before:
            return self._outside.ask(proposal).owner
        at, owner = max(before)
        passed = self._paragraph[proposal.first] > self._paragraph[at]
        return None if passed and proposal.standing == ALONE else owner

    def _unlisted(self, owner: int | None) -> bool:
        """Whether a full name is that of somebody whom the glossary only sets apart, if it has him."""
        return owner is not None and (owner == NOBODY or self._index.entry_hidden[owner] >= 0)

    def _contested(self, proposal: Proposal) -> bool:
        """Whether both the entry and another with its family name have been named in full before."""
        outside = self._outside.ask(proposal)
        at, entry = proposal.first, proposal.entry
        own = self._own.get(entry, {}).get(entry, at) < at
        return (outside.own or own) and (
            outside.rival
            or any(
                place < at and owner not in (NOBODY, entry)
                for part in proposal.families
                for owner, place in self._owners.get(part, {}).items()
            )
        )

    def _witnessed(self, proposal: Proposal) -> bool:
        """Whether another mention of the entry, or of one that its description names, stands here."""
        if self._elsewhere(proposal):
            return True
        if proposal.hidden:
            return False
        if self._index.entry_type[proposal.entry] == PLACE and self._cued(proposal):
            return True
        about = self._index.entry(proposal.entry).about
        if about is None:
            return False
        return self._outside.witness(proposal) or any(
            (len(places) > 1 or min(abs(at - proposal.first) for at in places) <= BESIDE)
            and names(self._index, entry, about)
            for entry, places in self.firm.items()
        )

    def _elsewhere(self, proposal: Proposal) -> bool:
        """Whether the entry stands firmly somewhere else in the text."""
        firm = self.firm.get(proposal.entry, set())
        return len(firm) > (proposal.first in firm) or self._outside.ask(proposal).firm

    def _cued(self, proposal: Proposal) -> bool:
        """Whether a word close before says that a place follows (замак у Міры)."""
        before = self._tokens[max(0, proposal.first - 3) : proposal.first]
        return any(token.form in self._analyze.place_cues for token in before)

    def _firm_enough(self, proposal: Proposal) -> bool:
        """Whether a similar form or a common word may hold here."""
        if proposal.length > 1:
            return True
        token = self._tokens[proposal.first]
        if proposal.method == "similar":
            return self._sure(proposal, token) or self._elsewhere(proposal)
        if token.sentence_start:
            after = self._tokens[proposal.last + 1 : proposal.last + 2]
            if self._analyze.starts_sentence(token, after[0] if after else None):
                return self._witnessed(proposal)
        return not is_second_half(self._tokens, proposal.first, self._analyze)

    def _sure(self, proposal: Proposal, token: Token) -> bool:
        """Whether one misspelt word holds by itself: long, its capital no accident.

        A family name only if it may stand alone and is spelled by another system (Лукашэнко).
        """
        hit = proposal.words[0].hit
        if hit is None:
            return False
        person = self._index.entry_type[proposal.entry] == PERSON
        if person and (proposal.standing != ALONE or hit.weight < SAME_KEY):
            return False
        if token.shape == "upper" or (token.sentence_start and not person):
            return False
        return min(len(token.form), len(hit.lemma)) >= LONGER


def _named(group: Sequence[Scored]) -> list[Proposal]:
    """Those whose full name a span can be: the best one, and who is as close as ambiguity is."""
    full = sorted((row for row in group if row[1].standing == FULL), key=lambda row: -row[0])
    return [p for score, p in full if p is full[0][1] or full[0][0] - score < margin(full[0][1], p)]


def _first_of_each(rows: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Every owner with the first token where a full name is his or hers."""
    return {owner: at for at, owner in reversed(rows)}
