"""Direct quotations: „…“ «…» “…” and "…", also nested."""

from __future__ import annotations

import re

__all__ = ["CLOSING", "quotes", "speech"]

CLOSING = {"„": '“”‟"', "«": "»", "“": "”", "‟": "”", '"': '"'}
"""Each mark that opens a quotation, with those that can close it."""

_marks = re.compile(r"[„“”‟«»\"]|\n[^\S\n]*\n").finditer
_DEEPEST = 8
_LONGEST_TITLE = 6  # words; what is longer between quotation marks is said or written by somebody
_sentence = re.compile(r"[.!?…,]\W*$|[.!?…:;][\"”“»]?\s").search
_announced = re.compile(r"[:,]\s*$").search
_attributed = re.compile(r"\s*,?\s*[–—-]\s|\s*,\s*\w").match


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
        elif mark in CLOSING and len(opened) < _DEEPEST and _can_open(text, at):
            opened.append((mark, at))
    return found


def speech(text: str) -> list[tuple[int, int]]:
    """The quotations that are speech or cited text, as far as marks can tell; [] when none is.

    Speech is what holds a sentence (a stop, a comma before the closing mark, more than six words),
    what a colon announces, and what a dash or comma hands over to its speaker. Other quotations are
    titles and names of works, papers and companies.

    >>> text = "Ён сказаў: «Еду ў Мінск». Газета «Звязда» піша. „Vykstu į Minską“, – sakė ji."
    >>> [text[start:end] for start, end in speech(text)]
    ['«Еду ў Мінск»', '„Vykstu į Minską“']
    """
    return [(start, end) for start, end in quotes(text) if _is_speech(text, start, end)]


def _is_speech(text: str, start: int, end: int) -> bool:
    inside = text[start + 1 : end - 1]
    words = len(inside.split())
    if words > _LONGEST_TITLE or _sentence(inside):
        return True
    if words > 1 and (_announced(text[max(0, start - 8) : start]) or inside[0].islower()):
        return True
    return bool(_attributed(text, end)) and _opens_sentence(text, start)


def _opens_sentence(text: str, at: int) -> bool:
    """Whether a sentence begins at `at`."""
    return bool(re.search(r"(?:^|[.!?…\n])[\s–—-]*$", text[max(0, at - 12) : at]))


def _can_open(text: str, at: int) -> bool:
    """Whether the mark at `at` stands before a word and not after one."""
    return not text[at + 1 : at + 2].isspace() and not text[max(at - 1, 0) : at].isalnum()


def _closes(mark: str, opened: list[tuple[str, int]]) -> int | None:
    """The innermost open quotation that `mark` closes; None when it closes none."""
    for level in range(len(opened) - 1, -1, -1):
        if mark in CLOSING[opened[level][0]]:
            return level
    return None
