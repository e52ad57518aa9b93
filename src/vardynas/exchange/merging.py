"""Entries of another format and a glossary file: what is new, what is added, what contradicts.

An entry is one of the file when it has its id, or one of its references. Nothing that stands in the
file is changed: where both say different things, the file stays and the difference is told; where they
cannot both be right, the entry is left out whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

from vardynas.errors import Problem
from vardynas.exchange.incoming import Read
from vardynas.glossary.collection import Glossary
from vardynas.glossary.entries import Place
from vardynas.model import Entry, Name

__all__ = ["Addition", "Plan", "plan"]

_SINGLE = ("type", "gender", "origin")
"""What two entries that are one cannot disagree about."""

_MEND = "Nothing of it is added: mend one of them, or take another id."
_EXTEND = (
    "Nothing of it is added: to add names to that entry, write - extends: {0} with a first name "
    "in this file, and import again."
)

_LISTS = ("not_", "distinct_from", "relatives")


@dataclass(slots=True)
class Addition:
    """What an entry of the file gets: names by language, fields that it lacks, items of lists."""

    id: str
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)

    def applied(self, entry: Entry) -> Entry:
        """The entry with what it gets."""
        names = dict(entry.names)
        for tag, added in self.names.items():
            names[tag] = (*names.get(tag, ()), *added)
        values: dict[str, Any] = {
            name: (*getattr(entry, name), *value) if isinstance(value, tuple) else value
            for name, value in self.fields.items()
        }
        return replace(entry, names=names, **values)


class Plan(NamedTuple):
    """What shall be done: new entries, additions; `conflicts` are left out, `kept` stays as it was."""

    new: tuple[Entry, ...]
    additions: tuple[Addition, ...]
    conflicts: tuple[Problem, ...]
    kept: tuple[Problem, ...]


def plan(read: Read, glossary: Glossary, own: Collection[str], source: str | None) -> Plan:
    """How what was read goes into a file of the `glossary`.

    `own` are the ids of entries in the file itself, `source` is what the file says of all of them.
    """
    planner = _Planner(read, glossary, frozenset(own), source)
    for entry in read.entries:
        planner.take(entry)
    return Plan(
        tuple(planner.new), tuple(planner.additions), tuple(planner.conflicts), tuple(planner.kept)
    )


class _Planner:
    def __init__(
        self, read: Read, glossary: Glossary, own: frozenset[str], source: str | None
    ) -> None:
        self._read, self._glossary, self._own, self._source = read, glossary, own, source
        self._by_ref = {ref: id_ for id_, entry in glossary.entries.items() for ref in entry.refs}
        self._known = {*glossary.entries, *(entry.id for entry in read.entries)}
        self.new: list[Entry] = []
        self.additions: list[Addition] = []
        self.conflicts: list[Problem] = []
        self.kept: list[Problem] = []

    def take(self, entry: Entry) -> None:
        entry = self._linked(entry)
        found = {entry.id: "the id"} if entry.id in self._glossary.entries else {}
        for ref in entry.refs:
            if ref in self._by_ref:
                found.setdefault(self._by_ref[ref], f"{ref[0]}: {ref[1]}")
        if not found:
            source = None if entry.source == self._source else entry.source
            self.new.append(replace(entry, source=source))
            return
        faults = list(self._faults(entry, found))
        elsewhere = found.keys().isdisjoint(self._own) and len(found) == 1
        advice = _EXTEND.format(next(iter(found))) if elsewhere else _MEND
        for message in faults:
            self._conflict(entry, message, advice)
        if not faults:
            self._add(entry, self._glossary.entries[next(iter(found))])

    def _linked(self, entry: Entry) -> Entry:
        """The entry without links to entries that are nowhere."""
        lost = [id_ for id_ in entry.distinct_from if id_ not in self._known]
        for id_ in lost:
            self._keep(
                entry, "unknown-id", f"There is no entry {id_!r}; distinct_from is left out."
            )
        kept = tuple(id_ for id_ in entry.distinct_from if id_ not in lost)
        return replace(entry, distinct_from=kept)

    def _faults(self, entry: Entry, found: Mapping[str, str]) -> Iterator[str]:
        """Why an entry cannot be the ones of the glossary that it meets."""
        if len(found) > 1:
            shown = " and ".join(f"{why} of {self._shown(id_)}" for id_, why in found.items())
            yield f"{entry.id} has {shown}, which are two entries."
            return
        (id_, why), old = next(iter(found.items())), self._glossary.entries[next(iter(found))]
        if id_ not in self._own:
            yield f"{entry.id} has {why} of {self._shown(id_)}, which is in another file."
            return
        for name in _SINGLE:
            mine, its = getattr(entry, name), getattr(old, name)
            if mine not in (its, None, "other") and its is not None:
                yield f"{entry.id} has the {name} {mine}, {self._shown(id_)} has {its}."
        for key, value in entry.refs:
            its = dict(old.refs).get(key, value)
            if its != value:
                yield f"{entry.id} has {key}: {value}, {self._shown(id_)} has {its}."
        if id_ != entry.id and _are_strangers(entry, old):
            names = f"{_some(entry)}, and {self._shown(id_)} is {_some(old)}"
            yield f"{entry.id} has {why} and is {names}: they have no name in common."

    def _add(self, entry: Entry, old: Entry) -> None:
        addition = Addition(old.id)
        source = entry.source if entry.source != old.source else None
        for tag, names in entry.names.items():
            listed = {name.form: name for name in old.names.get(tag, ())}
            new = [name for name in names if name.form not in listed]
            if new:
                addition.names[tag] = tuple(
                    replace(name, source=name.source or source) for name in new
                )
            for name in names:
                if name.form in listed:
                    self._compare(entry, name, old, listed[name.form])
        for name in ("gender", "origin", "about", "note"):
            self._single(name, entry, old, addition)
        for name in _LISTS:
            items = tuple(i for i in getattr(entry, name) if i not in getattr(old, name))
            if items := tuple(item for item in items if item != old.id):
                addition.fields[name] = items
        refs = tuple(ref for ref in entry.refs if ref not in old.refs)
        if refs:
            addition.fields["refs"] = refs
        if addition.names or addition.fields:
            self.additions.append(addition)

    def _single(self, name: str, entry: Entry, old: Entry, addition: Addition) -> None:
        mine, its = getattr(entry, name), getattr(old, name)
        if mine and its is None:
            addition.fields[name] = mine
        elif mine and mine != its:
            self._keep(
                entry, "kept", f"{name} of {self._shown(old.id)} stays {its!r}, not {mine!r}."
            )

    def _compare(self, entry: Entry, mine: Name, old: Entry, its: Name) -> None:
        """Tell what the data says explicitly of a name that the file has otherwise."""
        plain = Name(mine.form, mine.language)
        for one in fields(Name):
            value, other = getattr(mine, one.name), getattr(its, one.name)
            if value not in (other, getattr(plain, one.name)) and one.name != "source":
                where = f"{one.name} of {mine.form} in {self._shown(old.id)}"
                self._keep(entry, "kept", f"{where} stays {other!r}, not {value!r}.")

    def _shown(self, id_: str) -> str:
        place = self._glossary.places.get(id_)
        return f"{id_} ({place.path}:{place.line})" if place else id_

    def _place(self, entry: Entry) -> Place:
        return self._read.places[entry.id]

    def _conflict(self, entry: Entry, message: str, advice: str) -> None:
        self.conflicts.append(Problem(*self._place(entry), "conflict", message, advice))

    def _keep(self, entry: Entry, code: str, message: str) -> None:
        self.kept.append(Problem(*self._place(entry), code, message, severity="warning"))


def _are_strangers(one: Entry, other: Entry) -> bool:
    """Whether two entries share a language and no form."""
    forms = {name.form for name in one.all_names()}
    shares = not forms.isdisjoint(name.form for name in other.all_names())
    return not shares and not one.names.keys().isdisjoint(other.names)


def _some(entry: Entry) -> str:
    names = [name.form for name in entry.all_names()]
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
