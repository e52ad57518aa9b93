"""Base forms of words that no glossary has: which few of them explain the most forms seen.

A base form is either seen itself or put together from a form seen, by taking an ending of the tables of
inflection off and the ending of base forms on. The tables are those of `vardynas.language.inflection`;
nothing here knows a language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from math import log1p
from types import MappingProxyType
from typing import NamedTuple

from vardynas.language import tables
from vardynas.language.inflection import paradigms, texts
from vardynas.language.keys import keys
from vardynas.language.paradigm_table import Row, rows
from vardynas.model import Name

__all__ = ["endings_of", "forms_of", "lemmas"]

SHORTEST_STEM = 3

_SEEN, _UNSEEN, _SOUNDS = 0.25, 0.05, 0.8
"""What it counts that a base form was seen itself or was not, or has the key of a word in another
language; a form that it explains counts 1, an ending that many names have up to 1."""

_ENDING = 3

_USUAL = 8
"""How many names must end like a base form that explains a single form seen."""

_NAMES = ("any", "person", "surname", "place")
"""Kinds of paradigms that names follow about which nothing is known."""


class _Guess(NamedTuple):
    """A possible base form: its rank, the words that it explains, and whether they were tried.

    What was not tried has about the best rank that it can have: most base forms never need to be.
    """

    rank: tuple[float, ...]
    lemma: str
    covers: frozenset[str]
    tried: bool


def endings_of(names: Iterable[Name]) -> Counter[tuple[str, str]]:
    """How often the words of names end in each three letters, by language.

    >>> endings_of([Name("Ignas Kalinauskas", "lt")])["lt", "kas"]
    1
    """
    return Counter(
        (name.language, word.lower()[-_ENDING:]) for name in names for word in name.form.split()
    )


def lemmas(
    words: Mapping[str, int],
    language: str,
    elsewhere: Collection[str] = (),
    endings: Mapping[tuple[str, str], int] = MappingProxyType({}),
) -> dict[str, str]:
    """The base form of each of the words, in the same capitals, as far as the others tell.

    `words` counts how often each was seen; `elsewhere` has comparison keys of words in other languages,
    which speak for a base form that sounds like them, and `endings` how names end (`endings_of`).

    >>> sorted(set(lemmas({"Kalinkowicza": 2, "Kalinkowiczem": 1, "Kalinkowicz": 1}, "pl").values()))
    ['Kalinkowicz']
    >>> lemmas({"Kalinkavičiaus": 2}, "lt", {"KALINKAVIČUS"})["Kalinkavičiaus"]
    'Kalinkavičius'
    """
    found: dict[str, str] = {}
    guesses = _Guesses(words, language, frozenset(elsewhere), endings)
    waiting = guesses.hoped()
    heapify(waiting)
    while waiting:
        _, lemma, covers, tried = heappop(waiting)
        if found.keys() >= covers:
            continue
        if tried:
            for word in covers:
                found.setdefault(word, lemma)
        elif (guess := guesses.tried(lemma)) is not None:
            heappush(waiting, guess)
    return {word: found.get(word, word) for word in words}


class _Guesses:
    """The base forms that may explain words, with what speaks for each."""

    def __init__(
        self,
        words: Mapping[str, int],
        language: str,
        elsewhere: frozenset[str],
        endings: Mapping[tuple[str, str], int],
    ) -> None:
        self._words = words
        self._language = language
        self._elsewhere = elsewhere
        self._endings = endings
        self._written: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._written[word.lower()].append(word)

    def hoped(self) -> list[_Guess]:
        """Every base form: those seen tried, others with the words whose endings allow them."""
        by_lemma: dict[str, set[str]] = defaultdict(set)
        for word in self._words:
            for lemma in _possible(word, self._language):
                by_lemma[lemma].add(word)
        seen = [guess for word in self._words if (guess := self.tried(word))]
        return seen + [
            self._guess(lemma, frozenset(forms), 1.0, tried=False)
            for lemma, forms in by_lemma.items()
            if lemma not in self._words
            and (len(forms) > 1 or self._sounds(lemma) or self._usual(lemma) >= _USUAL)
        ]

    def tried(self, lemma: str) -> _Guess | None:
        """A base form with the words that are forms of it; None when no word is."""
        priors = forms_of(lemma, self._language)
        covers = frozenset(
            word for form in (lemma.lower(), *priors) for word in self._written.get(form, ())
        )
        if not covers:
            return None
        typical = max((priors.get(form.lower(), 0.0) for form in covers), default=0.0)
        return self._guess(lemma, covers, typical, tried=True)

    def _guess(self, lemma: str, covers: frozenset[str], typical: float, *, tried: bool) -> _Guess:
        weight = len(covers) + (_SEEN if lemma in self._words else -_UNSEEN)
        weight += _SOUNDS * self._sounds(lemma) + min(1.0, log1p(self._usual(lemma)) / 5)
        rank = (-weight - typical / 2, -self._words.get(lemma, 0), len(lemma))
        return _Guess(rank, lemma, covers, tried)

    def _sounds(self, lemma: str) -> bool:
        return bool(self._elsewhere) and not self._elsewhere.isdisjoint(keys(lemma, self._language))

    def _usual(self, lemma: str) -> int:
        return self._endings.get((self._language, lemma.lower()[-_ENDING:]), 0)


def forms_of(lemma: str, language: str) -> dict[str, float]:
    """All small-lettered forms of a word in its own number, with the prior of the best paradigm."""
    found: dict[str, float] = {}
    small = lemma.lower()
    for paradigm in paradigms(small, language):
        if paradigm.kind in _NAMES:
            for text in texts(small, paradigm.id, number=paradigm.number):
                found[text] = max(found.get(text, 0.0), paradigm.prior)
    return found


def _possible(word: str, language: str) -> Iterator[str]:
    """The base forms that may have this form, in its capitals."""
    small = word.lower()
    seen = set()
    for cut in range(len(small), max(SHORTEST_STEM, len(small) - _longest(language)) - 1, -1):
        for row, altered in _by_ending(language).get(small[cut:], ()):
            for stem in _stems(small[:cut], row, altered=altered):
                lemma = stem + row.lemma
                if lemma not in seen and row.fits(lemma):
                    seen.add(lemma)
                    yield _capitals(lemma, word)


def _stems(stem: str, row: Row, *, altered: bool) -> Iterator[str]:
    """The stems of base forms that have this stem before an ending."""
    if not altered:
        yield stem
        return
    if row.doubles and len(stem) > 1 and stem[-1] == stem[-2]:
        yield stem[:-1]
    for hard, soft in row.soft:
        if stem.endswith(soft):
            yield stem.removesuffix(soft) + hard


def _capitals(lemma: str, word: str) -> str:
    """The lemma with the capitals of a form of it."""
    kept = "".join(a.upper() if b.isupper() else a for a, b in zip(lemma, word, strict=False))
    return kept + lemma[len(kept) :]


@tables.cached
def _by_ending(language: str) -> dict[str, list[tuple[Row, bool]]]:
    """The rows of a language in which each ending stands, and whether behind an altered stem."""
    found: dict[str, dict[tuple[int, bool], Row]] = defaultdict(dict)
    for row in rows(language):
        if row.kind in _NAMES:
            for (_, number), endings in row.cells.items():
                for ending in endings if number == row.number else ():
                    found[ending.text][row.index, ending.altered] = row
    return {
        text: [(row, altered) for (_, altered), row in places.items()]
        for text, places in found.items()
    }


@tables.cached
def _longest(language: str) -> int:
    return max(map(len, _by_ending(language)), default=0)
