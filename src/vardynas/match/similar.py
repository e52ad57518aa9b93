"""Forms never seen: parts of names that a word resembles, by comparison key and small distance.

A comparison key writes a word as phoneme classes, so that Лукашэнка, Lukashenko and Łukaszenka are one
key and cheap differences are gone before any distance is measured. A word in running text may also
bear an ending, so the keys of its possible stems are asked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from vardynas.index.codes import ROLES
from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.language import tables
from vardynas.match.neighbours import Neighbours
from vardynas.match.phonetic import Sound, alike, sounds_of
from vardynas.match.sounds import PartSounds

__all__ = ["SAME_KEY", "SimilarParts", "allowed_distance", "key_neighbours"]

FAMILY = ROLES.index("family")

MIN_LETTERS = 5
"""In running text words of four letters or fewer are never matched by similarity."""

SHORTEST_KEY = 4
"""Phoneme classes of the shortest key that is asked."""

SAME_KEY = 0.85
"""The weight of a reading by an equal key."""

WEIGHTS = (SAME_KEY, 0.7, 0.6)
"""Weights of a reading by an equal key and by one or two different phoneme classes."""

LONG_STEM = 6
"""Phoneme classes from which on a stem may differ by an edit after an ending was cut."""

ALIKE = (0.84, 0.86, 0.88)
"""What the similarity of the words must reach, by the edits between the keys."""

_LONGEST_ENDING = 5

_TOGETHER = 8192
"""Words that are looked at side by side."""


def allowed_distance(letters: int) -> int:
    """How many phoneme classes may differ: none below 5 letters, one below 8, then two."""
    return 0 if letters < MIN_LETTERS else 1 if letters < 8 else 2


@tables.cached
def _derivations() -> tuple[str, ...]:
    """Endings that make another word of a name (Stalinism, Ukrainian)."""
    rows = tables.load("names")["derivations"]
    return tuple(ending for endings in rows.values() for ending in endings)


@tables.cached
def _adjectives() -> tuple[str, ...]:
    """Endings of adjectives made from places (Парижской коммуны)."""
    return tuple(tables.load("names")["adjectives"])


class _Question(NamedTuple):
    """A comparison key of a word or of one of its stems, and how many classes may differ."""

    word: int
    sound: Sound
    key: str
    distance: int


class SimilarParts:
    """The parts of an index that words resemble."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._sounds = PartSounds(index)

    def __call__(self, form: str) -> tuple[Hit, ...]:
        """Readings of a folded word by similarity, best first; empty for short words."""
        return self.many((form,))[0]

    def many(self, forms: Sequence[str]) -> list[tuple[Hit, ...]]:
        """The readings of each of many folded words, as for each alone but far sooner."""
        answers: list[tuple[Hit, ...]] = []
        for start in range(0, len(forms), _TOGETHER):
            answers += self._together(forms[start : start + _TOGETHER])
        return answers

    def _together(self, forms: Sequence[str]) -> list[tuple[Hit, ...]]:
        weights: list[dict[int, float]] = [{} for _ in forms]
        proposed = self._proposed(self._questions(forms))
        sounds = self._sounds({part for _, part, _ in proposed})
        for question, part, away in proposed:
            known = weights[question.word]
            if known.get(part, 0.0) < WEIGHTS[away] and alike(
                question.sound, sounds[part], ALIKE[away]
            ):
                known[part] = WEIGHTS[away]
        return [self._ranked(form, parts) for form, parts in zip(forms, weights, strict=True)]

    def _questions(self, forms: Sequence[str]) -> list[_Question]:
        """What to look for: the keys of each word, and of what is left when an ending is cut."""
        stems = [(word, stem) for word, form in enumerate(forms) for stem in self._stems(form)]
        texts = list(dict.fromkeys(stem for _, stem in stems))
        sounds = dict(zip(texts, sounds_of(texts, None), strict=True))
        asked: dict[tuple[int, str], _Question] = {}
        for word, stem in stems:
            whole = len(stem) == len(forms[word])
            for key in sounds[stem].keys:
                if len(key) >= SHORTEST_KEY and (word, key) not in asked:
                    distance = _distance(len(stem), len(key), whole)
                    asked[word, key] = _Question(word, sounds[stem], key, distance)
        return list(asked.values())

    def _proposed(self, asked: Sequence[_Question]) -> list[tuple[_Question, int, int]]:
        """The parts with a key within the distance and of the same first class, with the distance."""
        searches = dict.fromkeys((question.key, question.distance) for question in asked)
        texts, distances = [key for key, _ in searches], [distance for _, distance in searches]
        found = key_neighbours(self._index).find_many(texts, distances, equal=True)
        near = dict(zip(searches, found, strict=True))
        return [
            (question, part, away)
            for question in asked
            for text, away in near[question.key, question.distance]
            if text[0] == question.key[0]
            for part in self._index.same_key(text)
        ]

    def _stems(self, form: str) -> Iterator[str]:
        if len(form) < MIN_LETTERS or form.endswith(_derivations()):
            return
        yield form
        for cut in range(len(form) - 1, max(MIN_LETTERS - 1, len(form) - _LONGEST_ENDING - 1), -1):
            if self._index.is_ending(form[cut:]):
                yield form[:cut]

    def _ranked(self, form: str, weights: dict[int, float]) -> tuple[Hit, ...]:
        if not weights:
            return ()
        if form.endswith(_adjectives()):
            weights = {part: weight for part, weight in weights.items() if self._family(part)}
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return tuple(self._hit(part, weight) for part, weight in ranked)

    def _family(self, part: int) -> bool:
        return any(p.role == FAMILY for p in self._index.postings(part))

    def _hit(self, part: int, weight: float) -> Hit:
        lemma, language = self._index.base_form(part)
        return Hit(part, lemma, language, "similar", "similar", "", (), False, weight)


_known: WeakKeyDictionary[Index, Neighbours] = WeakKeyDictionary()


def key_neighbours(index: Index) -> Neighbours:
    """The neighbours of the comparison keys of an index; one table for all that ask."""
    found = _known.get(index)
    if found is None:
        found = _known[index] = Neighbours(index.key_texts)
    return found


def _distance(stem: int, key: int, whole: bool) -> int:
    """How many classes of a key may differ, by its length and that of the stem.

    Where an ending was cut it is one at most, and none of a short stem.
    """
    distance = min(allowed_distance(stem), key // 4)
    if whole:
        return distance
    return min(distance, 1) if key >= LONG_STEM else 0
