"""The bits of chunks, found by their hashes: the table behind the front end for long texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vardynas.match.chunks import Chunks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vardynas.match.hash_table import HashTable, RunningSums

__all__ = ["BitTable"]

SLOTS = 19
"""The table has 2 to this power of places."""


class BitTable:
    """The bits of chunks by hash."""

    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks
        self._table: HashTable | None = None

    def bits(
        self,
        text: str,
        sums: RunningSums,
        starts: NDArray[np.int64],
        stops: NDArray[np.int64],
    ) -> NDArray[np.uint8]:
        """The bits of the chunks ``text[start:stop]``; those that are new are looked at."""
        import numpy as np

        hashes = sums.hashes(starts, stops)
        table = self._table or self._emptied()
        found, known = table.get(hashes)
        new = np.flatnonzero(~known)
        if len(new):
            distinct, first, which = np.unique(hashes[new], return_index=True, return_inverse=True)
            at = new[first]
            spans = zip(starts[at].tolist(), stops[at].tolist(), strict=True)
            bits = np.array(self._chunks.many([text[a:b] for a, b in spans]), np.uint8)
            found[new] = bits[which]
            if not table.fits(len(distinct)):
                table = self._emptied()
            if table.fits(len(distinct)):
                table.put(distinct, bits)
        return found

    def _emptied(self) -> HashTable:
        import numpy as np

        from vardynas.match.hash_table import HashTable

        self._table = HashTable(SLOTS, np.uint8)
        return self._table
