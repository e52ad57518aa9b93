"""Comparison keys: one string of phoneme classes for all spellings of a name in all languages.

Лукашэнка, Лукашенко, Lukashenko, Łukaszenka and Lukašenka have the same key. Keys select
candidates, they never decide a match. Tables and rules: `data/fold_keys.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vardynas.language import tables

__all__ = ["coarse", "codes", "keys", "skeleton"]

_CACHE = 1 << 16
_STRESS = "\u0301"

Step = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The letter values of a language: groups and letters to classes, then rules, then endings."""

    letters: Mapping[str, str]
    unit: re.Pattern[str]
    steps: tuple[Step, ...]
    second: re.Pattern[str] | None

    def code(self, word: str) -> str:
        letters = self.letters
        code = "".join([letters[unit] for unit in self.unit.findall(word)])
        for step in self.steps:
            code = step(code)
        return code


@lru_cache(maxsize=_CACHE)
def codes(word: str, language: str | None = None) -> tuple[str, ...]:
    """The phoneme classes of `word`, one string for each way to read it; () for other scripts.

    Without a language, or when the word is not in the script of the language, it is read in every
    way of its script: Latin as English, Polish and Lithuanian, and as German and French spell
    Cyrillic names; Cyrillic as Belarusian and Russian.

    >>> codes("Ціханоўская", "be"), codes("Cichanouskaja", "lt")
    (('TIXANAVSKA',), ('TIXANAVSKA',))
    """
    return tuple(dict.fromkeys(code for _, code in _coded(word, language) if code))


@lru_cache(maxsize=_CACHE)
def keys(word: str, language: str | None = None) -> tuple[str, ...]:
    """The codes of `word` without final vowels, and without the Lithuanian -as, -is, -us.

    A word that has nothing but vowels keeps its code; () for other scripts.

    >>> keys("Лукашэнка"), keys("Lukashenko", "en")[0], keys("Łukaszenka", "pl")[0]
    (('LUKAŠANK',), 'LUKAŠANK', 'LUKAŠANK')
    >>> keys("Kalinauskas", "lt")
    ('KALINAVSKAS', 'KALINAVSK')
    """
    final = _pattern("final")
    found: dict[str, None] = {}
    for reading, code in _coded(word, language):
        found[final.sub("", code) or code] = None
        if reading.second is not None and (shorter := reading.second.sub("", code)):
            found[final.sub("", shorter) or shorter] = None
    found.pop("", None)
    return tuple(found)


def skeleton(key: str) -> str:
    """The key with its first class and the consonants after it.

    >>> skeleton("KALINAVSK")
    'KLNVSK'
    """
    return _pattern("skeleton").sub("", key)


def coarse(key: str) -> str:
    """The consonants of the key as text without diacritics shows them; may be "".

    >>> coarse("LUKAŠANK") == coarse("LUKASANK")
    True
    """
    return re.sub(r"(.)\1+", r"\1", key.translate(_coarse_table()))


def _coded(word: str, language: str | None) -> list[tuple[_Reading, str]]:
    folded = unicodedata.normalize("NFC", word).lower()
    script = _script(folded)
    if script is None:
        return []
    if script == "Cyrl":
        folded = folded.replace(_STRESS, "")
    return [(reading, reading.code(folded)) for reading in _readings(language, script)]


def _script(word: str) -> str | None:
    """The script of the first letter that the tables know; None when there is none."""
    by_letter = _scripts()
    return next((by_letter[letter] for letter in word if letter in by_letter), None)


@tables.cached
def _scripts() -> Mapping[str, str]:
    letters = {
        letter: script
        for script, table in tables.load("fold_keys")["tables"].items()
        for letter in table
        if letter.isalpha()
    }
    return letters


@tables.cached
def _readings(language: str | None, script: str) -> tuple[_Reading, ...]:
    """The readings of a language in this script, or all that the script has."""
    named: dict[str, list[str]] = tables.load("fold_keys")["readings"]
    wanted = [name for name in named.get(language or "", ()) if _reading_script(name) == script]
    return tuple(_reading(name, script) for name in wanted or named[script])


def _reading_script(name: str) -> str:
    groups = tables.load("fold_keys")["groups"][name]
    return _scripts()[next(iter(groups))[0]]


@tables.cached
def _reading(name: str, script: str) -> _Reading:
    table = tables.load("fold_keys")
    letters = {**_with_marked(table["tables"][script]), **table["groups"][name]}
    units = sorted(letters, key=len, reverse=True)
    return _Reading(
        letters=letters,
        unit=re.compile("|".join(map(re.escape, units))),
        steps=tuple(step for rule in table["rules"] if (step := _step(rule, name))),
        second=re.compile(table["second"][name]) if name in table["second"] else None,
    )


def _with_marked(letters: Mapping[str, str]) -> dict[str, str]:
    """`letters` and those with marks that have no row (ő), with the classes of the base letter."""
    marked = {
        letter: letters[base]
        for letter in map(chr, range(0xC0, 0x530))
        if (base := unicodedata.normalize("NFD", letter)[0]) in letters
    }
    return {**marked, **letters}


def _step(rule: Any, name: str) -> Step | None:  # noqa: ANN401 - YAML
    """A rule as a function; None when it is not for this reading."""
    if isinstance(rule, dict):
        table = str.maketrans(rule)
        return lambda code: code.translate(table)
    pattern, replacement, readings = rule
    if name not in readings and "all" not in readings:
        return None
    substitute = re.compile(pattern).sub
    return lambda code: substitute(replacement, code)


@tables.cached
def _pattern(name: str) -> re.Pattern[str]:
    table = tables.load("fold_keys")
    return re.compile(table[name] if name in table else table["coarser"][name])


@tables.cached
def _coarse_table() -> dict[int, str]:
    mapping: dict[str, str] = tables.load("fold_keys")["coarser"]["coarse"]
    return str.maketrans(mapping)
