"""Names of places and of everything else: word by word, all of them, in any order."""

from __future__ import annotations

from collections.abc import Sequence

from vardynas.match.compare_people import Outcome
from vardynas.match.compare_sounds import Written
from vardynas.match.compare_words import Link, link_words

__all__ = ["compare_sequences"]

EXTRA, EXTRA_SMALL = 0.35, 0.85
"""What each word costs that only one of the names has, and a small word (of)."""


def compare_sequences(a: Sequence[Written], b: Sequence[Written], kind: str | None) -> Outcome:
    """The probability that two names without roles are one; both have words.

    >>> grodno, hrodna = (Written("Grodnie", "grodnie", "pl"),), (Written("Гродна", "гродна", "be"),)
    >>> compare_sequences(grodno, hrodna, "place").score > 0.85
    True
    """
    a, b = sorted((_without_letters(a), _without_letters(b)), key=len)
    links, extra = _aligned(a, b, "place" if kind == "place" and len(b) == 1 else "")
    score = min(link.score if len(links) > 1 else link.alone for link in links)
    for word in extra:
        score *= EXTRA_SMALL if word.text.islower() else EXTRA
    steps = tuple(step for link in links for step in link.steps)
    return Outcome(score, (*steps, *(("one-sided", word.text) for word in extra)))


def _without_letters(words: Sequence[Written]) -> Sequence[Written]:
    """The words without single small letters, which are prepositions, if more is left."""
    return [word for word in words if len(word.text) > 1 or not word.text.islower()] or words


def _aligned(
    a: Sequence[Written], b: Sequence[Written], kind: str
) -> tuple[list[Link], list[Written]]:
    """The best link of each word of the shorter name, and what is left of the longer one."""
    left = list(b)
    links: list[Link] = []
    for word in a:
        scored = [(link_words(word, other, kind), -i) for i, other in enumerate(left)]
        link, place = max(scored, key=lambda pair: (pair[0].score, pair[1]))
        links.append(link)
        del left[-place]
    return links, left
