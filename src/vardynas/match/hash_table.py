"""Hashes of many pieces of a text at once, and a table of fixed size that is asked in arrays.

The hash of a piece is a sum over its letters, each a random number times a power of one factor; the
sums of all pieces of a text come from one running sum. Letters are not compared: two pieces of the same
hash share what is known of them, with 64 bits one case in tens of millions among a million pieces.
Whoever knows the numbers could make such pieces on purpose and so hide a name from long texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["HashTable", "RunningSums"]

FULLEST = 0.6
"""From this share on a table takes no more: what texts have keeps coming back in an empty one."""

_FACTOR = 0x9E3779B97F4A7C15

_KEPT = 1 << 20
"""Letters up to which arrays stay as long as they are; longer ones are made short again."""


class RunningSums:
    """The running sum over the letters of the text that was read last.

    Its arrays are used again for the next text: making large ones anew takes longer than filling them.
    """

    def __init__(self) -> None:
        import numpy as np

        self._values = self._sums = self._powers = self._inverse = np.zeros(1, np.uint64)

    def read(self, codes: NDArray[Any]) -> None:
        """Takes the codes of a text."""
        import numpy as np

        size = len(codes)
        if len(self._values) < size or len(self._values) > max(4 * size, _KEPT):
            self._values, self._sums = np.empty(size, np.uint64), np.zeros(size + 1, np.uint64)
        if len(self._inverse) <= size or len(self._inverse) > max(4 * size, _KEPT):
            self._powers, self._inverse = _powers(size + 1 + (size >> 4))
        powers = self._powers
        values = self._values[:size]
        np.take(_letters(), codes, out=values, mode="clip" if codes.dtype == np.uint16 else "wrap")
        if codes.dtype != np.uint16:  # letters beyond the basic plane
            values ^= (codes.astype(np.uint64) >> np.uint64(16)) * np.uint64(_FACTOR)
        values *= powers[:size]
        np.cumsum(values, out=self._sums[1 : size + 1])

    def hashes(self, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.uint64]:
        """A hash of each piece ``[start:stop]``; never 0, which marks a free place."""
        import numpy as np

        found = (self._sums[stops] - self._sums[starts]) * self._inverse[starts]
        found ^= found >> np.uint64(32)
        found *= np.uint64(_FACTOR)
        found ^= found >> np.uint64(29)
        positive: NDArray[np.uint64] = np.maximum(found, np.uint64(1))
        return positive


class HashTable:
    """Numbers of one type by hash."""

    def __init__(self, slots: int, dtype: type[np.generic]) -> None:
        import numpy as np

        self._slots = slots
        self._keys = np.zeros(1 << slots, np.uint64)
        self._values: NDArray[Any] = np.zeros(1 << slots, dtype)
        self._left = int(FULLEST * (1 << slots))

    def get(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """The number of each hash, and whether it is known; numbers of others mean nothing."""
        places, known = self._find(hashes)
        return self._values[places], known

    def fits(self, more: int) -> bool:
        """Whether there is room for so many hashes more."""
        return more <= self._left

    def put(self, hashes: NDArray[np.uint64], values: NDArray[Any]) -> None:
        """Adds hashes that fit, each new and different from the others."""
        import numpy as np

        left = np.arange(len(hashes))
        while len(left):
            places, _ = self._find(hashes[left])
            _, first = np.unique(places, return_index=True)
            self._values[places[first]] = values[left[first]]  # first: no key without its number
            self._keys[places[first]] = hashes[left[first]]
            left = np.delete(left, first)
        self._left -= len(hashes)

    def _find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The place of each hash, or the free one where it would be, and whether it is there."""
        import numpy as np

        keys, size = self._keys, 1 << self._slots
        places = (hashes >> np.uint64(64 - self._slots)).astype(np.int64)
        there = keys[places]
        known = there == hashes
        missed = np.flatnonzero(~known & (there != 0))
        while len(missed):
            places[missed] = (places[missed] + 1) & (size - 1)
            there = keys[places[missed]]
            known[missed] = there == hashes[missed]
            missed = missed[(there != hashes[missed]) & (there != 0)]
        return places, known


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.uint64]:
    """A random number for each code, the same in every process."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(1922)).integers(
        1, 1 << 63, size=1 << 16, dtype=np.uint64
    )


def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of the factor, and those of its inverse modulo 2^64."""
    import numpy as np

    inverse = pow(_FACTOR, -1, 1 << 64)
    found = []
    for factor in (_FACTOR, inverse):
        powers = np.full(size, factor, np.uint64)
        powers[0] = 1
        found.append(np.cumprod(powers, dtype=np.uint64))
    return found[0], found[1]
