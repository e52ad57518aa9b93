"""A mention beside the name to write: in whose language it stands, and whether it is right already."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from vardynas.language import inflection, tables
from vardynas.language.tag import base_language
from vardynas.model import Mention, Reading
from vardynas.render.cases import possible
from vardynas.render.forms import Cell, agrees, base, right_forms, word_paradigm
from vardynas.render.layout import unbroken
from vardynas.render.target import Target
from vardynas.text.fold import plain

__all__ = ["cells_of", "is_right", "language_of"]


def language_of(mention: Mention) -> str:
    """The language that the words of a mention are forms of; the passage's own when none says."""
    found = Counter(base_language(r.language) for r in mention.readings if r.language != "und")
    here = base_language(mention.language)
    return here if not found or here in found else found.most_common(1)[0][0]


def cells_of(mention: Mention, target: Target, text: str) -> tuple[frozenset[Cell], bool]:
    """The cells that the mention can stand in, and whether it stands in the base form.

    In a language without cases it is the base form, whatever it looks like.
    """
    if base_language(mention.language) in tables.load("governors")["caseless"]:
        return frozenset({base}), False
    return possible([_with_target(reading, target, text) for reading in mention.readings])


def _with_target(reading: Reading, target: Target, text: str) -> Reading:
    """The reading with the cells of a form of the target that differs in its diacritics only."""
    if not reading.slots or base_language(reading.language) != target.language:
        return reading
    surface = plain(unbroken(text[reading.start : reading.end]))
    slots = list(reading.slots)
    for at, word in enumerate(target.words):
        paradigm = word_paradigm(target, at)
        if paradigm and word.role == reading.role:
            rows = inflection.inflect(word.text, paradigm)
            slots += (s for row in rows if plain(row.text) == surface for s in row.slots)
    return replace(reading, slots=tuple(dict.fromkeys(slots)))


def is_right(mention: Mention, target: Target, text: str) -> bool:
    """Whether every word of the mention is a right form of the target's word in its place."""
    if len(mention.readings) != len(target.words):
        return False
    surfaces = (unbroken(text[r.start : r.end]) for r in mention.readings)
    return all(
        any(agrees(surface, form) for form in right_forms(target, at))
        for at, surface in enumerate(surfaces)
    )
