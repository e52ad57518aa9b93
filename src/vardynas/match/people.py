"""Names of people: a family name with what stands before and after it.

The family name is the anchor. To its left and right stand given names, initials, patronymics and
middle names in the orders that texts use: *Given Family*, *G. P. Family*, *Family Given Patronymic*,
*Family, Given*. A given name or initial that contradicts the entry's vetoes it. A family name alone
is proposed too; whether it may stand alone is for the context to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vardynas.index.build import CONTEXT, ROLES, SHORT
from vardynas.index.names import is_patronymic
from vardynas.index.tables import Hit, Index, Posting
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import ALONE, FULL, SUPPORTED, VETOED, Proposal, Word, is_capital
from vardynas.match.sequences import strength
from vardynas.text.tokens import Token

__all__ = ["PersonFinder"]

GIVEN, PATRONYMIC, FAMILY = (ROLES.index(role) for role in ("given", "patronymic", "family"))
PARTICLE = ROLES.index("particle")
_NEAR = frozenset({"space", "newline"})
_INITIAL_SCORE = 0.93


class PersonFinder:
    """Finds people among tokens; `titles` are folded words that are never given names."""

    def __init__(self, analyze: Analyzer, titles: frozenset[str]) -> None:
        self._analyze = analyze
        self._index: Index = analyze.index
        self._titles = titles

    def find(self, tokens: Sequence[Token], *, similar: bool = True) -> Iterator[Proposal]:
        """Every person in `tokens`; those whom a neighbour vetoes have the standing ``vetoed``."""
        for at, token in enumerate(tokens):
            if not is_capital(token) or token.kind != "word":
                continue
            hits = self._analyze(token).hits
            if not hits and similar:
                hits = self._analyze.similar(token)
            yield from self._anchored(tokens, at, hits)

    def _anchored(
        self, tokens: Sequence[Token], at: int, hits: Sequence[Hit]
    ) -> Iterator[Proposal]:
        anchors: dict[int, list[_Anchor]] = defaultdict(list)
        for hit in hits:
            for posting in self._index.postings(hit.part):
                if posting.role in (FAMILY, PARTICLE):
                    anchor = self._anchor(tokens, at, hit, posting)
                    if anchor is not None:
                        anchors[posting.entry].append(anchor)
        for entry, found in anchors.items():
            yield _Surroundings(self, tokens, entry, _best(found)).proposal()

    def _anchor(
        self, tokens: Sequence[Token], at: int, hit: Hit, posting: Posting
    ) -> _Anchor | None:
        """The whole family name that ends at token `at`; None when a part of it is missing."""
        start, count = self._index.family(posting.name)
        if posting.position != start + count - 1 or at - count + 1 < 0:
            return None
        words = [Word(at, "family", hit)]
        for back in range(1, count):
            other = self._reads(tokens[at - back], posting, posting.position - back)
            if other is None:
                return None
            words.insert(0, Word(at - back, "family", other))
        flags = self._index.name_flags[posting.name]
        alone = bool(flags & SHORT) and not flags & CONTEXT
        return _Anchor(tuple(words), posting.name, strength(hit), alone, bool(flags & CONTEXT))

    def _reads(self, token: Token, posting: Posting, position: int) -> Hit | None:
        for hit in self._analyze(token).hits:
            for other in self._index.postings(hit.part):
                if other.name == posting.name and other.position == position:
                    return hit
        return None

    # ------------------------------------------------------------ what a neighbour is

    def given(self, token: Token, entry: int) -> Hit | None:
        """The reading of `token` as a given name of `entry`; None when it is none."""
        hits = [
            hit
            for hit in self._analyze(token).hits
            if any(p.entry == entry and p.role == GIVEN for p in self._index.postings(hit.part))
        ]
        return max(hits, key=strength, default=None)

    def same_class(self, token: Token, entry: int) -> bool:
        """Whether `token` is a form of the entry's given name by the tables (Jan for Ян)."""
        return bool(self._analyze(token).given & self._index.personal(entry)[2])

    def kind(self, token: Token, entry: int) -> str:
        """What `token` is beside a family name of `entry`.

        ``given``, ``initial`` and ``patronymic`` fit the entry; ``other-given`` and
        ``other-initial`` contradict it; ``father`` looks like a patronymic; ``unknown`` is another
        capitalized word; "" is anything that cannot be part of the name.
        """
        if token.kind == "initial":
            return "initial" if self._letter(token, entry, 0) else "other-initial"
        if token.kind != "word" or not is_capital(token) or token.form in self._titles:
            return ""
        if self.given(token, entry) or self.same_class(token, entry):
            return "given"
        hits = self._analyze(token).hits
        roles = {p.role for h in hits for p in self._index.postings(h.part) if p.entry == entry}
        if PATRONYMIC in roles:
            return "patronymic"
        if is_patronymic(token.form):
            return "father"
        return "other-given" if self._other_given(token, hits) else "" if hits else "unknown"

    def _other_given(self, token: Token, hits: Sequence[Hit]) -> bool:
        if self._analyze(token).given:
            return True
        return any(p.role == GIVEN for h in hits for p in self._index.postings(h.part))

    def _letter(self, token: Token, entry: int, which: int) -> bool:
        letters = self._index.personal(entry)[which]
        return not letters or token.plain[:1] in letters


