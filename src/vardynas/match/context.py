"""Which proposals hold: the context of one text decides, in five steps.

1. *Facts.* What stands firmly by itself is collected: full names, names that stand alone, and family
   names beside a given name that is not the entry's.
2. *Full names license short ones.* A family name alone holds if its entry may stand alone or if the
   full name stands elsewhere in the text; the nearest full name before it decides whose it is, and
   after somebody else's full name it is that other person's.
3. *Witnesses.* Similar forms of short words, names marked ``context`` and words that are also common
   words at the start of a sentence need another mention of the same entry, or of one that the
   entry's description names.
4. *Longest first.* Of what still holds, overlapping runs of tokens give way to the longest; namesakes
   and longer names that the glossary only knows in order to tell them apart count like any other.
5. *Ambiguity is an answer.* Entries whose scores are too close are all reported, none is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vardynas.index.build import CONTEXT, ROLES, TYPES
from vardynas.index.parts import UNCHANGED, base_language
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import (
    ALONE,
    FULL,
    METHOD_ORDER,
    SUPPORTED,
    VETOED,
    Proposal,
    localized,
    shared_slots,
)
from vardynas.match.similar import allowed_distance
from vardynas.text.tokens import Token

__all__ = ["Resolved", "resolve"]

MARGIN = 0.04
"""Two entries closer than this are reported as ambiguous."""

BESIDE = 5
"""Names that stand within so many words of each other support each other."""

LONG_ENOUGH = 7
"""From this many letters on, an inflected form is recognized in a passage of another language."""

LICENSED, NEAREST = 0.05, 0.2
"""What a full mention in the text, and the nearest one before, add to a family name alone."""

PERSON, PLACE = TYPES.index("person"), TYPES.index("place")
GIVEN = ROLES.index("given")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A span with its ranked proposals; `ambiguous` when the first two are too close to call."""

    first: int
    last: int
    ranked: tuple[tuple[float, Proposal], ...]
    ambiguous: bool


def resolve(
    proposals: Iterable[Proposal],
    tokens: Sequence[Token],
    analyze: Analyzer,
    language_at: Callable[[int], str],
) -> list[Resolved]:
    """The spans that hold, in text order, never overlapping.

    `language_at` tells the language of the passage at a token; it is asked only where it matters.
    """
    found = [localized(p, tokens, analyze, language_at(p.first)) for p in proposals]
    found = _bound(found, analyze, language_at)
    context = _Context(found, tokens, analyze, language_at)
    scored = ((context.score(proposal), proposal) for proposal in found)
    groups = _longest([(score, proposal) for score, proposal in scored if score is not None])
    ranked = (_ranked(group) for group in groups)
    return [resolved for resolved in ranked if resolved is not None]


def _bound(
    proposals: list[Proposal], analyze: Analyzer, language_at: Callable[[int], str]
) -> list[Proposal]:
    """The proposals, where no name is freer than the one listed for the passage's language.

    The Lithuanian Vytis needs support though the English name Vytis does not.
    """
    index = analyze.index
    needy = {
        (p.first, p.last, p.entry)
        for p in proposals
        if p.standing == SUPPORTED
        and p.method in ("exact", "inflected")
        and index.name_flags[p.name] & CONTEXT
        and base_language(index.name_language(p.name)) == language_at(p.first)
    }
    for proposal in proposals:
        if (proposal.first, proposal.last, proposal.entry) in needy and proposal.standing == ALONE:
            proposal.standing = SUPPORTED
    return proposals


_Scored = tuple[float, Proposal]


def _longest(scored: Iterable[_Scored]) -> list[list[_Scored]]:
    """Proposals grouped by span; of overlapping spans the longest, then the strongest."""
    groups: dict[tuple[int, int], list[_Scored]] = defaultdict(list)
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


def _priority(group: Sequence[_Scored]) -> tuple[int, float, int]:
    return -group[0][1].length, -max(score for score, _ in group), group[0][1].first


def _ranked(group: Sequence[_Scored]) -> Resolved | None:
    """The entries of a span, best first; None when it is a namesake that the glossary sets apart."""
    best: dict[int, _Scored] = {}
    for score, proposal in group:
        known = best.get(proposal.entry)
        if known is None or score > known[0]:
            best[proposal.entry] = (score, proposal)
    ranked = sorted(best.values(), key=lambda item: (-item[0], item[1].entry))
    if ranked[0][1].hidden:
        return None
    visible = tuple(item for item in ranked if not item[1].hidden)
    close = len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _margin(ranked[0][1], ranked[1][1])
    return Resolved(ranked[0][1].first, ranked[0][1].last, visible, close)


def _margin(first: Proposal, second: Proposal) -> float:
    """How close the second may come: less where the first took fewer steps (a base form)."""
    return MARGIN if METHOD_ORDER.index(first.method) >= METHOD_ORDER.index(second.method) else 0.0


