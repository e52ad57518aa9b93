"""Given names of two people: forms of one name, an initial and a name, or two different names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from vardynas.index.names import NameWord
from vardynas.index.tables import Index
from vardynas.language import given_names, tables
from vardynas.language.keys import codes, skeleton
from vardynas.match.compare_words import Cell, Link, link_words
from vardynas.text.fold import plain

__all__ = ["Given", "agreeing", "given_readings", "link_given", "titles"]

ONE_CLASS, RELATED_CLASS = 0.95, 0.9
LIKELY, SAME_CONSONANTS = 0.5, 0.7
SHORTEST_SKELETON = 3
LETTER_SHARE = 0.25
"""Two initials may be one name's if a quarter of the names with the first begins so elsewhere too."""

INITIALS, INITIAL_OF, OTHER_LETTER = 0.9, 0.88, 0.8


class Given(NamedTuple):
    """A word read as a given name: the classes it stands in, whether they list it, its cells."""

    classes: frozenset[str]
    listed: bool
    cells: frozenset[Cell]

    @property
    def sexes(self) -> frozenset[str]:
        """m, f or both."""
        found = {given_names.gender(class_id) for class_id in self.classes}
        return frozenset(sex[0] for sex in found if sex)


@lru_cache(maxsize=1)
def _index() -> Index:
    from vardynas.index.build import build_given_names
    from vardynas.index.store import stored

    return stored("given names", build_given_names)


def titles() -> frozenset[str]:
    """Folded words that stand before a name and are no part of it."""
    return frozenset(_index().meta["titles"])


@tables.cached_up_to(4096)
def given_readings(form: str) -> tuple[Given, ...]:
    """The folded word as a given name in any case; () when the tables know no such name.

    >>> sorted(given_readings("кастусём")[0].classes)
    ['constantine', 'kastus']
    """
    found: dict[tuple[frozenset[str], bool], set[Cell]] = {}
    for hit in _index().hits(form, plain(form)):
        # a short form leads to the full name, whose own classes are what counts
        classes = given_names.classes(hit.lemma) or _index().classes(hit.part)
        cells = found.setdefault((classes, not hit.rules), set())
        cells.update((s.case, s.gender) for s in hit.slots if s.number == "sg")
    return tuple(Given(*key, frozenset(cells)) for key, cells in found.items() if cells)


def agreeing(given: Iterable[Given], cells: frozenset[Cell]) -> tuple[Given, ...]:
    """The readings that stand in the cells of the family name beside them; all if none does."""
    fitting = [g for g in given if not cells or _agree(g, cells)] or list(given)
    return tuple([g for g in fitting if g.listed] or fitting)


def _agree(given: Given, cells: frozenset[Cell]) -> bool:
    sexes = given.sexes
    return any(
        case == other and (sex in "xn" or not sexes or sex in sexes)
        for case, _ in given.cells
        for other, sex in cells
    )


def link_given(
    a: NameWord,
    b: NameWord,
    languages: tuple[str, str],
    cells: tuple[frozenset[Cell], frozenset[Cell]],
) -> Link:
    """How likely two given names or initials are one person's."""
    if "initial" in (a.role, b.role):
        return _initials(a, b, languages)
    some = agreeing(given_readings(a.form), cells[0])
    others = agreeing(given_readings(b.form), cells[1])
    if some and others:
        return _by_class(a, b, some, others)
    return _by_letters(a, b, languages)


def _by_class(a: NameWord, b: NameWord, some: tuple[Given, ...], others: tuple[Given, ...]) -> Link:
    common = _classes(some) & _classes(others)
    if common:
        same = a.form == b.form
        steps = () if same else (("given-classes", a.text, b.text),)
        return Link(1.0 if same else ONE_CLASS, steps)
    return Link(0.0, (("different-given", a.text, b.text),))


def _classes(readings: Iterable[Given]) -> frozenset[str]:
    return frozenset(c for reading in readings for c in reading.classes)


def _by_letters(a: NameWord, b: NameWord, languages: tuple[str, str]) -> Link:
    link = link_words(a, b, languages, "given")
    if link.score > SAME_CONSONANTS:
        return link
    if _same_consonants(a, b, languages):
        return Link(SAME_CONSONANTS, (("consonants", a.text, b.text),))
    if link.score >= LIKELY:
        return link
    return Link(min(link.score, 0.2), (("different-given", a.text, b.text),))


def _same_consonants(a: NameWord, b: NameWord, languages: tuple[str, str]) -> bool:
    """Whether two scripts write the same consonants: names that are spelled by ear (Peter, Питер)."""
    if a.form.isascii() == b.form.isascii():
        return False
    tags = [None if tag == "und" else tag for tag in languages]
    some = {skeleton(code) for code in codes(a.form, tags[0])}
    others = {skeleton(code) for code in codes(b.form, tags[1])}
    return any(len(found) >= SHORTEST_SKELETON for found in some & others)


# ------------------------------------------------------------ initials


def _initials(a: NameWord, b: NameWord, languages: tuple[str, str]) -> Link:
    if a.role == b.role:
        if a.plain[:1] == b.plain[:1]:
            return Link(INITIALS, ())
        if b.plain[:1] in _letters_beside(a.plain[:1]):
            return Link(OTHER_LETTER, (("initials", a.text, b.text),))
        return Link(0.0, (("different-initial", a.text, b.text),))
    initial, name = (a, b) if a.role == "initial" else (b, a)
    language = languages[1] if a.role == "initial" else languages[0]
    if initial.plain[:1] == name.plain[:1]:
        return Link(INITIAL_OF, (("initials", initial.text, name.text),))
    if initial.plain[:1] in first_letters(name, language):
        return Link(OTHER_LETTER, (("initials", initial.text, name.text),))
    return Link(0.0, (("different-initial", initial.text, name.text),))


def first_letters(name: NameWord, language: str) -> frozenset[str]:
    """The letters with which a given name begins in the languages of the tables."""
    classes = _classes(given_readings(name.form))
    if classes:
        return frozenset(letter for c in classes for letter in _class_letters(c))
    return _letters_beside(name.plain[:1])


@tables.cached
def _class_letters(class_id: str) -> frozenset[str]:
    return frozenset(plain(form)[:1] for form in given_names.forms(class_id))


@tables.cached
def _letters_beside(letter: str) -> frozenset[str]:
    """The letters that can stand for the same initial in another language."""
    with_letter = [row for row in _all_letters() if letter in row]
    near = {other for row in with_letter for other in row}
    enough = LETTER_SHARE * len(with_letter)
    return frozenset(o for o in near if sum(o in row for row in with_letter) >= enough) | {letter}


@tables.cached
def _all_letters() -> tuple[frozenset[str], ...]:
    return tuple(_class_letters(row["id"]) for row in tables.load("given_names")["names"])
