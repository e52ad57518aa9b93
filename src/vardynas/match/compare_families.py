"""Surnames that say man or woman: Ціханоўскі and Ціханоўская are two people of one family.

A surname is read with the endings of `language.families`, in every case in which it can stand
(Cichanouskiego is a man's, Cichanouskiej a woman's).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vardynas.index.names import NameWord
from vardynas.language import tables
from vardynas.language.families import masculine_family
from vardynas.language.keys import codes
from vardynas.match.compare_forms import base_forms
from vardynas.match.compare_words import Cell

__all__ = ["Sexed", "are_relatives", "sexed"]

EVIDENT = 2
"""Endings of fewer letters (-a, -ė, -y) say nothing about man or woman."""


class Sexed(NamedTuple):
    """A surname read as that of a man or a woman (m, f): `letters` is how long the telling ending is.

    `men` are the surnames that the men of the family have.
    """

    sex: str
    language: str
    cells: frozenset[Cell]
    letters: int
    men: tuple[str, ...]


@tables.cached_up_to(4096)
def sexed(form: str, language: str) -> tuple[Sexed, ...]:
    """The readings of a folded surname as a man's or a woman's, the most telling first.

    Empty for surnames that men and women share (Łukaszenka).

    >>> {reading.sex for reading in sexed("cichanouskiej", "pl")}
    {'f'}
    >>> sexed("łukaszenka", "pl")
    ()
    """
    found = [reading for base in _bases(form, language) for reading in _of_base(*base)]
    return tuple(sorted(found, key=lambda reading: -reading.letters))


def _bases(form: str, language: str) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    for base in base_forms(form, language, "family"):
        yield base


def _of_base(text: str, language: str, gender: str, cells: tuple[str, ...]) -> Iterable[Sexed]:
    if gender in ("f", "x"):
        woman = frozenset((case, "f") for case in cells)
        length = _longest(text, language, 1)
        if length >= EVIDENT:
            men = tuple(relative.form for relative in masculine_family(text, language))
            yield Sexed("f", language, woman, length, men)
    if gender in ("m", "x"):
        length = _longest(text, language, 0)
        if length >= EVIDENT:
            man = frozenset((case, "m") for case in cells)
            yield Sexed("m", language, man, length, (text,))


def _longest(text: str, language: str, column: int) -> int:
    rows = tables.load("families")["languages"].get(language, ())
    return max((len(row[column]) for row in rows if text.endswith(row[column])), default=0)


def are_relatives(
    a: NameWord, b: NameWord, languages: tuple[str, str], women: tuple[Sexed, ...]
) -> bool:
    """Whether `b` is a surname that the men of `a`'s family can have; `women` are readings of `a`."""
    men = {code for woman in women for man in woman.men for code in _codes(man, woman.language)}
    if any(code in men for code in codes(b.form, _known(languages[1]))):
        return True
    bases = base_forms(b.form, languages[1], "family")
    return any(c in men for base in bases for c in _codes(base.text, base.language))


def _codes(text: str, language: str) -> tuple[str, ...]:
    return codes(text, language)


def _known(language: str) -> str | None:
    return None if language == "und" else language
