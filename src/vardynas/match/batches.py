"""The stretches of long texts and of many texts: the front end that works in arrays.

It cuts exactly as `vardynas.match.cuts` does, a few hundred thousand characters at a time: characters
become classes, runs of signs become chunks, a chunk's hash finds its bits in a table, and barriers are
found by comparing arrays. Python sees only chunks that are new and stretches that have a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from vardynas.match.bit_table import BitTable
from vardynas.match.chunks import (
    BEGINS,
    CUE,
    DULL,
    LEADS,
    MUTE,
    PLAIN_GAP,
    POINTED,
    SMALL,
    STRANGER,
    Chunks,
)
from vardynas.match.cuts import Cut, trailing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vardynas.match.hash_table import RunningSums

__all__ = ["BORDER", "Batches", "Rows"]

BORDER = "\0"
"""What stands between two documents of a batch; texts that have it are read one by one."""

WINDOW = 1 << 18
"""Characters that are cut at once."""

_SIGN, _PLAIN, _POINT, _SPACE, _OTHER_SPACE = range(5)
"""Classes of characters; from `_SPACE` on they are spaces."""


class Batches:
    """Cuts batches of documents; the table of chunks is shared by all of them."""

    def __init__(self, chunks: Chunks) -> None:
        self._table = BitTable(chunks)
        self._sums: RunningSums | None = None
        self._classes: NDArray[np.uint8] | None = None
        self._lock = Lock()  # threads may scan with one resolver

    def cut(self, texts: Sequence[str]) -> Rows:
        """The stretches of the texts, as `vardynas.match.cuts.cut` gives them, in their order."""
        with self._lock:
            return self._cut(texts)

    def _cut(self, texts: Sequence[str]) -> Rows:
        import numpy as np

        long = [len(text) >= WINDOW or len(texts) == 1 for text in texts]
        found = list(self._together([i for i, is_long in enumerate(long) if not is_long], texts))
        for number, is_long in enumerate(long):
            if is_long:
                found += self._long(number, texts[number])
        rows = Rows._make(np.concatenate(part) for part in zip(*found or [_no_rows()], strict=True))
        if all(long) or not any(long):
            return rows
        order = np.argsort(rows.documents, kind="stable")
        return Rows._make(column[order] for column in rows)

    def _together(self, numbers: Sequence[int], texts: Sequence[str]) -> Iterator[Rows]:
        """The stretches of short texts, cut side by side."""
        if not numbers:
            return
        import numpy as np

        short = [texts[number] for number in numbers]
        whole = f"\n{BORDER}\n".join(short)
        starts = np.array(
            list(accumulate((len(text) + 3 for text in short), initial=0)), dtype=np.int64
        )
        found, _ = self._window(whole)
        which = np.searchsorted(starts, found.starts, side="right") - 1
        yield Rows(
            np.array(numbers, np.int64)[which],
            found.starts - starts[which],
            found.stops - starts[which],
            *found[3:],
        )

    def _long(self, number: int, text: str) -> Iterator[Rows]:
        """The stretches of one text, window by window; a window ends at a barrier."""
        at, size = 0, WINDOW
        while at < len(text):
            last = at + size >= len(text)
            found, end = self._window(text[at : at + size], ends=last)
            if not last and end <= 1:
                size *= 2
                continue
            yield Rows(found.documents + number, found.starts + at, found.stops + at, *found[3:])
            if last:
                return
            at, size = at + end - 1, WINDOW

    def _classified(self, codes: NDArray[Any]) -> NDArray[np.uint8]:
        """The classes of characters, in an array that the next window uses again."""
        import numpy as np

        size = 0 if self._classes is None else len(self._classes)
        if self._classes is None or size < len(codes) or size > max(4 * len(codes), 4 * WINDOW):
            self._classes = np.empty(len(codes), np.uint8)
        found = self._classes[: len(codes)]
        np.take(
            _class_table(), codes, out=found, mode="clip"
        )  # the last code stands for those above
        return found

    def _window(self, text: str, *, ends: bool = True) -> tuple[Rows, int]:
        """The stretches of a window, and where its last barrier begins.

        A window goes on from the space before a barrier; without `ends` what follows its own last
        barrier is left for the next one.
        """
        import numpy as np

        from vardynas.match.hash_table import RunningSums

        codes = _codes(text)
        classes = self._classified(codes)
        starts, stops = _runs(classes)
        if not len(starts):
            return _no_rows(), len(text) if ends else 0
        sums = self._sums = self._sums or RunningSums()
        sums.read(codes)
        bits = self._table.bits(text, sums, starts, stops)
        borders = codes[starts] == 0
        barriers, small = _barriers(classes, starts, stops, bits, borders)
        if not ends:  # the last chunk may be half of one
            barriers[-1] = small[-1] = False
        walls = np.flatnonzero(barriers)
        seeds = np.flatnonzero(bits & BEGINS)
        if not ends:
            seeds = seeds[seeds < walls[-1]] if len(walls) else seeds[:0]
        places = np.searchsorted(walls, seeds)
        places = places[np.append(True, places[1:] != places[:-1])[: len(places)]]
        begun = np.flatnonzero(~(barriers | small))
        left = np.concatenate(([-1], walls))[places]
        before = begun[np.searchsorted(begun, left + 1)] - 1
        after_border = borders[before] & (before >= 0)
        froms = np.where(before >= 0, stops[before] + after_border, 0)
        tos = np.append(starts, len(text))[np.append(walls, len(starts))[places]]
        tos = np.maximum(froms, _stripped(classes, starts, stops, tos))
        barred = (before >= 0) & ~after_border
        hashes = sums.hashes(froms, tos) ^ barred
        end = int(starts[walls[-1]]) if len(walls) else 0
        return Rows(np.zeros(len(froms), np.int64), froms, tos, barred, hashes), end


class Rows(NamedTuple):
    """Stretches: their documents by number, where they start and stop in them, and their hashes.

    Where a barrier stands before a stretch, it is `barred`.
    """

    documents: NDArray[np.int64]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    barred: NDArray[np.bool_]
    hashes: NDArray[np.uint64]

    @property
    def begins(self) -> NDArray[np.int64]:
        """Where they start with what stands for the barrier, as offsets in stretches are counted."""
        return self.starts - len(STRANGER) * self.barred

    def cut_of(self, texts: Sequence[str], row: int) -> Cut:
        """One of the stretches, as `vardynas.match.cuts.cut` gives it."""
        start, stop = int(self.starts[row]), int(self.stops[row])
        stretch = texts[self.documents[row]][start:stop]
        return (start - len(STRANGER), STRANGER + stretch) if self.barred[row] else (start, stretch)


def _no_rows() -> Rows:
    import numpy as np

    none = np.zeros(0, np.int64)
    return Rows(none, none, none, none != 0, none.astype(np.uint64))


def _stripped(
    classes: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    stops: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Where stretches stop without what says nothing at their end.

    `starts` and `ends` are those of the chunks; behind the last one of a stretch, a point or an
    unusual space is what `trailing` does not have.
    """
    import numpy as np

    last = ends[np.maximum(np.searchsorted(starts, stops) - 1, 0)]
    kept = np.append(0, np.flatnonzero((classes == _POINT) | (classes == _OTHER_SPACE)) + 1)
    found: NDArray[np.int64] = np.maximum(
        last, kept[np.searchsorted(kept, stops, side="right") - 1]
    )
    return found


