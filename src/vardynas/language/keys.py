"""Comparison keys: one string of phoneme classes for all spellings of a name in all languages.

Лукашэнка, Лукашенко, Lukashenko, Łukaszenka and Lukašenka have the same key. Keys select
candidates, they never decide a match. Tables and rules: `data/fold_keys.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vardynas.language import tables

__all__ = ["coarse", "codes", "keys", "keys_of_many", "readings_of_many", "skeleton"]

_CACHE = 1 << 13
_STRESS = "\u0301"

Step = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The letter values of a language: groups and letters to classes, then rules, then endings."""

    letters: Mapping[str, str]
    unit: re.Pattern[str]
    steps: tuple[Step, ...]
    second: re.Pattern[str] | None

    def code(self, lines: str) -> str:
        """The phoneme classes of words, one a line."""
        letters = self.letters
        code = "".join([letters[unit] for unit in self.unit.findall(lines)])
        for step in self.steps:
            code = step(code)
        return code


@tables.cached_up_to(_CACHE)
def codes(word: str, language: str | None = None) -> tuple[str, ...]:
    """The phoneme classes of `word`, one string for each way to read it; () for other scripts.

    Without a language, or when the word is not in the script of the language, it is read in every
    way of its script: Latin as English, Polish and Lithuanian, and as German and French spell
    Cyrillic names; Cyrillic as Belarusian and Russian.

    >>> codes("Ціханоўская", "be"), codes("Cichanouskaja", "lt")
    (('TIXANAVSKA',), ('TIXANAVSKA',))
    """
    return tuple(dict.fromkeys(code for _, code in _coded(word, language) if code))


@tables.cached_up_to(_CACHE)
def keys(word: str, language: str | None = None) -> tuple[str, ...]:
    """The codes of `word` without final vowels, and without the Lithuanian -as, -is, -us.

    A word that has nothing but vowels keeps its code; () for other scripts.

    >>> keys("Лукашэнка"), keys("Lukashenko", "en")[0], keys("Łukaszenka", "pl")[0]
    (('LUKAŠANK',), 'LUKAŠANK', 'LUKAŠANK')
    >>> keys("Kalinauskas", "lt")
    ('KALINAVSKAS', 'KALINAVSK')
    """
    found = dict.fromkeys(
        key for reading, code in _coded(word, language) for (key,) in _ends(reading, code)
    )
    found.pop("", None)
    return tuple(found)


def keys_of_many(words: Sequence[str], language: str | None = None) -> list[tuple[str, ...]]:
    """The `keys` of each word; thousands together take a fraction of the time.

    Every rule goes over all of them at once. The answers are not kept.

    >>> keys_of_many(["Лукашэнка", "Kalinauskas"], "lt")
    [('LUKAŠANK',), ('KALINAVSKAS', 'KALINAVSK')]
    """
    return [keys for _, keys in readings_of_many(words, language)]


def readings_of_many(
    words: Sequence[str], language: str | None = None
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The `codes` and the `keys` of each word, as `keys_of_many`.

    >>> readings_of_many(["Kalinauskas"], "lt")
    [(('KALINAVSKAS',), ('KALINAVSKAS', 'KALINAVSK'))]
    """
    answers: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), ())] * len(words)
    by_script: dict[str, list[int]] = defaultdict(list)
    folded = [_folded(word) for word in words]
    for at, word in enumerate(folded):
        by_script[_script(word)].append(at)
    by_script.pop("", None)
    for script, places in by_script.items():
        lines = _unstressed("\n".join([folded[at] for at in places]), script)
        read = [(reading, reading.code(lines)) for reading in _readings(language, script)]
        codes = _distinct([code.split("\n") for _, code in read])
        keys = _distinct([column for reading, code in read for column in _ends(reading, code)])
        for at, row in zip(places, zip(codes, keys, strict=True), strict=True):
            answers[at] = row
    return answers


def _distinct(columns: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The different strings in each row of the columns, without empty ones."""
    return [tuple(dict.fromkeys(filter(None, row))) for row in zip(*columns, strict=True)]


def _ends(reading: _Reading, code: str) -> Iterator[list[str]]:
    """The lines of `code` without final vowels; then also without what the reading drops besides."""
    yield _without_vowels(code)
    if reading.second is not None:
        yield _without_vowels(reading.second.sub("", code))


def _without_vowels(code: str) -> list[str]:
    """The lines without final vowels; those of nothing else as they are."""
    cut = _pattern("final").sub("", code)
    return [one or whole for one, whole in zip(cut.split("\n"), code.split("\n"), strict=True)]


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


@tables.cached_up_to(_CACHE)
def _coded(word: str, language: str | None) -> list[tuple[_Reading, str]]:
    folded = _folded(word)
    script = _script(folded)
    if not script:
        return []
    folded = _unstressed(folded, script)
    return [(reading, reading.code(folded)) for reading in _readings(language, script)]


def _folded(word: str) -> str:
    """The word as the tables write it, on a line of its own."""
    return unicodedata.normalize("NFC", word).lower().replace("\n", "\0")


def _unstressed(lines: str, script: str) -> str:
    return lines.replace(_STRESS, "") if script == "Cyrl" else lines


def _script(word: str) -> str:
    """The script of the first letter that the tables know; "" when there is none."""
    by_letter = _scripts()
    for letter in word:
        if letter in by_letter:
            return by_letter[letter]
    return ""


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
    letters = {**_with_marked(table["tables"][script]), **table["groups"][name], "\n": "\n"}
    return _Reading(
        letters=letters,
        unit=re.compile(_units(letters)),
        steps=tuple(step for rule in table["rules"] if (step := _step(rule, name))),
        second=_by_line(table["second"][name]) if name in table["second"] else None,
    )


def _units(letters: Mapping[str, str]) -> str:
    """A pattern of the longest group or else the letter: first the letters that begin no group."""
    groups = sorted((unit for unit in letters if len(unit) > 1), key=len, reverse=True)
    begin = {group[0] for group in groups}
    single = [unit for unit in letters if len(unit) == 1]
    alone = "".join(re.escape(unit) for unit in single if unit not in begin)
    rest = "".join(re.escape(unit) for unit in single if unit in begin)
    return "|".join([f"[{alone}]", *map(re.escape, groups), *([f"[{rest}]"] if rest else [])])


def _by_line(pattern: str) -> re.Pattern[str]:
    """A pattern that looks at each line of a text as if there were no other."""
    return re.compile(pattern.replace("[^", r"[^\n"), re.MULTILINE)


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
        return _each_replaced(tuple(rule.items()))
    pattern, replacement, readings = rule
    if name not in readings and "all" not in readings:
        return None
    substitute = _by_line(pattern).sub
    return lambda code: substitute(replacement, code)


def _each_replaced(pairs: Sequence[tuple[str, str]]) -> Step:
    """Single classes by others, one after the other, which is several times faster than at once.

    Where a class that was put in would be replaced again, they are replaced at once.
    """
    if {new for _, new in pairs} & {old for old, _ in pairs}:
        table = str.maketrans(dict(pairs))
        return lambda code: code.translate(table)

    def step(code: str) -> str:
        for old, new in pairs:
            code = code.replace(old, new)
        return code

    return step


@tables.cached
def _pattern(name: str) -> re.Pattern[str]:
    table = tables.load("fold_keys")
    return _by_line(table[name] if name in table else table["coarser"][name])


@tables.cached
def _coarse_table() -> dict[int, str]:
    mapping: dict[str, str] = tables.load("fold_keys")["coarser"]["coarse"]
    return str.maketrans(mapping)
