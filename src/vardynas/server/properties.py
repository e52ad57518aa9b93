"""The properties of entries that OpenRefine can ask with and ask for: names by language, ids, facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from vardynas.model import Entry
    from vardynas.resolver import Resolver

__all__ = [
    "Property",
    "address_of",
    "name_for",
    "properties",
    "table",
    "understood",
    "values_of",
]


class Property(NamedTuple):
    """A property: its id, what it is called, and the types of entries that have it (all: none said).

    `values` is the pattern of what can be understood, with the value as its group; "" is anything.
    """

    id: str
    name: str
    group: str
    description: str = ""
    types: tuple[str, ...] = ()
    values: str = ""


@cache
def table() -> Mapping[str, Any]:
    """What ``reconcile.yaml`` beside this module says."""
    import yaml

    source = Path(__file__).with_name("reconcile.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    return found


@cache
def properties() -> dict[str, Property]:
    """Every property by its id.

    >>> properties()["lt"].name
    'Name in Lithuanian'
    """
    return {one.id: one for one in _properties()}


def _properties() -> Iterator[Property]:
    for tag, name in table()["languages"].items():
        yield Property(
            tag, f"Name in {name}", "languages", f"The name that the glossary has in {tag}"
        )
    for group in ("refs", "facts", "hints"):
        for key, row in table()[group].items():
            said = row.get("description", f"The id in {row['name']}")
            types, values = tuple(row.get("types", ())), row.get("values", "")
            yield Property(key, row["name"], group, said, types, values)


def understood(wanted: str, said: Iterable[str]) -> tuple[str, ...]:
    """What people say of the property `wanted`, as entries have it; without what nobody understands.

    >>> understood("wikidata", ["http://www.wikidata.org/entity/Q181376", "q1", "unknown"])
    ('Q181376', 'Q1')
    >>> understood("lt", ["Gardinas"])
    ('Gardinas',)
    """
    pattern = properties()[wanted].values
    if not pattern:
        return tuple(said)
    found = (re.fullmatch(pattern, one.strip(), re.IGNORECASE) for one in said)
    large = properties()[wanted].group == "refs"
    return tuple(one[1].upper() if large else one[1].lower() for one in found if one)


def values_of(resolver: Resolver, entry: Entry, wanted: str, names: str) -> list[str]:
    """The values of the property `wanted`; [] when the entry has none.

    `names` says which of a language: preferred, all, or derived where none is listed.

    >>> import vardynas
    >>> resolver = vardynas.load()
    >>> values_of(resolver, resolver["hrodna"], "lt", "preferred")
    ['Gardinas']
    """
    group = properties()[wanted].group
    if group == "languages":
        return _names(resolver, entry, wanted, names)
    if group == "refs":
        return [value for scheme, value in entry.refs if scheme == wanted]
    facts: dict[str, Callable[[], str | None]] = {
        "about": lambda: entry.about,
        "type": lambda: entry.type,
        "gender": lambda: entry.gender,
        "language": lambda: entry.origin,
    }
    value = facts[wanted]() if wanted in facts else None
    return [value] if value else []


def _names(resolver: Resolver, entry: Entry, language: str, names: str) -> list[str]:
    preferred = entry.preferred(language)
    if names == "all":
        return [one.form for one in entry.names.get(language, ()) if one.match != "never"]
    if preferred is None and names == "derived":
        return [one.form for one in resolver.variants(entry.id, language) if one.rules][:1]
    return [preferred.form] if preferred else []


def address_of(scheme: str, value: str) -> str | None:
    """Where an id of other people's databases leads; None when that is not known.

    >>> address_of("wikidata", "Q181376")
    'https://www.wikidata.org/wiki/Q181376'
    """
    template = table()["refs"].get(scheme, {}).get("address")
    return template.format(value) if template else None


def name_for(entry: Entry, languages: tuple[str, ...]) -> str:
    """What an entry is called, in the first of the `languages` that it has a name in.

    >>> import vardynas
    >>> name_for(vardynas.load()["hrodna"], ("lt", "en"))
    'Gardinas'
    """
    tags = (*languages, "en", entry.origin or "", *entry.names)
    found = next(filter(None, map(entry.preferred, tags)), None)
    return found.form if found else next((one.form for one in entry.all_names()), entry.id)
