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

from vardynas.index.build import TYPES
from vardynas.index.parts import UNCHANGED
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import ALONE, FULL, SUPPORTED, VETOED, Proposal, shared_slots
from vardynas.match.similar import allowed_distance
from vardynas.text.tokens import Token

__all__ = ["Resolved", "resolve"]

MARGIN = 0.04
"""Two entries closer than this are reported as ambiguous."""

LONG_ENOUGH = 7
"""From this many letters on, an inflected form is recognized in a passage of another language."""

LICENSED, NEAREST = 0.05, 0.2
"""What a full mention in the text, and the nearest one before, add to a family name alone."""

PERSON, PLACE = TYPES.index("person"), TYPES.index("place")


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
    found = list(proposals)
    context = _Context(found, tokens, analyze, language_at)
    scored = ((context.score(proposal), proposal) for proposal in found)
    groups = _longest([(score, proposal) for score, proposal in scored if score is not None])
    ranked = (_ranked(group) for group in groups)
    return [resolved for resolved in ranked if resolved is not None]


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
    close = len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN
    return Resolved(ranked[0][1].first, ranked[0][1].last, visible, close)


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
        if kind == PLACE and self._after_given(proposal):
            return None
        return proposal.score

    def _bare(self, proposal: Proposal) -> float | None:
        """A family name alone: whose it is, by the nearest full name before it."""
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
        return max(before)[1] if before else None

    def _witnessed(self, proposal: Proposal) -> bool:
        """Whether another mention of the entry, or of one that its description names, stands here."""
        if self._firm.get(proposal.entry, set()) - {proposal.first}:
            return True
        about = self._index.entry(proposal.entry).about if not proposal.hidden else None
        return about is not None and any(
            len(places) > 1 and self._named(entry, about) for entry, places in self._firm.items()
        )

    def _named(self, entry: int, about: str) -> bool:
        words = f" {about} "
        return any(f" {form} " in words for form in self._index.forms(entry))

    def _firm_enough(self, proposal: Proposal) -> bool:
        """Whether a similar form or a common word may hold here."""
        if proposal.length > 1:
            return True
        token = self._tokens[proposal.first]
        if proposal.method == "similar":
            sure = allowed_distance(len(token.form)) > 1
            return sure or bool(self._firm.get(proposal.entry, set()) - {proposal.first})
        if token.sentence_start and token.form in self._analyze.common:
            return self._witnessed(proposal)
        return True

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
                if passage not in ("und", hit.language):
                    return True
        return False

    def _after_given(self, proposal: Proposal) -> bool:
        """Whether a place name follows a given name and agrees with it (George Washington)."""
        at = proposal.first
        if at == 0 or proposal.length > 1 or self._tokens[at].gap not in ("space", "newline"):
            return False
        before = self._tokens[at - 1]
        analysis = self._analyze(before)
        if before.shape != "title" or not analysis.given or analysis.hits:
            return False
        if before.form in self._analyze.common:
            return False
        slots = {(s.case, s.number) for s in analysis.given_slots}
        return bool(slots & {(s.case, s.number) for s in shared_slots(proposal.words)})


def _only_family(proposal: Proposal) -> bool:
    return all(word.role == "family" for word in proposal.words)
