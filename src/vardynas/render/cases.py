"""The grammatical case of a mention, and the case that its replacement takes."""

from __future__ import annotations

from collections.abc import Iterable

from vardynas.language import tables
from vardynas.model import Mention, Reading, Slot
from vardynas.text.fold import fold_word

__all__ = ["across", "cells"]

_WINDOW = 40


def cells(mention: Mention, text: str) -> tuple[tuple[str, str], ...]:
    """The cases and numbers that the mention can stand in: agreement and the word before decide.

    (("nom", "sg"),) for names that no paradigm covers; the singular is preferred to the plural.
    """
    slots = _agreed(mention.readings)
    if not slots:
        return (("nom", "sg"),)
    singular = {cell for cell in slots if cell[1] == "sg"} or slots
    governed = _governed(mention, text)
    fitting = {cell for cell in singular if cell[0] in governed} if governed else set()
    if not fitting and not governed:
        fitting = {cell for cell in singular if cell[0] != "loc"} - {("voc", "sg"), ("voc", "pl")}
    return tuple(sorted(fitting or singular, key=lambda cell: (_ORDER.index(cell[0]), cell[1])))


_ORDER = ("nom", "gen", "dat", "acc", "ins", "loc", "voc")


def _agreed(readings: Iterable[Reading]) -> set[tuple[str, str]]:
    common: set[tuple[str, str]] | None = None
    for reading in readings:
        found = {(slot.case, slot.number) for slot in reading.slots if _known(slot)}
        if found:
            common = found if common is None else (common & found or common)
    return common or set()


def _known(slot: Slot) -> bool:
    return slot.case in _ORDER


def _governed(mention: Mention, text: str) -> frozenset[str]:
    """The cases that the word before the mention takes; empty when it is no preposition."""
    before = text[max(0, mention.start - _WINDOW) : mention.start].split()
    if not before:
        return frozenset()
    rows = tables.load("governors")["prepositions"].get(mention.language, {})
    return frozenset(rows.get(fold_word(before[-1]), ()))


def across(case: str, source: str, target: str, entry_type: str) -> str:
    """The case in `target` for a case in `source`; the same within one language."""
    if source.split("-")[0] == target.split("-")[0]:
        return case
    for row in tables.load("governors")["across"]:
        fits = row["to"] == target.split("-")[0] and case in row["case"]
        if fits and row.get("type", entry_type) == entry_type:
            return str(row["becomes"])
    return case