def _codes(text: str) -> NDArray[Any]:
    """The codes of the characters."""
    import numpy as np

    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        return np.frombuffer(raw, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@lru_cache(maxsize=1)
def _class_table() -> NDArray[np.uint8]:
    import numpy as np

    table = np.zeros(1 << 16, np.uint8)
    for sign in PLAIN_GAP:
        table[ord(sign)] = _PLAIN
    for code in range(0xFFFF):
        if chr(code).isspace():
            table[code] = _SPACE if chr(code) in trailing else _OTHER_SPACE
    table[ord(".")] = _POINT
    return table


def _runs(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each chunk starts and stops: runs of signs, and points before a sign."""
    import numpy as np

    padded = np.zeros(len(classes) + 2, np.int8)
    signs = padded[1:-1]
    np.equal(classes, _SIGN, out=signs, casting="unsafe")
    points = np.flatnonzero(classes == _POINT)
    inner = points[padded[points + 2] == 1]
    signs[inner] = 1
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return edges[::2].copy(), edges[1::2].copy()  # arrays in one piece are faster


def _reached(bits: NDArray[np.uint8], borders: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which chunks follow so close on one that is judged by others or announces them."""
    import numpy as np

    found = np.zeros(len(bits), np.bool_)
    found[1:] = (bits[:-1] & (LEADS | CUE)) != 0
    cues = np.flatnonzero(bits & CUE)
    within = np.ones(len(cues), np.bool_)
    for step in (1, 2, 3):
        at = np.minimum(cues + step, len(bits) - 1)
        within &= ~borders[at]
        found[at[within]] = True
    return found


def _barriers(
    classes: NDArray[np.uint8],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    bits: NDArray[np.uint8],
    borders: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which chunks are barriers, and which are small words that can be one at the beginning."""
    import numpy as np

    after = np.append(classes, [_SPACE, _SPACE])
    nexts = np.append(starts[1:], len(classes))
    spaced = (after[stops] >= _SPACE) | (after[nexts - 1] >= _SPACE)
    spaced[-1] = True
    for i in np.flatnonzero(~spaced & (nexts - stops > 2)).tolist():
        spaced[i] = (classes[stops[i] : nexts[i]] >= _SPACE).any()
    free = spaced.copy()
    free[1:] &= spaced[:-1]
    free &= ((bits & POINTED) == 0) | (after[stops] != _POINT)
    mute = ((bits & MUTE) != 0) & ~borders
    if mute.any():
        worded = np.flatnonzero(~mute)
        free[worded[_reached(bits[worded], borders[worded])]] = False
    else:
        free &= ~_reached(bits, borders)
    return (free & ((bits & DULL) != 0)) | borders, free & ((bits & SMALL) != 0)
