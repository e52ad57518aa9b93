"""Ranking listed names by similarity to a name that no form explains.

Candidates come through the comparison keys of the words; the best of them are aligned word by word,
in any order. A word counts by its role: a missing patronymic is a small thing, another family name is
another person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vardynas.evidence import Step
from vardynas.index.codes import ROLES
from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.language import tables
from vardynas.language.generics import adjective_stem, generic_class
from vardynas.language.names import is_patronymic
from vardynas.match.analysis import Analyzer
from vardynas.match.near_names import NearNames
from vardynas.match.phonetic import Sound, sound_similarity, sounds_of, word_similarity
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

MISSING, FAMILY_ALONE = 0.6, 0.2
"""Share of its weight that a word of the name costs when the query has not got it; given names cost
less where the family name is asked for alone."""

EXTRA_WEIGHT = 0.45
"""What a word of the query that the name has not costs; patronymics and initials cost less."""


_Part = tuple[int, str]
"""A part of a name, and its role."""

_Likeness = dict[tuple[int, _Part], float]
"""By the position of a word of the query and a part: how like they are, in [0, 1]."""

_adjective_stem = tables.cached_up_to(1 << 15)(adjective_stem)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A listed name, how well it fits in [0, 1], and the steps."""

    name: int
    entry: int
    score: float
    steps: tuple[Step, ...]


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
        best: dict[int, Ranked] = {}
        for ranked in self._aligned(words, language):
            known = best.get(ranked.entry)
            if known is None or ranked.score > known.score:
                best[ranked.entry] = ranked
        ordered = sorted(best.values(), key=lambda r: (-r.score, r.entry))
        return ordered[:limit]

    # ------------------------------------------------------------ alignment

    def _aligned(self, words: Sequence[Token], language: str | None) -> Iterator[Ranked]:
        """The names that share most with the words, aligned with them."""
        names = {
            name: [(part, ROLES[role]) for part, role, _ in self._index.name_parts(name)]
            for name in self._near(words, language, NAMES_ALIGNED)
        }
        found = {part for parts in names.values() for part in parts}
        likeness = self._likeness(words, found, language)
        for name, parts in names.items():
            yield self._align(words, name, parts, likeness)

    def _align(
        self, words: Sequence[Token], name: int, parts: Sequence[_Part], likeness: _Likeness
    ) -> Ranked:
        pairs = sorted(
            (
                (likeness[i, part], -i, -j)
                for i in range(len(words))
                for j, part in enumerate(parts)
            ),
            reverse=True,
        )
        matched_words: dict[int, tuple[int, float]] = {}
        matched_parts: set[int] = set()
        for similarity, i, j in pairs:
            if -i not in matched_words and -j not in matched_parts and similarity > 0.3:
                matched_words[-i] = (-j, similarity)
                matched_parts.add(-j)
        score, steps = self._total(words, parts, matched_words)
        return Ranked(name, self._index.name_entry[name], score, steps)

    def _total(
        self,
        words: Sequence[Token],
        parts: Sequence[tuple[int, str]],
        matched: dict[int, tuple[int, float]],
    ) -> tuple[float, tuple[Step, ...]]:
        gained = weight = 0.0
        steps: list[Step] = []
        for i, word in enumerate(words):
            if i in matched:
                j, similarity = matched[i]
                share = self._weight(*parts[j]) * (0.5 if word.kind == "initial" else 1.0)
                gained += share * similarity
                lemma = self._index.base_form(parts[j][0])[0]
                steps.append(("phonetic", word.text, lemma, str(round(100 * similarity))))
            else:
                light = word.kind != "word" or is_patronymic(word.form) or generic_class(word.form)
                share = EXTRA_WEIGHT * (0.4 if light else 1.0)
                steps.append(("extra", word.text))
            weight += share
        used = {j for j, _ in matched.values()}
        alone = all(parts[j][1] == "family" for j in used) and len(matched) == len(words)
        for j, (part, role) in enumerate(parts):
            if j not in used:
                share = FAMILY_ALONE if alone and role in ("given", "patronymic") else MISSING
                weight += self._weight(part, role) * share
                steps.append(("missing", self._index.base_form(part)[0]))
        fit = min((s for j, s in matched.values() if parts[j][1] == "family"), default=1.0)
        share = min(1.0, fit / FAMILY_FIT)
        return (share * gained / weight if weight else 0.0), tuple(steps)

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
        return {
            (i, (part, role)): self._similarity(word, sound, part, role, heard[part], language)
            for i, (word, sound) in enumerate(zip(words, sounds, strict=True))
            for part, role in parts
        }

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
