"""Inflection of names: which paradigms a base form can follow, and every form of each.

The paradigms are data (`data/inflection.yaml`, where each table names its authority); the code only
puts stems and endings together. Forms are written here and recognized through the same table:
`stems` and `ending_set` factor a paradigm's forms into what an index stores.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from vardynas.language import paradigm_table, tables
from vardynas.language.paradigm_table import Ending, Row
from vardynas.model import Slot

__all__ = [
    "InflectedForm",
    "Paradigm",
    "agreeing",
    "all_stems",
    "ending_set",
    "form",
    "inflect",
    "longest_ending",
    "paradigms",
    "stems",
    "texts",
]

_APOSTROPHES = str.maketrans("'ʼ‘´`", "’’’’’")


class Paradigm(NamedTuple):
    """A pattern that a base form can follow. `prior` in (0, 1] says how typical that is for it.

    `gender` is m, f, n or x (any); `kind` is any, person, given, surname, place or word; `number`
    is pl where the base form is itself a plural (Trakai, Штаты).
    """

    id: str
    language: str
    gender: str
    kind: str
    prior: float
    number: str = "sg"


class InflectedForm(NamedTuple):
    """A form and the cells of the paradigm in which it stands."""

    text: str
    slots: tuple[Slot, ...]


def paradigms(
    lemma: str, language: str, *, kind: str | None = None, gender: str | None = None
) -> tuple[Paradigm, ...]:
    """The paradigms that fit a base form, most typical first; () for a language without a table.

    `kind` is given, family, place or word, `gender` is male or female; None leaves it open.

    >>> paradigms("Łukaszenka", "pl", kind="family", gender="male")[0].id
    'pl-ka'
    >>> paradigms("Лукашэнка", "be", kind="family", gender="male")[0].id
    'be-ka-m'
    """
    found = paradigm_table.fitting(_lower(lemma), language, kind, gender)
    return tuple([_paradigm(row, prior) for row, prior in found])


def agreeing(word: str, head: Paradigm) -> tuple[Paradigm, ...]:
    """The paradigms that fit `word` beside a head word in one name, most typical first.

    They have the head's number and a gender that does not contradict it.

    >>> head = paradigms("Штаты", "be", kind="word")[0]
    >>> form("Злучаныя", agreeing("Злучаныя", head)[0].id, "gen")
    ('Злучаных',)
    """
    return tuple(
        paradigm
        for paradigm in paradigms(word, head.language, kind="word")
        if paradigm.number == head.number
        and ("x" in (paradigm.gender, head.gender) or paradigm.gender == head.gender)
    )


def form(lemma: str, paradigm_id: str, case: str, number: str = "sg") -> tuple[str, ...]:
    """The forms of `lemma` in one cell of a paradigm, best first; () when it has no such cell.

    A paradigm that is plural only (Trakai, Штаты) gives its plural for either number.

    >>> form("Łukaszenka", "pl-ka", "loc")
    ('Łukaszence',)
    >>> form("Trakai", "lt-pl-ai", "loc")
    ('Trakuose',)
    """
    row = paradigm_table.row(paradigm_id)
    wanted = (case, "pl" if row.number == "pl" else number)
    lower = _lower(lemma)
    parts = row.stems(lower)
    texts = (_join(parts, ending) for ending in row.cells.get(wanted, ()))
    return tuple(dict.fromkeys(_recapitalized(text, lemma, lower) for text in texts))


def texts(lemma: str, paradigm_id: str, *, called: bool = True, number: str = "") -> frozenset[str]:
    """The forms of `inflect` without their slots; without `called` none that is only an address.

    `number` leaves only the forms of that number.

    >>> "Łukaszenko" in texts("Łukaszenka", "pl-ka", called=False)
    False
    """
    lower = _lower(lemma)
    parts = paradigm_table.row(paradigm_id).stems(lower)
    endings = _endings(paradigm_id, called, number)
    return frozenset(_recapitalized(_join(parts, one), lemma, lower) for one in endings)


@tables.cached
def _endings(paradigm_id: str, called: bool, number: str) -> frozenset[Ending]:
    """The different endings of a paradigm; without `called` none that is only in the vocative."""
    return frozenset(
        ending
        for (case, in_number), row in paradigm_table.row(paradigm_id).cells.items()
        if (called or case != "voc") and number in ("", in_number)
        for ending in row
    )


def inflect(lemma: str, paradigm_id: str) -> tuple[InflectedForm, ...]:
    """Every form of `lemma` in a paradigm with its slots, the base form first; capitals are kept.

    >>> [f.text for f in inflect("Nausėda", "lt-a")][:4]
    ['Nausėda', 'Nausėdos', 'Nausėdai', 'Nausėdą']
    >>> inflect("Гродна", "be-a-neut")[1].slots
    (Slot(case='dat', number='sg', gender='n'),)
    """
    row = paradigm_table.row(paradigm_id)
    lower = _lower(lemma)
    parts = row.stems(lower)
    slots: dict[str, list[Slot]] = {}
    for (case, number), endings in row.cells.items():
        for ending in endings:
            text = _recapitalized(_join(parts, ending), lemma, lower)
            slots.setdefault(text, []).append(Slot(case, number, row.gender))
    return tuple(InflectedForm(text, tuple(cells)) for text, cells in slots.items())


def stems(lemma: str, paradigm_id: str) -> tuple[tuple[str, int], ...]:
    """The lower-case stems of `lemma`, each with the number of the ending set that it takes.

    Every form of `inflect` is one of the stems plus one ending of its set, and nothing else is.

    >>> stems("Łukaszenka", "pl-ka")[1][0]
    'łukaszenc'
    """
    return tuple(_row_stems(_lower(lemma), paradigm_table.row(paradigm_id)))


def all_stems(
    word: str, language: str, *, kind: str | None = None, gender: str | None = None
) -> list[tuple[str, int, str, float]]:
    """The `stems` of a folded word in all its `paradigms`, with the paradigm's id and prior.

    >>> all_stems("łukaszenka", "pl", kind="family", gender="male")[1][::2]
    ('łukaszenc', 'pl-ka')
    """
    return [
        (stem, number, row.id, prior)
        for row, prior in paradigm_table.fitting(word, language, kind, gender)
        for stem, number in _row_stems(word, row)
    ]


def _row_stems(word: str, row: Row) -> list[tuple[str, int]]:
    if not row.alters:
        return [(word.removesuffix(row.lemma), 2 * row.index)]
    pairs = zip(row.stems(word), (2 * row.index, 2 * row.index + 1), strict=True)
    return [(stem, number) for stem, number in pairs if ending_set(number)]


@tables.cached
def ending_set(number: int) -> Mapping[str, tuple[Slot, ...]]:
    """The endings of a set and the cells in which each stands.

    The numbers follow the order of the tables and change when the tables do.

    >>> ending_set(stems("Łukaszenka", "pl-ka")[1][1])["e"][0].case
    'dat'
    """
    row = _row_at(number // 2)
    slots: dict[str, list[Slot]] = {}
    for (case, in_number), endings in row.cells.items():
        for ending in endings:
            if ending.altered == bool(number % 2):
                slots.setdefault(ending.text, []).append(Slot(case, in_number, row.gender))
    return {text: tuple(cells) for text, cells in slots.items()}


@tables.cached
def longest_ending() -> int:
    """How many letters the longest ending of all sets has."""
    return max(
        len(ending.text)
        for row in paradigm_table.all_rows()
        for endings in row.cells.values()
        for ending in endings
    )


def _paradigm(row: Row, prior: float) -> Paradigm:
    return Paradigm(row.id, row.language, row.gender, row.kind, prior, row.number)


def _row_at(index: int) -> Row:
    return paradigm_table.all_rows()[index]


def _join(parts: tuple[str, str], ending: Ending) -> str:
    return parts[ending.altered] + ending.text


def _lower(lemma: str) -> str:
    return unicodedata.normalize("NFC", lemma).lower().translate(_APOSTROPHES)


def _recapitalized(text: str, lemma: str, lower: str) -> str:
    """`text` in the capitals of `lemma`, letter by letter, or all of them; `lower` is its `_lower`."""
    if len(lemma) > 1 and lemma.isupper():
        return text.upper()
    if lemma[1:] == lower[1:]:  # as nearly all names are written
        first, small = lemma[:1], text[:1]
        return (first if first.lower().translate(_APOSTROPHES) == small else small) + text[1:]
    kept = "".join(
        old if old.lower().translate(_APOSTROPHES) == new else new
        for old, new in zip(lemma, text, strict=False)
    )
    return kept + text[len(lemma) :]
