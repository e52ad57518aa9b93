"""The stretches of long texts and of many texts: the front end that works in arrays.

It cuts exactly as `vardynas.match.cuts` does, a few hundred thousand characters at a time: characters
become classes, runs of signs become chunks, a chunk's hash finds its bits in a table, and barriers are
found by comparing arrays. Python sees only chunks that are new and stretches that have a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vardynas.match.bit_table import BitTable
from vardynas.match.chunks import (
    BEGINS,
    CUE,
    DULL,
    LEADS,
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
        self._table = BitTable(chunks, WINDOW)

    def cut(self, texts: Sequence[str]) -> list[list[Cut]]:
        """The stretches of each text, as `vardynas.match.cuts.cut` gives them."""
        if len(texts) == 1:
            return [list(self._long(texts[0]))]
        whole = f"\n{BORDER}\n".join(texts)
        found: list[list[Cut]] = [[] for _ in texts]
        starts = [0]
        for text in texts:
            starts.append(starts[-1] + len(text) + 3)
        document = 0
        for first, stretch in self._window(whole)[0]:
            while first >= starts[document + 1]:
                document += 1
            found[document].append(stretch._replace(start=stretch.start - starts[document]))
        return found

    def _long(self, text: str) -> Iterator[Cut]:
        """The stretches of one text, window by window; a window ends at a barrier."""
        at, size = 0, WINDOW
        while at < len(text):
            last = at + size >= len(text)
            found, end = self._window(text[at : at + size], begins=at == 0, ends=last)
            if not last and end <= 1:
                size *= 2
                continue
            yield from (stretch._replace(start=stretch.start + at) for _, stretch in found)
            if last:
                return
            at, size = at + end - 1, WINDOW

    def _window(
        self, text: str, *, begins: bool = True, ends: bool = True
    ) -> tuple[list[tuple[int, Cut]], int]:
        """The stretches of a window, and where its last barrier begins.

        Without `begins` the window starts with the space before a barrier; without `ends` what
        follows the last barrier is left for the next window.
        """
        import numpy as np

        codes, classes = _classified(text)
        starts, stops = _runs(classes)
        if not len(starts):
            return [], len(text) if ends else 0
        bits = self._table.bits(text, codes, starts, stops)
        borders = codes[starts] == 0
        barriers, small = _barriers(classes, starts, stops, bits, borders)
        if not ends:  # the last chunk may be half of one
            barriers[-1] = small[-1] = False
        walls = np.flatnonzero(barriers)
        seeds = np.flatnonzero(bits & BEGINS)
        if not ends:
            seeds = seeds[seeds < walls[-1]] if len(walls) else seeds[:0]
        end = int(starts[walls[-1]]) if len(walls) else 0
        if not len(seeds):
            return [], end
        places = np.unique(np.searchsorted(walls, seeds))
        begun = np.flatnonzero(~(barriers | small))
        left = np.concatenate(([-1], walls))[places]
        first = begun[np.searchsorted(begun, left + 1)]
        before = first - 1
        barred = (before >= 0) & ~borders[before]
        froms = np.where(before >= 0, stops[before], 0)
        tos = np.append(starts, len(text))[np.append(walls, len(starts))[places]]
        rows = zip(froms.tolist(), tos.tolist(), barred.tolist(), strict=True)
        return [_stretch(text, a, b, wall) for a, b, wall in rows], end


def _stretch(text: str, first: int, end: int, barred: bool) -> tuple[int, Cut]:
    """Where a stretch begins, and the stretch."""
    if barred:
        stretch = STRANGER + text[first:end].rstrip(trailing)
        return first, Cut(first - len(STRANGER), stretch)
    if first and text[first - 1] == BORDER:
        first += 1
    return first, Cut(first, text[first:end].rstrip(trailing))


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
    leads, cues = (bits & LEADS) != 0, (bits & CUE) != 0
    free[1:] &= ~(leads[:-1] | cues[:-1])
    free[2:] &= ~cues[:-2] | borders[1:-1]
    return (free & ((bits & DULL) != 0)) | borders, free & ((bits & SMALL) != 0)
