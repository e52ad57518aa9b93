"""The evidence of a proposal: what each word did to be recognized."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vardynas.evidence import Step
from vardynas.index.hits import Hit
from vardynas.match.proposal import SUPPORTED, Proposal, Word, shared_slots
from vardynas.model import Reading
from vardynas.text.tokens import Token

__all__ = ["cells", "hit_steps", "proposal_steps", "readings"]


def proposal_steps(
    proposal: Proposal, tokens: Sequence[Token], *, licensed: bool
) -> tuple[Step, ...]:
    """One step a word, and how the name stands in its context."""
    steps = [step for word in proposal.words for step in _word_steps(word, tokens[word.token])]
    if proposal.standing == SUPPORTED:
        bare = any(word.role == "family" for word in proposal.words)
        steps.append(("licensed",) if licensed else ("alone",) if bare else ("needs-context",))
    return tuple(steps)


def _word_steps(word: Word, token: Token) -> Iterator[Step]:
    hit = word.hit
    if word.role == "initial":
        yield ("initial", token.text)
    elif hit is None:
        kinds = {"given": "given-class", "patronymic": "patronymic"}
        yield (kinds.get(word.role, "middle"), token.text)
    else:
        yield from hit_steps(hit, token.text)


def hit_steps(hit: Hit, surface: str) -> Iterator[Step]:
    """How one reading explains a surface form."""
    if hit.rules == "similar":
        yield ("key" if hit.weight > 0.8 else "similar", surface, hit.lemma)
        return
    if hit.rules:
        yield (
            "derived",
            surface,
            hit.language,
            hit.lemma,
            cells(hit),
            hit.rules.replace(">", ", "),
        )
    elif hit.base:
        yield ("exact", surface, hit.language, hit.lemma)
    else:
        yield ("inflected", surface, hit.language, hit.lemma, cells(hit))
    if not hit.exact:
        yield ("letters", surface, hit.lemma)


def cells(hit: Hit) -> str:
    """Cases and numbers for people: "gen sg, dat sg"."""
    return ", ".join(dict.fromkeys(f"{slot.case} {slot.number}" for slot in hit.slots))


def readings(proposal: Proposal, tokens: Sequence[Token]) -> tuple[Reading, ...]:
    """One reading a token of the proposal, with the slots in which the words agree."""
    agreed = {(slot.case, slot.number) for slot in shared_slots(proposal.words)}
    return tuple(_reading(word, tokens[word.token], agreed) for word in proposal.words)


def _reading(word: Word, token: Token, agreed: set[tuple[str, str]]) -> Reading:
    hit = word.hit
    if hit is None:
        return Reading(token.start, token.end, token.text, "und", word.role)
    slots = tuple(s for s in hit.slots if (s.case, s.number) in agreed) or hit.slots
    rules = tuple(hit.rules.split(">")) if hit.rules else ()
    return Reading(
        token.start,
        token.end,
        hit.lemma,
        hit.language,
        word.role,
        hit.paradigm or None,
        slots,
        rules,
    )
