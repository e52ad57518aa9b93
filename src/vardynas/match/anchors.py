"""Family names in a text: the anchors from which names of people are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vardynas.index.hits import Hit, Posting
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import Word, is_capital
from vardynas.match.roles import Bearer
from vardynas.text.tokens import Token

__all__ = ["Anchor", "find_anchors"]


class Anchor(NamedTuple):
    """A family name in the text: its words, the listed name, and how well it fits.

    `alone` says that this listed name may stand alone, `context` that it needs support.
    """

    words: tuple[Word, ...]
    name: int
    fit: float
    alone: bool
    context: bool

    @property
    def attested(self) -> bool:
        """Whether every word is a form of the listed one, without derivation."""
        return all(w.hit is not None and w.hit.method != "derived" for w in self.words)


def _best(anchors: list[Anchor]) -> Anchor:
    """The best reading of a family name for one entry.

    It stands alone if one of the listed names does of which it is a form; a name that the glossary
    lists with need of support is not made freer by a derived one (Trumpas, of Trump).
    """
    pool = [anchor for anchor in anchors if anchor.attested] or anchors
    best = max(pool, key=lambda anchor: (anchor.fit, anchor.alone))
    bound = any(a.context and a.fit >= best.fit for a in pool)
    return best._replace(alone=any(a.alone for a in pool) and not bound)


def find_anchors(
    tokens: Sequence[Token], analyze: Analyzer, *, similar: bool = True
) -> Iterator[tuple[int, Anchor]]:
    """Every family name in `tokens` with its entry; one anchor for each entry that bears it."""
    for at, token in enumerate(tokens):
        if not is_capital(token) or token.kind != "word":
            continue
        for entry, bearers in analyze.roles(token, similar=similar).bearers.items():
            anchors = [_anchor(tokens, at, bearer, analyze) for bearer in bearers]
            found = [anchor for anchor in anchors if anchor is not None]
            if found:
                yield entry, _best(found)


def _anchor(tokens: Sequence[Token], at: int, bearer: Bearer, analyze: Analyzer) -> Anchor | None:
    """The whole family name that ends at token `at`; None when a part of it is missing."""
    if at - bearer.words + 1 < 0:
        return None
    words = [Word(at, "family", bearer.hit)]
    for back in range(1, bearer.words):
        other = _reads(tokens[at - back], bearer.posting, bearer.posting.position - back, analyze)
        if other is None:
            return None
        words.insert(0, Word(at - back, "family", other))
    return Anchor(tuple(words), bearer.posting.name, bearer.fit, bearer.alone, bearer.context)


def _reads(token: Token, posting: Posting, position: int, analyze: Analyzer) -> Hit | None:
    for hit in analyze(token).hits:
        for other in analyze.index.postings(hit.part):
            if other.name == posting.name and other.position == position:
                return hit
    return None
