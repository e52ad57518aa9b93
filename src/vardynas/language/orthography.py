"""Orthographies beside the official one: which of them a passage keeps (`data/orthographies.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from vardynas.language import tables
from vardynas.language.transliteration import transliterate

__all__ = ["Orthography", "orthographies"]


_capitalized = re.compile(r"\b(?=[^\W\d_])(?![а-яёіў])\w[\w’'ʼ]*").sub


class Orthography(NamedTuple):
    """The orthography `tag` of a language; `system` writes official forms in it."""

    tag: str
    system: str
    words: int
    marks: Callable[[str], Iterator[re.Match[str]]]

    def shown(self, passage: str) -> bool | None:
        """Whether a passage keeps it: enough marks stand in it; None for a short one without any.

        >>> kept = orthographies("be")[0].shown
        >>> kept("Ён быў у Менску, дзе ляжыць сьнег."), kept("Ён быў у Менску."), kept("пісьмо " * 40)
        (True, None, False)
        """
        words = len(passage.split())
        marks = sum(1 for _ in self.marks(_capitalized("", passage)))
        if marks:
            return marks * self.words >= words
        return None if words < self.words else False

    def write(self, word: str) -> str:
        """An official form in this orthography.

        >>> orthographies("be")[0].write("Святлана")
        'Сьвятлана'
        """
        found = transliterate(word, self.system, 1)
        return found[0][0] if found else word


@tables.cached
def orthographies(language: str) -> tuple[Orthography, ...]:
    """The orthographies of a language beside the official one; () for most languages."""
    rows = tables.load("orthographies")["orthographies"]
    return tuple(
        Orthography(
            row["tag"], row["system"], row["words"], re.compile(row["marks"], re.VERBOSE).finditer
        )
        for row in rows
        if row["language"] == language
    )
