"""Direct quotations: „…“ «…» “…” and "…", also nested."""

from __future__ import annotations

import re

__all__ = ["quotes"]

_CLOSING = {"„": '“”‟"', "«": "»", "“": "”", "‟": "”", '"': '"'}
_marks = re.compile(r"[„“”‟«»\"]|\n[^\S\n]*\n").finditer
_DEEPEST = 8


def quotes(text: str) -> list[tuple[int, int]]:
    """Start and end of every outermost quotation, marks included; [] when there is none.

    A quotation that is not closed within its paragraph is none. Quoted names («Беларусь») count
    too: what is speech and what a title is for the caller to tell.

    >>> text = "Ён сказаў: «Гэта „Беларусь“». „Gerai“, – atsakė."
    >>> [text[start:end] for start, end in quotes(text)]
    ['«Гэта „Беларусь“»', '„Gerai“']
    """
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for match in _marks(text):
        mark, at = match.group(), match.start()
        if mark[0] == "\n":
            opened.clear()
            continue
        level = _closes(mark, opened)
        if level is not None:
            start = opened[level][1]
            del opened[level:]
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
        elif mark in _CLOSING and len(opened) < _DEEPEST and _can_open(text, at):
            opened.append((mark, at))
    return found


def _can_open(text: str, at: int) -> bool:
    """Whether the mark at `at` stands before a word and not after one."""
    return not text[at + 1 : at + 2].isspace() and not text[max(at - 1, 0) : at].isalnum()


def _closes(mark: str, opened: list[tuple[str, int]]) -> int | None:
    """The innermost open quotation that `mark` closes; None when it closes none."""
    for level in range(len(opened) - 1, -1, -1):
        if mark in _CLOSING[opened[level][0]]:
            return level
    return None
