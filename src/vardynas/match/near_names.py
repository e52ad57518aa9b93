"""The names that share the most with a query, through the readings and the keys of its words.

What a word shares with a name is the likeness of the closest key of a part of the name; words count
by their letters. In a big glossary some parts stand in very many names: the parts most like a word are
taken first, until they stand in as many names as are added up in a millisecond or two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vardynas.index.codes import EXACT
from vardynas.index.tables import Index
from vardynas.language.keys import keys
from vardynas.match.analysis import Analyzer
from vardynas.match.postings import postings_of
from vardynas.match.similar import key_neighbours
from vardynas.text.tokens import Token

__all__ = ["NearNames"]

KEYS_PER_WORD = 60
KEY_CUTOFF = 0.5

_FEW, _MOST = 2_000, 60_000
"""Names that are added up one by one; names in which the parts like a word stand at most."""


class _Rows(NamedTuple):
    """The postings of a part that is like a word of the query, and what they share with it."""

    word: int
    share: float
    start: int
    stop: int


class NearNames:
    """Finds the names of an index that are worth comparing with a query."""

    def __init__(self, analyze: Analyzer) -> None:
        self._analyze = analyze
        self._index: Index = analyze.index

    def __call__(self, words: Sequence[Token], language: str | None, limit: int) -> list[int]:
        """The names with the largest share of the words, the largest first; [] when none has any."""
        rows = [
            row
            for number, word in enumerate(words)
            for row in self._rows(number, len(word.form), self._parts(word, language))
        ]
        if sum(row.stop - row.start for row in rows) <= _FEW:
            return self._one_by_one(rows, limit)
        return self._together(rows, limit)

    # ------------------------------------------------------------ parts like a word

    def _parts(self, word: Token, language: str | None) -> dict[int, float]:
        """The parts like a word, and how like it they are."""
        found = {hit.part: 1.0 for hit in self._analyze(word).hits}
        if word.kind != "word":
            return found
        neighbours, postings = key_neighbours(self._index), postings_of(self._index)
        for key in keys(word.form, language):
            for number, likeness in neighbours.nearest(key, KEYS_PER_WORD, KEY_CUTOFF):
                for part in postings.parts(number):
                    if likeness > found.get(part, 0.0):
                        found[part] = likeness
        return found

    def _rows(self, word: int, letters: int, likeness: dict[int, float]) -> Iterator[_Rows]:
        """The postings of the parts, those most like the word first."""
        postings, total = postings_of(self._index), 0
        for part in sorted(likeness, key=lambda part: (-likeness[part], part)):
            rows = postings.rows(part)
            if total and total + len(rows) > _MOST:
                return
            total += len(rows)
            yield _Rows(word, likeness[part] * letters, rows.start, rows.stop)

    # ------------------------------------------------------------ names with these parts

    def _one_by_one(self, rows: Sequence[_Rows], limit: int) -> list[int]:
        names = postings_of(self._index).names
        shares: dict[tuple[int, int], float] = {}
        for row in rows:
            for name in names[row.start : row.stop].tolist():
                shares.setdefault((row.word, name), row.share)
        totals: dict[int, float] = defaultdict(float)
        for (_, name), share in shares.items():
            totals[name] += share
        visible = (name for name in totals if self._similar_to(name))
        return sorted(visible, key=lambda name: (-totals[name], name))[:limit]

    def _similar_to(self, name: int) -> bool:
        """Whether a name may be meant by a similar one: no abbreviation, no namesake set apart."""
        hidden = self._index.entry_hidden[self._index.name_entry[name]] >= 0
        return not hidden and not self._index.name_flags[name] & EXACT

    def _together(self, rows: Sequence[_Rows], limit: int) -> list[int]:
        """The same in columns: each number is a name and, below it, the row by which it is found."""
        import numpy as np

        column = np.asarray(postings_of(self._index).names)
        sizes = [row.stop - row.start for row in rows]
        found = np.concatenate([column[row.start : row.stop] for row in rows]).astype(np.int64)
        found = found << 32 | np.arange(len(rows)).repeat(sizes)
        found.sort()
        names, by = found >> 32, found & 0xFFFFFFFF
        word = np.array([row.word for row in rows])[by]
        best = np.flatnonzero(np.diff(names, prepend=-1) | np.diff(word, prepend=-1))
        names, shares = names[best], np.array([row.share for row in rows])[by[best]]
        first = np.flatnonzero(np.diff(names, prepend=-1))
        names, totals = names[first], np.add.reduceat(shares, first)
        hidden = np.asarray(self._index.entry_hidden)[np.asarray(self._index.name_entry)[names]]
        seen = (hidden < 0) & (np.asarray(self._index.name_flags)[names] & EXACT == 0)
        names, totals = names[seen], totals[seen]
        return names[np.lexsort((names, -totals))[:limit]].tolist()  # type: ignore[no-any-return]
