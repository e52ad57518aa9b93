"""Forms never seen: parts of names that a word resembles, by comparison key and small distance.

A comparison key writes a word as phoneme classes, so that Лукашэнка, Lukashenko and Łukaszenka are one
key and cheap differences are gone before any distance is measured. A word in running text may also
bear an ending, so the keys of its possible stems are asked too.
"""

from __future__ import annotations

from functools import cached_property

from vardynas.index.codes import ROLES
from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.language import tables
from vardynas.language.keys import keys
from vardynas.match.neighbours import Neighbours
from vardynas.match.phonetic import word_similarity
from vardynas.text.fold import fold_word

__all__ = ["SimilarParts", "allowed_distance"]

FAMILY = ROLES.index("family")

MIN_LETTERS = 5
"""In running text words of four letters or fewer are never matched by similarity."""

SAME_KEY, ONE_EDIT, TWO_EDITS = 0.85, 0.7, 0.6
"""Weights of a reading by an equal key and by one or two different phoneme classes."""

LONG_STEM = 6
"""Phoneme classes from which on a stem may differ by an edit after an ending was cut."""

ALIKE = (0.84, 0.86, 0.88)
"""What `word_similarity` must reach at least, by the edits between the keys."""

_LONGEST_ENDING = 5


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


class SimilarParts:
    """The parts of an index that a word resembles."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __call__(self, form: str) -> tuple[Hit, ...]:
        """Readings of a folded word by similarity, best first; empty for short words."""
        if len(form) < MIN_LETTERS or form.endswith(_derivations()):
            return ()
        weights: dict[int, float] = {}
        adjective = form.endswith(_adjectives())
        for key, stem in self._stem_keys(form):
            for part in self._index.same_key(key):
                if self._alike(stem, part, 0):
                    weights[part] = max(weights.get(part, 0.0), SAME_KEY)
            whole = len(stem) == len(form)
            distance = allowed_distance(len(stem))
            if not whole:
                distance = min(distance, 1) if len(key) >= LONG_STEM else 0
            for part, away in self._near(key, distance):
                if self._alike(stem, part, away):
                    weight = ONE_EDIT if away == 1 else TWO_EDITS
                    weights[part] = max(weights.get(part, 0.0), weight)
        if adjective:
            weights = {part: weight for part, weight in weights.items() if self._family(part)}
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return tuple(self._hit(part, weight) for part, weight in ranked)

    def _family(self, part: int) -> bool:
        return any(p.role == FAMILY for p in self._index.postings(part))

    def _alike(self, stem: str, part: int, away: int) -> bool:
        lemma, language = self._index.base_form(part)
        lemma = fold_word(lemma)
        return word_similarity(stem, lemma, None, language) >= ALIKE[away]

    def _stem_keys(self, form: str) -> list[tuple[str, str]]:
        """The keys of the word and of what is left when an ending is cut, with what is left."""
        found: dict[str, str] = {}
        for cut in range(len(form), max(MIN_LETTERS - 1, len(form) - _LONGEST_ENDING - 1), -1):
            if cut < len(form) and not self._index.is_ending(form[cut:]):
                continue
            for key in keys(form[:cut], None):
                if len(key) >= 4:
                    found.setdefault(key, form[:cut])
        return list(found.items())

    def _near(self, key: str, distance: int) -> list[tuple[int, int]]:
        distance = min(distance, len(key) // 4)
        if distance == 0:
            return []
        return [
            (part, away)
            for text, away in self._neighbours.find(key, distance)
            if text[0] == key[0]
            for part in self._index.same_key(text)
        ]

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._index.key_texts)

    def _hit(self, part: int, weight: float) -> Hit:
        lemma, language = self._index.base_form(part)
        return Hit(part, lemma, language, "similar", "similar", "", (), False, weight)
