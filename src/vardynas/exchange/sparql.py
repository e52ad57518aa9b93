"""Answers of a SPARQL service in CSV: a row a name, as the query in ``docs/exchange.md`` gives it.

Columns: ``item`` (the item, as an address or Q-number), ``label``, ``language``, and, if the query has
them, ``role`` (``label`` or ``alias``) and ``class`` (what the item is an instance of).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vardynas.exchange.gathering import At, Gathering
from vardynas.exchange.incoming import Read, Source
from vardynas.exchange.rows import rows
from vardynas.exchange.wikidata import SOURCE, tag_of, type_of
from vardynas.glossary.proposals import shown

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["read"]

_NEEDED = ("item", "label", "language")
_ENTITY = "/entity/"

Cells = Mapping[str, tuple[str, At]]


def read(source: Source, options: Options) -> Read:
    """The entries of an answer; labels stand before aliases."""
    table = rows(source, ",")
    header = next(table, None)
    columns = [cell.lower() for cell in header.cells] if header else []
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        message = f"There is no column {', '.join(missing)}."
        advice = "Ask with the query of docs/exchange.md, and save the answer as CSV."
        raise source.fail((1, 1), "missing-column", message, advice)
    found = [
        dict(zip(columns, zip(row.cells, row.places, strict=True), strict=False)) for row in table
    ]
    gathering = Gathering(source)
    for cells in sorted(found, key=lambda cells: cells.get("role", ("", 0))[0] == "alias"):
        _take(cells, gathering, source)
    _types(found, gathering, source)
    return gathering.read(options.languages)


def _take(cells: Cells, into: Gathering, source: Source) -> None:
    if any(column not in cells for column in _NEEDED):
        place = next(iter(cells.values()))[1]
        message = f"This row has fewer than {len(_NEEDED)} cells."
        source.error(place, "bad-row", message, "Save the answer as CSV again.")
        return
    key, at = _key(cells)
    if not (key[:1] == "Q" and key[1:].isdecimal()):
        message = f"{shown(cells['item'][0])} is no item of Wikidata."
        source.error(at, "no-entity", message, "Write Q181376 or its address instead.")
    elif tag := tag_of(cells["language"][0]):
        found = into.entry(key, at)
        into.field(found, "source", SOURCE, at)
        into.reference(found, "wikidata", key)
        into.name(found, tag, *cells["label"])


def _types(rows_: list[dict[str, tuple[str, At]]], into: Gathering, source: Source) -> None:
    """Say of each entry what it is, by all classes that its rows name."""
    classes: dict[str, list[str]] = {}
    for cells in rows_:
        value = cells.get("class", ("", (0, 0)))[0].rpartition(_ENTITY)[2]
        classes.setdefault(_key(cells)[0], []).extend([value] if value else [])
    for found in into.entries():
        values = list(dict.fromkeys(classes[found.key]))
        into.field(found, "type", type_of(values, found, source), found.at)


def _key(cells: Cells) -> tuple[str, At]:
    item, at = cells["item"]
    return item.rpartition(_ENTITY)[2] or item, at
