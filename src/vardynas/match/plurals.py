"""Family names in the plural (Sapiehowie, Kaczyńscy): nobody of the family is named by them alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from vardynas.index.codes import TYPES
from vardynas.match.proposal import ALONE, SUPPORTED, Proposal
from vardynas.match.signs import is_family_alone, is_foreign, is_plural
from vardynas.text.tokens import Token

__all__ = ["PluralFamily", "plural_families"]


PERSON = TYPES.index("person")


class PluralFamily(NamedTuple):
    """The characters ``[start, end)`` are the plural of a family name; `best` is who fits it best."""

    start: int
    end: int
    best: Proposal


def plural_families(
    tokens: Sequence[Token],
    proposals: Iterable[Proposal],
    entry_type: Sequence[int],
    language_at: Callable[[int], str],
) -> Iterator[PluralFamily]:
    """The family names that can only be plurals, in the order of the text."""
    found: dict[tuple[int, int], Proposal] = {}
    for proposal in proposals:
        bare = entry_type[proposal.entry] == PERSON and is_family_alone(proposal)
        alone = bare and not proposal.hidden and proposal.standing in (ALONE, SUPPORTED)
        if alone and is_plural(proposal) and not is_foreign(proposal, tokens, language_at):
            span = (tokens[proposal.first].start, tokens[proposal.last].end)
            known = found.get(span)
            if known is None or proposal.score > known.score:
                found[span] = proposal
    for (start, end), proposal in sorted(found.items(), key=lambda item: item[0]):
        yield PluralFamily(start, end, proposal)
