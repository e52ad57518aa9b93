"""Given names of two people: forms of one name, an initial and a name, or two different names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vardynas.evidence import Step
from vardynas.index.tables import Index
from vardynas.language import given_names, tables
from vardynas.match.compare_sounds import Written, same_consonants
from vardynas.match.compare_words import NO_CELLS, Cell, Cells, Link, link_words
from vardynas.text.fold import plain

__all__ = ["Given", "agreeing", "given_readings", "link_given", "titles"]

ONE_CLASS = 0.95
SAME_CONSONANTS, LIKELY, UNLIKELY = 0.7, 0.5, 0.2
LETTER_SHARE = 0.25
"""Two initials may be one name's if a quarter of the names with the first begins so elsewhere too."""

INITIALS, INITIAL_OF, OTHER_LETTER = 0.9, 0.88, 0.8


class Given(NamedTuple):
    """A word read as a given name: the classes it stands in, whether they list it, its cells."""

    classes: frozenset[str]
    listed: bool
    cells: Cells

    @property
    def sexes(self) -> frozenset[str]:
        """m, f or both."""
        found = {given_names.gender(class_id) for class_id in self.classes}
        return frozenset(sex[0] for sex in found if sex)


@tables.cached
def _index() -> Index:
    from vardynas.index.opening import open_given_names

    return open_given_names()


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


def agreeing(given: Iterable[Given], cells: Cells = NO_CELLS) -> tuple[Given, ...]:
    """The readings that stand in the cells of the family name beside them; all if none does."""
    fitting = [g for g in given if not cells or _agree(g, cells)] or list(given)
    return tuple([g for g in fitting if g.listed] or fitting)


def _agree(given: Given, cells: Cells) -> bool:
    sexes = given.sexes
    return any(
        case == other and (sex in "xn" or not sexes or sex in sexes)
        for case, _ in given.cells
        for other, sex in cells
    )


def link_given(a: Written, b: Written, at_a: Cells = NO_CELLS, at_b: Cells = NO_CELLS) -> Link:
    """How likely two given names or initials are one person's.

    `at_a`, `at_b` are the cells in which the family names beside them stand; empty: any.

    >>> a, b = Written("Кастусь", "кастусь", "be"), Written("Konstanty", "konstanty", "pl")
    >>> link_given(a, b).score > 0.9
    True
    """
    if "initial" in (a.role, b.role):
        return _link_initials(a, b)
    some = agreeing(given_readings(a.form), at_a)
    others = agreeing(given_readings(b.form), at_b)
    if not some or not others:
        return _by_letters(a, b)
    if not _classes(some) & _classes(others):
        return Link(0.0, (("different-given", a.text, b.text),))
    if a.form == b.form:
        return Link(1.0, ())
    return Link(ONE_CLASS, (("given-classes", a.text, b.text),))


def _classes(readings: Iterable[Given]) -> frozenset[str]:
    return frozenset(c for reading in readings for c in reading.classes)


def _by_letters(a: Written, b: Written) -> Link:
    """Names that the tables do not know, at least one of them."""
    link = link_words(a, b, "given")
    if link.score > SAME_CONSONANTS:
        return link
    if same_consonants(a, b):
        return Link(SAME_CONSONANTS, (("consonants", a.text, b.text),))
    if link.score >= LIKELY:
        return link
    return Link(min(link.score, UNLIKELY), (("different-given", a.text, b.text),))


# ------------------------------------------------------------ initials


def _link_initials(a: Written, b: Written) -> Link:
    both = a.role == b.role
    if a.initial == b.initial:
        return Link(INITIALS if both else INITIAL_OF, () if both else (_initial(a, b, "initials"),))
    if b.initial in _letters(a) or a.initial in _letters(b):
        return Link(OTHER_LETTER, (_initial(a, b, "initials"),))
    return Link(0.0, (_initial(a, b, "different-initial"),))


def _initial(a: Written, b: Written, kind: str) -> Step:
    """The step of this kind, the initial first."""
    return (kind, a.text, b.text) if a.role == "initial" else (kind, b.text, a.text)


def _letters(word: Written) -> frozenset[str]:
    """The letters with which a given name, or one with this initial, begins in other languages."""
    classes = frozenset[str]() if word.role == "initial" else _classes(given_readings(word.form))
    if classes:
        return frozenset(letter for c in classes for letter in _class_letters(c))
    return _letters_beside(word.initial)


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
