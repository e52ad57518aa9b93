"""How alike two words sound, in [0, 1]: on phoneme classes first, on letters second."""

from __future__ import annotations

from functools import lru_cache

from vardynas.language import tables
from vardynas.language.keys import codes, keys
from vardynas.match.alignment import alignment_similarity
from vardynas.text.fold import plain

__all__ = ["word_similarity"]

CODE_SHARE = 0.7
"""Share of the phoneme classes in the similarity; the rest is Jaro-Winkler on Latin letters."""

TELLING = 4
"""Phoneme classes from which on they say as much as they can; Nnn and Niue are N and NA."""


@lru_cache(maxsize=100_000)
def word_similarity(a: str, b: str, language_a: str | None, language_b: str | None) -> float:
    """The similarity of two words in any of the languages; 1.0 for equal comparison keys' readings.

    >>> word_similarity("Лукашэнка", "Łukaszenko", "be", "pl") > 0.9
    True
    >>> word_similarity("Мінск", "Пінск", "be", "be") < 0.85
    True
    """
    from rapidfuzz.distance import JaroWinkler

    letters = JaroWinkler.similarity(_latin(a), _latin(b))
    classes, length = _code_similarity(a, b, language_a, language_b)
    share = CODE_SHARE * min(1.0, length / TELLING)
    return share * classes + (1 - share) * letters


def _code_similarity(
    a: str, b: str, language_a: str | None, language_b: str | None
) -> tuple[float, int]:
    """The weighted alignment of the closest pair of readings, and the length of the shorter one."""
    from rapidfuzz.distance import OSA

    best, closest = -1.0, ("", "")
    for make in (codes, keys):
        for one in make(a, language_a):
            for other in make(b, language_b):
                similarity = OSA.normalized_similarity(one, other)
                if similarity > best:
                    best, closest = similarity, (one, other)
    return (alignment_similarity(*closest), min(map(len, closest))) if best >= 0 else (0.0, 0)


def _latin(word: str) -> str:
    table: dict[str, str] = tables.load("names")["latin_letters"]
    return "".join(table.get(letter, letter) for letter in plain(word))
