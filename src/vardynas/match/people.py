"""Names of people: a family name with what stands before and after it.

The family name is the anchor. To its left and right stand given names, initials, patronymics and
middle names in the orders that texts use: *Given Family*, *G. P. Family*, *Family Given Patronymic*,
*Family, Given*. A given name or initial that contradicts the entry's vetoes it. A family name alone
is proposed too; whether it may stand alone is for the context to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vardynas.index.codes import ROLES
from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.language.names import is_patronymic
from vardynas.match.analysis import Analyzer
from vardynas.match.anchors import Anchor, find_anchors
from vardynas.match.proposal import (
    ALONE,
    FULL,
    SUPPORTED,
    VETOED,
    Proposal,
    Word,
    is_capital,
    strength,
)
from vardynas.text.tokens import Token

__all__ = ["PersonFinder"]

PATRONYMIC = ROLES.index("patronymic")
_NEAR = frozenset({"space", "newline"})
_INITIAL_SCORE = 0.93


class PersonFinder:
    """Finds people among tokens; `titles` are folded words that speak for nobody's given name."""

    def __init__(self, analyze: Analyzer, titles: frozenset[str]) -> None:
        self._analyze = analyze
        self._index: Index = analyze.index
        self._titles = titles

    def find(self, tokens: Sequence[Token], *, similar: bool = True) -> Iterator[Proposal]:
        """Every person in `tokens`; those whom a neighbour vetoes have the standing ``vetoed``.

        Namesakes that the glossary only sets apart are proposed by their full names alone.
        """
        hidden = self._index.entry_hidden
        for entry, anchor in find_anchors(tokens, self._analyze, similar=similar):
            proposal = _Surroundings(self, tokens, entry, anchor).proposal()
            if proposal.standing == FULL or hidden[entry] < 0:
                yield proposal

    def parts_like(self, token: Token, hit: Hit) -> tuple[int, ...]:
        """The parts with the base form of a reading: names spelled alike in several languages."""
        hits = self._analyze(token).hits
        return tuple(h.part for h in hits if h.lemma == hit.lemma) or (hit.part,)

    # ------------------------------------------------------------ what a neighbour is

    def given(self, token: Token, entry: int) -> Hit | None:
        """The reading of `token` as a given name of `entry`; None when it is none."""
        return self._analyze.roles(token).given_of.get(entry)

    def kind(self, token: Token, entry: int) -> str:
        """What `token` is beside a family name of `entry`.

        ``given``, ``initial`` and ``patronymic`` fit the entry; ``other-given`` and
        ``other-initial`` contradict it; ``father`` looks like a patronymic; ``unknown`` is another
        capitalized word; "" is anything that cannot be part of the name.
        """
        if token.kind == "initial":
            return "initial" if self._letter(token, entry, 0) else "other-initial"
        if token.kind != "word" or not is_capital(token):
            return ""
        analysis, roles = self._analyze(token), self._analyze.roles(token)
        own = roles.given_of.get(entry)
        if own is not None and own.exact and own.method == "exact":
            return "given"  # as it is listed, whatever else the word may be (Кароль)
        if token.sentence_start and token.form in self._analyze.small:
            return ""
        if own is not None:
            return "given"
        if token.form in self._titles:
            return ""
        if analysis.given & self._index.personal(entry)[2]:
            return "given"
        if PATRONYMIC in roles.by_entry.get(entry, ()):
            return "patronymic"
        if is_patronymic(token.form):
            return "father"
        if analysis.given or roles.given:
            return "other-given"
        return "" if analysis.hits else "unknown"

    def _letter(self, token: Token, entry: int, which: int) -> bool:
        letters = self._index.personal(entry)[which]
        return not letters or token.plain[:1] in letters


class _Surroundings:
    """What stands around a family name, read for one entry."""

    def __init__(
        self, finder: PersonFinder, tokens: Sequence[Token], entry: int, anchor: Anchor
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
        right, right_fits, right_veto = (
            (self._epithet(), False, False) if left_fits else self._right()
        )
        if left_fits or (right_fits and not self._other_before()):
            return self._make((*(left if left_fits else ()), *self._anchor.words, *right), FULL)
        if left_veto or right_veto:
            return self._make((*left, *self._anchor.words), VETOED)
        return self._make(self._anchor.words, ALONE if self._anchor.bearer.alone else SUPPORTED)

    def _other_before(self) -> bool:
        """Whether another given name or initial stands right before the family name."""
        if self._first == 0 or self._tokens[self._first].gap not in _NEAR:
            return False
        kind = self._finder.kind(self._tokens[self._first - 1], self._entry)
        return kind in ("other-given", "other-initial")

    def _make(self, words: tuple[Word, ...], standing: str) -> Proposal:
        hits = [strength(w.hit) for w in words if w.hit]
        score = sum(hits) / len(hits)
        if not any(w.role == "given" for w in words):
            score *= _INITIAL_SCORE
        hidden = self._finder._index.entry_hidden[self._entry] >= 0
        first, last = words[0].token, words[-1].token
        name = self._anchor.bearer.posting.name
        families = self._families()
        return Proposal(first, last, self._entry, name, words, standing, score, hidden, families)

    def _families(self) -> tuple[int, ...]:
        """The parts that the words of the family name can be."""
        found = [
            part
            for word in self._anchor.words
            if word.hit
            for part in self._finder.parts_like(self._tokens[word.token], word.hit)
        ]
        return tuple(dict.fromkeys(found))

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

    def _epithet(self) -> list[Word]:
        """The word behind the family name that a name of the entry has there (Radvila Juodasis)."""
        at, index = self._last + 1, self._finder._index
        if at >= len(self._tokens) or self._tokens[at].gap not in _NEAR:
            return []
        hit = self._finder.given(self._tokens[at], self._entry)
        if hit is None or not is_capital(self._tokens[at]):
            return []
        behind = any(
            posting.entry == self._entry and posting.position == sum(index.family(posting.name))
            for part in self._finder.parts_like(self._tokens[at], hit)
            for posting in index.postings(part)
        )
        return self._words(at, at + 1) if behind else []

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