class _Context:
    """What stands firmly in one text, and what that means for everything else."""

    def __init__(
        self,
        proposals: Sequence[Proposal],
        tokens: Sequence[Token],
        analyze: Analyzer,
        language_at: Callable[[int], str],
    ) -> None:
        self._tokens = tokens
        self._analyze = analyze
        self._index = analyze.index
        self._language_at = language_at
        self._full: dict[int, list[int]] = defaultdict(list)
        self._firm: dict[int, set[int]] = defaultdict(set)
        self._families: dict[int, list[tuple[int, int]]] = defaultdict(list)
        facts = [(p.score, p) for p in proposals if p.standing in (FULL, ALONE, VETOED)]
        for group in _longest(facts):
            for _, proposal in group:
                self._note(proposal)

    def _note(self, proposal: Proposal) -> None:
        if proposal.standing != VETOED and proposal.method != "similar":
            self._firm[proposal.entry].add(proposal.first)
        if proposal.standing == FULL:
            self._full[proposal.entry].append(proposal.first)
        if proposal.standing in (FULL, VETOED):
            owner = proposal.entry if proposal.standing == FULL else -1
            for word in proposal.words:
                if word.role == "family" and word.hit:
                    self._families[word.hit.part].append((proposal.first, owner))

    def score(self, proposal: Proposal) -> float | None:
        """The score of a proposal in its context; None when it does not hold."""
        if proposal.standing == VETOED or not self._firm_enough(proposal):
            return None
        if self._foreign_form(proposal):
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
        if all(slot.number == "pl" for w in proposal.words if w.hit for slot in w.hit.slots):
            return None if any(w.hit and w.hit.slots for w in proposal.words) else proposal.score
        nearest = self._nearest_full(proposal)
        if nearest is not None and nearest != proposal.entry:
            return None
        licensed = bool(self._full.get(proposal.entry))
        if proposal.standing == SUPPORTED and not licensed:
            return None
        return min(1.0, proposal.score + LICENSED * licensed + NEAREST * (nearest is not None))

    def _nearest_full(self, proposal: Proposal) -> int | None:
        parts = [w.hit.part for w in proposal.words if w.role == "family" and w.hit]
        before = [
            item
            for part in parts
            for item in self._families.get(part, ())
            if item[0] < proposal.first
        ]
        if not before:
            return None
        at, owner = max(before)
        passed = any(t.gap == "paragraph" for t in self._tokens[at + 1 : proposal.first + 1])
        return None if passed and proposal.standing == ALONE else owner

    def _witnessed(self, proposal: Proposal) -> bool:
        """Whether another mention of the entry, or of one that its description names, stands here."""
        if self._firm.get(proposal.entry, set()) - {proposal.first}:
            return True
        if proposal.hidden:
            return False
        if self._index.entry_type[proposal.entry] == PLACE and self._cued(proposal):
            return True
        about = self._index.entry(proposal.entry).about
        return about is not None and any(
            (len(places) > 1 or min(abs(at - proposal.first) for at in places) <= BESIDE)
            and self._named(entry, about)
            for entry, places in self._firm.items()
        )

    def _cued(self, proposal: Proposal) -> bool:
        """Whether a word close before says that a place follows (замак у Міры)."""
        before = self._tokens[max(0, proposal.first - 3) : proposal.first]
        return any(token.form in self._analyze.place_cues for token in before)

    def _named(self, entry: int, about: str) -> bool:
        words = f" {about} "
        return any(f" {form} " in words for form in self._index.forms(entry))

    def _firm_enough(self, proposal: Proposal) -> bool:
        """Whether a similar form or a common word may hold here."""
        if proposal.length > 1:
            return True
        token = self._tokens[proposal.first]
        if proposal.method == "similar":
            person = self._index.entry_type[proposal.entry] == PERSON
            sure = allowed_distance(len(token.form)) > 1 and not person and token.shape != "upper"
            return sure or bool(self._firm.get(proposal.entry, set()) - {proposal.first})
        if token.sentence_start:
            after = self._tokens[proposal.last + 1 : proposal.last + 2]
            if self._analyze.starts_sentence(token, after[0] if after else None):
                return self._witnessed(proposal)
        return not self._in_compound(proposal.first)

    def _in_compound(self, at: int) -> bool:
        """Whether a word is the second half of somebody's double name (Mykolaitis-Putinas)."""
        if at == 0 or self._tokens[at].gap != "hyphen":
            return False
        before = self._tokens[at - 1]
        return before.shape == "title" and not self._analyze(before).hits

    def _foreign_form(self, proposal: Proposal) -> bool:
        """Whether a name bears an ending of a language that is not the passage's.

        Łukaszenki may be quoted anywhere; short words (Most, of Mosty) and names that are not of
        that language themselves (Iraqi, of Irak) may not.
        """
        for word in proposal.words:
            hit = word.hit
            if hit is None or hit.base or not hit.slots:
                continue
            short = proposal.length == 1 and len(self._tokens[word.token].form) < LONG_ENOUGH
            if hit.rules == UNCHANGED or short:
                passage = self._language_at(word.token)
                if passage not in ("und", base_language(hit.language)):
                    return True
        return False

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
        roles = {p.role for h in analysis.hits for p in self._index.postings(h.part)}
        return roles <= {GIVEN}

    def _before_family(self, proposal: Proposal) -> bool:
        """Whether a place name that is a given name too stands before a family name (Lida Novak)."""
        at = proposal.last + 1
        if proposal.length > 1 or at >= len(self._tokens):
            return False
        after = self._tokens[at]
        if not self._analyze(self._tokens[proposal.first]).given or after.gap != "space":
            return False
        return after.shape == "title" and after.kind == "word" and not self._analyze(after).hits


def _only_family(proposal: Proposal) -> bool:
    return all(word.role == "family" for word in proposal.words)
