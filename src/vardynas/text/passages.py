"""Stretches of a text that are written in one language, as far as layout can tell."""

from __future__ import annotations

import re

__all__ = ["passages"]

_lines = re.compile(r"[^\n\r\u2028\u2029\x85]+").finditer
_ends_sentence = re.compile(r"[.!?…:;][\"”“»’)\]]*\s*$").search
_visible = re.compile(r"\S").search
_WRAPPED = 50  # a shorter line is a heading or an item of a list, not a line of wrapped text
_TAIL = 20  # how far from its end a line shows whether it ends a sentence


def passages(text: str) -> list[tuple[int, int]]:
    r"""Start and end of every passage: a line or one wrapped paragraph; [] when blank.

    A line continues the one before when that was long and did not end a sentence, or when it
    starts in small letters. A blank line always ends a passage.

    >>> text = "Лукашэнка ў Мінску.\nPrezydent Nausėda.\n\nThe third\none."
    >>> [text[start:end] for start, end in passages(text)]
    ['Лукашэнка ў Мінску.', 'Prezydent Nausėda.', 'The third\none.']
    """
    found: list[tuple[int, int]] = []
    before = (0, 0)
    for match in _lines(text):
        line = match.span()
        visible = _visible(text, *line)
        if visible is None:
            continue
        if found and _wraps(text, before, visible.start()):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
        before = line
    return found


def _wraps(text: str, before: tuple[int, int], start: int) -> bool:
    """Whether the line whose first sign is at `start` goes on with the line `before` it."""
    first, last = before
    between = text[last:start]
    if between.count("\n") > 1 or between.count("\r") > 1 or "\u2029" in between:
        return False
    if _ends_sentence(text, max(first, last - _TAIL), last):
        return False
    return text[start].islower() or last - first >= _WRAPPED
