"""Alternate names of GeoNames: ``alternateNamesV2.txt``, or the file of one country.

Links, codes of airports and post offices, and pronunciations are no names and are left out. GeoNames
is CC BY 4.0: a glossary with its names has to say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vardynas.exchange.facts import facts
from vardynas.exchange.gathering import At, Gathering
from vardynas.exchange.incoming import Read, Source

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["read"]

SOURCE = "GeoNames, CC BY 4.0"

_LEAST = 4
"""Columns that every row has: ids, language and name; flags at its end may be missing."""

Line = tuple[Mapping[str, str], At]


def read(source: Source, options: Options) -> Read:
    """The places of a file, preferred names first."""
    columns = facts("geonames")["columns"]
    gathering = Gathering(source)
    lines: list[Line] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        row = line.split("\t")
        if _LEAST <= len(row) <= len(columns) and row[0].isdecimal() and row[1].isdecimal():
            lines.append((dict(zip(columns, row, strict=False)), (number, _column(row))))
        elif line.strip():
            message = f"A row has {len(columns)} columns parted by tabs, beginning with two ids."
            advice = "Take alternateNamesV2.txt, or a file of the folder alternatenames, as it is."
            source.error((number, 1), "bad-row", message, advice)
            break
    for cells, at in sorted(lines, key=lambda line: _rank(line[0])):
        _take(cells, at, gathering)
    return gathering.read(options.languages)


def _rank(cells: Mapping[str, str]) -> tuple[bool, bool]:
    """Preferred names first, those of another time or of slang last: the first one is written."""
    odd = "1" in (cells.get("historic"), cells.get("colloquial"))
    return odd, cells.get("preferred") != "1"


def _column(cells: list[str]) -> int:
    """Where the name begins."""
    return sum(map(len, cells[:3])) + 4


def _take(cells: Mapping[str, str], at: At, into: Gathering) -> None:
    language, table = cells["language"], facts("geonames")
    if language in table["no_names"]:
        return
    special = dict(table["kinds"].get(language, {"language": language or "und"}))
    found = into.entry(cells["place"], at)
    into.field(found, "type", "place", at)
    into.field(found, "source", SOURCE, at)
    into.reference(found, "geonames", cells["place"])
    into.name(found, special.pop("language"), cells["name"], at, {**_fields(cells), **special})


def _fields(cells: Mapping[str, str]) -> dict[str, str]:
    """Fields of the name that its flags and years tell."""
    fields = {}
    if cells.get("historic") == "1":
        fields["role"] = "historical"
    elif cells.get("short") == "1":
        fields["role"] = "short"
    if cells.get("colloquial") == "1":
        fields["match"] = "context"
    years = [cells.get(column, "").strip() for column in ("from", "to")]
    if any(years):
        fields["period"] = "–".join(years)
    return fields
