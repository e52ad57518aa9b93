"""The stretches of a text in which names can stand: the front end for short texts.

A text is cut at *barriers*: dull words between spaces, over which no name and no rule of the matcher
reaches. What lies between two barriers and has the beginning of a name in it is a stretch; its letters
alone decide, so its outcome can be remembered (`vardynas.match.stretches`).
"""

from __future__ import annotations

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
    chunks_and_gaps,
    leading_gap,
)

__all__ = ["Cut", "body", "cut", "trailing"]

trailing = " \n\r\t" + PLAIN_GAP
"""What says nothing at the end of a stretch; a point may belong to an initial."""

_LEADS, _CUE = 1, 3
"""How many words after a word that is judged by others or announces them are no barriers."""


Cut = tuple[int, str]
"""A stretch: where it starts in its document, and its text.

Where a barrier stands before, the text begins with `STRANGER` in the barrier's place, so that the
start lies before the stretch itself.
"""


def body(text: str) -> str:
    """The text of a stretch without what stands for the barrier."""
    return text.removeprefix(STRANGER)


def cut(text: str, chunks: Chunks) -> list[Cut]:
    """The stretches in which a name begins; [] for a text without names."""
    pairs = chunks_and_gaps(text)
    known = chunks.known.get
    bits = [known(chunk, -1) for chunk, _ in pairs]
    if -1 in bits:
        bits = [chunks[chunk] for chunk, _ in pairs]
    if not any([b & BEGINS for b in bits]):
        return []
    return _cut(text, pairs, bits)


def _cut(text: str, pairs: list[tuple[str, str]], bits: list[int]) -> list[Cut]:
    found: list[Cut] = []
    lead = leading_gap(text)
    at = lead.end() if lead else 0
    first, spaced, reach = 0, True, 0
    barred = begun = holds = False
    last = len(pairs) - 1
    for i, (chunk, gap) in enumerate(pairs):
        start, b = at, bits[i]
        at = start + len(chunk) + len(gap)
        after = gap == " " or i == last or any(map(str.isspace, gap))
        bar = b & DULL or (b & SMALL and not begun)
        if bar and spaced and after and not reach and not (b & POINTED and gap[:1] == "."):
            if holds:
                found.append(_stretch(text, first, start, barred))
            first, barred, begun, holds = start + len(chunk), True, False, False
        else:
            begun = True
            holds = holds or bool(b & BEGINS)
        reach = max(reach - (not b & MUTE), _LEADS if b & LEADS else 0, _CUE if b & CUE else 0)
        spaced = after
    if holds:
        found.append(_stretch(text, first, len(text), barred))
    return found


def _stretch(text: str, first: int, end: int, barred: bool) -> Cut:
    if not barred:
        return first, text[first:end].rstrip(trailing)
    return first - len(STRANGER), STRANGER + text[first:end].rstrip(trailing)
