"""The languages that a document says its parts are in, as far as they are known and can be true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vardynas.errors import UnknownLanguage
from vardynas.language import tables
from vardynas.language.known import tabled
from vardynas.language.tag import base_language, canonical
from vardynas.text.letters import CYRILLIC, LATIN

__all__ = ["language_said", "spoken"]

_cyrillic = re.compile(rf"[{CYRILLIC}]").findall
_latin = re.compile(rf"[{LATIN}]").findall

Turn = tuple[int, str | None]
"""Where a part of the text begins, and the language that the document says it is in."""


def language_said(tag: str) -> str | None:
    """The language that a document means by `tag`; None for no tag and for languages without tables.

    >>> language_said("pl-PL"), language_said("be-tarask"), language_said("by"), language_said("fr")
    ('pl', 'be-tarask', 'be', None)
    """
    slips = tables.load("language_tags")["slips"]
    said = slips.get(tag.strip().lower(), tag.strip())
    try:
        found = canonical(said)
    except UnknownLanguage:
        return None
    return found if base_language(found) in tabled() else None


def spoken(turns: Sequence[Turn], text: str) -> Iterator[tuple[int, int, str]]:
    """The parts of `text` whose language the document says, as (start, end, language).

    Pages often say the language of their program. What most letters of a part cannot be written in is
    not believed.

    >>> list(spoken([(0, "en"), (6, "be")], "Гродна Мінск"))
    [(6, 12, 'be')]
    """
    for (start, language), (end, _) in pairwise([*turns, (len(text), None)]):
        if language is not None and start < end and _can_be(text[start:end], language):
            yield start, end, language


def _can_be(part: str, language: str) -> bool:
    """Whether more letters of a part are in the script of a language than in the other one."""
    letters = {"Cyrl": len(_cyrillic(part)), "Latn": len(_latin(part))}
    script = tables.load("languages")["languages"][base_language(language)]["script"]
    return 2 * letters[script] > sum(letters.values())
