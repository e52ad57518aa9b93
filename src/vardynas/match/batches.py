"""The stretches of long texts and of many texts: the front end that works in arrays.

It cuts exactly as `vardynas.match.cuts` does, a few hundred thousand characters at a time: characters
become classes, runs of signs become chunks, a chunk's hash finds its bits in a table, and barriers are
found by comparing arrays. Python sees only chunks that are new and stretches that have a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
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

__all__ = ["BORDER", "Batches"]

BORDER = "\0"
"""What stands between two documents of a batch; texts that have it are read one by one."""

WINDOW = 1 << 18
"""Characters that are cut at once."""

_SIGN, _PLAIN, _SPACE, _POINT = range(4)


class Batches:
    """Cuts batches of documents; the table of chunks is shared by all of them."""

    def __init__(self, chunks: Chunks) -> None:
        self._table = BitTable(chunks)

    def cut(self, texts: Sequence[str]) -> list[list[Cut]]:
        """The stretches of each text, as `vardynas.match.cuts.cut` gives them."""
        long = [len(text) >= WINDOW or len(texts) == 1 for text in texts]
        short = iter(
            self._together([t for t, is_long in zip(texts, long, strict=True) if not is_long])
        )
        return [
            list(self._long(text)) if is_long else next(short)
            for text, is_long in zip(texts, long, strict=True)
        ]

    def _together(self, texts: Sequence[str]) -> list[list[Cut]]:
        """The stretches of short texts, cut side by side."""
        if not texts:
            return []
        import numpy as np

        whole = f"\n{BORDER}\n".join(texts)
        starts = list(accumulate((len(text) + 3 for text in texts), initial=0))
        found: list[list[Cut]] = [[] for _ in texts]
        stretches = self._window(whole)
        documents = (np.searchsorted(starts, stretches.froms, side="right") - 1).tolist()
        for document, (first, end, wall) in zip(documents, stretches.rows(), strict=True):
            found[document].append(_stretch(whole, first, end, wall, -starts[document]))
        return found

    def _long(self, text: str) -> Iterator[Cut]:
        """The stretches of one text, window by window; a window ends at a barrier."""
        at, size = 0, WINDOW
        while at < len(text):
            last = at + size >= len(text)
            window = text[at : at + size]
            stretches = self._window(window, ends=last)
            if not last and stretches.end <= 1:
                size *= 2
                continue
            for first, end, wall in stretches.rows():
                yield _stretch(window, first, end, wall, at)
            if last:
                return
            at, size = at + stretches.end - 1, WINDOW

    def _window(self, text: str, *, ends: bool = True) -> _Stretches:
        """The stretches of a window.

        A window goes on from the space before a barrier; without `ends` what follows its own last
        barrier is left for the next one.
        """
        import numpy as np

        codes, classes = _classified(text)
        starts, stops = _runs(classes)
        if not len(starts):
            return _Stretches(starts, stops, starts == 0, len(text) if ends else 0)
        bits = self._table.bits(text, codes, starts, stops)
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
        end = int(starts[walls[-1]]) if len(walls) else 0
        return _Stretches(froms, tos, (before >= 0) & ~after_border, end)


class _Stretches(NamedTuple):
    """Where the stretches of a window begin and end, which have a barrier before them.

    `end` is where the last barrier of the window begins.
    """

    froms: NDArray[np.int64]
    tos: NDArray[np.int64]
    barred: NDArray[np.bool_]
    end: int

    def rows(self) -> Iterator[tuple[int, int, bool]]:
        """Beginning, end and barrier of each stretch."""
        return zip(self.froms.tolist(), self.tos.tolist(), self.barred.tolist(), strict=True)


def _stretch(text: str, first: int, end: int, barred: bool, offset: int) -> Cut:
    """A stretch of a window that begins `offset` characters into the document."""
    stretch = text[first:end].rstrip(trailing)
    if barred:
        return first + offset - len(STRANGER), STRANGER + stretch
    return first + offset, stretch


def _classified(text: str) -> tuple[NDArray[Any], NDArray[np.uint8]]:
    """The codes of the characters and their classes."""
    import numpy as np

    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        codes = np.frombuffer(raw, np.uint16)
        return codes, _class_table().take(codes)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return wide, _class_table().take(np.minimum(wide, 0xFFFF))


@lru_cache(maxsize=1)
def _class_table() -> NDArray[np.uint8]:
    import numpy as np

    table = np.zeros(1 << 16, np.uint8)
    for sign in PLAIN_GAP:
        table[ord(sign)] = _PLAIN
    for code in range(0xFFFF):
        if chr(code).isspace():
            table[code] = _SPACE
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
    return edges[::2], edges[1::2]


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
    spaced = (after[stops] == _SPACE) | (after[nexts - 1] == _SPACE)
    spaced[-1] = True
    for i in np.flatnonzero(~spaced & (nexts - stops > 2)).tolist():
        spaced[i] = (classes[stops[i] : nexts[i]] == _SPACE).any()
    free = spaced.copy()
    free[1:] &= spaced[:-1]
    free &= ((bits & POINTED) == 0) | (after[stops] != _POINT)
    worded = np.flatnonzero(((bits & MUTE) == 0) | borders)
    free[worded[_reached(bits[worded], borders[worded])]] = False
    return (free & ((bits & DULL) != 0)) | borders, free & ((bits & SMALL) != 0)
