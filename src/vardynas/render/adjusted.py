"""Words beside a name whose form follows its letters: z and ze, у and ў, a and an."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from vardynas.language import tables
from vardynas.model import Edit
from vardynas.text.fold import fold_word

__all__ = ["adjusted"]

_word_before = re.compile(r"(?<![\w’'-])(\w+)([ \u00a0\n]+)$").search
_word_after = re.compile(r"([ \u00a0\n]+)(\w+)(?![\w’'-])").match


def adjusted(edit: Edit, text: str, language: str, floor: int, ceiling: int) -> Edit:
    """The edit with the word before it and after it as the new name wants them.

    A word is changed only if it was right beside the old name. `floor` and `ceiling` are where other
    names end and begin. The tables are `adjust` and `after_vowel` of ``governors.yaml``.

    >>> text = "z Dzmitrym Daszkiewiczem"
    >>> edit = Edit(2, 24, text[2:], "Źmicierem Daszkiewiczem", "dashkevich-zmitser")
    >>> adjusted(edit, text, "pl", 0, 24).replacement
    'ze Źmicierem Daszkiewiczem'
    """
    rows = tables.load("governors")
    for row in rows["adjust"].get(language, ()):
        edit = _before(edit, text, row, floor)
    after = rows["after_vowel"].get(language)
    return _after(edit, text, after, ceiling) if after else edit


def _before(edit: Edit, text: str, row: dict[str, Any], floor: int) -> Edit:
    found = _word_before(text, max(floor, edit.start - 12), edit.start)
    if found is None or found[1].lower() not in row["words"]:
        return edit
    old, new = (_fitting(row, name) for name in (edit.text, edit.replacement))
    if old == new or found[1].lower() != old:
        return edit
    word = new.capitalize() if found[1][0].isupper() else new
    return _widened(edit, text, found.start(), edit.end, f"{word}{found[2]}{edit.replacement}")


def _fitting(row: dict[str, Any], name: str) -> str:
    """The one of the two words that stands before a name."""
    first, second = row["words"]
    word = fold_word(name.split()[0])
    return str(second if re.match(row["second"], word) else first)


def _after(edit: Edit, text: str, row: dict[str, str], ceiling: int) -> Edit:
    found = _word_after(text, edit.end)
    if found is None or found.end() > ceiling:
        return edit
    old, new = (name[-1:].lower() in row["vowels"] for name in (edit.text, edit.replacement))
    letter, elsewhere = row["letter"], row["elsewhere"]
    word = found[2]
    if old and not new and word[0] == letter:
        word = elsewhere + word[1:]
    elif new and not old and word == elsewhere:
        word = letter
    if word == found[2]:
        return edit
    return _widened(edit, text, edit.start, found.end(), f"{edit.replacement}{found[1]}{word}")


def _widened(edit: Edit, text: str, start: int, end: int, replacement: str) -> Edit:
    return replace(edit, start=start, end=end, text=text[start:end], replacement=replacement)
