"""Places that belong to the name beside them: of a person, or of another place."""

from __future__ import annotations

from collections.abc import Sequence

from vardynas.index.codes import TYPES
from vardynas.language.adjectives import agreeing_slots
from vardynas.language.tag import base_language
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import Proposal, is_capital, shared_slots
from vardynas.match.roles import GIVEN
from vardynas.text.tokens import Token

__all__ = ["belongs_beside", "is_second_half"]

PLACE = TYPES.index("place")


def is_second_half(tokens: Sequence[Token], at: int, analyze: Analyzer) -> bool:
    """Whether a word is the second half of somebody's double name (Mykolaitis-Putinas)."""
    if at == 0 or tokens[at].gap != "hyphen":
        return False
    before = tokens[at - 1]
    if before.form in analyze.titles:
        return False
    return before.shape == "title" and not analyze(before).hits


def belongs_beside(proposal: Proposal, tokens: Sequence[Token], analyze: Analyzer) -> bool:
    """Whether a place of one word is part of the name of a person or of another place beside it."""
    at = proposal.first
    return (
        _is_after_given(proposal, tokens, analyze)
        or _is_before_family(tokens, at, analyze)
        or _is_adjective(proposal, tokens, analyze)
    )


def _is_after_given(proposal: Proposal, tokens: Sequence[Token], analyze: Analyzer) -> bool:
    """Whether a place name follows a given name and agrees with it (George Washington)."""
    at = proposal.first
    if at == 0 or tokens[at].gap not in ("space", "newline"):
        return False
    before = tokens[at - 1]
    if not _is_given(before, analyze) or tokens[max(0, at - 2)].kind == "number":
        return False
    slots = {(s.case, s.number) for s in analyze(before).given_slots}
    return bool(slots & {(s.case, s.number) for s in shared_slots(proposal.words)})


def _is_given(token: Token, analyze: Analyzer) -> bool:
    """Whether a word is a given name and nothing else that the glossary knows."""
    if token.shape != "title" or not analyze(token).given:
        return False
    if token.sentence_start and token.form in analyze.small:
        return False
    roles = analyze.roles(token).by_entry.values()
    return all(found == {GIVEN} for found in roles)


def _is_before_family(tokens: Sequence[Token], at: int, analyze: Analyzer) -> bool:
    """Whether a place name that is a given name too stands before a family name (Lida Novak)."""
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    if not analyze(tokens[at]).given or after.gap != "space":
        return False
    return after.shape == "title" and after.kind == "word" and not analyze(after).hits


def _is_adjective(proposal: Proposal, tokens: Sequence[Token], analyze: Analyzer) -> bool:
    """Whether a form of a place is the adjective of the place before it (Warszawa Gdańska)."""
    at, hit = proposal.first, proposal.words[0].hit
    if at == 0 or tokens[at].gap != "space" or hit is None or hit.base:
        return False
    if not is_capital(tokens[at - 1]):
        return False
    return any(
        not wanted.isdisjoint(other.slots)
        for other in analyze(tokens[at - 1]).hits
        if (wanted := set(agreeing_slots(tokens[at].form, base_language(other.language))))
        and _names_place(other.part, analyze)
    )


def _names_place(part: int, analyze: Analyzer) -> bool:
    index = analyze.index
    return any(index.entry_type[posting.entry] == PLACE for posting in index.postings(part))
