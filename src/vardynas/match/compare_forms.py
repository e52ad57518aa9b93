"""The forms of one word, both ways: whether a word reads as a form of another, and of which base forms.

What an index does for a glossary is done here for a single word: its spellings in other languages,
and the stems and endings of each. The other way round, `base_forms` undoes the endings of a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from vardynas.index.hits import Hit
from vardynas.index.parts import NO_ENDINGS, Part, Spelling, spellings, stems
from vardynas.language import inflection, paradigm_table, tables
from vardynas.language.paradigm_table import Row
from vardynas.language.tag import base_language
from vardynas.match.compare_sounds import Written
from vardynas.model import Slot
from vardynas.text.fold import plain

__all__ = ["BaseForm", "base_forms", "languages_of", "readings"]

PERSONAL = ("given", "family", "patronymic")
KEPT = 4096
"""Words whose forms are kept; a table of forms takes a millisecond to make and some 20 kB."""

_Endings = Mapping[str, tuple[tuple[str, tuple[Slot, ...]], ...]]


class _Stem(NamedTuple):
    text: str
    endings: int
    paradigm: str
    weight: float
    spelling: Spelling


class BaseForm(NamedTuple):
    """A base form that a word can have: `cells` are the cases in which it is written like that."""

    text: str
    language: str
    gender: str
    cells: tuple[str, ...]


def readings(word: Written, form: str, kind: str) -> list[Hit]:
    """The ways in which the folded word `form` is a form of `word`; [] when it is none.

    `kind` is given, family, patronymic, place or "" (not known).

    >>> readings(Written("Łukaszenka", "łukaszenka", "pl"), "лукашэнкам", "family")[0].lemma
    'Лукашэнка'
    """
    bare = plain(form)
    table = _stems(word.text, word.language, kind, bare[:1])
    found: list[Hit] = []
    for cut in range(len(bare), max(0, len(bare) - inflection.longest_ending()) - 1, -1):
        for stem in table.get(bare[:cut], ()):
            for ending, slots in _endings(stem.endings).get(bare[cut:], ()):
                found.append(_hit(stem, slots, exact=stem.text + ending == form))
    return _of_one(found) if kind in PERSONAL else found


def _of_one(hits: list[Hit]) -> list[Hit]:
    """Readings in the singular only: a plural is no form of one person's name (Новікаў, of Новік)."""
    single = (hit._replace(slots=tuple(s for s in hit.slots if s.number == "sg")) for hit in hits)
    return [hit for hit in single if hit.slots]


def _hit(stem: _Stem, slots: tuple[Slot, ...], *, exact: bool) -> Hit:
    row = stem.spelling
    rules = ">".join(row.rules)
    return Hit(
        0, row.text, row.language, rules, row.status, stem.paradigm, slots, exact, stem.weight
    )


@tables.cached_up_to(KEPT)
def _stems(word: str, language: str, kind: str, letter: str) -> Mapping[str, list[_Stem]]:
    """The stems of all spellings that begin with this letter."""
    part = Part(word, language, kind, "", inflects=True, derives=True)
    table: dict[str, list[_Stem]] = defaultdict(list)
    for row in spellings(part):
        if plain(row.text)[:1] != letter:
            continue
        for stem in stems(row, part):
            if isinstance(
                stem.ending_set, str
            ):  # only forms that a glossary pins have a case alone
                continue
            weight = row.weight * stem.prior
            table[plain(stem.text)].append(
                _Stem(stem.text, stem.ending_set, stem.paradigm, weight, row)
            )
    return dict(table)


@tables.cached
def _endings(number: int) -> _Endings:
    """The endings of a set by their letters without diacritics."""
    if number == NO_ENDINGS:
        return {"": (("", (Slot("nom", "sg", "x"),)),)}
    rows: dict[str, list[tuple[str, tuple[Slot, ...]]]] = defaultdict(list)
    for ending, slots in inflection.ending_set(number).items():
        rows[plain(ending)].append((ending, slots))
    return {bare: tuple(found) for bare, found in rows.items()}


# ------------------------------------------------------------ back to base forms


@tables.cached_up_to(KEPT)
def base_forms(form: str, language: str, kind: str) -> tuple[BaseForm, ...]:
    """The base forms of which the folded word `form` can be a form, in any language of its script.

    With a language that has paradigms, in that language. Words that the tables do not know are
    undone like all others, so most of what comes back is no real word.

    >>> "кастусь" in [base.text for base in base_forms("кастуся", "be", "given")]
    True
    """
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for tag in languages_of(form, language):
        table, longest = _undoing(tag, kind)
        for cut in range(len(form), max(1, len(form) - longest) - 1, -1):
            for row, altered, case in table.get(form[cut:], ()):
                for stem in _unaltered(row, form[:cut], altered):
                    if row.fits(stem + row.lemma):
                        key = (stem + row.lemma, tag, row.gender)
                        found.setdefault(key, {})[case] = None
    return tuple(BaseForm(*key, tuple(cells)) for key, cells in found.items())


def languages_of(form: str, language: str) -> tuple[str, ...]:
    """The language itself where it has paradigms, else all that write in this script."""
    base = base_language(language)
    if paradigm_table.rows(base):
        return (base,)
    rows: dict[str, list[str]] = tables.load("names")["same_letters"]
    return tuple(rows["Cyrl" if any("\u0400" <= c <= "\u052f" for c in form) else "Latn"])


_Undo = tuple[Row, bool, str]


@tables.cached
def _undoing(language: str, kind: str) -> tuple[Mapping[str, list[_Undo]], int]:
    """Ending → the paradigms and cases in which it stands; and how long the longest one is."""
    table: dict[str, list[_Undo]] = defaultdict(list)
    for row in paradigm_table.rows(language):
        if not row.suits(kind or None, None):
            continue
        for (case, number), endings in row.cells.items():
            for ending in endings:
                if number == row.number:
                    table[ending.text].append((row, ending.altered, case))
    return dict(table), max(map(len, table), default=0)


def _unaltered(row: Row, stem: str, altered: bool) -> list[str]:
    """The stems of which an altered ending makes `stem`."""
    if not altered:
        return [stem]
    if row.doubles:
        return [stem[:-1]] if stem[-1:] == stem[-2:-1] else []
    before = [stem.removesuffix(soft) + hard for hard, soft in row.soft if stem.endswith(soft)]
    return [s for s in (*before, stem) if row.stems(s + row.lemma)[1] == stem]
