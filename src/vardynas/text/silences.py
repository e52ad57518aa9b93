"""Passages that their writer wants left alone, by a remark in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

__all__ = ["Remark", "remarks", "silenced", "silences", "stretches"]

_remark = re.compile(r"(?<!\w)vardynas:[ \t]*(ignore|off|on)(?!\w)").finditer
_bare = re.compile(r"[\s<>!/*#%;{}()\[\]-]*").fullmatch
_ends = re.compile(r"\n[^\S\n]*(?=\n|\Z)").search


class Remark(NamedTuple):
    """``text[start:end]`` is a remark, or the comment that holds it; `word` is ignore, off or on."""

    start: int
    end: int
    word: str


def silences(text: str) -> list[tuple[int, int]]:
    r"""Start and end of every stretch that is to be left alone; [] when no remark asks for it.

    ``vardynas: ignore`` means its own line; where nothing but a comment stands on that line, the
    paragraph below. ``vardynas: off`` holds up to ``vardynas: on``, or to the end.

    >>> text = "Hrodna # vardynas: ignore\nMinsk\n"
    >>> [text[start:end] for start, end in silences(text)]
    ['Hrodna # vardynas: ignore']
    """
    return stretches(remarks(text), len(text), partial(silenced, text))


def remarks(text: str) -> list[Remark]:
    """The remarks in `text`, in its order.

    >>> remarks("vardynas: off")
    [Remark(start=0, end=13, word='off')]
    """
    if "vardynas:" not in text:
        return []
    return [Remark(*match.span(), match[1]) for match in _remark(text)]


def stretches(
    found: Iterable[Remark], length: int, ignored: Callable[[int, int], tuple[int, int]]
) -> list[tuple[int, int]]:
    """What remarks in a text of that length mean; `ignored` is asked for the stretch of an ``ignore``.

    >>> stretches([Remark(3, 7, "off"), Remark(20, 24, "on")], 30, lambda start, end: (0, 0))
    [(3, 24)]
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for start, end, word in found:
        if word == "ignore" and opened is None:
            spans.append(ignored(start, end))
        elif word == "off" and opened is None:
            opened = start
        elif word == "on" and opened is not None:
            spans.append((opened, end))
            opened = None
    return [*spans, (opened, length)] if opened is not None else spans


def silenced(text: str, start: int, end: int) -> tuple[int, int]:
    """The line of the remark ``text[start:end]``, or the paragraph below when it stands alone."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if not (_bare(text, first, start) and _bare(text, end, last)):
        return first, last
    below = re.compile(r"\S").search(text, last)
    blank = _ends(text, below.start()) if below else None
    return first, blank.start() if blank else len(text)
