"""Surnames that say man or woman: Ціханоўскі and Ціханоўская are two people of one family.

A surname is read with the endings of `language.families`, in every case in which it can stand
(Cichanouskiego is a man's, Cichanouskiej a woman's).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vardynas.language import tables
from vardynas.language.families import masculine_family
from vardynas.language.keys import codes
from vardynas.match.compare_forms import base_forms
from vardynas.match.compare_words import Cells

__all__ = ["EVIDENT", "Sexed", "are_relatives", "sexed"]

EVIDENT = 2
"""Endings of fewer letters (-a, -ė, -y) say nothing about man or woman."""


class Sexed(NamedTuple):
    """A surname read as that of a man or a woman (m, f): `letters` is how long the telling ending is.

    `men` are the surnames that the men of the family have, `relation` what she is to them.
    """

    sex: str
    language: str
    cells: Cells
    letters: int
    men: tuple[str, ...]
    relation: str = ""

    @property
    def cases(self) -> frozenset[str]:
        """The cases in which it can stand."""
        return frozenset(case for case, _ in self.cells)


@tables.cached_up_to(4096)
def sexed(form: str, language: str) -> tuple[Sexed, ...]:
    """The readings of a folded surname as a man's or a woman's, the most telling first.

    Readings by endings of fewer letters than `EVIDENT` are guesses; () where no ending fits.

    >>> {reading.sex for reading in sexed("cichanouskiej", "pl")}
    {'f'}
    >>> [reading for reading in sexed("łukaszenka", "pl") if reading.letters >= EVIDENT]
    []
    """
    bases = base_forms(form, language, "family")
    found = [reading for base in bases for reading in _of_base(*base)]
    return tuple(sorted(found, key=lambda reading: -reading.letters))


def _of_base(text: str, language: str, gender: str, cells: tuple[str, ...]) -> Iterable[Sexed]:
    if gender in ("f", "x") and (letters := _longest(text, language, 1)):
        men = masculine_family(text, language)
        at = frozenset((case, "f") for case in cells)
        for relation in {relative.relation for relative in men}:
            forms = tuple(man.form for man in men if man.relation == relation)
            yield Sexed("f", language, at, letters, forms, relation)
    if gender in ("m", "x") and (letters := _longest(text, language, 0)):
        at = frozenset((case, "m") for case in cells)
        yield Sexed("m", language, at, letters, (text,))


def _longest(text: str, language: str, column: int) -> int:
    """How many letters the longest ending of men (column 0) or women (1) has that fits."""
    rows = tables.load("families")["languages"].get(language, ())
    return max((len(row[column]) for row in rows if text.endswith(row[column])), default=0)


def are_relatives(woman: tuple[Sexed, ...], other: str, language: str) -> bool:
    """Whether the folded surname `other` is borne in the family of a woman, read as in `woman`.

    It may be the men's, or another woman's by another relation (a wife's, a daughter's).

    >>> are_relatives(sexed("landsbergienė", "lt"), "landsbergio", "lt")
    True
    """
    men = {code for row in woman for man in row.men for code in codes(man, row.language)}
    relations = {row.relation for row in woman}
    theirs = [(base.text, base.language) for base in base_forms(other, language, "family")]
    for row in sexed(other, language):
        if row.sex == "f" and row.relation not in relations:
            theirs += [(man, row.language) for man in row.men]
    tag = None if language == "und" else language
    return any(c in men for c in codes(other, tag)) or any(
        c in men for text, tag in theirs for c in codes(text, tag)
    )
