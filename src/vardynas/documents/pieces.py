r"""Where the extracted text of a document stands in it, and edits brought back to those places.

A *slot* is a stretch of the document that holds text: a text node, a run of a paragraph, a cell.
A *piece* says which part of the extracted text came from which place of a slot. What a format puts
between pieces (a blank line between paragraphs, a line feed for a line break) belongs to none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from vardynas.model import Edit

__all__ = ["Change", "Piece", "distribute", "parted"]

_word = re.compile(r"\S+")


class Piece(NamedTuple):
    """``text[start:end]`` of the extracted text stands in `slot` from `at` on."""

    start: int
    end: int
    slot: int
    at: int


class Change(NamedTuple):
    """``[start:end]`` of the text of `slot` becomes `replacement`, for the sake of `edit`."""

    slot: int
    start: int
    end: int
    replacement: str
    edit: Edit


def distribute(edits: Iterable[Edit], pieces: Sequence[Piece]) -> Iterator[Change]:
    r"""The changes that make `edits`, in order; `pieces` is in the order of the text.

    An edit over several pieces: the whole replacement goes to the first piece that it touches, its
    share of the others is deleted. A line break between two pieces, or that is a piece itself,
    stays where it is if the replacement has one too. An edit that touches no piece changes nothing.

    >>> pieces = [Piece(0, 4, 0, 0), Piece(4, 10, 1, 0)]  # <b>Łuka</b>szenki
    >>> edit = Edit(0, 10, "Łukaszenki", "Lukašenkos", "lukashenka-aliaksandr")
    >>> [change[:4] for change in distribute([edit], pieces)]
    [(0, 0, 4, 'Lukašenkos'), (1, 0, 6, '')]
    >>> pieces = [Piece(0, 4, 0, 0), Piece(5, 17, 1, 0)]  # Unii<br>Europejskiej
    >>> edit = Edit(0, 17, "Unii\nEuropejskiej", "Europos\nSąjungos", "european-union")
    >>> [change[:4] for change in distribute([edit], pieces)]
    [(0, 0, 4, 'Europos'), (1, 0, 12, 'Sąjungos')]
    """
    ends = [piece.end for piece in pieces]
    for edit in edits:
        touched = list(_touched(edit, pieces, bisect_right(ends, edit.start)))
        shares = [edit.replacement] if len(touched) == 1 else _shares(edit, touched)
        for piece, share in zip(touched, shares, strict=True):
            start, end = max(edit.start, piece.start), min(edit.end, piece.end)
            shift = piece.at - piece.start
            yield Change(piece.slot, start + shift, end + shift, share, edit)


def parted(edit: Edit, borders: Sequence[int]) -> Iterator[Edit]:
    """`edit` as one edit for each stretch between `borders`, offsets in the text in their order.

    Only where a border stands between two words and words answer to words; otherwise it stays whole.

    >>> edit = Edit(0, 22, "Aliaksandr Łukaszenka", "Aliaksandras Lukašenka", "lukashenka-aliaksandr")
    >>> [(part.text, part.replacement) for part in parted(edit, [11])]  # Aliaksandr <a>Łukaszenka</a>
    [('Aliaksandr', 'Aliaksandras'), ('Łukaszenka', 'Lukašenka')]
    """
    first = bisect_right(borders, edit.start)
    inside = borders[first : bisect_left(borders, edit.end, lo=first)]
    old = [match.span() for match in _word.finditer(edit.text)] if inside else []
    new = [match.span() for match in _word.finditer(edit.replacement)] if inside else []
    if len(old) != len(new) or len(old) < 2:
        yield edit
        return
    begun = 0
    for number in range(1, len(old) + 1):
        if number == len(old) or _is_between(old[number - 1][1], old[number][0], edit, inside):
            start, end = old[begun][0], old[number - 1][1]
            yield replace(
                edit,
                start=edit.start + start,
                end=edit.start + end,
                text=edit.text[start:end],
                replacement=edit.replacement[new[begun][0] : new[number - 1][1]],
            )
            begun = number


def _is_between(start: int, end: int, edit: Edit, borders: Sequence[int]) -> bool:
    """Whether a border stands in ``edit.text[start:end]`` or at its ends."""
    number = bisect_left(borders, edit.start + start)
    return number < len(borders) and borders[number] <= edit.start + end


def _touched(edit: Edit, pieces: Sequence[Piece], first: int) -> Iterator[Piece]:
    """The pieces that `edit` changes, from the one with the number `first` on."""
    for number in range(first, len(pieces)):
        piece = pieces[number]
        if piece.start >= edit.end:
            return
        if piece.start < piece.end:
            yield piece


def _shares(edit: Edit, touched: Sequence[Piece]) -> list[str]:
    """What each of the pieces gets of the replacement."""
    texts = [edit.text[max(0, p.start - edit.start) : p.end - edit.start] for p in touched]
    if texts and _is_break(texts[0]):  # no name begins with a break: there are no lines to keep
        return [edit.replacement, *[""] * (len(texts) - 1)]
    lines = list(_lines(edit, touched, texts))
    parts = edit.replacement.split("\n", lines[-1]) if lines else []
    if len(parts) > 1:
        parts = [part.strip(" \t\r") for part in parts]
    shares, given = [], -1
    for text, line in zip(texts, lines, strict=True):
        if _is_break(text):
            shares.append(text if line < len(parts) else "")
        else:
            shares.append(parts[line] if given < line < len(parts) else "")
            given = line
    return shares


def _lines(edit: Edit, touched: Sequence[Piece], texts: Sequence[str]) -> Iterator[int]:
    """The line of the edited text in which each piece stands, from 0; a break begins one."""
    line, last = 0, edit.start
    for piece, text in zip(touched, texts, strict=True):
        between = edit.text[last - edit.start : max(0, piece.start - edit.start)]
        line += ("\n" in between) + _is_break(text)
        last = piece.end
        yield line


def _is_break(text: str) -> bool:
    return "\n" in text and text.isspace()
