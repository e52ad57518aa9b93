"""Drafts of all files over a glossary → one glossary: ids, `extends`, `distinct_from`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from vardynas.errors import Problem
from vardynas.glossary.collection import FileSource, Glossary
from vardynas.glossary.entries import Draft
from vardynas.model import Entry, Name

__all__ = ["combine", "extended"]


def combine(
    drafts: Iterable[Draft], sources: Mapping[str, FileSource], base: Glossary | None
) -> tuple[Glossary, list[Problem]]:
    """The glossary of all drafts over `base`, and what is wrong between entries."""
    drafts = sorted(drafts, key=lambda draft: (draft.id, draft.extends, draft.place))
    base = base or Glossary({})
    entries = dict(base.entries)
    problems: list[Problem] = []
    for id_, group in groupby(drafts, key=lambda draft: draft.id):
        same = list(group)
        own = [draft for draft in same if not draft.extends]
        problems += _duplicates(own, base)
        if own:
            entries[id_] = Entry(id=id_, **{"names": {}, **own[0].values})
        # Sorted by what they say: the order of files decides nothing.
        for draft in sorted(same[len(own) :], key=lambda draft: repr(draft.values)):
            if id_ in entries:
                entries[id_] = extended(entries[id_], draft.values)
            else:
                problems.append(_unknown(draft, base, drafts))
    problems += _dangling(drafts, entries)
    return _glossary(entries, drafts, sources, base), problems


def _glossary(
    entries: Mapping[str, Entry],
    drafts: list[Draft],
    sources: Mapping[str, FileSource],
    base: Glossary,
) -> Glossary:
    name_places = dict(base.name_places)
    for draft in drafts:
        id_ = draft.id
        for (language, form), place in draft.name_places.items():
            name_places[id_, language, form] = place
    places = {draft.id: draft.place for draft in drafts if not draft.extends}
    return Glossary(
        {id_: entries[id_] for id_ in sorted(entries)},
        {**base.places, **places},
        name_places,
        {**base.sources, **sources},
    )


def extended(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """An entry with names and fields added.

    Names come after those of the entry. A list that repeats a form of the entry stands as it is
    written, the entry's other forms after it: so a house style puts its own form first. The added
    form replaces an equal one; one value replaces another; lists grow. A source goes to the names.

    >>> from vardynas.model import Entry
    >>> hrodna = Entry(id="hrodna", names={"en": ["Hrodna", "Grodno"]})
    >>> added = Entry(id="", names={"en": ["Grodno", "Horadnia"], "pl": ["Grodno"]}).names
    >>> [name.form for name in extended(hrodna, {"names": added}).names["en"]]
    ['Grodno', 'Horadnia', 'Hrodna']
    """
    changes = dict(values)
    names = dict(entry.names)
    source = changes.pop("source", None)
    for language, added in changes.pop("names", {}).items():
        names[language] = _joined(names.get(language, ()), _sourced(added, source))
    for listed in ("not_", "distinct_from", "relatives"):
        if listed in changes:
            changes[listed] = tuple(dict.fromkeys((*getattr(entry, listed), *changes[listed])))
    if "refs" in changes:
        changes["refs"] = tuple({**dict(entry.refs), **dict(changes["refs"])}.items())
    return replace(entry, names=names, **changes)


def _sourced(names: tuple[Name, ...], source: str | None) -> tuple[Name, ...]:
    if source is None:
        return names
    return tuple(replace(name, source=name.source or source) for name in names)


def _joined(names: tuple[Name, ...], added: tuple[Name, ...]) -> tuple[Name, ...]:
    forms = {name.form for name in added}
    others = tuple(name for name in names if name.form not in forms)
    return added + others if len(others) < len(names) else names + added


def _duplicates(drafts: list[Draft], base: Glossary) -> list[Problem]:
    """A problem at every place of an id that stands more than once."""
    known = drafts and drafts[0].id in base.entries
    if len(drafts) < 2 and not known:
        return []
    problems = []
    for draft in drafts:
        others = [other.place for other in drafts if other is not draft]
        if known and draft.id in base.places:
            others.append(base.places[draft.id])
        where = ", ".join(f"{place.path}:{place.line}" for place in others)
        message = f"The id {draft.id!r} stands also in {where or 'the glossary below'}."
        advice = f"Write extends: {draft.id} to add to that entry, or another id instead."
        problems.append(Problem(*draft.place, "duplicate-id", message, advice))
    return problems


def _unknown(draft: Draft, base: Glossary, drafts: list[Draft]) -> Problem:
    known = {*base.entries, *(other.id for other in drafts if not other.extends)}
    message = f"There is no entry {draft.id!r} to extend."
    advice = _meant(draft.id, known)
    if not base.entries:
        advice += f" {_BUILTIN}"
    return Problem(*draft.place, "unknown-extends", message, advice)


_BUILTIN = "To extend the built-in glossary, add --with-builtin (in Python builtin=True)."


def _dangling(drafts: list[Draft], entries: Mapping[str, Entry]) -> list[Problem]:
    problems = []
    for draft in drafts:
        for id_, place in draft.links:
            if id_ == draft.id:
                message = f"The entry {id_!r} is said to be distinct from itself."
                advice = "Write the id of the other entry instead."
                problems.append(Problem(*place, "self-reference", message, advice))
            elif id_ not in entries:
                message = f"There is no entry {id_!r}."
                problems.append(Problem(*place, "unknown-id", message, _meant(id_, entries)))
    return problems


def _meant(id_: str, known: Iterable[str]) -> str:
    # Only ids that begin or end alike are compared: there may be a million.
    near = [other for other in known if other[:2] == id_[:2] or other[-4:] == id_[-4:]]
    found = difflib.get_close_matches(id_[:60], near, n=1)
    return f"Write {found[0]} instead." if found else "Write the id of an entry that is loaded."
