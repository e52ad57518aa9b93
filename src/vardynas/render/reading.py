"""A mention beside the name to write: in whose language it stands, and whether it is right already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vardynas.language import inflection, paradigm_table, tables
from vardynas.language.inflection import InflectedForm
from vardynas.language.tag import base_language
from vardynas.model import Entry, Mention, Reading, Slot
from vardynas.render.cases import possible
from vardynas.render.forms import Cell, agrees, base, is_right_form
from vardynas.render.layout import unbroken
from vardynas.render.target import Target
from vardynas.text.fold import fold_word, plain

__all__ = [
    "cells_of",
    "completed",
    "is_own",
    "is_right",
    "is_short",
    "is_whole",
    "language_of",
    "likeliest",
]


def language_of(mention: Mention) -> str:
    """The language that the words of a mention are forms of; the passage's own when none says."""
    found = [base_language(r.language) for r in mention.readings if r.language != "und"]
    here = base_language(mention.language)
    return here if not found or here in found else Counter(found).most_common(1)[0][0]


def cells_of(mention: Mention, entry: Entry, text: str) -> tuple[frozenset[Cell], bool]:
    """The cells that the mention can stand in, and whether it stands in the base form.

    In a language without cases it is the base form, whatever it looks like.
    """
    here = language_of(mention) if mention.language == "und" else base_language(mention.language)
    if here in tables.load("governors")["caseless"]:
        return frozenset({base}), False
    return possible(completed(mention, entry, text), person=entry.type == "person")


def completed(mention: Mention, entry: Entry, text: str) -> list[Reading]:
    """The readings of a mention in the language of its passage, with all that they can be there."""
    here = language_of(mention) if mention.language == "und" else base_language(mention.language)
    own = (_own(reading, here, entry, text) for reading in mention.readings)
    return [_completed(reading, entry, text) for reading in own]


def _own(reading: Reading, here: str, entry: Entry, text: str) -> Reading:
    """The reading of a person's word in the language of the others, where a listed name has it.

    *Lechu Wałęsie* is a Polish locative, though *Lechu* is also a Lithuanian instrumental.
    """
    other = reading.role in ("given", "family") and reading.language not in (here, "und")
    if not other or any(slot.case == "nom" for slot in reading.slots):
        return reading
    surface = fold_word(unbroken(text[reading.start : reading.end]))
    for name in entry.all_names():
        if base_language(name.language) != here:
            continue
        for word in name.form.split():
            found = _forms_like(word, surface, here, reading.role, entry.gender)
            if found:
                slots = tuple(slot for _, row in found for slot in row.slots)
                first = found[0][0]
                return replace(reading, lemma=word, language=here, paradigm=first, slots=slots)
    return reading


@tables.cached_up_to(4096)
def _forms_like(
    word: str, surface: str, language: str, role: str, gender: str | None
) -> list[tuple[str, InflectedForm]]:
    """The paradigms of a base form with the row that is `surface`."""
    paradigms = inflection.paradigms(word, language, kind=role, gender=gender)
    return [
        (paradigm.id, row)
        for paradigm in paradigms
        for row in _rows(word, paradigm.id)
        if fold_word(row.text) == surface
    ]


def _completed(reading: Reading, entry: Entry, text: str) -> Reading:
    """The reading with the cells of other paradigms, or of names that differ in diacritics only.

    Other paradigms are asked where the one that was found leaves a plural alone (w Świsłoczy), other
    names where the letters are not those of a form (Lukaszenka).
    """
    surface = fold_word(unbroken(text[reading.start : reading.end]))
    slots = list(reading.slots)
    if not slots or not reading.paradigm:
        return reading
    if surface in _folded(reading.lemma, reading.paradigm):
        if not any(slot.number == "sg" for slot in slots):
            slots += _elsewhere(reading, entry, surface)
    else:
        slots += _bare(reading, entry, plain(surface))
    return replace(reading, slots=tuple(dict.fromkeys(slots)))


@tables.cached_up_to(1 << 14)
def _rows(lemma: str, paradigm: str) -> tuple[InflectedForm, ...]:
    return inflection.inflect(lemma, paradigm)


@tables.cached_up_to(1 << 14)
def _folded(lemma: str, paradigm: str) -> frozenset[str]:
    """The forms of a base form, folded."""
    return frozenset(map(fold_word, inflection.texts(lemma, paradigm)))


