"""What vardynas is compared with: similarity of transliterated strings (rapidfuzz, Unidecode)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from unidecode import unidecode

__all__ = [
    "SCORERS",
    "SWAPPED",
    "TEXT_SCORERS",
    "Best",
    "Span",
    "best",
    "exact",
    "normal",
    "similar",
    "swap",
]

SCORERS: dict[str, Callable[..., float]] = {
    "ratio": fuzz.ratio,
    "WRatio": fuzz.WRatio,
    "token_sort": fuzz.token_sort_ratio,
    "JaroWinkler": JaroWinkler.normalized_similarity,
}
SWAPPED = ("ratio", "WRatio", "JaroWinkler")
"""Scorers that also run with the order of person names put right."""

TEXT_SCORERS = ("ratio", "JaroWinkler")
LONGEST = 3
"""Words in the longest run of running text that a baseline tries."""

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_BREAK = re.compile(r"[^\w\s.'’-]|\n")
_NO_WORD = re.compile(r"[^\w]+")


class Best(NamedTuple):
    """The best name of the index for each query (its position) and the similarity."""

    position: list[int]
    score: list[float]


class Span(NamedTuple):
    """A run of words taken for a name."""

    start: int
    end: int
    entry: str
    score: float


@cache
def normal(text: str) -> str:
    """Lower case, Latin letters without diacritics, single spaces.

    >>> normal("Łukaszenka, Аляксандр")
    'lukaszenka aliaksandr'
    """
    return _NO_WORD.sub(" ", unidecode(text).lower()).strip()


def swap(name: str) -> str:
    """The family name last.

    >>> swap("Лукашенко, Александр Григорьевич")
    'Александр Григорьевич Лукашенко'
    """
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if given.strip() else name


def best(queries: Sequence[str], index: Sequence[str], scorer: Callable[..., Any]) -> Best:
    """The most similar name for each query, both sides normalized already."""
    position: list[int] = []
    score: list[float] = []
    for start in range(0, len(queries), 500):
        matrix = process.cdist(queries[start : start + 500], index, scorer=scorer, dtype=np.float32)
        position += matrix.argmax(1).tolist()
        score += matrix.max(1).tolist()
    return Best(position, score)


def exact(entries: Sequence[tuple[str, str]], text: str) -> list[Span]:
    """Every run of words that equals a name of `entries` (id, name), overlaps included."""
    known = {name: entry for entry, name in reversed(entries)}
    runs = ((s, e) for s, e in _runs(text) if text[s:e] in known)
    return [Span(s, e, known[text[s:e]], 1.0) for s, e in runs]


def similar(
    entries: Sequence[tuple[str, str]], texts: Sequence[str], scorer: str
) -> list[list[Span]]:
    """For each text the best runs of words that do not overlap, with the most similar name."""
    runs = [[(s, e, normal(t[s:e])) for s, e in _runs(t)] for t in texts]
    keys = sorted({key for row in runs for _, _, key in row if len(key) >= 3})
    found = best(keys, [normal(name) for _, name in entries], SCORERS[scorer])
    match = {
        key: (score, entries[at][0])
        for key, at, score in zip(keys, found.position, found.score, strict=True)
    }
    return [
        _disjoint([Span(s, e, match[k][1], match[k][0]) for s, e, k in row if k in match])
        for row in runs
    ]


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.start - s.end, -s.start)):
        if all(span.end <= k.start or span.start >= k.end for k in kept):
            kept.append(span)
    return kept


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of one to three words of which the first has a capital, within punctuation."""
    words = list(_WORD.finditer(text))
    for i, first in enumerate(words):
        if not first.group()[0].isupper():
            continue
        for last in words[i : i + LONGEST]:
            if last is not first and _BREAK.search(text[first.start() : last.end()]):
                break
            yield first.start(), last.end()
