"""What each token can be: readings from the glossary, given names that the language tables know.

Each distinct token is analyzed once and kept in a bounded cache. Language plays no part here: it is a
prior for resolving, not a filter.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.language import tables
from vardynas.match.postings import postings_of
from vardynas.match.proposal import strength
from vardynas.match.roles import Roles, roles_of
from vardynas.match.similar import SimilarParts
from vardynas.model import Slot
from vardynas.text.fold import plain
from vardynas.text.tokens import Token

__all__ = ["Analysis", "Analyzer"]

CACHE, NEAR = 1 << 14, 1 << 13
"""Distinct tokens whose readings are kept, and those whose parts in names are: some 30 MB together.

Texts ask for few of them twice, since stretches are remembered as a whole.
"""


class Analysis(NamedTuple):
    """The readings of a token: `hits` in the glossary, `given` the classes of given names."""

    hits: tuple[Hit, ...]
    given: frozenset[str]
    given_slots: tuple[Slot, ...]


NOTHING = Analysis((), frozenset(), ())


class Analyzer:
    """Readings of tokens from the index of a glossary and the index of given names.

    `titles` are words that stand with a capital before a name and are no part of it, `place_cues`
    words that say that a place follows, `small` words that are no given names though a form of one
    is spelled so (Калі Лукашэнка), `genders` words before a name that tell a man from a woman;
    all are folded.
    """

    def __init__(self, index: Index, given: Index) -> None:
        self.index = index
        self.names = given
        self._similar = SimilarParts(index)
        self._cache: dict[str, Analysis] = {}
        self._parts: dict[tuple[str, bool], dict[int, Hit]] = {}
        self._starts: dict[tuple[str, bool], dict[int, Hit]] = {}
        self._open: dict[str, bool] = {}
        self._roles: dict[tuple[str, bool], Roles] = {}
        self.titles = frozenset(given.meta["titles"])
        self.starters: dict[str, str] = given.meta["starters"]
        self.place_cues = frozenset(given.meta["cues"])
        self.small = frozenset(given.meta["small"])
        self.genders: dict[str, str] = given.meta["genders"]
        self._similar_cache: dict[str, tuple[Hit, ...]] = {}
        self._ids: dict[int, str] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """What the language of a passage can be."""
        table = tables.load("languages")["languages"]
        found = {str(row.get("answer", language)) for language, row in table.items()}
        return ("und", *sorted(found))

    def entry_id(self, entry: int) -> str:
        """The id of an entry; always the same string."""
        known = self._ids.get(entry)
        if known is None:
            known = self._ids[entry] = sys.intern(self.index.entry_ids[entry])
        return known

    def __call__(self, token: Token) -> Analysis:
        """The readings of `token`; without any it is `NOTHING`."""
        known = self._cache.get(token.form)
        if known is None:
            if len(self._cache) >= CACHE:
                self._cache.clear()
            known = self._analyze(token.form, token.plain)
            if known is NOTHING and token.alternative:
                known = self._misread(token.alternative)
            self._cache[token.form] = known
        return known

    def _misread(self, form: str) -> Analysis:
        """The readings of another reading of the letters (Vi1nius, a hyphen at a line's end)."""
        found = self._analyze(form, plain(form))
        hits = (hit._replace(exact=False, weight=0.5 * hit.weight) for hit in found.hits)
        return found._replace(hits=tuple(hits))

    def _analyze(self, form: str, bare: str) -> Analysis:
        hits = tuple(self.index.hits(form, bare))
        given = self.names.hits(form, bare)
        if not hits and not given:
            return NOTHING
        classes = frozenset(c for hit in given for c in self.names.classes(hit.part))
        slots = tuple(slot for hit in given for slot in hit.slots)
        return Analysis(hits, classes, slots)

    def roles(self, token: Token, *, similar: bool = False) -> Roles:
        """The parts that `token` can play in names of people; with `similar`, misspelt ones too."""
        key = (token.form, similar and self.is_open(token))
        known = self._roles.get(key)
        if known is None:
            if len(self._roles) >= NEAR:
                self._roles.clear()
            known = self._roles[key] = roles_of(self._readings(token, key[1]), self.index)
        return known

    def is_open(self, token: Token) -> bool:
        """Whether a word may be a misspelt name: no reading of it leads to an entry.

        Those of relatives and namesakes that the glossary only sets apart lead to none: Лукашенка
        is how rules write one of his sons, and still the president misspelt. So do plurals of what
        rules made: Vilnus may be one of Vilnas, and still Vilnius misspelt.
        """
        hits = self(token).hits
        if not hits:
            return True
        known = self._open.get(token.form)
        if known is None:
            if len(self._open) >= NEAR:
                self._open.clear()
            known = self._open[token.form] = not any(
                self._leads(hit.part) for hit in hits if not _is_plural_of_a_rule(hit)
            )
        return known

    def _leads(self, part: int) -> bool:
        """Whether a part stands in a name of an entry."""
        postings, hidden = postings_of(self.index), self.index.entry_hidden
        return any(hidden[postings.entries[row]] < 0 for row in postings.rows(part))

    def _readings(self, token: Token, similar: bool) -> tuple[Hit, ...]:
        hits = self(token).hits
        return (*hits, *self.similar(token)) if similar else hits

    def best_of_parts(self, token: Token, *, similar: bool = False) -> dict[int, Hit]:
        """The parts that `token` can be, each with its best reading."""
        key = (token.form, similar and self.is_open(token))
        known = self._parts.get(key)
        if known is None:
            if len(self._parts) >= NEAR:
                self._parts.clear()
            found = self._readings(token, key[1])
            known = {hit.part: hit for hit in sorted(found, key=strength)}
            self._parts[key] = known
        return known

    def starts(self, token: Token, *, similar: bool = False) -> dict[int, Hit]:
        """The nodes behind the root that `token` leads to, each with its best reading."""
        key = (token.form, similar and self.is_open(token))
        known = self._starts.get(key)
        if known is None:
            if len(self._starts) >= NEAR:
                self._starts.clear()
            known = {}
            for part, hit in self.best_of_parts(token, similar=similar).items():
                node = self.index.step(0, part, 0)
                if node >= 0 and (node not in known or strength(hit) > strength(known[node])):
                    known[node] = hit
            self._starts[key] = known
        return known

    def starts_sentence(self, word: Token, after: Token | None) -> bool:
        """Whether a word at the start of a sentence may be no name (Trumpas atsakymas)."""
        follows = self.starters.get(word.form)
        if follows is None:
            return False
        return re.search(follows, after.form if after else "") is not None

    def surely_unknown(self, tokens: Iterable[Token]) -> frozenset[str]:
        """The forms of those tokens that no reading explains, as far as a filter can tell."""
        asked = [t for t in tokens if not t.alternative and t.form not in self._cache]
        known = self.index.may_hit([token.plain for token in asked])
        return frozenset(t.form for t, may in zip(asked, known, strict=True) if not may)

    def find_similar(self, forms: Sequence[str]) -> None:
        """Works out at once what `similar` will be asked."""
        new = [form for form in dict.fromkeys(forms) if form not in self._similar_cache]
        if len(self._similar_cache) + len(new) >= CACHE:
            self._similar_cache.clear()
        self._similar_cache.update(zip(new, self._similar.many(new), strict=True))

    def similar(self, token: Token) -> tuple[Hit, ...]:
        """Readings by comparison key or small distance; empty for short words and known tokens."""
        known = self._similar_cache.get(token.form)
        if known is None:
            if len(self._similar_cache) >= CACHE:
                self._similar_cache.clear()
            known = self._similar_cache[token.form] = self._similar(token.form)
        return known


def _is_plural_of_a_rule(hit: Hit) -> bool:
    """Whether a reading is a plural of a spelling that rules made."""
    return hit.method == "derived" and {slot.number for slot in hit.slots} == {"pl"}