def _elsewhere(reading: Reading, entry: Entry, surface: str) -> Iterator[Slot]:
    """The singular cells that the other paradigms of the base form have for `surface`."""
    kind = reading.role if reading.role in ("given", "family") else "place"
    gender = entry.gender if kind != "place" else None
    language = base_language(reading.language)
    for paradigm in inflection.paradigms(reading.lemma, language, kind=kind, gender=gender):
        for row in _rows(reading.lemma, paradigm.id):
            if fold_word(row.text) == surface:
                yield from (slot for slot in row.slots if slot.number == "sg")


def _bare(reading: Reading, entry: Entry, surface: str) -> Iterator[Slot]:
    """The base form's cell, when a listed name in that language is `surface` without diacritics."""
    own = [
        n for n in entry.all_names() if base_language(n.language) == base_language(reading.language)
    ]
    if any(surface in plain(name.form).split() for name in own):
        yield Slot("nom", "sg", "x")


def likeliest(cells: Sequence[Cell], mention: Mention, text: str) -> list[Cell]:
    """The cells, those first whose usual form the words are: Віцебску is rarely a genitive."""

    def unusual(cell: Cell) -> int:
        return sum(_is_unusual(reading, cell, text) for reading in mention.readings)

    return sorted(cells, key=unusual)


def _is_unusual(reading: Reading, cell: Cell, text: str) -> bool:
    if not reading.paradigm:
        return False
    rare = _rare_forms(reading.lemma, reading.paradigm, cell)
    return bool(rare) and fold_word(unbroken(text[reading.start : reading.end])) in rare


@tables.cached_up_to(1 << 14)
def _rare_forms(lemma: str, paradigm: str, cell: Cell) -> frozenset[str]:
    """The forms of a cell besides its usual one, folded."""
    forms = inflection.form(lemma, paradigm, *cell)
    return frozenset(map(fold_word, forms[1:])) - frozenset(map(fold_word, forms[:1]))


def is_own(mention: Mention, target: Target, text: str) -> bool:
    """Whether the mention can already be in the target's language.

    It cannot where the words are listed forms of the passage's own, other language: Гродна in a
    Belarusian text is no genitive of Russian Гродно.
    """
    here = base_language(mention.language)
    if target.language in (here, language_of(mention)):
        return True
    return not all(_listed_here(reading, here, text) for reading in mention.readings)


def _listed_here(reading: Reading, here: str, text: str) -> bool:
    if reading.rules or base_language(reading.language) not in (here, "und"):
        return False
    if _is_rare(reading):
        return False
    surface = fold_word(unbroken(text[reading.start : reading.end]))
    forms = _folded(reading.lemma, reading.paradigm) if reading.paradigm else ()
    return not forms or surface in forms


def _is_rare(reading: Reading) -> bool:
    """Whether a form can only be an address, or a plural of one thing (Nepale in Polish text)."""
    plural = bool(reading.paradigm) and paradigm_table.row(reading.paradigm or "").number == "pl"
    usual = [slot for slot in reading.slots if slot.case != "voc"]
    return bool(reading.slots) and not plural and all(slot.number == "pl" for slot in usual)


def is_right(mention: Mention, target: Target, text: str, *, called: bool = False) -> bool:
    """Whether every word of the mention is a right form of its counterpart in the target.

    The form of address is right only where the name is `called`. A person's initials, and a surname
    alone, are right beside the words that they stand for.
    """
    if agrees(unbroken(mention.text), target.name.form):
        return True
    pairs = _counterparts(mention, target)
    return bool(pairs) and all(
        at is not None and is_right_form(unbroken(text[r.start : r.end]), target, at, called)
        for r, at in pairs
    )


def is_whole(mention: Mention, target: Target, text: str) -> bool:
    """Whether the mention is right, and a person's has every word of the target."""
    words = sum(reading.role != "initial" for reading in mention.readings)
    fits = not target.personal or words == len(target.words)
    return fits and is_right(mention, target, text)


def is_short(mention: Mention, target: Target) -> bool:
    """Whether the mention has a person's surname without a given name, and the target has one."""
    roles = {reading.role for reading in mention.readings}
    return "family" in roles and "given" not in roles and bool(target.with_role("given"))


def _counterparts(mention: Mention, target: Target) -> list[tuple[Reading, int | None]]:
    """The words of a mention, initials apart, each with the place of its counterpart."""
    if not target.personal:
        fits = len(mention.readings) == len(target.words)
        return list(zip(mention.readings, range(len(target.words)), strict=True)) if fits else []
    pairs: list[tuple[Reading, int | None]] = []
    places = {role: list(target.with_role(role)) for role in ("given", "family", "patronymic")}
    places["family"] = list(target.with_role("family", "particle"))
    for reading in mention.readings:
        if reading.role != "initial":
            left = places.get(reading.role)
            pairs.append((reading, left.pop(0) if left else None))
    return pairs
