"""A judgement about a suggestion written into a glossary file: comments and all else stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from vardynas.errors import ExchangeError, Problem
from vardynas.exchange.surgery import Manuscript
from vardynas.glossary.collection import Glossary
from vardynas.glossary.overlay import extended
from vardynas.glossary.reader import read_text
from vardynas.glossary.writer import name_item, scalar
from vardynas.model import Entry, Name
from vardynas.suggest.judging import Judgement
from vardynas.suggest.proposals import Suggestion

__all__ = ["EMPTY", "Judged", "judged"]

EMPTY = "vardynas: 1\nentries: []\n"
"""A glossary file without entries."""

_Names = Mapping[str, tuple[Name, ...]]


class Judged(NamedTuple):
    """The text of a glossary file, and what it reads as."""

    text: str
    glossary: Glossary


def judged(path: str, old: Judged, judgement: Judgement, base: Glossary | None = None) -> Judged:
    r"""The glossary file with what a judgement says; the same text where it says nothing new.

    Entries of `base`, over which the file was read, are added to with `extends`. Raises
    `GlossaryError` when the file would not load with it, and `ExchangeError` when it is laid out in
    a way that nothing can be added to.

    >>> one = Suggestion("nida", False, "place", None, {"lt": ("Nida",)}, 2, (), ())
    >>> text = "- id: mir # castle\n  names: {be: [Мір]}\n"
    >>> new = judged("mine.yaml", Judged(text, read_text(text)), Judgement("add", one))
    >>> print(new.text, end="")
    - id: mir # castle
      names: {be: [Мір]}
    - id: nida
      type: place
      names:
        lt: [Nida]
    """
    glossary = old.glossary
    _check_target(path, judgement, glossary)
    new, additions = _parts(judgement, glossary)
    if not new and not additions:
        return old
    manuscript = Manuscript(path, old.text)
    own = set(manuscript.ids)
    others = [Entry(id=id_, **values) for id_, values in additions.items() if id_ not in own]
    for id_ in own.intersection(additions):
        _add(manuscript, id_, additions[id_])
    manuscript.add_entries([*new, *others], extending=additions.keys())
    text = manuscript.text()
    result = Judged(text, read_text(text, path=path, base=base))
    _check(result.glossary, glossary, new, additions)
    return result


def _check_target(path: str, judgement: Judgement, glossary: Glossary) -> None:
    if judgement.target and judgement.target not in glossary.entries:
        message = f"There is no entry {judgement.target!r} in this glossary."
        advice = "Name the glossary that has it: --with-builtin, or --glossary PATH."
        raise ExchangeError((Problem(path, 0, 0, "unknown-id", message, advice),))


def _parts(
    judgement: Judgement, glossary: Glossary
) -> tuple[list[Entry], dict[str, dict[str, Any]]]:
    """The entries that are new, and what others get, by id."""
    verb, one, target = judgement
    entry = _entry(one, glossary)
    if verb == "add":
        return [entry], {}
    if verb == "distinct":
        return [replace(entry, distinct_from=(target,))], {
            target: {"names": {}, "distinct_from": (entry.id,)}
        }
    if verb == "names":
        names = dict(_missing(entry.names, glossary.entries[target]))
        return [], {target: {"names": names}} if names else {}
    if verb == "not":
        forms = dict.fromkeys(name.form for name in entry.all_names())
        other = tuple(form for form in forms if form not in glossary.entries[target].not_)
        return [], {target: {"names": {}, "not_": other}} if other else {}
    return [], {}


def _entry(one: Suggestion, glossary: Glossary) -> Entry:
    """The entry that is suggested, under an id that is free."""
    id_, number = one.id, 2
    while id_ in glossary.entries:
        id_, number = f"{one.id}-{number}", number + 1
    return Entry(id=id_, type=one.type or "other", gender=one.gender, names=one.names)


def _missing(names: _Names, entry: Entry) -> Iterator[tuple[str, tuple[Name, ...]]]:
    """The names that an entry does not list."""
    for tag, found in names.items():
        listed = {name.form for name in entry.names.get(tag, ())}
        new = tuple(name for name in found if name.form not in listed)
        if new:
            yield tag, new


def _add(manuscript: Manuscript, id_: str, values: Mapping[str, Any]) -> None:
    for tag, names in values["names"].items():
        manuscript.add_names(id_, tag, [name_item(name) for name in names])
    for field, target in (("not", "not_"), ("distinct_from", "distinct_from")):
        if target not in values:
            continue
        if manuscript.has(id_, field):
            manuscript.add_items(id_, field, [scalar(item) for item in values[target]])
        else:
            manuscript.add_field(id_, field, values[target])


def _check(
    found: Glossary, old: Glossary, new: list[Entry], additions: Mapping[str, dict[str, Any]]
) -> None:
    """Nothing is written that does not read as it was meant; where a name stands may differ."""
    expected = dict(old.entries)
    for id_, values in additions.items():
        expected[id_] = extended(expected[id_], values)
    expected.update((entry.id, entry) for entry in new)
    if set(found.entries) != set(expected):
        raise AssertionError(f"entries differ: {set(found.entries) ^ set(expected)}")
    changed = {*additions, *(entry.id for entry in new)}
    for id_, entry in expected.items():
        if _said(found.entries[id_], id_ in changed) != _said(entry, id_ in changed):
            raise AssertionError(f"{id_} would not read as it was meant")


def _said(entry: Entry, changed: bool) -> Any:  # noqa: ANN401
    """An entry; of one that changed, what does not follow from where it stands."""
    if not changed:
        return entry
    names = {(tag, name.form) for tag, found in entry.names.items() for name in found}
    return names, frozenset(entry.not_), frozenset(entry.distinct_from), entry.type, entry.gender
