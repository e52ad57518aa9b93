"""What was read, written into a glossary file: the new text, and what was not done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from vardynas.errors import Problem
from vardynas.exchange.incoming import Read
from vardynas.exchange.merging import Addition, Plan, plan
from vardynas.exchange.surgery import Manuscript
from vardynas.glossary.collection import Glossary
from vardynas.glossary.reader import read_text
from vardynas.glossary.schema import ENTRY_FIELDS
from vardynas.glossary.writer import name_item, relative_item, scalar
from vardynas.model import Entry, Relative

__all__ = ["Merged", "merged"]


class Merged(NamedTuple):
    """The text of the file with what was added, and the plan that was followed."""

    text: str
    plan: Plan

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out, and what the file has otherwise."""
        return (*self.plan.conflicts, *self.plan.kept)


def merged(path: str, text: str, read: Read, base: Glossary | None = None) -> Merged:
    r"""The glossary file `text` with the entries that were read added to it.

    What stands in it stays as it is, byte for byte. `base` is the glossary that its entries extend.
    Raises `GlossaryError` when the file does not load, and `ExchangeError` when it is laid out in a
    way that nothing can be added to.

    >>> from vardynas.exchange.formats import read
    >>> found = read("a.csv", "id,language,form\nhrodna,lt,Gardinas\n".encode())
    >>> print(merged("b.yaml", "- id: hrodna\n  names: {be: [Гродна]} # !\n", found).text, end="")
    - id: hrodna
      names: {be: [Гродна], lt: [Gardinas]} # !
    """
    glossary = read_text(text, path=path, base=base)
    manuscript = Manuscript(path, text)
    source = glossary.sources[path].source
    todo = plan(read, glossary, manuscript.ids, source)
    for addition in todo.additions:
        _add(manuscript, addition)
    manuscript.add_entries(todo.new)
    result = manuscript.text()
    _check(read_text(result, path=path, base=base).entries, _expected(glossary, todo, source))
    return Merged(result, todo)


def _add(manuscript: Manuscript, addition: Addition) -> None:
    """Write an addition, in the order of the fields."""
    for name, field in ENTRY_FIELDS.items():
        if name == "names":
            for tag in sorted(addition.names):
                items = [name_item(one) for one in addition.names[tag]]
                manuscript.add_names(addition.id, tag, items)
        elif field.target in addition.fields:
            _add_field(manuscript, addition.id, name, addition.fields[field.target])


def _add_field(manuscript: Manuscript, id_: str, name: str, value: Any) -> None:  # noqa: ANN401
    if not manuscript.has(id_, name):
        manuscript.add_field(id_, name, value)
    elif name == "refs":
        for key, number in value:
            manuscript.add_reference(id_, key, number)
    else:
        manuscript.add_items(id_, name, [_item(one) for one in value])


def _item(value: str | Relative) -> str:
    return relative_item(value) if isinstance(value, Relative) else scalar(value)


def _expected(glossary: Glossary, todo: Plan, source: str | None) -> dict[str, Entry]:
    entries = dict(glossary.entries)
    for addition in todo.additions:
        entries[addition.id] = addition.applied(entries[addition.id])
    for entry in todo.new:
        entries[entry.id] = replace(entry, source=entry.source or source)
    return entries


def _check(found: Mapping[str, Entry], expected: Mapping[str, Entry]) -> None:
    """Nothing is written that does not read as it was meant."""
    if set(found) != set(expected):
        raise AssertionError(f"entries differ: {set(found) ^ set(expected)}")
    for id_, entry in expected.items():
        if _content(found[id_]) != _content(entry):
            raise AssertionError(f"{id_} would not read as it was meant")


def _content(entry: Entry) -> Entry:
    """An entry without the order of names; those of an entry that extends stand before the others."""
    names = {
        tag: tuple(sorted(found, key=lambda name: name.form)) for tag, found in entry.names.items()
    }
    return replace(entry, names=names, refs=tuple(sorted(entry.refs)))
