"""Adjectives of place names: the stems by which they are told (`data/adjectives.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vardynas.language import tables
from vardynas.text.fold import fold_word

__all__ = ["adjective_stems", "agreeing_slots", "name_stem"]


def name_stem(name: str, language: str) -> str:
    """Two letters of a place name and its consonants as an adjective has them; "" for short names.

    >>> name_stem("Wilno", "pl"), name_stem("Гродна", "be"), name_stem("Rio", "pl")
    ('wi-wln', 'гр-грдн', '')
    """
    row = _row(language)
    return _consonants(re.sub(row["base"], "", fold_word(name)), row) if row else ""


def adjective_stems(word: str, language: str) -> Iterator[str]:
    """The stems that a word can have as an adjective of a place; none when it is no adjective.

    >>> next(adjective_stems("wileńskiego", "pl")), list(adjective_stems("Wilno", "pl"))
    ('wi-wln', [])
    """
    row, form = _row(language), fold_word(word)
    if not row or not re.search(row["suffix"], form):
        return
    if "unless" in row and re.search(row["unless"], form):
        return
    for ending in row["endings"]:
        stem = _consonants(re.sub(ending, "", form), row)
        if stem:
            yield stem


def agreeing_slots(word: str, language: str) -> Iterator[tuple[str, str, str]]:
    """Case, number and gender of a word that is an adjective beside a noun of the same; often none.

    Only endings in which adjectives and forms of place names are alike.

    >>> list(agreeing_slots("Gdańska", "pl")), list(agreeing_slots("Gdańsk", "pl"))
    ([('nom', 'sg', 'f')], [])
    """
    form = fold_word(word)
    for row in tables.load("adjectives")["agreeing"].get(language, ()):
        if re.search(row["ending"], form):
            case, number, gender = row["slot"]
            yield case, number, gender


def _row(language: str) -> dict[str, Any]:
    found: dict[str, Any] = tables.load("adjectives")["languages"].get(language, {})
    return found


def _consonants(form: str, row: dict[str, Any]) -> str:
    first = form[:2]
    for letters, one in row["like"].items():
        form = form.replace(letters, one)
    kept = "".join(letter for letter in form if letter not in row["vowels"])
    return f"{first}-{kept}" if len(kept) >= tables.load("adjectives")["shortest"] else ""
