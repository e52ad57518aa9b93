"""Names of places and of everything else: the words in order, all of them."""

from __future__ import annotations

from collections.abc import Sequence

from vardynas.index.names import NameWord
from vardynas.match.compare_people import Outcome
from vardynas.match.compare_words import Link, link_words
from vardynas.text.tokens import Token

__all__ = ["compare_sequences"]

EXTRA, EXTRA_SMALL = 0.35, 0.85
"""What each word costs that only one of the names has, and a small word (w Grodnie)."""


def compare_sequences(
    some: Sequence[Token], others: Sequence[Token], languages: tuple[str, str], kind: str | None
) -> Outcome:
    """The probability that two names without roles are one."""
    a, b = [_word(t) for t in some], [_word(t) for t in others]
    if len(a) > len(b):
        a, b = b, a
        languages = (languages[1], languages[0])
    word_kind = "place" if kind == "place" and len(a) == len(b) == 1 else ""
    links, extra = _aligned(a, b, languages, word_kind)
    score = min(link.score if len(links) > 1 else link.alone for link in links)
    for word in extra:
        score *= EXTRA_SMALL if word.text.islower() else EXTRA
    steps = tuple(step for link in links for step in link.steps)
    return Outcome(score, (*steps, *(("one-sided", word.text) for word in extra)))


def _aligned(
    a: Sequence[NameWord], b: Sequence[NameWord], languages: tuple[str, str], kind: str
) -> tuple[list[Link], list[NameWord]]:
    """The best link of each word of the shorter name, and what is left of the longer one."""
    left = list(b)
    links: list[Link] = []
    for word in a:
        best = max(
            ((link_words(word, other, languages, kind), -i) for i, other in enumerate(left)),
            key=lambda pair: (pair[0].score, pair[1]),
        )
        links.append(best[0])
        del left[-best[1]]
    return links, left


def _word(token: Token) -> NameWord:
    return NameWord(token.text, token.form, token.plain, "word", token.gap)
