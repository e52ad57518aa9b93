"""Which proposals hold: the context of one text decides, in five steps.

1. *Longest first.* Of overlapping runs of tokens the longest that means something is kept; namesakes
   and longer names that the glossary only knows in order to tell them apart count like any other.
2. *Full names license short ones.* A family name alone holds if its entry may stand alone or if the
   full name stands elsewhere in the text; the nearest full name before it decides whose it is.
3. *Vetoes.* A family name beside another given name is somebody else's; so are bare family names
   that follow it.
4. *Witnesses.* Similar forms of short words, names marked ``context`` and words that are also common
   words at the start of a sentence need another mention of the same entry.
5. *Ambiguity is an answer.* Entries whose scores are too close are all reported, none is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vardynas.index.build import TYPES
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import ALONE, FULL, SUPPORTED, VETOED, Proposal, shared_slots
from vardynas.match.similar import allowed_distance
from vardynas.text.tokens import Token

__all__ = ["Resolved", "resolve"]

MARGIN = 0.04
"""Two entries closer than this are reported as ambiguous."""

LICENSED, NEAREST = 0.05, 0.2
"""What a full mention in the text, and the nearest one before, add to a family name alone."""

PERSON, PLACE = TYPES.index("person"), TYPES.index("place")
_RANK = {FULL: 3, ALONE: 2, SUPPORTED: 1, VETOED: 0}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A span with its ranked proposals; `ambiguous` when the first two are too close to call."""

    first: int
    last: int
    ranked: tuple[tuple[float, Proposal], ...]
    ambiguous: bool
    licensed: bool


def resolve(
    proposals: Iterable[Proposal], tokens: Sequence[Token], analyze: Analyzer
) -> list[Resolved]:
    """The spans that hold, in text order, never overlapping."""
    spans = _longest(proposals)
    context = _Context(spans, tokens, analyze)
    found = (context.decide(span) for span in spans)
    return [resolved for resolved in found if resolved is not None]


def _longest(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """Proposals grouped by span; of overlapping spans the longest, then the strongest."""
    groups: dict[tuple[int, int], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        groups[proposal.first, proposal.last].append(proposal)
    taken: set[int] = set()
    chosen = []
    for group in sorted(groups.values(), key=_priority):
        covered = range(group[0].first, group[0].last + 1)
        if taken.isdisjoint(covered):
            taken.update(covered)
            chosen.append(group)
    return sorted(chosen, key=lambda group: group[0].first)


def _priority(group: Sequence[Proposal]) -> tuple[int, float, float, int]:
    best = max(_RANK[p.standing] for p in group)
    longest = group[0].length if best else 0.5
    return (0 if best else 1, -longest, -max(p.score for p in group), group[0].first)


class _Context:
    """The mentions of one text, and what they say about each other."""

    def __init__(
        self,
        spans: Sequence[list[Proposal]],
        tokens: Sequence[Token],
        analyze: Analyzer,
    ) -> None:
        self._tokens = tokens
        self._analyze = analyze
        self._index = analyze.index
        self._full: dict[int, list[int]] = defaultdict(list)
        self._witness: dict[int, set[int]] = defaultdict(set)
        self._families: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for group in spans:
            self._note(group)

    def _note(self, group: Sequence[Proposal]) -> None:
        """Remembers what stands firmly: full names, names alone, and whom vetoes point to."""
        firm = [p for p in group if p.standing in (FULL, ALONE) and p.method != "similar"]
        for proposal in firm:
            self._witness[proposal.entry].add(proposal.first)
        for proposal in group:
            if proposal.standing in (FULL, VETOED):
                owner = proposal.entry if proposal.standing == FULL else -1
                for word in proposal.words:
                    if word.role == "family" and word.hit:
                        self._families[word.hit.part].append((proposal.first, owner))
                if owner >= 0:
                    self._full[owner].append(proposal.first)

    def decide(self, group: Sequence[Proposal]) -> Resolved | None:
        """The ranked entries of a span; None when nothing holds."""
        best: dict[int, tuple[float, Proposal]] = {}
        licensed = False
        for proposal in group:
            score = self._score(proposal)
            if score is None:
                continue
            licensed = licensed or proposal.standing == SUPPORTED
            known = best.get(proposal.entry)
            if known is None or score > known[0]:
                best[proposal.entry] = (score, proposal)
        ranked = sorted(best.values(), key=lambda item: (-item[0], item[1].entry))
        if not ranked or ranked[0][1].hidden:
            return None
        visible = tuple(item for item in ranked if not item[1].hidden)
        close = len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN
        first, last = group[0].first, group[0].last
        return Resolved(first, last, visible, close, licensed)

    def _score(self, proposal: Proposal) -> float | None:
        """The score of a proposal in its context; None when it does not hold."""
        if proposal.standing == VETOED or not self._firm_enough(proposal):
            return None
        if self._index.entry_type[proposal.entry] == PERSON and proposal.standing != FULL:
            return self._bare(proposal)
        if proposal.standing == SUPPORTED and not self._witnessed(proposal):
            return None
        if self._index.entry_type[proposal.entry] == PLACE and self._after_given(proposal):
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
        return bool(self._witness.get(proposal.entry, set()) - {proposal.first})

    def _firm_enough(self, proposal: Proposal) -> bool:
        """Whether a similar form or a common word may hold here."""
        if proposal.length > 1:
            return True
        token = self._tokens[proposal.first]
        if proposal.method == "similar":
            sure = allowed_distance(len(token.form)) > 1
            return sure or self._witnessed(proposal) or bool(self._full.get(proposal.entry))
        if token.sentence_start and token.form in self._analyze.common:
            return self._witnessed(proposal)
        return True

    def _after_given(self, proposal: Proposal) -> bool:
        """Whether a place name follows a given name and agrees with it (George Washington)."""
        at = proposal.first
        if at == 0 or proposal.length > 1 or self._tokens[at].gap not in ("space", "newline"):
            return False
        before = self._tokens[at - 1]
        analysis = self._analyze(before)
        if before.shape != "title" or not analysis.given or analysis.hits:
            return False
        slots = {(s.case, s.number) for s in analysis.given_slots}
        return bool(slots & {(s.case, s.number) for s in shared_slots(proposal.words)})
