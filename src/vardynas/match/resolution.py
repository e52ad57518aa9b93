"""Which proposals hold, and which of overlapping ones: the resolution of one text in five steps.

1. *Facts.* What stands firmly by itself is collected: full names, names that stand alone, and family
   names beside a given name that is not the entry's.
2. *Full names license short ones.* A family name alone holds if its entry may stand alone or if the
   full name stands elsewhere in the text; after somebody else's full name it is that other person's.
   Where two bearers of it have been named in full, nothing tells whose it is.
3. *Witnesses.* Similar forms of short words, names marked ``context`` and words that are also common
   words at the start of a sentence need another mention of the same entry, or of one that the
   entry's description names.
4. *Longest first.* Of what still holds, overlapping runs of tokens give way to the longest; namesakes
   and longer names that the glossary only knows in order to tell them apart count like any other.
5. *Ambiguity is an answer.* Entries whose scores are too close are all reported, none is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vardynas.index.codes import CONTEXT
from vardynas.language.tag import base_language
from vardynas.match.analysis import Analyzer
from vardynas.match.context import PLACE, Context
from vardynas.match.outside import Outside
from vardynas.match.proposal import (
    ALONE,
    SUPPORTED,
    Proposal,
    Scored,
    localized,
    longest,
    margin,
    shared_slots,
)
from vardynas.match.signs import is_foreign, is_plural
from vardynas.text.tokens import Token

__all__ = ["Resolved", "readings_in", "resolve", "settle"]

HIDDEN_LEAD = 0.02
"""By so much a namesake that the glossary sets apart must fit better than an entry."""


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
    return settle(proposals, tokens, analyze, language_at)[0]


def settle(
    proposals: Iterable[Proposal],
    tokens: Sequence[Token],
    analyze: Analyzer,
    language_at: Callable[[int], str],
    outside: Outside | None = None,
) -> tuple[list[Resolved], Context]:
    """The spans that hold, with the facts that they rest on.

    `outside` answers for the rest of the document when the tokens are a stretch of it.
    """
    found = _read(proposals, tokens, analyze, language_at)
    context = Context(found, tokens, analyze, language_at, outside)
    scored = ((context.score(proposal), proposal) for proposal in found)
    groups = longest([(score, proposal) for score, proposal in scored if score is not None])
    ranked = (_ranked(group) for group in groups)
    return [resolved for resolved in ranked if resolved is not None], context


def readings_in(
    proposals: Iterable[Proposal],
    tokens: Sequence[Token],
    analyze: Analyzer,
    language_at: Callable[[int], str],
) -> list[tuple[Any, ...]]:
    """All that the language of a passage decides about proposals; equal when it changes nothing.

    These are the method, how the name stands, whether it is a plural or a form that only another
    language has, and of a place of one word the cases it can be in (see `Context.score`).
    """
    index = analyze.index
    found = _read(proposals, tokens, analyze, language_at)
    return [
        (
            p.method,
            p.standing,
            is_plural(p),
            is_foreign(p, tokens, language_at),
            shared_slots(p.words) if p.length == 1 and index.entry_type[p.entry] == PLACE else (),
        )
        for p in found
    ]


def _read(
    proposals: Iterable[Proposal],
    tokens: Sequence[Token],
    analyze: Analyzer,
    language_at: Callable[[int], str],
) -> list[Proposal]:
    found = [localized(p, tokens, analyze, language_at(p.first)) for p in proposals]
    return _bound(found, analyze, language_at)


def _bound(
    proposals: list[Proposal], analyze: Analyzer, language_at: Callable[[int], str]
) -> list[Proposal]:
    """The proposals, where no name is freer than the one listed for the passage's language.

    The Lithuanian Vytis needs support though the English name Vytis does not. What is listed for that
    language too, and without need of support, is as free as it says (Liberals Movement).
    """
    index = analyze.index
    own = [
        p
        for p in proposals
        if p.method in ("exact", "inflected")
        and base_language(index.name_language(p.name)) == language_at(p.first)
    ]
    needy = {
        (p.first, p.last, p.entry)
        for p in own
        if p.standing == SUPPORTED and index.name_flags[p.name] & CONTEXT
    }
    needy -= {
        (p.first, p.last, p.entry) for p in own if p.standing == ALONE and p.method == "exact"
    }
    for proposal in proposals:
        if (proposal.first, proposal.last, proposal.entry) in needy and proposal.standing == ALONE:
            proposal.standing = SUPPORTED
    return proposals


def _ranked(group: Sequence[Scored]) -> Resolved | None:
    """The entries of a span, best first; None when it is a namesake that the glossary sets apart."""
    best: dict[int, Scored] = {}
    for score, proposal in group:
        known = best.get(proposal.entry)
        if known is None or score > known[0]:
            best[proposal.entry] = (score, proposal)
    ordered = sorted(best.values(), key=lambda item: (-item[0], item[1].entry))
    ranked = tuple(item for item in ordered if not item[1].hidden)
    if not ranked or ordered[0][0] - ranked[0][0] >= HIDDEN_LEAD:
        return None
    close = len(ranked) > 1 and ranked[0][0] - ranked[1][0] < margin(ranked[0][1], ranked[1][1])
    contested = any(proposal.contested for _, proposal in ranked)
    return Resolved(ranked[0][1].first, ranked[0][1].last, ranked, close or contested)
