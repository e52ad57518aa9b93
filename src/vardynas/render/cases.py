"""The grammatical case of a mention, and the case that its replacement takes.

The words of a name agree; where that leaves several cases, what stands beside the name decides: a
preposition, a title, a noun that it belongs to, a verb, the name that it is joined to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vardynas.language import paradigm_table, tables
from vardynas.language.tag import base_language
from vardynas.model import Reading
from vardynas.render.forms import CASES, Cell, base
from vardynas.render.surroundings import Surroundings

__all__ = ["across", "possible", "settled"]

_WEAK = frozenset({"ins", "voc", "loc", "dat"})
"""Cases that a form equal to the base form has only where something beside it asks for them."""


def possible(readings: Sequence[Reading], *, person: bool) -> tuple[frozenset[Cell], bool]:
    """The cells in which the words of a mention agree, and whether they stand in the base form.

    Words that differ from their base form come first: beside them an uninflected one (*Aleksandra
    Łukaszenko*) contradicts nothing. Numbers are those of the name: the plural of a plural name is
    its "sg", and one person is always singular. The base form's cell alone for names that no
    paradigm covers.
    """
    found = [cells for reading in readings if (cells := frozenset(_cells(reading)))]
    found = _of_one(found) if person else found
    found.sort(key=lambda cells: base in cells)
    common = found[0] if found else frozenset({base})
    for cells in found[1:]:
        common = common & cells or common
    singular = frozenset(cell for cell in common if cell[1] == "sg")
    return singular or common, base in common


def _of_one(found: list[frozenset[Cell]]) -> list[frozenset[Cell]]:
    """The cells of the words of one person's name; a plural counts only where no word is singular."""
    singular = [cells for row in found if (cells := frozenset(c for c in row if c[1] == "sg"))]
    return singular or [frozenset((case, "sg") for case, _ in row) for row in found]


def _cells(reading: Reading) -> Iterator[Cell]:
    still = reading.paradigm is None and not reading.slots
    if still and reading.role == "word" and reading.language != "und":
        yield from ((case, "sg") for case in CASES)
        return
    plural = bool(reading.paradigm) and paradigm_table.row(reading.paradigm or "").number == "pl"
    for slot in reading.slots:
        if slot.case in CASES:
            yield (slot.case, "sg" if plural else slot.number)


def settled(
    cells: frozenset[Cell], beside: Surroundings, *, uninflected: bool, shared: Sequence[Cell] = ()
) -> tuple[Cell, ...]:
    """The cells that are left when what stands beside the name has had its say; one when it decides.

    `uninflected` says that the mention stands in the base form, so that it may be a name that its
    writer left undeclined; `shared` are the cells of the name that it is joined to.
    """
    if beside.called and (uninflected or ("voc", "sg") in cells):
        return (("voc", "sg"),)
    if beside.governed:
        found = _chosen(cells, beside.governed, uninflected)
        if found:
            return found
    undeclined = uninflected and beside.person and beside.coordinated
    if shared and (common := [cell for cell in shared if cell in cells or undeclined]):
        return tuple(common)
    cells = _without(cells, beside.bound)
    if beside.subjectless and beside.objects:
        if uninflected and beside.person:
            return ((beside.objects[0], "sg"),)
        cells = _without(cells, frozenset({"nom"}))
    if beside.title:
        cells = _titled(cells, beside.title, uninflected)
    if len(cells) == 1 and not (uninflected and beside.attribute and not beside.title):
        return tuple(cells)
    return _by_position(cells, beside, uninflected)


def _chosen(cells: frozenset[Cell], order: Sequence[str], uninflected: bool) -> tuple[Cell, ...]:
    for case in order:
        fitting = tuple(cell for cell in cells if cell[0] == case)
        if fitting:
            return fitting
    return ((order[0], "sg"),) if uninflected else ()


def _titled(cells: frozenset[Cell], title: frozenset[str], uninflected: bool) -> frozenset[Cell]:
    fitting = frozenset(cell for cell in cells if cell[0] in title)
    if fitting and not (uninflected and "nom" not in title):
        return fitting
    return fitting or (frozenset((case, "sg") for case in title) if uninflected else cells)


def _by_position(
    cells: frozenset[Cell], beside: Surroundings, uninflected: bool
) -> tuple[Cell, ...]:
    cases = {cell[0] for cell in cells}
    if beside.attribute and (uninflected or "gen" in cases) and beside.title <= {"gen"}:
        return (("gen", "sg"),)
    if "nom" in cases and (beside.starts or beside.quoted or "nom" in beside.title):
        return (base,)
    if beside.starts and cases == {"gen", "acc"}:
        return (("acc", "sg"),)
    if "nom" not in cases:
        for verb in (beside.governs_from_behind, beside.objects):
            if found := _chosen(cells, verb, uninflected=False):
                return found
    if "gen" in cases and "nom" not in cases and beside.follows_noun:
        return (("gen", "sg"),)
    doubtful = "acc" in cases and ("dat" in cases or bool(beside.objects))
    if "nom" in cases and cases <= {"nom", "acc", *_WEAK} and not doubtful:
        return (base,)
    return tuple(sorted(cells, key=lambda cell: (CASES.index(cell[0]), cell[1] != "sg")))


def _without(cells: frozenset[Cell], cases: frozenset[str]) -> frozenset[Cell]:
    left = frozenset(cell for cell in cells if cell[0] not in cases | {"voc"})
    return left or cells


def across(case: str, source: str, target: str, entry_type: str) -> str:
    """The case in `target` for a case in `source`; mostly the same within one language.

    >>> across("loc", "pl", "lt", "person"), across("loc", "pl", "lt", "place")
    ('dat', 'loc')
    """
    base_target = base_language(target)
    same = base_language(source) == base_target
    for row in tables.load("governors")["across"]:
        fits = row["to"] == base_target and case in row["case"]
        fits = fits and (not same or row.get("within", False))
        if fits and row.get("type", entry_type) == entry_type:
            return str(row["becomes"])
    return case
