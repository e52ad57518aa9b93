"""The bits of chunks, found by their hashes: the table behind the front end for long texts.

The hash of a chunk is a sum over its letters, each a random number times a power of one factor; the
sums of all chunks of a window come from one running sum. Letters are not compared: two chunks of the
same hash share their bits, with 64 bits one case in tens of millions among a million chunks. Whoever
knows the numbers could make such chunks on purpose and so hide a name from long texts.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from vardynas.match.chunks import Chunks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BitTable"]

SLOTS = 19
"""The table has 2 to this power of places."""

FULLEST = 0.6
"""From this share on the table is emptied: chunks of a language keep coming back."""

_FACTOR = 0x9E3779B97F4A7C15


class BitTable:
    """The bits of chunks by hash, in a table of fixed size."""

    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks
        self._filled = 0
        self._lock = Lock()  # threads may scan with one resolver
        self._keys: NDArray[np.uint64] | None = None
        self._values: NDArray[np.uint8]

    def bits(
        self,
        text: str,
        codes: NDArray[Any],
        starts: NDArray[np.int64],
        stops: NDArray[np.int64],
    ) -> NDArray[np.uint8]:
        """The bits of the chunks ``text[start:stop]``; those that are new are looked at."""
        import numpy as np

        hashes = _hashes(codes, starts, stops)
        with self._lock:
            places, known = self._find(hashes)
            found: NDArray[np.uint8] = self._values[places]
            new = np.flatnonzero(~known)
            if len(new):
                distinct, first, which = np.unique(
                    hashes[new], return_index=True, return_inverse=True
                )
                at = new[first]
                spans = zip(starts[at].tolist(), stops[at].tolist(), strict=True)
                bits = np.array(self._chunks.many([text[a:b] for a, b in spans]), np.uint8)
                found[new] = bits[which]
                self._put(distinct, bits)
        return found

    def _table(self) -> NDArray[np.uint64]:
        import numpy as np

        if self._keys is None:
            self._keys = np.zeros(1 << SLOTS, np.uint64)
            self._values = np.zeros(1 << SLOTS, np.uint8)
        return self._keys

    def _find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The place of each hash, or the free one where it would be, and whether it is there."""
        import numpy as np

        keys = self._table()
        places = (hashes >> np.uint64(64 - SLOTS)).astype(np.int64)
        there = keys[places]
        known = there == hashes
        missed = np.flatnonzero(~known & (there != 0))
        while len(missed):
            places[missed] = (places[missed] + 1) & ((1 << SLOTS) - 1)
            there = keys[places[missed]]
            known[missed] = there == hashes[missed]
            missed = missed[(there != hashes[missed]) & (there != 0)]
        return places, known

    def _put(self, hashes: NDArray[np.uint64], values: NDArray[np.uint8]) -> None:
        """Adds chunks, each new and different from the others; more than fit are not kept."""
        import numpy as np

        room = int(FULLEST * (1 << SLOTS))
        if len(hashes) > room:
            return
        if self._filled + len(hashes) > room:
            self._keys, self._filled = None, 0
        keys = self._table()
        left = np.arange(len(hashes))
        while len(left):
            places, _ = self._find(hashes[left])
            _, first = np.unique(places, return_index=True)
            keys[places[first]] = hashes[left[first]]
            self._values[places[first]] = values[left[first]]
            left = np.delete(left, first)
        self._filled += len(hashes)


def _hashes(
    codes: NDArray[Any], starts: NDArray[np.int64], stops: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """A hash of each chunk; never 0, which marks a free place."""
    import numpy as np

    letters = _letters()[codes & 0xFFFF]
    if codes.dtype != np.uint16:  # letters beyond the basic plane
        letters ^= (codes.astype(np.uint64) >> np.uint64(16)) * np.uint64(_FACTOR)
    powers, inverse = _powers(1 << max(18, (len(codes) - 1).bit_length()))
    sums = np.empty(len(codes) + 1, np.uint64)
    sums[0] = 0
    np.multiply(letters, powers[: len(codes)], out=letters)
    np.cumsum(letters, out=sums[1:])
    found = (sums[stops] - sums[starts]) * inverse[starts]
    found ^= found >> np.uint64(32)
    found *= np.uint64(_FACTOR)
    found ^= found >> np.uint64(29)
    positive: NDArray[np.uint64] = np.maximum(found, np.uint64(1))
    return positive


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.uint64]:
    """A random number for each code, the same in every process."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(1922)).integers(
        1, 1 << 63, size=1 << 16, dtype=np.uint64
    )


@lru_cache(maxsize=2)
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
