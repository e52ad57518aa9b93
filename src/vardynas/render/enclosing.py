"""Quotation marks that belong to a name: none is left behind alone, none is written twice.

A mention ends with its last word; the mark behind it is no word (полк «Азоў» without its last mark).
What is written in its place brings its own marks, or stands between those of the text.
"""

from __future__ import annotations

from dataclasses import replace

from vardynas.model import Edit
from vardynas.text.quotes import CLOSING

__all__ = ["enclosed"]

_MARKS = frozenset("".join((*CLOSING, *CLOSING.values())))


def enclosed(edit: Edit, text: str) -> Edit:
    """The edit over the mark that closes or opens a quotation of which it has the other mark.

    A name that is written in marks loses them where the text has marks around it already.

    >>> edit = Edit(0, 10, "полк «Азоў", "„Azov“ pulkas", "azov-brigade")
    >>> enclosed(edit, "полк «Азоў» ваюе").text
    'полк «Азоў»'
    >>> enclosed(Edit(1, 6, "Хамас", "„Hamas“", "hamas"), "«Хамас» сказаў").replacement
    'Hamas'
    """
    before, after = text[max(0, edit.start - 1) : edit.start], text[edit.end : edit.end + 1]
    if _MARKS.isdisjoint(before + after):
        return edit
    opened, closed = _lone_marks(text[edit.start : edit.end])
    if opened and _are_pair(opened, after):
        return _widened(edit, text, edit.start, edit.end + 1)
    if closed and _are_pair(before, closed):
        return _widened(edit, text, edit.start - 1, edit.end)
    written = edit.replacement
    if _are_pair(before, after) and _is_quoted(written):
        return replace(edit, replacement=written[1:-1])
    return edit


def _widened(edit: Edit, text: str, start: int, end: int) -> Edit:
    return replace(edit, start=start, end=end, text=text[start:end])


def _are_pair(opening: str, closing: str) -> bool:
    return bool(closing) and closing in CLOSING.get(opening, "")


def _is_quoted(written: str) -> bool:
    """Whether one pair of marks stands around all of it."""
    return _are_pair(written[:1], written[-1:]) and _MARKS.isdisjoint(written[1:-1])


def _lone_marks(surface: str) -> tuple[str, str]:
    """The last mark that opens and is not closed, and the first that closes what is not opened."""
    opened: list[str] = []
    closed = ""
    for at, mark in enumerate(surface):
        if mark not in _MARKS:
            continue
        if opened and _are_pair(opened[-1], mark):
            opened.pop()
        elif mark in CLOSING and not surface[max(0, at - 1) : at].strip():
            opened.append(mark)
        else:
            closed = closed or mark
    return (opened[-1] if opened else ""), closed
