"""What stands firmly in one text, and what that means for everything else in it.

A family name alone, a similar form, a word that begins a sentence: whether they hold depends on
what else the text names. The steps are described in `vardynas.match.resolution`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate

from vardynas.index.codes import TYPES, UNCHANGED
from vardynas.index.tables import Index
from vardynas.language.tag import base_language
from vardynas.match.analysis import Analyzer
from vardynas.match.outside import Alone, Outside
from vardynas.match.proposal import (
    ALONE,
    FULL,
    SUPPORTED,
    VETOED,
    Proposal,
    longest,
    shared_slots,
)
from vardynas.match.roles import GIVEN
from vardynas.match.similar import SAME_KEY
from vardynas.text.tokens import Token

__all__ = ["BESIDE", "PLACE", "Context", "is_foreign", "is_plural", "names"]

BESIDE = 5
"""Names that stand within so many words of each other support each other."""

LONG_ENOUGH, LONGER = 7, 8
"""From so many letters on, an inflected form is recognized in a passage of another language, and a
misspelt name without a witness."""

LICENSED, NEAREST = 0.05, 0.2
"""What a full mention in the text, and the nearest one before, add to a family name alone."""

PERSON, PLACE = TYPES.index("person"), TYPES.index("place")


class Context:
    """What stands firmly in one text, and what that means for everything else.

    `firm` has the tokens at which each entry stands firmly, `full` those of its full names; `bearers`
    and `families` list full names by entry and by part of the family name, as (token, whose it is).
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
            for _, proposal in group:
                self._note(proposal)
        for known in (*self.families.values(), *self.bearers.values()):
            known.sort()

    def _note(self, proposal: Proposal) -> None:
        if proposal.standing != VETOED and proposal.method != "similar":
            self.firm[proposal.entry].add(proposal.first)
        if proposal.standing == FULL:
            self.full[proposal.entry].append(proposal.first)
        if proposal.standing in (FULL, VETOED):
            owner = proposal.entry if proposal.standing == FULL else -1
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
        if kind == PERSON and proposal.standing != FULL and _only_family(proposal):
            return self._bare(proposal)
        if proposal.standing == SUPPORTED and not self._witnessed(proposal):
            return None
        if kind == PLACE and (self._after_given(proposal) or self._before_family(proposal)):
            return None
        return proposal.score

    def _bare(self, proposal: Proposal) -> float | None:
        """A family name alone: whose it is, by the nearest full name before it.

        A name that may stand alone is another's only in the paragraph that names the other in full.
        """
        if is_plural(proposal):
            return None
        nearest = self._nearest_full(proposal)
        if nearest is not None and nearest != proposal.entry:
            return None
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
        return not self._in_compound(proposal.first)

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

    def _in_compound(self, at: int) -> bool:
        """Whether a word is the second half of somebody's double name (Mykolaitis-Putinas)."""
        if at == 0 or self._tokens[at].gap != "hyphen":
            return False
        before = self._tokens[at - 1]
        if before.form in self._analyze.titles:
            return False
        return before.shape == "title" and not self._analyze(before).hits

    def _after_given(self, proposal: Proposal) -> bool:
        """Whether a place name follows a given name and agrees with it (George Washington)."""
        at = proposal.first
        if at == 0 or proposal.length > 1 or self._tokens[at].gap not in ("space", "newline"):
            return False
        before = self._tokens[at - 1]
        if not self._is_given(before) or self._tokens[max(0, at - 2)].kind == "number":
            return False
        slots = {(s.case, s.number) for s in self._analyze(before).given_slots}
        return bool(slots & {(s.case, s.number) for s in shared_slots(proposal.words)})

    def _is_given(self, token: Token) -> bool:
        """Whether a word is a given name and nothing else that the glossary knows."""
        analysis = self._analyze(token)
        if token.shape != "title" or not analysis.given:
            return False
        roles = self._analyze.roles(token).by_entry.values()
        return all(found == {GIVEN} for found in roles)

    def _before_family(self, proposal: Proposal) -> bool:
        """Whether a place name that is a given name too stands before a family name (Lida Novak)."""
        at = proposal.last + 1
        if proposal.length > 1 or at >= len(self._tokens):
            return False
        after = self._tokens[at]
        if not self._analyze(self._tokens[proposal.first]).given or after.gap != "space":
            return False
        return after.shape == "title" and after.kind == "word" and not self._analyze(after).hits


def is_foreign(
    proposal: Proposal, tokens: Sequence[Token], language_at: Callable[[int], str]
) -> bool:
    """Whether a name bears an ending of a language that is not the passage's.

    Łukaszenki may be quoted anywhere; short words (Most, of Mosty) and names that are not of
    that language themselves (Iraqi, of Irak) may not.
    """
    for word in proposal.words:
        hit = word.hit
        if hit is None or hit.base or not hit.slots:
            continue
        short = proposal.length == 1 and len(tokens[word.token].form) < LONG_ENOUGH
        if hit.rules == UNCHANGED or short:
            passage = language_at(word.token)
            if passage not in ("und", base_language(hit.language)) and (
                _is_cyrillic(passage) == _is_cyrillic(hit.language)
            ):
                return True
    return False


def names(index: Index, entry: int, description: str) -> bool:
    """Whether a description has a listed form of an entry in it."""
    words = f" {description} "
    return any(f" {form} " in words for form in index.forms(entry))


def _is_cyrillic(language: str) -> bool:
    """Whether a language is written in Cyrillic; words of another script are no chance matches."""
    return language.split("-")[0] in ("be", "ru", "uk") and "Latn" not in language


def is_plural(proposal: Proposal) -> bool:
    """Whether a name can only be the plural: a family, not one person of it."""
    numbers = {slot.number for word in proposal.words if word.hit for slot in word.hit.slots}
    return numbers == {"pl"}


def _only_family(proposal: Proposal) -> bool:
    return all(word.role == "family" for word in proposal.words)
