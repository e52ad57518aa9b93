"""Entities of FollowTheMoney (Aleph, OpenSanctions) as JSON lines: people and organizations.

Their names have no language, so they come back as ``und``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vardynas.exchange.facts import facts
from vardynas.exchange.gathering import At, Gathering
from vardynas.exchange.incoming import Read, Source
from vardynas.exchange.json_lines import documents, text_of, texts_of
from vardynas.glossary.schema import ID, WIKIDATA
from vardynas.model import GENDERS, Entry, Name

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["carried", "read", "write"]

_LANGUAGE = "und"
_ID = re.compile(ID)
_WIKIDATA = re.compile(WIKIDATA)


def carried(entry: Entry, options: Options) -> Entry | None:
    """The names without language, in the order of their properties; None for places and other things."""
    if not _fits(entry):
        return None
    names = tuple(
        Name(form, _LANGUAGE, **facts("followthemoney")["names"][property_])
        for property_, forms in _properties(entry).items()
        for form in forms
    )
    return Entry(
        id=entry.id,
        type=entry.type,
        gender=entry.gender if entry.type == "person" else None,
        names={_LANGUAGE: names},
        about=entry.about,
        refs=tuple(ref for ref in entry.refs if ref[0] == "wikidata"),
    )


def write(entries: Iterable[Entry], options: Options) -> str:
    """A line of JSON for each person and organization."""
    return "".join(
        f"{json.dumps(_entity(one), ensure_ascii=False)}\n" for one in entries if _fits(one)
    )


def _fits(entry: Entry) -> bool:
    return entry.type in facts("followthemoney")["schemata"] and bool(_properties(entry))


def _entity(entry: Entry) -> dict[str, Any]:
    properties = _properties(entry)
    values = {
        "gender": entry.gender if entry.type == "person" else None,
        "wikidataId": dict(entry.refs).get("wikidata"),
        "summary": entry.about,
    }
    properties |= {key: [value] for key, value in values.items() if value}
    schema = facts("followthemoney")["schemata"][entry.type]
    return {"id": entry.id, "schema": schema, "properties": properties}


def _properties(entry: Entry) -> dict[str, list[str]]:
    """The names by property, each form once, where it says most."""
    found: dict[str, list[str]] = {key: [] for key in facts("followthemoney")["names"]}
    if (main := _main(entry)) is None:
        return {}
    found["name"] = [main.form]
    taken = {main.form}
    for name in sorted(entry.all_names(), key=_order):
        if name.match != "never" and name.form not in taken:
            taken.add(name.form)
            found[_property(name)].append(name.form)
    return {key: forms for key, forms in found.items() if forms}


def _main(entry: Entry) -> Name | None:
    """The preferred name in the entry's own language or the next one; a short one at last."""
    preferred = [name for tag in _tags(entry) if (name := entry.preferred(tag))]
    rest = sorted((one for one in entry.all_names() if one.match != "never"), key=_order)
    return next((one for one in preferred if _property(one) == "alias"), next(iter(rest), None))


def _tags(entry: Entry) -> Iterable[str]:
    """The languages of an entry, its own first."""
    return dict.fromkeys([*([entry.origin] if entry.origin else []), *sorted(entry.names)])


def _order(name: Name) -> tuple[int, str, str]:
    """Names that say more first, so that a form that is one thing in two languages is settled."""
    return list(facts("followthemoney")["names"]).index(_property(name)), name.language, name.form


def _property(name: Name) -> str:
    if name.role == "historical":
        return "previousName"
    if name.role == "short" and name.case == "exact":
        return "abbreviation"
    if name.role in ("short", "misspelling") or name.match == "context":
        return "weakAlias"
    return "alias"


def read(source: Source, options: Options) -> Read:
    """The people and organizations of a file; how many other entities there are is a warning."""
    gathering = Gathering(source)
    others: Counter[str] = Counter()
    for entity, at in documents(source):
        items = entity if isinstance(entity, list) else [entity]
        for item in items:
            _take(item, at, gathering, others, source)
    for schema, number in sorted(others.items()):
        message = f"Left out, since they are neither people nor organizations: {number:,} {schema}."
        source.warn((0, 0), "other-schema", message)
    return gathering.read(options.languages)


def _take(item: object, at: At, into: Gathering, others: Counter[str], source: Source) -> None:
    entity: dict[str, Any] = item if isinstance(item, dict) else {}
    key, schema, values = (entity.get(part) for part in ("id", "schema", "properties"))
    if not (isinstance(key, str) and isinstance(schema, str) and isinstance(values, dict)):
        message = "This is no entity of FollowTheMoney: it lacks id, schema or properties."
        advice = 'Write {"id": "…", "schema": "Person", "properties": {"name": ["…"]}} instead.'
        source.error(at, "no-entity", message, advice)
        return
    table = facts("followthemoney")
    if schema not in table["types"]:
        others[schema] += 1
        return
    found = into.entry(key, at, key if _ID.fullmatch(key) else "")
    into.field(found, "type", table["types"][schema], at)
    for property_, fields in table["names"].items():
        for form in texts_of(values.get(property_)):
            into.name(found, _LANGUAGE, form, at, fields)
    gender = next(iter(texts_of(values.get("gender"))), "")
    if gender in GENDERS and table["types"][schema] == "person":
        into.field(found, "gender", gender, at)
    into.field(found, "about", next(iter(texts_of(values.get("summary"))), ""), at)
    wikidata = [*texts_of(values.get("wikidataId")), text_of(key)]
    if number := next(filter(_WIKIDATA.fullmatch, wikidata), ""):
        into.reference(found, "wikidata", number)
    if not found.id and not _WIKIDATA.fullmatch(key):
        into.reference(found, "followthemoney", key)
