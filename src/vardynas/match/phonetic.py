"""How alike two words sound, in [0, 1]: on phoneme classes first, on letters second."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from vardynas.language import tables
from vardynas.language.keys import codes, keys
from vardynas.match.alignment import alignment_similarity
from vardynas.text.fold import plain

__all__ = ["word_similarity", "words_alike"]

CODE_SHARE = 0.7
"""Share of the phoneme classes in the similarity; the rest is Jaro-Winkler on Latin letters."""

TELLING = 4
"""Phoneme classes from which on they say as much as they can; Nnn and Niue are N and NA."""

_ROUNDING = 1e-9


@lru_cache(maxsize=100_000)
def word_similarity(a: str, b: str, language_a: str | None, language_b: str | None) -> float:
    """The similarity of two words in any of the languages; 1.0 for equal comparison keys' readings.

    >>> word_similarity("Лукашэнка", "Łukaszenko", "be", "pl") > 0.9
    True
    >>> word_similarity("Мінск", "Пінск", "be", "be") < 0.85
    True
    """
    letters = _letter_similarity(a, b)
    one, other = _closest(a, b, language_a, language_b)
    share = _code_share(one, other)
    return share * alignment_similarity(one, other) + (1 - share) * letters


def words_alike(
    a: str, b: str, language_a: str | None, language_b: str | None, least: float
) -> bool:
    """Whether the `word_similarity` is `least` or more, which is told sooner than how much it is.

    >>> words_alike("Мінск", "Пінск", "be", "be", 0.85)
    False
    """
    letters = _letter_similarity(a, b)
    if CODE_SHARE + (1 - CODE_SHARE) * letters < least - _ROUNDING:
        return False
    one, other = _closest(a, b, language_a, language_b)
    share = _code_share(one, other)
    rest = (1 - share) * letters
    if share + rest < least - _ROUNDING:
        return False
    needed = max(0.0, (least - rest) / share - _ROUNDING) if share else 0.0
    return share * alignment_similarity(one, other, needed) + rest >= least


def _letter_similarity(a: str, b: str) -> float:
    return _measures()[0](_latin(a), _latin(b))


def _closest(a: str, b: str, language_a: str | None, language_b: str | None) -> tuple[str, str]:
    """The two readings with the fewest different classes; empty strings when there are none."""
    measure = _measures()[1]
    best, closest = -1.0, ("", "")
    for make in (codes, keys):
        for one in make(a, language_a):
            for other in make(b, language_b):
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


@tables.cached_up_to(100_000)
def _latin(word: str) -> str:
    table: dict[str, str] = tables.load("names")["latin_letters"]
    return "".join([table.get(letter, letter) for letter in plain(word)])
