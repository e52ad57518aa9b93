"""Fuzzy tools on running text: each distinct capitalized word looked up among the words of names.

That is less than vardynas does (words, not names; no context), but what one builds first with these
tools. Answers are kept, so that no word is asked twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from benchmarks.speed.peers import Match

__all__ = ["FUZZY", "Fuzzy", "symspell"]

_CAPITALIZED = re.compile(r"\b[^\W\d_]{4,}\b")

Read = Callable[[Sequence[str]], list[list[Match]]]


class Fuzzy(NamedTuple):
    """A tool: how it is made from words (None when it is not installed), its share of the text."""

    make: Callable[[list[str]], Read | None]
    share: float


def _extract_one(words: list[str]) -> Read:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    def find(word: str) -> str | None:
        best = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=_allowed(word))
        return best[0] if best else None

    return _cached(find, frozenset(words))


def _symspell(words: list[str]) -> Read | None:
    find = symspell(words)
    return None if find is None else _cached(lambda w: find(w, _allowed(w)), frozenset(words))


def symspell(texts: Sequence[str]) -> Callable[[str, int], str | None] | None:
    """The nearest of `texts` within a distance, by symspellpy; None when it is not installed."""
    try:
        module = import_module("symspellpy")
    except ImportError:
        return None
    tool = module.SymSpell(2, 7)
    for text in texts:
        tool.create_dictionary_entry(text, 1)

    def find(text: str, distance: int) -> str | None:
        found = tool.lookup(text, module.Verbosity.CLOSEST, distance)
        return found[0].term if found else None

    return find


FUZZY = {
    "rapidfuzz extractOne, cached": Fuzzy(_extract_one, 0.002),
    "symspellpy, cached": Fuzzy(_symspell, 0.05),
}


def _allowed(word: str) -> int:
    return 1 if len(word) < 8 else 2


def _cached(find: Callable[[str], str | None], known: frozenset[str]) -> Read:
    answers: dict[str, str | None] = {}

    def scan(text: str) -> list[Match]:
        matches: list[Match] = []
        for found in _CAPITALIZED.finditer(text):
            word = found[0]
            if not word[0].isupper():
                continue
            if word not in answers:
                answers[word] = word if word in known else find(word)
            if answers[word] is not None:
                matches.append((found.start(), found.end(), answers[word]))
        return matches

    return lambda texts: [scan(text) for text in texts]
