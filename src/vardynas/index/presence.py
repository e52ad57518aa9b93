"""Which of many words an index surely does not know, asked for all of them at once.

Most words of a text are no names. For those it is enough to know that no stem of the index with a
fitting ending gives them. The hashes of all beginnings of a word come from one pass over its letters
(`vardynas.index.hashing.digest`), so numpy computes those of thousands of words side by side, looks them
up in a bitmap of the stems' hashes, and asks only of what is left whether an ending fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from vardynas.index.hashing import BLOCK, FACTOR, START, digest, letters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Presence"]

SPARSE = 16
"""Bits of the bitmap for each stem, so that one beginning in sixteen is looked at for nothing."""

TOGETHER = 1 << 17
"""Hashes that are marked in the bitmap at once."""

LONGEST = 64
"""Longer words are no names; the answer for them is always that they may be known."""


class Presence:
    """A filter over the stems of an index.

    `hashes` are sorted; `patterns` says what follows each stem, `sets` which set of endings a pattern
    has; `endings` are those of each set, without diacritics.
    """

    def __init__(
        self,
        hashes: memoryview | Sequence[int],
        patterns: memoryview | Sequence[int],
        sets: memoryview | Sequence[int],
        endings: Sequence[Iterable[str]],
    ) -> None:
        import numpy as np

        self._hashes = np.asarray(hashes, np.uint64)
        self._patterns, self._sets = np.asarray(patterns), np.asarray(sets)
        bits = max(10, (len(self._hashes) * SPARSE).bit_length())
        self._shift = np.uint64(64 - bits)
        self._bitmap = np.zeros(1 << bits - 3, np.uint8)
        for start in range(0, len(self._hashes), TOGETHER):
            self._mark(self._hashes[start : start + TOGETHER] >> self._shift)
        self._longest = max((len(e) for of_set in endings for e in of_set), default=0)
        self._ending_hashes, self._fits = _fitting(endings)

    def _mark(self, places: NDArray[np.uint64]) -> None:
        """Sets the bits at sorted places."""
        import numpy as np

        at, bits = (places >> np.uint64(3)).astype(np.int64), 1 << (places & np.uint64(7))
        first = np.flatnonzero(np.diff(at, prepend=-1))
        self._bitmap[at[first]] |= np.bitwise_or.reduceat(bits.astype(np.uint8), first)

    def __call__(self, words: Sequence[str]) -> list[bool]:
        """For each word, False where no stem with a fitting ending gives it."""
        import numpy as np

        lengths = np.fromiter(map(len, words), np.int64, len(words))
        answers = np.ones(len(words), np.bool_)
        short = np.flatnonzero(lengths <= LONGEST)
        order = short[np.argsort(lengths[short], kind="stable")]  # words of a block are alike long
        for start in range(0, len(order), BLOCK):
            block = order[start : start + BLOCK]
            answers[block] = self._block([words[i] for i in block], lengths[block])
        return answers.tolist()

    def _block(self, words: list[str], lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
        import numpy as np

        codes = letters(words)
        codes[0][codes[0] == ord("ў")] = ord("у")
        found = np.zeros(len(words), np.bool_)
        hashes = np.full(len(words), START, np.uint64)
        for cut in range(len(codes) + 1):
            first, last = np.searchsorted(lengths, [cut, cut + self._longest + 1])
            asked = first + np.flatnonzero(self._marked(hashes[first:last]) & ~found[first:last])
            if len(asked):
                found[asked] = self._fitted(hashes[asked], codes[cut:, asked], lengths[asked] - cut)
            if cut < len(codes):
                hashes = (hashes ^ codes[cut]) * np.uint64(FACTOR)
        return found

    def _marked(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Whether the bitmap has a stem of that hash, or one that shares its bit."""
        import numpy as np

        at = (hashes >> self._shift).astype(np.int64)
        bits: Any = self._bitmap[at >> 3] >> (at & 7).astype(np.uint8) & 1
        return bits.astype(np.bool_)  # type: ignore[no-any-return]

    def _fitted(
        self, hashes: NDArray[np.uint64], codes: NDArray[np.uint32], lengths: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Whether stems of these hashes take the endings in the columns of `codes`."""
        import numpy as np

        found = np.zeros(len(hashes), np.bool_)
        endings = self._endings(codes, lengths)
        left = np.arange(len(hashes))
        rows = np.searchsorted(self._hashes, hashes)
        while len(left):
            left = left[rows[left] < len(self._hashes)]
            left = left[self._hashes[rows[left]] == hashes[left]]
            found[left] = self._fits[endings[left], self._sets[self._patterns[rows[left]]]]
            left = left[~found[left]]
            rows[left] += 1
        return found

    def _endings(self, codes: NDArray[np.uint32], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the endings that are written in the columns; the last for none of them."""
        import numpy as np

        hashes = np.full(codes.shape[1], START, np.uint64)
        for place in range(int(lengths.max())):
            longer = (hashes ^ codes[place]) * np.uint64(FACTOR)
            hashes = np.where(lengths > place, longer, hashes)
        at = np.minimum(np.searchsorted(self._ending_hashes, hashes), len(self._ending_hashes) - 1)
        return np.where(self._ending_hashes[at] == hashes, at, len(self._ending_hashes))


def _fitting(
    endings: Sequence[Iterable[str]],
) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """The sorted hashes of all endings, and for each whether it stands in each set; then for none."""
    import numpy as np

    sets = [{digest(ending) for ending in of_set} for of_set in endings]
    hashes = sorted(set().union({START}, *sets))
    numbers = {value: number for number, value in enumerate(hashes)}
    fits = np.zeros((len(hashes) + 1, max(1, len(sets))), np.bool_)
    for number, of_set in enumerate(sets):
        fits[[numbers[value] for value in of_set], number] = True
    return np.array(hashes, np.uint64), fits
