"""Surnames of one family: what a man's surname is for his wife or daughter, and back.

Landsbergis, Landsbergienė and Landsbergytė are three people; these functions find that they may be
one family, never that they are one person. The endings are data: `data/families.yaml`.
"""

from __future__ import annotations

from typing import NamedTuple

from vardynas.language import tables

__all__ = ["Relative", "feminine_family", "masculine_family"]


class Relative(NamedTuple):
    """A surname of the same family; `relation` is woman, unmarried, married or neutral."""

    form: str
    relation: str


def feminine_family(masculine: str, language: str) -> tuple[Relative, ...]:
    """The surnames that women of a man's family bear; () where they bear the same one.

    >>> [relative.form for relative in feminine_family("Landsbergis", "lt")]
    ['Landsbergytė', 'Landsbergienė', 'Landsbergė']
    >>> feminine_family("Ціханоўскі", "be")
    (Relative(form='Ціханоўская', relation='woman'),)
    """
    fitting = [row for row in _rows(language) if masculine.endswith(row[0])]
    longest = {
        relation: max(len(row[0]) for row in fitting if row[2] == relation)
        for relation in {row[2] for row in fitting}
    }
    return tuple(
        Relative(masculine.removesuffix(man) + woman, relation)
        for man, woman, relation in fitting
        if len(man) == longest[relation]
    )


def masculine_family(feminine: str, language: str) -> tuple[Relative, ...]:
    """The surnames that the men of a woman's family can have; () where it is the same one.

    The relation is the woman's; Lithuanian endings leave several surnames open.

    >>> [relative.form for relative in masculine_family("Landsbergytė", "lt")]
    ['Landsbergis', 'Landsbergys', 'Landsbergė']
    """
    fitting = [row for row in _rows(language) if feminine.endswith(row[1])]
    longest = max((len(row[1]) for row in fitting), default=0)
    return tuple(
        Relative(feminine.removesuffix(woman) + man, relation)
        for man, woman, relation in fitting
        if len(woman) == longest
    )


def _rows(language: str) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = tables.load("families")["languages"].get(language, [])
    return rows
