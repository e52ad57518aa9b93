"""The rows of a run of parts: spellings, stems and comparison keys as columns of numbers.

Runs are worked out apart from each other, by several processes where there are many; numbers in them
count what the run itself has met, and `vardynas.index.part_table` joins the runs in their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from vardynas.index.codes import WEIGHTS
from vardynas.index.hashing import digests, initial_u
from vardynas.index.parts import Part, Spelling, Stem, spellings, stems
from vardynas.language.keys import keys_of_many
from vardynas.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["KEY", "RUN", "SPELLING", "STEM", "Interned", "PartRows", "part_rows"]

RUN = 2000
"""Parts that are worked out together."""

SPELLING = ("part", "text", "way")
COUNTED = ("text", "key", "way", "pattern")
STEM = ("hash", "spelling", "pattern", "cut")
KEY = ("key", "part")

Way = tuple[str, str, str, int]
"""How a spelling comes about: language, chain of rules, status and weight."""

Pattern = tuple[int | str, str, int, str]
"""What follows a stem: the set of endings, paradigm and prior; last, how the stem differs.

A stem is the beginning of its spelling, folded, up to `cut`, then these letters: the c of Łukaszence.
"""

Columns = dict[str, "NDArray[Any]"]

_plain = lru_cache(1 << 14)(fold.plain)


class Interned:
    """Values numbered in the order of their first use."""

    __slots__ = ("ids",)

    def __init__(self) -> None:
        self.ids: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:  # noqa: ANN401 - any hashable value
        """The number of `value`; the next free one at its first use."""
        return self.ids.setdefault(value, len(self.ids))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.ids)


class PartRows(NamedTuple):
    """What a run of parts comes to.

    `values` are what the columns text, key, way and pattern count; `letters` has for each given name
    the first letters, without diacritics, of its spellings.
    """

    values: dict[str, list[Any]]
    letters: list[str]
    spellings: Columns
    stems: Columns
    keys: Columns


def part_rows(parts: Sequence[Part]) -> PartRows:
    """The rows of `parts`; the numbers of parts begin at 0."""
    return _Run().rows(parts)


class _Run:
    """Collects the rows of one run; what a word inflects like is worked out once."""

    def __init__(self) -> None:
        self.counted = {name: Interned() for name in COUNTED}
        self.words = Interned()
        self.stems: list[list[tuple[int, int, str]]] = []

    def rows(self, parts: Sequence[Part]) -> PartRows:
        spelled = [list(spellings(part)) for part in parts]
        rows = [
            (number, *self._spelling(spelling), self._word(spelling, part))
            for number, (part, found) in enumerate(zip(parts, spelled, strict=True))
            for spelling in found
        ]
        *columns, words = _columns(rows, len(SPELLING) + 1)
        return PartRows(
            letters=[_letters(part, found) for part, found in zip(parts, spelled, strict=True)],
            spellings=dict(zip(SPELLING, columns, strict=True)),
            stems=self._stems(words),
            keys=self._keys(spelled),
            values={name: list(counted) for name, counted in self.counted.items()},
        )

    def _spelling(self, spelling: Spelling) -> tuple[int, int]:
        text, language, rules, status, weight = spelling
        way = language, ">".join(rules), status, round(weight * WEIGHTS)
        return self.counted["text"](text), self.counted["way"](way)

    def _word(self, spelling: Spelling, part: Part) -> int:
        """The number of what inflects alike: equal words of one language, kind and gender."""
        number = self.words((spelling.text, spelling.language, *part[2:]))
        if number == len(self.stems):
            word = fold.fold_word(spelling.text)
            self.stems.append([self._stem(stem, word) for stem in stems(spelling, part)])
        return number

    def _stem(self, stem: Stem, word: str) -> tuple[int, int, str]:
        cut = len(stem.text)
        while not word.startswith(stem.text[:cut]):
            cut -= 1
        pattern = stem.ending_set, stem.paradigm, round(stem.prior * WEIGHTS), stem.text[cut:]
        return self.counted["pattern"](pattern), cut, stem.text

    def _stems(self, words: NDArray[Any]) -> Columns:
        """The stems of each spelling, which are those of its word."""
        import numpy as np

        each = [stem for found in self.stems for stem in found]
        counts = np.array([len(found) for found in self.stems], np.int64)
        first, of_spelling = np.cumsum(counts) - counts, counts[words]
        before = np.cumsum(of_spelling) - of_spelling
        spelling = np.repeat(np.arange(len(words)), of_spelling)
        rows = first[words[spelling]] + np.arange(len(spelling)) - before[spelling]
        hashes = digests([initial_u(_plain(stem)) for _, _, stem in each])
        numbers = _columns([(pattern, cut) for pattern, cut, _ in each], 2)
        columns = (hashes[rows], spelling, *(column[rows] for column in numbers))
        return dict(zip(STEM, columns, strict=True))

    def _keys(self, spelled: Sequence[Sequence[Spelling]]) -> Columns:
        by_language: dict[str, dict[str, None]] = defaultdict(dict)
        for spelling in chain.from_iterable(spelled):
            by_language[spelling.language][spelling.text] = None
        keys = {
            (text, language): of_text
            for language, texts in by_language.items()
            for text, of_text in zip(texts, keys_of_many(list(texts), language), strict=True)
        }
        counted = self.counted["key"]
        rows = [
            (counted(key), number)
            for number, of_part in enumerate(spelled)
            for key in dict.fromkeys(key for s in of_part for key in keys[s.text, s.language])
        ]
        return dict(zip(KEY, _columns(rows, 2), strict=True))


def _letters(part: Part, found: Sequence[Spelling]) -> str:
    """The first letters of a given name or patronymic; of other parts nobody asks."""
    if part.kind not in ("given", "patronymic"):
        return ""
    return "".join(sorted({fold.plain(spelling.text)[:1] for spelling in found}))


def _columns(rows: Sequence[tuple[int, ...]], count: int) -> NDArray[Any]:
    """Rows of small numbers as so many columns."""
    import numpy as np

    flat = np.fromiter(chain.from_iterable(rows), np.uint32, len(rows) * count)
    return flat.reshape(len(rows), count).T
