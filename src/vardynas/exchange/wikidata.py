"""Entities of Wikidata as JSON: labels and aliases, what they are, people's gender.

Read are an entity alone, ``Special:EntityData`` and ``wbgetentities`` (``{"entities": …}``), lists,
and dumps with an entity a line. Sitelinks and all other statements are ignored. Wikidata is CC0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from vardynas.exchange.facts import facts
from vardynas.exchange.gathering import At, Found, Gathering
from vardynas.exchange.incoming import Read, Source
from vardynas.exchange.json_lines import documents, text_of

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["SOURCE", "read", "tag_of", "type_of"]

SOURCE = "Wikidata"


def read(source: Source, options: Options) -> Read:
    """The entities of a file, each with its id in Wikidata as a reference."""
    gathering = Gathering(source)
    for document, at in documents(source):
        for entity in _entities(document):
            _take(entity, at, gathering, source)
    return gathering.read(options.languages)


def _entities(document: object) -> Iterator[Any]:
    if isinstance(document, dict) and isinstance(document.get("entities"), dict):
        yield from document["entities"].values()
    elif isinstance(document, list):
        yield from document
    else:
        yield document


def _take(entity: object, at: At, into: Gathering, source: Source) -> None:
    key = text_of(entity.get("id")) if isinstance(entity, dict) else ""
    if not isinstance(entity, dict) or not key:
        message = "This is no entity of Wikidata: it has no id."
        source.error(at, "no-entity", message, "Save wikidata.org/wiki/Special:EntityData/Q….json.")
        return
    place = source.position(max(0, source.text.find(f'"{key}"'))) if at == (1, 1) else at
    found = into.entry(key, place)
    _names(entity, found, into)
    classes = list(_values(entity, "P31"))
    into.field(found, "type", type_of(classes, found, source), place)
    genders = (facts("wikidata")["genders"].get(value) for value in _values(entity, "P21"))
    if gender := next(filter(None, genders), ""):
        into.field(found, "gender", gender, place)
    into.field(found, "source", SOURCE, place)
    into.reference(found, "wikidata", key)


def tag_of(language: str) -> str:
    """The tag of a glossary for a language of Wikidata; "" for one that is not read."""
    tag: str = facts("wikidata")["languages"].get(language.lower(), "")
    return tag


def _names(entity: Mapping[str, Any], found: Found, into: Gathering) -> None:
    """Labels first: they are the preferred names."""
    for part in ("labels", "aliases"):
        values = entity.get(part)
        for language, items in values.items() if isinstance(values, dict) else ():
            tag = tag_of(language)
            for item in items if isinstance(items, list) else [items]:
                form = text_of(item.get("value")) if isinstance(item, dict) else ""
                if tag and form:
                    into.name(found, tag, form, found.at)


def type_of(classes: list[str], found: Found, source: Source) -> str:
    """The type that the first known class tells; ``other``, with a remark, when none does."""
    types = facts("wikidata")["types"]
    known = next((types[value] for value in classes if value in types), "")
    if not known:
        listed = ", ".join(classes) or "nothing"
        message = f"What {found.key} is an instance of, {listed}, is no known class."
        source.warn(found.at, "unknown-class", message, "It is taken as other: write its type.")
    return known or "other"


def _values(entity: Mapping[str, Any], property_: str) -> Iterator[str]:
    """The items that a property has, those of the best rank first, without deprecated ones."""
    claims = entity.get("claims")
    statements = claims.get(property_) if isinstance(claims, dict) else None
    items = (
        [one for one in statements if isinstance(one, dict)] if isinstance(statements, list) else []
    )
    for rank in ("preferred", "normal"):
        for one in items:
            if one.get("rank", "normal") == rank and (value := _item(one)):
                yield value


def _item(statement: Mapping[str, Any]) -> str:
    value: object = statement
    for step in ("mainsnak", "datavalue", "value", "id"):
        value = value.get(step) if isinstance(value, dict) else None
    return text_of(value)
