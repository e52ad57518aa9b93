"""Family names in a text: the anchors from which names of people are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vardynas.index.hits import Hit, Posting
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import Word, is_capital
from vardynas.match.roles import Bearer, best_bearer
from vardynas.text.tokens import Token

__all__ = ["Anchor", "find_anchors"]


class Anchor(NamedTuple):
    """A family name in the text: its words and the reading of the last one."""

    words: tuple[Word, ...]
    bearer: Bearer


def find_anchors(
    tokens: Sequence[Token], analyze: Analyzer, *, similar: bool = True
) -> Iterator[tuple[int, Anchor]]:
    """Every family name in `tokens` with its entry; one anchor for each entry that bears it.

    Namesakes that the glossary only sets apart are left out where no given name stands beside.
    """
    hidden = analyze.index.entry_hidden
    for at, token in enumerate(tokens):
        if not is_capital(token) or token.kind != "word":
            continue
        near: _Near | None = None
        for entry, bearers in analyze.roles(token, similar=similar).bearers.items():
            if hidden[entry] >= 0:
                near = near or _near(tokens, at, analyze)
                if not near.may_name(entry, analyze):
                    continue
            found = [anchor for b in bearers if (anchor := _anchor(tokens, at, b, analyze))]
            if found:
                best = best_bearer([anchor.bearer for anchor in found])
                words = next(a.words for a in found if a.bearer.hit is best.hit)
                yield entry, Anchor(words, best)


class _Near(NamedTuple):
    """The given names around a token: their entries and classes, and the letters of initials."""

    entries: set[int]
    classes: set[str]
    initials: set[str]

    def may_name(self, entry: int, analyze: Analyzer) -> bool:
        """Whether one of them can be that of `entry`."""
        if entry in self.entries:
            return True
        if not (self.initials or self.classes):
            return False
        first, _, classes = analyze.index.personal(entry)
        return bool(self.classes & classes) or any(letter in first for letter in self.initials)


def _near(tokens: Sequence[Token], at: int, analyze: Analyzer) -> _Near:
    """What stands within three words before and two words after token `at`."""
    around = (*tokens[max(0, at - 3) : at], *tokens[at + 1 : at + 3])
    return _Near(
        {entry for token in around for entry in analyze.roles(token).given_of},
        {class_id for token in around for class_id in analyze(token).given},
        {token.plain[:1] for token in around if token.kind == "initial"},
    )


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
    return Anchor(tuple(words), bearer)


def _reads(token: Token, posting: Posting, position: int, analyze: Analyzer) -> Hit | None:
    for hit in analyze(token).hits:
        for other in analyze.index.postings(hit.part):
            if other.name == posting.name and other.position == position:
                return hit
    return None
