"""What a proposal tells by itself: a foreign ending, a plural, a family name alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vardynas.index.codes import UNCHANGED
from vardynas.index.tables import Index
from vardynas.language.paradigm_table import row
from vardynas.language.tag import base_language
from vardynas.match.proposal import Proposal
from vardynas.text.tokens import Token

__all__ = ["is_family_alone", "is_foreign", "is_odd_plural", "is_plural", "names", "said_gender"]

LONG_ENOUGH = 7
"""From so many letters on, an inflected form is recognized in a passage of another language."""

TITLES = 2
"""Words before a name among which a title is looked for (pani prezydent Wałęsa)."""


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


def is_odd_plural(proposal: Proposal) -> bool:
    """Whether a name can only be the plural of what rules made of a singular one.

    Such is Vilnus, the plural of a Vilnas that nobody writes; it is a slip of something else.
    """
    return proposal.method == "derived" and any(
        {slot.number for slot in word.hit.slots} == {"pl"} and row(word.hit.paradigm).number != "pl"
        for word in proposal.words
        if word.hit and word.hit.paradigm and word.hit.rules
    )


def is_plural(proposal: Proposal) -> bool:
    """Whether a name can only be the plural: a family, not one person of it."""
    numbers = {slot.number for word in proposal.words if word.hit for slot in word.hit.slots}
    return numbers == {"pl"}


def is_family_alone(proposal: Proposal) -> bool:
    """Whether a name has no word but the family name."""
    return all(word.role == "family" for word in proposal.words)


def said_gender(tokens: Sequence[Token], at: int, genders: Mapping[str, str]) -> str | None:
    """The gender that a title before token `at` tells (pani, спадар); None without one."""
    for back in range(at, max(0, at - TITLES), -1):
        if tokens[back].gap not in ("space", "newline"):
            return None
        if gender := genders.get(tokens[back - 1].form):
            return gender
    return None
