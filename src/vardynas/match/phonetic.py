"""How alike two words sound, in [0, 1]: on phoneme classes first, on letters second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from vardynas.language import tables
from vardynas.language.keys import codes, keys, readings_of_many
from vardynas.match.alignment import alignment_similarity, begin_alike
from vardynas.text.fold import plain

__all__ = [
    "Sound",
    "alike",
    "sound_begins_alike",
    "sound_similarity",
    "sounds_of",
    "word_similarity",
]

CODE_SHARE = 0.7
"""Share of the phoneme classes in the similarity; the rest is Jaro-Winkler on Latin letters."""

TELLING = 4
"""Phoneme classes from which on they say as much as they can; Nnn and Niue are N and NA."""

_ROUNDING = 1e-9


class Sound(NamedTuple):
    """What of a word is compared: Latin letters without diacritics, phoneme classes, keys."""

    letters: str
    codes: tuple[str, ...]
    keys: tuple[str, ...]


def sounds_of(words: Sequence[str], language: str | None) -> list[Sound]:
    """What is compared of each of many words in a language."""
    readings = readings_of_many(words, language)
    return [Sound(_latin(word), *read) for word, read in zip(words, readings, strict=True)]


@tables.cached_up_to(1 << 13)
def word_similarity(a: str, b: str, language_a: str | None, language_b: str | None) -> float:
    """The similarity of two words in any of the languages; 1.0 for equal comparison keys' readings.

    >>> word_similarity("Лукашэнка", "Łukaszenko", "be", "pl") > 0.9
    True
    >>> word_similarity("Мінск", "Пінск", "be", "be") < 0.85
    True
    """
    one = Sound(_latin(a), codes(a, language_a), keys(a, language_a))
    return sound_similarity(one, Sound(_latin(b), codes(b, language_b), keys(b, language_b)))


def sound_similarity(one: Sound, other: Sound) -> float:
    """The `word_similarity` of the words that sound like this."""
    letters = _measures()[0](one.letters, other.letters)
    closest = _closest(one, other)
    share = _code_share(*closest)
    return share * alignment_similarity(*closest) + (1 - share) * letters


def alike(one: Sound, other: Sound, least: float) -> bool:
    """Whether the `sound_similarity` is `least` or more, which is told sooner than how much it is.

    >>> alike(*sounds_of(["Мінск", "Пінск"], "be"), 0.85)
    False
    """
    letters = _measures()[0](one.letters, other.letters)
    if CODE_SHARE + (1 - CODE_SHARE) * letters < least - _ROUNDING:
        return False
    closest = _closest(one, other)
    share = _code_share(*closest)
    rest = (1 - share) * letters
    if share + rest < least - _ROUNDING:
        return False
    needed = max(0.0, (least - rest) / share - _ROUNDING) if share else 0.0
    return share * alignment_similarity(*closest, needed) + rest >= least


def sound_begins_alike(one: Sound, other: Sound) -> bool:
    """Whether the words can begin with one sound; words without classes do.

    >>> sound_begins_alike(*sounds_of(["Žemaitis", "Jonaitis"], "lt"))
    False
    """
    pairs = [(a, b) for a in one.codes for b in other.codes]
    return not pairs or any(begin_alike(a, b) for a, b in pairs)


def _closest(a: Sound, b: Sound) -> tuple[str, str]:
    """The two readings with the fewest different classes; empty strings when there are none."""
    measure = _measures()[1]
    best, closest = -1.0, ("", "")
    for ones, others in ((a.codes, b.codes), (a.keys, b.keys)):
        for one in ones:
            for other in others:
                similarity = measure(one, other)
                if similarity > best:
                    best, closest = similarity, (one, other)
                    if one == other:
                        return closest
    return closest


@cache
def _measures() -> tuple[Callable[[str, str], float], Callable[[str, str], float]]:
    """Jaro-Winkler and optimal string alignment: an import is slow where millions are measured."""
    from rapidfuzz.distance import OSA, JaroWinkler

    return JaroWinkler.similarity, OSA.normalized_similarity


def _code_share(one: str, other: str) -> float:
    return CODE_SHARE * min(1.0, min(len(one), len(other)) / TELLING)


@tables.cached_up_to(1 << 12)
def _latin(word: str) -> str:
    table: dict[str, str] = tables.load("names")["latin_letters"]
    return "".join([table.get(letter, letter) for letter in plain(word)])
