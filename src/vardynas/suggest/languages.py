"""Base forms of several languages that are one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from vardynas.language.keys import keys
from vardynas.match.phonetic import word_similarity
from vardynas.text.fold import plain

__all__ = ["numbered"]

ALIKE = 0.9
"""How alike two base forms with a comparison key in common must sound to be one name."""


def numbered(lemmas: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], int]:
    """A number for each base form; those of one name in several languages share it."""
    found = sorted({(tag, lemma) for tag, by_word in lemmas.items() for lemma in by_word.values()})
    leader = list(range(len(found)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    by_key: dict[str, list[int]] = defaultdict(list)
    for number, (language, lemma) in enumerate(found):
        for key in keys(lemma, language):
            by_key[key].append(number)
    for first, *others in by_key.values():
        for other in others:
            low, high = sorted((lead(first), lead(other)))
            if low != high and _alike(found[first], found[other]):
                leader[high] = low
    bare: dict[tuple[str, str], int] = {}
    for number, (language, lemma) in enumerate(found):  # typed without marks: Lukasevicius
        low, high = sorted((lead(number), lead(bare.setdefault((language, plain(lemma)), number))))
        leader[high] = low
    return {one: lead(number) for number, one in enumerate(found)}


def _alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return word_similarity(one[1], other[1], one[0], other[0]) >= ALIKE
