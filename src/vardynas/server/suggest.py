"""Entries, types and properties by the beginning of their name or id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vardynas.server.faults import Fault
from vardynas.server.properties import name_for, properties, table
from vardynas.text.fold import plain

if TYPE_CHECKING:
    from vardynas.server.glossary import Served

__all__ = ["entities", "proposed", "suggested_properties", "suggested_types"]

PAGE, LAST = 10, 200
"""Entries of one answer; how far the cursor goes."""


def entities(
    served: Served, prefix: str, cursor: str, languages: tuple[str, ...]
) -> dict[str, Any]:
    """Entries of which a name begins so, the one with that id first; from `cursor` on."""
    first = _cursor(cursor)
    resolver = served.resolver
    known = [resolver[prefix]] if prefix in resolver else []
    typed = served.prefixes.find(prefix, first + PAGE)
    found = {entry.id: entry for entry in (*known, *(one.entry for one in typed))}
    if not found:
        found = {c.entry: resolver[c.entry] for c in resolver.lookup(prefix, limit=PAGE)}
    rows = [
        {
            "id": entry.id,
            "name": name_for(entry, languages),
            "description": entry.about or "",
            "notable": [{"id": entry.type, "name": table()["types"][entry.type]["name"]}],
        }
        for entry in found.values()
    ]
    return {"result": rows[first : first + PAGE]}


def _cursor(said: str) -> int:
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and len(said) < 9):
        raise Fault(422, 'The field "cursor" must be a whole number, 0 for the first answer.')
    return min(int(said), LAST)


def suggested_types(prefix: str) -> dict[str, Any]:
    """The types of which the id or the name begins so; all for nothing."""
    rows = [{"id": key, **row} for key, row in table()["types"].items()]
    return {"result": _beginning(rows, prefix)}


def suggested_properties(prefix: str) -> dict[str, Any]:
    """The properties of which the id or a word of the name begins so; all for nothing."""
    return {"result": _beginning(_rows(properties().values()), prefix)}


def proposed(type_: str, limit: str) -> dict[str, Any]:
    """The properties that can be asked for of entries of a type; "" is any."""
    rows = [one for one in properties().values() if one.group != "hints"]
    rows = [one for one in rows if not (type_ and one.types) or type_ in one.types]
    answer: dict[str, Any] = {"properties": _rows(rows)}
    if limit and not (limit.isascii() and limit.isdigit() and len(limit) < 9):
        raise Fault(422, 'The field "limit" must be a whole number.')
    if limit:
        answer = {"limit": int(limit), "properties": answer["properties"][: int(limit)]}
    return {**answer, "type": type_} if type_ else answer


def _rows(listed: Iterable[Any]) -> list[dict[str, str]]:
    return [{"id": one.id, "name": one.name, "description": one.description} for one in listed]


def _beginning(rows: Iterable[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    start = plain(prefix.strip())
    return [
        row
        for row in rows
        if any(
            word.startswith(start)
            for word in (plain(row["id"]), plain(row["name"]), *plain(row["name"]).split())
        )
    ]
