"""What a token can be: stems with the endings that may follow them, and what they are stems of."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from vardynas.index.codes import WEIGHTS
from vardynas.index.columns import Columns
from vardynas.index.hashing import initial_u, prefix_digests
from vardynas.index.hits import Hit
from vardynas.index.presence import Presence
from vardynas.model import Slot
from vardynas.text.fold import fold_word, plain

__all__ = ["Readings"]

_Endings = dict[str, list[tuple[str, tuple[Slot, ...]]]]


class Readings:
    """The stems of an index and the spellings that they belong to."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        numbers = columns.numbers
        self._hashes = numbers("stem.hash")
        self._stem = numbers("stem.spelling"), numbers("stem.cut")
        self._patterns = numbers("stem.pattern")
        self._pattern = [numbers(f"pattern.{c}") for c in ("endings", "paradigm", "prior", "tail")]
        self._spelling = [numbers(f"spelling.{c}") for c in ("part", "text", "way")]
        self._way = [numbers(f"way.{c}") for c in ("language", "chain", "status", "weight")]
        self._texts = columns.strings("text")
        self._ending_sets: dict[int, _Endings] = {}

    def hits(self, form: str, bare: str) -> list[Hit]:
        """Every reading of a folded token (`bare` is the same without diacritics)."""
        found: list[Hit] = []
        endings, hashes = self.endings, self._hashes
        digests = prefix_digests(bare)
        for cut in range(len(bare), max(0, len(bare) - self._longest_ending) - 1, -1):
            if bare[cut:] not in endings:
                continue
            key = digests[cut]
            row = bisect_left(hashes, key)
            while row < len(hashes) and hashes[row] == key:
                self._read(row, bare[:cut], bare[cut:], form, found)
                row += 1
        return found

    def _read(self, row: int, bare: str, ending: str, form: str, found: list[Hit]) -> None:
        pattern = self._patterns[row]
        endings, paradigm, prior, tail = (column[pattern] for column in self._pattern)
        matches = self._ending_set(endings).get(ending)
        if not matches:
            return
        spelling, cut = (column[row] for column in self._stem)
        part, text, way = (column[spelling] for column in self._spelling)
        lemma = self._texts[text]
        stem = fold_word(lemma)[:cut] + self._words["tail"][tail]
        if initial_u(plain(stem)) != initial_u(bare):  # another stem with the same hash
            return
        right = [m for m in matches if stem + m[0] == form]
        slots = tuple(slot for m in (right or matches) for slot in m[1])
        language, chain, status, weight = (column[way] for column in self._way)
        found.append(
            Hit(
                part,
                lemma,
                self._words["language"][language],
                self._words["chain"][chain],
                self._words["status"][status],
                self._words["paradigm"][paradigm],
                slots,
                bool(right),
                weight * prior / WEIGHTS**2,
            )
        )

    def may_hit(self, words: Sequence[str]) -> list[bool]:
        """For each folded word without diacritics, False only where `hits` is surely empty."""
        return self._presence(words)

    @cached_property
    def _presence(self) -> Presence:
        return Presence(self._hashes, self._patterns, self._pattern[0], self._plain_endings)

    def _ending_set(self, number: int) -> _Endings:
        known = self._ending_sets.get(number)
        if known is None:
            raw = json.loads(self._columns.strings("endings")[number])
            known = self._ending_sets[number] = {
                ending: [(row[0], tuple(Slot(*s.split(" ")) for s in row[1:])) for row in rows]
                for ending, rows in raw.items()
            }
        return known

    @property
    def _plain_endings(self) -> list[frozenset[str]]:
        """The endings of each set, without diacritics."""
        count = len(self._columns.strings("endings"))
        return [frozenset(self._ending_set(number)) for number in range(count)]

    @cached_property
    def endings(self) -> frozenset[str]:
        """All endings of all sets, without diacritics."""
        return frozenset(self._columns.strings("ending"))

    @cached_property
    def _longest_ending(self) -> int:
        return max(map(len, self.endings))

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        """What rows have in common, ready to be named: a few thousand words."""
        names = ("language", "chain", "status", "paradigm", "tail")
        return {name: list(self._columns.strings(name)) for name in names}

    # ------------------------------------------------------------ parts

    def base_form(self, part: int) -> tuple[str, str]:
        """The listed spelling of a part and its language."""
        parts, texts, ways = self._spelling
        row = bisect_left(parts, part)
        return self._texts[texts[row]], self._words["language"][self._way[0][ways[row]]]

    def letters(self, part: int) -> frozenset[str]:
        """The first letters, without diacritics, of all spellings of a part."""
        parts, texts = self._spelling[:2]
        rows = range(bisect_left(parts, part), bisect_left(parts, part + 1))
        return frozenset(plain(self._texts[texts[row]])[:1] for row in rows)
