"""Passages that their writer wants left alone, by a remark in the text."""

from __future__ import annotations

import re

__all__ = ["silences"]

_remark = re.compile(r"(?<!\w)vardynas:[ \t]*(ignore|off|on)(?!\w)").finditer
_bare = re.compile(r"[\s<>!/*#%;{}()\[\]-]*").fullmatch
_ends = re.compile(r"\n[^\S\n]*(?=\n|\Z)").search


def silences(text: str) -> list[tuple[int, int]]:
    r"""Start and end of every stretch that is to be left alone; [] when no remark asks for it.

    ``vardynas: ignore`` means its own line; where nothing but a comment stands on that line, the
    paragraph below. ``vardynas: off`` holds up to ``vardynas: on``, or to the end.

    >>> text = "Hrodna # vardynas: ignore\nMinsk\n"
    >>> [text[start:end] for start, end in silences(text)]
    ['Hrodna # vardynas: ignore']
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _remark(text) if "vardynas:" in text else ():
        word = match[1]
        if word == "ignore" and opened is None:
            found.append(_silenced(text, match.start(), match.end()))
        elif word == "off" and opened is None:
            opened = match.start()
        elif word == "on" and opened is not None:
            found.append((opened, match.end()))
            opened = None
    return [*found, (opened, len(text))] if opened is not None else found


def _silenced(text: str, start: int, end: int) -> tuple[int, int]:
    """The line of a remark, or the paragraph below when the remark stands alone."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if not (_bare(text, first, start) and _bare(text, end, last)):
        return first, last
    below = re.compile(r"\S").search(text, last)
    blank = _ends(text, below.start()) if below else None
    return first, blank.start() if blank else len(text)
