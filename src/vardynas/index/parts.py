"""From one word of a name to every spelling and stem by which it can be recognized.

A *part* is a word with its language, kind and gender; it is worked out once and shared by all names
that use it. Its *spellings* are the word as listed and what derivation gives in the other languages;
the *stems* of a spelling, each with a set of endings, cover its inflected forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vardynas.index.codes import UNCHANGED
from vardynas.language import inflection, tables
from vardynas.language.derive import derive
from vardynas.language.tag import base_language
from vardynas.text.fold import fold_word, plain

__all__ = ["FORENAME", "Part", "Spelling", "Stem", "spellings", "stems"]


class Part(NamedTuple):
    """A word of a name, with what decides how it is spelled and inflected.

    `kind` is given, family, patronymic, place, forename, word or "" (any); `case` is that of a form
    that the glossary pins.
    """

    text: str
    language: str
    kind: str
    gender: str
    inflects: bool
    derives: bool
    case: str = ""


class Spelling(NamedTuple):
    """One way to write a part's base form, with the rules that give it (none: as listed)."""

    text: str
    language: str
    rules: tuple[str, ...]
    status: str
    weight: float


class Stem(NamedTuple):
    """The beginning of some inflected forms: `ending_set` names the endings that may follow."""

    text: str
    ending_set: int | str
    paradigm: str
    prior: float


_cyrillic = re.compile("[\u0400-\u04ff]").search

UNCHANGED_KINDS = ("given", "family", "patronymic", "place")
"""Kinds of words that stand in other languages' texts with their own letters (Landsbergisa)."""

FORENAME = "forename"
"""The kind of a given name that belongs to no entry: transcribed, but not put into other languages.

The table of given names lists its forms in the other languages already; through a short form a name
would otherwise get the classes of other names (Vlad: Уладзімір, Уладзіслаў).
"""

NO_ENDINGS = -1
"""The ending set of words that stand still: only the empty ending."""


def spellings(part: Part) -> Iterator[Spelling]:
    """The spellings of `part`, as listed first.

    Then come the same letters in the other languages of the script, then the derived spellings.
    """
    seen: set[tuple[str, str]] = set()
    for spelling in _candidates(part):
        key = (plain(spelling.text), base_language(spelling.language))
        if key not in seen:
            seen.add(key)
            yield spelling


def _candidates(part: Part) -> Iterator[Spelling]:
    yield Spelling(part.text, part.language, (), "attested", 1.0)
    if part.inflects and (part.kind in UNCHANGED_KINDS or part.language == "und"):
        for language in _same_letters(part):
            yield Spelling(part.text, language, (UNCHANGED,), "practice", 0.95)
    if part.derives:
        kind = "word" if part.kind in ("", FORENAME) else part.kind
        for row in derive(part.text, part.language, kind=kind, gender=part.gender or None):
            yield Spelling(row.text, row.language, row.rules, row.status, row.weight)


def _same_letters(part: Part) -> tuple[str, ...]:
    """The languages in whose text the word may stand with the same letters, endings added."""
    script = "Cyrl" if _cyrillic(part.text) else "Latn"
    return _languages_of(script, base_language(part.language))


@tables.cached
def _languages_of(script: str, besides: str) -> tuple[str, ...]:
    rows = tables.load("names")["same_letters"]
    return tuple(language for language in rows[script] if language != besides)


def _inflected_as(kind: str) -> str | None:
    return "given" if kind == FORENAME else kind or None


def stems(spelling: Spelling, part: Part) -> list[Stem]:
    """The stems of a spelling; only the word itself where it does not inflect."""
    word = fold_word(spelling.text)
    if part.inflects:
        language = base_language(spelling.language)
        kind, gender = _inflected_as(part.kind), part.gender or None
        found = inflection.all_stems(word, language, kind=kind, gender=gender)
        if found:
            return [Stem(*row) for row in found]
    return [Stem(word, part.case or NO_ENDINGS, "", 1.0)]
