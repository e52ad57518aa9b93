"""The words around names that the index of given names holds, so that no table is read for a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vardynas.language import tables
from vardynas.text.fold import fold_word

__all__ = ["words_around_names"]


def words_around_names() -> dict[str, Any]:
    """Titles, beginnings of sentences, cues of places, words that tell a gender, and small words.

    All are folded. Small are the words that a language has everywhere and that are no given name as
    they stand, though they may be spelled like a form of one (там, jak).
    """
    table = tables.load("names")
    return {
        "titles": _words(table["titles"]),
        "starters": {
            fold_word(word): after
            for words in table["starters"].values()
            for word, after in words.items()
        },
        "cues": _words(table["place_cues"]),
        "genders": {
            word: gender for gender, words in table["gendered"].items() for word in _words(words)
        },
        "small": _small_words(),
    }


def _small_words() -> list[str]:
    rows = tables.load("languages")["languages"].values()
    found = {fold_word(word) for row in rows for word in row.get("words", "").split()}
    return sorted(found - set(_given_names()))


def _given_names() -> Iterator[str]:
    """The listed forms of all given names, folded."""
    table = tables.load("given_names")
    for row in table["names"]:
        for tag in table["languages"]:
            yield from map(fold_word, row.get(tag, ()))


def _words(rows: Mapping[str, str]) -> list[str]:
    return sorted({fold_word(word) for words in rows.values() for word in words.split()})
