"""Ranking listed names by similarity to a name that no form explains.

Candidates come through the comparison keys of the words; the best of them are aligned word by word,
in any order. A word counts by its role: a missing patronymic is a small thing, another family name is
another person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vardynas.evidence import Step
from vardynas.index.codes import ROLES
from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.language import tables
from vardynas.language.generics import adjective_stem, generic_class, is_little
from vardynas.language.identify import identify
from vardynas.language.names import is_patronymic
from vardynas.match.analysis import Analyzer
from vardynas.match.near_names import NearNames
from vardynas.match.phonetic import (
    Sound,
    sound_begins_alike,
    sound_similarity,
    sounds_of,
    word_similarity,
)
from vardynas.match.proposal import strength
from vardynas.match.sounds import PartSounds
from vardynas.text.fold import fold_word
from vardynas.text.tokens import Token

__all__ = ["Ranked", "Ranking"]

NAMES_ALIGNED = 40
GENERIC_WEIGHT = 0.35
"""What a word such as island counts, of whose meaning names of places do not hang."""

ROLE_WEIGHT = {"family": 1.0, "particle": 0.3, "given": 0.8, "patronymic": 0.25, "word": 1.0}
ADJECTIVE = 0.95
"""A place and the adjective made from it (Слівенская вобласць, Sliven) are less alike than equal."""

FAMILY_FIT = 0.75
"""A family name less alike than this is another one, however well the given name fits."""

KNOWN = 0.9
"""A word that is more like a part than this is a form of it."""

OTHER_BEGINNING = 0.6
"""Family names that begin with other sounds are two, however much of the rest they share (Jonaitis,
Žemaitis): endings such as -aitis and -owski are everybody's."""

MISSING, FAMILY_ALONE = 0.6, 0.2
"""Share of its weight that a word of the name costs when the query has not got it; given names cost
less where the family name is asked for alone."""

LEAST = 0.3
"""A word that is less like a part is not that part."""

EXTRA_WEIGHT = 0.45
"""What a word of the query that the name has not costs; patronymics and initials cost less."""

LIGHT, LITTLE = 0.4, 0.1
"""Shares of that: of initials, patronymics and generic words; of words that say nothing alone."""


_Part = tuple[int, str]
"""A part of a name, and its role."""

_Likeness = dict[tuple[int, _Part], float]
"""By the position of a word of the query and a part: how like they are, in [0, 1]."""

