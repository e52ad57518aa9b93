"""Ranking listed names by similarity to a name that no form explains.

Candidates come through the comparison keys of the words; the best of them are aligned word by word,
in any order. A word counts by its role: a missing patronymic is a small thing, another family name is
another person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from vardynas.evidence import Step
from vardynas.index.codes import EXACT, ROLES
from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.language.generics import adjective_stem, generic_class
from vardynas.language.keys import keys
from vardynas.language.names import is_patronymic
from vardynas.match.analysis import Analyzer
from vardynas.match.phonetic import word_similarity
from vardynas.match.proposal import strength
from vardynas.text.fold import fold_word
from vardynas.text.tokens import Token

__all__ = ["Ranked", "Ranking"]

KEYS_PER_WORD = 60
NAMES_ALIGNED = 40
KEY_CUTOFF = 0.5
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

    def rank(self, tokens: Sequence[Token], language: str | None, limit: int) -> list[Ranked]:
        """The names that fit best, best first, one an entry; [] when no key is near."""
        words = [t for t in tokens if t.kind in ("word", "initial", "abbr", "number")]
        names = self._near_names(words, language)
        best: dict[int, Ranked] = {}
        for name in names:
            ranked = self._align(words, name, language)
            known = best.get(ranked.entry)
            if known is None or ranked.score > known.score:
                best[ranked.entry] = ranked
        ordered = sorted(best.values(), key=lambda r: (-r.score, r.entry))
        return ordered[:limit]

    # ------------------------------------------------------------ candidates

    def _near_names(self, words: Sequence[Token], language: str | None) -> list[int]:
        totals: dict[int, float] = defaultdict(float)
        for word in words:
            for name, share in self._names_of(word, language).items():
                totals[name] += share * len(word.form)
        visible = (n for n in totals if self._similar_to(n))
        return sorted(visible, key=lambda n: (-totals[n], n))[:NAMES_ALIGNED]

    def _similar_to(self, name: int) -> bool:
        """Whether a name may be meant by a similar one: no abbreviation, no namesake set apart."""
        hidden = self._index.entry_hidden[self._index.name_entry[name]] >= 0
        return not hidden and not self._index.name_flags[name] & EXACT

    def _names_of(self, word: Token, language: str | None) -> dict[int, float]:
        """Names with a part like `word`, each with the similarity of the keys."""
        found: dict[int, float] = {}
        for hit in self._analyze(word).hits:
            self._add(found, hit.part, 1.0)
        if word.kind != "word":
            return found
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for key in keys(word.form, language):
            near = process.extract(
                key,
                self._index.key_texts,
                scorer=OSA.normalized_similarity,
                score_cutoff=KEY_CUTOFF,
                limit=KEYS_PER_WORD,
            )
            for text, similarity, _ in near:
                for part in self._index.same_key(text):
                    self._add(found, part, similarity)
        return found

    def _add(self, found: dict[int, float], part: int, similarity: float) -> None:
        for posting in self._index.postings(part):
            if similarity > found.get(posting.name, 0.0):
                found[posting.name] = similarity

    # ------------------------------------------------------------ alignment

    @cached_property
    def _parts(self) -> dict[int, list[tuple[int, str]]]:
        """Name → its parts with roles, in order."""
        rows: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for part, posting in self._index.all_postings():
            rows[posting.name].append((posting.position, part, ROLES[posting.role]))
        return {
            name: [(part, role) for _, part, role in sorted(found)] for name, found in rows.items()
        }

    def _align(self, words: Sequence[Token], name: int, language: str | None) -> Ranked:
        parts = self._parts[name]
        pairs = sorted(
            (
                (self._similarity(word, part, role, language), -i, -j)
                for i, word in enumerate(words)
                for j, (part, role) in enumerate(parts)
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

    def _similarity(self, word: Token, part: int, role: str, language: str | None) -> float:
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
        lemma, other = self._index.base_form(part)
        alike = word_similarity(word.form, lemma, language, other)
        if role == "word":
            one, two = adjective_stem(word.form), adjective_stem(fold_word(lemma))
            if (one != word.form) != (two != fold_word(lemma)):
                alike = max(alike, ADJECTIVE * word_similarity(one, two, language, other))
        return 0.95 * alike
