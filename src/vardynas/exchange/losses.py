"""What a format cannot carry, told by comparing entries with what would come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from vardynas.glossary.schema import ENTRY_FIELDS, NAME_FIELDS
from vardynas.model import Entry, Name

__all__ = ["losses"]

_ENTRY = {field.target: field.name for field in ENTRY_FIELDS.values()}
_NAME = {"language": "language", **{field.target: field.name for field in NAME_FIELDS.values()}}


def losses(format_: str, pairs: Iterable[tuple[Entry, Entry | None]]) -> tuple[str, ...]:
    """Sentences about what is missing in the second entry of each pair; () when nothing is.

    >>> nida = Entry(id="nida", type="place", names={"lt": ["Nida"]}, origin="lt")
    >>> losses("skos", [(nida, Entry(id="nida", type="place", names={"lt": ["Nida"]}))])
    ('skos cannot carry origin: 1 entry.',)
    """
    gone: Counter[str] = Counter()
    left: Counter[str] = Counter()
    entries, names = _Tally(), _Tally()
    for entry, carried in pairs:
        if carried is None:
            gone[entry.type] += 1
            continue
        entries.add(_differing(entry, carried))
        for name in entry.all_names():
            like = _counterpart(name, carried)
            if like is None:
                left[_kind(name)] += 1
            else:
                names.add(_changed(name, like))
    return (
        *(
            f"{format_} leaves out {_entries(n)} of type {type_}."
            for type_, n in sorted(gone.items())
        ),
        *(f"{format_} leaves out {_names(n)}{kind}." for kind, n in sorted(left.items())),
        *entries.sentence(f"{format_} cannot carry", _ENTRY, _entries),
        *names.sentence(f"{format_} cannot carry", _NAME, _names),
    )


class _Tally:
    """Which fields are lost, and of how many."""

    def __init__(self) -> None:
        self.fields: set[str] = set()
        self.number = 0

    def add(self, lost: set[str]) -> None:
        self.fields |= lost
        self.number += bool(lost)

    def sentence(
        self, start: str, order: Mapping[str, str], count: Callable[[int], str]
    ) -> tuple[str, ...]:
        shown = ", ".join(name for field, name in order.items() if field in self.fields)
        return (f"{start} {shown}: {count(self.number)}.",) if self.number else ()


def _differing(entry: Entry, carried: Entry) -> set[str]:
    names = (field.name for field in fields(Entry) if field.name not in ("id", "names"))
    return {name for name in names if _value(entry, name) != _value(carried, name)}


def _value(entry: Entry, field: str) -> object:
    value = getattr(entry, field)
    return dict(value) if field == "refs" else value  # their order means nothing


def _counterpart(name: Name, carried: Entry) -> Name | None:
    """What comes back for a name, in its own language if possible; None when nothing does."""
    alike = [other for other in carried.all_names() if other.form == name.form]
    own = [other for other in alike if other.language == name.language]
    return next(iter(own or alike), None)


def _changed(name: Name, other: Name) -> set[str]:
    return {f.name for f in fields(Name) if getattr(name, f.name) != getattr(other, f.name)}


def _kind(name: Name) -> str:
    """Why a name may be left out, as far as the name itself tells."""
    if name.match != "auto":
        return f" with match: {name.match}"
    return f" with role: {name.role}" if name.role == "misspelling" else ""


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def _names(number: int) -> str:
    return f"{number:,} {'name' if number == 1 else 'names'}"