_adjective_stem = tables.cached_up_to(1 << 13)(adjective_stem)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A listed name, how well it fits in [0, 1], and the steps."""

    name: int
    entry: int
    score: float
    steps: tuple[Step, ...]


class _Aligned(NamedTuple):
    """A name with its parts: which of them each word is, how like, and how well all of it fits."""

    name: int
    parts: Sequence[_Part]
    matched: dict[int, tuple[int, float]]
    score: float


class Ranking:
    """The names of an index, ranked for a query."""

    def __init__(self, analyze: Analyzer) -> None:
        self._analyze = analyze
        self._index: Index = analyze.index
        self._near = NearNames(analyze)
        self._sounds = PartSounds(analyze.index)

    def rank(self, tokens: Sequence[Token], language: str | None, limit: int) -> list[Ranked]:
        """The names that fit best, best first, one an entry; [] when no key is near."""
        words = [t for t in tokens if t.kind in ("word", "initial", "abbr", "number")]
        best: dict[int, _Aligned] = {}
        for aligned in self._aligned(words, language):
            entry = self._index.name_entry[aligned.name]
            if entry not in best or aligned.score > best[entry].score:
                best[entry] = aligned
        ordered = sorted(best.items(), key=lambda item: (-item[1].score, item[0]))[:limit]
        return [
            Ranked(aligned.name, entry, aligned.score, tuple(self._steps(words, aligned)))
            for entry, aligned in ordered
        ]

    # ------------------------------------------------------------ a query and a name

    def _aligned(self, words: Sequence[Token], language: str | None) -> Iterator[_Aligned]:
        """The names that share most with the words, aligned with them."""
        names = {
            name: [(part, ROLES[role]) for part, role, _ in self._index.name_parts(name)]
            for name in self._near(words, language, NAMES_ALIGNED)
        }
        found = {part for parts in names.values() for part in parts}
        likeness = self._likeness(words, found, language)
        weights = {part: self._weight(*part) for part in found}
        for name, parts in names.items():
            matched = _matched(len(words), parts, likeness)
            yield _Aligned(name, parts, matched, _score(words, parts, matched, weights))

    def _steps(self, words: Sequence[Token], aligned: _Aligned) -> Iterator[Step]:
        """What each word is like, what the name lacks and what it has besides."""
        for i, word in enumerate(words):
            if i in aligned.matched:
                j, likeness = aligned.matched[i]
                lemma = self._index.base_form(aligned.parts[j][0])[0]
                yield "phonetic", word.text, lemma, str(round(100 * likeness))
            else:
                yield "extra", word.text
        used = {j for j, _ in aligned.matched.values()}
        for j, (part, _) in enumerate(aligned.parts):
            if j not in used:
                yield "missing", self._index.base_form(part)[0]

    def _weight(self, part: int, role: str) -> float:
        """How much a word of a listed name counts."""
        return GENERIC_WEIGHT if self._generic(part) else ROLE_WEIGHT[role]

    def _generic(self, part: int) -> str:
        return generic_class(fold_word(self._index.base_form(part)[0]))

    # ------------------------------------------------------------ a word and a part

    def _likeness(
        self, words: Sequence[Token], parts: set[_Part], language: str | None
    ) -> _Likeness:
        """How like each word is to each part in its role."""
        heard = self._sounds({part for part, _ in parts})
        sounds = sounds_of([word.form for word in words], language)
        own = self._in_own_language(words, sounds, language)
        likeness = {
            (i, (part, role)): self._similarity(word, sound, part, role, heard[part], language)
            for i, (word, sound) in enumerate(zip(words, sounds, strict=True))
            for part, role in parts
        }
        for (i, (part, role)), alike in likeness.items():
            if role == "family" and alike < KNOWN and not sound_begins_alike(own[i], heard[part]):
                likeness[i, (part, role)] = alike * OTHER_BEGINNING
        return likeness

    def _in_own_language(
        self, words: Sequence[Token], sounds: list[Sound], language: str | None
    ) -> list[Sound]:
        """The words as they sound in the language that the whole query seems to be in."""
        found = language or identify(" ".join(word.text for word in words))
        same = found in (language, "und")
        return sounds if same else sounds_of([word.form for word in words], found)

    def _similarity(
        self, word: Token, sound: Sound, part: int, role: str, heard: Sound, language: str | None
    ) -> float:
        """By what the tables know of the word, else by the sounds of both."""
        if word.kind == "initial":
            fits = word.plain[:1] in self._index.letters(part)
            return 0.9 if fits else 0.0
        generic = generic_class(word.form)
        if generic and generic == self._generic(part):
            return 0.95
        analysis = self._analyze(word)
        hits: list[Hit] = [hit for hit in analysis.hits if hit.part == part]
        if hits:
            return max(map(strength, hits))
        if analysis.given & self._index.classes(part):
            return 0.93
        alike = sound_similarity(sound, heard)
        if role == "word":
            alike = max(alike, self._as_adjective(word.form, part, language))
        return 0.95 * alike

    def _as_adjective(self, form: str, part: int, language: str | None) -> float:
        """How like a word is to a place from whose name it is made, or the other way round."""
        lemma, other = self._index.base_form(part)
        lemma = fold_word(lemma)
        one, two = _adjective_stem(form), _adjective_stem(lemma)
        if (one != form) == (two != lemma):
            return 0.0
        return ADJECTIVE * word_similarity(one, two, language, other)


def _matched(
    words: int, parts: Sequence[_Part], likeness: _Likeness
) -> dict[int, tuple[int, float]]:
    """Words by position with the part that each is and how like it, the most alike first."""
    pairs = [(likeness[i, part], -i, -j) for i in range(words) for j, part in enumerate(parts)]
    matched: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for alike, i, j in sorted(pairs, reverse=True):
        if alike > LEAST and -i not in matched and -j not in used:
            matched[-i] = (-j, alike)
            used.add(-j)
    return matched


def _score(
    words: Sequence[Token],
    parts: Sequence[_Part],
    matched: dict[int, tuple[int, float]],
    weights: dict[_Part, float],
) -> float:
    """How well a name fits: the weight of what is alike in that of the words and of the name."""
    gained = weight = 0.0
    for i, word in enumerate(words):
        if i in matched:
            j, alike = matched[i]
            share = weights[parts[j]] * (0.5 if word.kind == "initial" else 1.0)
            gained += share * alike
        else:
            share = EXTRA_WEIGHT * _extra(word)
        weight += share
    used = {j for j, _ in matched.values()}
    alone = all(parts[j][1] == "family" for j in used) and len(matched) == len(words)
    for j, part in enumerate(parts):
        if j not in used:
            missing = FAMILY_ALONE if alone and part[1] in ("given", "patronymic") else MISSING
            weight += weights[part] * missing
    fit = min((alike for j, alike in matched.values() if parts[j][1] == "family"), default=1.0)
    return min(1.0, fit / FAMILY_FIT) * gained / weight if weight else 0.0


def _extra(word: Token) -> float:
    """How much a word counts that a name has not got, in [0, 1]."""
    if is_little(word.form):
        return LITTLE
    light = word.kind != "word" or is_patronymic(word.form) or generic_class(word.form)
    return LIGHT if light else 1.0