class _Anchor(NamedTuple):
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


def _best(anchors: list[_Anchor]) -> _Anchor:
    """The best reading of a family name for one entry.

    It stands alone if one of the listed names does of which it is a form; a name that the glossary
    lists with need of support is not made freer by a derived one (Trumpas, of Trump).
    """
    pool = [anchor for anchor in anchors if anchor.attested] or anchors
    best = max(pool, key=lambda anchor: (anchor.fit, anchor.alone))
    bound = any(a.context and a.fit >= best.fit for a in pool)
    return best._replace(alone=any(a.alone for a in pool) and not bound)


class _Surroundings:
    """What stands around a family name, read for one entry."""

    def __init__(
        self, finder: PersonFinder, tokens: Sequence[Token], entry: int, anchor: _Anchor
    ) -> None:
        self._finder = finder
        self._tokens = tokens
        self._entry = entry
        self._anchor = anchor
        self._first = anchor.words[0].token
        self._last = anchor.words[-1].token

    def proposal(self) -> Proposal:
        """The family name with the words that belong to it."""
        left, left_fits, left_veto = self._left()
        right, right_fits, right_veto = ([], False, False) if left_fits else self._right()
        words = (*left, *self._anchor.words, *right)
        if left_fits or right_fits:
            return self._make(words, FULL)
        if left_veto or right_veto:
            return self._make(words, VETOED)
        return self._make(self._anchor.words, ALONE if self._anchor.alone else SUPPORTED)

    def _make(self, words: tuple[Word, ...], standing: str) -> Proposal:
        hits = [strength(w.hit) for w in words if w.hit]
        score = sum(hits) / len(hits)
        if not any(w.role == "given" for w in words):
            score *= _INITIAL_SCORE
        hidden = self._finder._index.entry_hidden[self._entry] >= 0
        first, last = words[0].token, words[-1].token
        name = self._anchor.name
        return Proposal(first, last, self._entry, name, words, standing, score, hidden)

    def _left(self) -> tuple[list[Word], bool, bool]:
        """Words before the family name, whether they fit, whether they contradict."""
        kinds: list[str] = []
        at = self._first
        while at > 0 and len(kinds) < 3 and self._tokens[at].gap in _NEAR:
            kind = self._finder.kind(self._tokens[at - 1], self._entry)
            if not kind:
                break
            kinds.append(kind)
            at -= 1
        reach = max((i + 1 for i, k in enumerate(kinds) if k in ("given", "initial")), default=0)
        if kinds[:1] == ["initial"] and kinds[1:2] == ["given"]:
            reach = max(reach, 2)
        if reach and self._initials_fit(kinds[:reach]):
            return self._words(self._first - reach, self._first), True, False
        veto = bool(kinds) and self._contradicts(kinds[0], self._tokens[self._first - 1])
        return (self._words(self._first - 1, self._first) if veto else []), False, veto

    def _initials_fit(self, kinds: list[str]) -> bool:
        """Whether the farthest word is the given name and what stands between may stand there."""
        return kinds[-1] in ("given", "initial") and "other-initial" not in kinds[-1:]

    def _contradicts(self, kind: str, token: Token) -> bool:
        if kind in ("other-given", "other-initial"):
            return True
        unlikely = token.sentence_start or token.shape == "upper" or len(token.form) < 3
        return kind in ("unknown", "father") and not unlikely

    def _right(self) -> tuple[list[Word], bool, bool]:
        """Words after the family name (*Family Given Patronymic*, *Family G. P.*)."""
        at = self._last + 1
        if at >= len(self._tokens) or self._tokens[at].gap not in (*_NEAR, "comma"):
            return [], False, False
        comma = self._tokens[at].gap == "comma"
        kind = self._finder.kind(self._tokens[at], self._entry)
        end = at + 1
        if kind in ("given", "initial"):
            if end < len(self._tokens) and self._tokens[end].gap in _NEAR:
                more = self._finder.kind(self._tokens[end], self._entry)
                if more in ("patronymic", "father") or (
                    more and kind == "initial" and "initial" in more
                ):
                    end += 1
                elif more and kind == "given":
                    return [], False, False
            return self._words(at, end), True, False
        veto = kind in ("other-given", "other-initial") and not comma and self._closed(end)
        return [], False, veto

    def _closed(self, at: int) -> bool:
        """Whether no further name begins at token `at`, so that the one before ends here."""
        if at >= len(self._tokens) or self._tokens[at].gap not in _NEAR:
            return True
        return not is_capital(self._tokens[at])

    def _words(self, first: int, last: int) -> list[Word]:
        words = []
        for at in range(first, last):
            token = self._tokens[at]
            kind = self._finder.kind(token, self._entry)
            role = {"father": "patronymic", "other-initial": "initial"}.get(kind, kind)
            words.append(Word(at, role, self._finder.given(token, self._entry)))
        return words
