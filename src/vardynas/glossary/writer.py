"""Entries → the canonical text of a glossary file: what `read` gives back unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from vardynas.glossary.schema import ENTRY_FIELDS, FORMAT_VERSION, NAME_FIELDS, Field
from vardynas.model import Entry, Name, Relative

__all__ = [
    "dump",
    "dump_entry",
    "field_lines",
    "flow",
    "language_order",
    "listed",
    "name_item",
    "relative_item",
    "scalar",
]

_WIDTH = 100
_LANGUAGES = ("be", "be-tarask", "be-Latn", "lt", "pl", "en", "ru")
_PLAIN = re.compile(r"[\w(«„“][\w ().;!'’ʼ«»„“”–—/&+%-]*\Z")
_NUMBER = re.compile(r"(0o)?[0-9]+\Z")  # YAML 1.2; the resolvers of PyYAML are of YAML 1.1
_DEFAULTS: Mapping[str, Any] = {
    field.name: field.default for field in (*fields(Entry), *fields(Name))
}


def dump(entries: Iterable[Entry], *, licence: str | None = None, schema: str | None = None) -> str:
    """The text of a glossary file with the entries, sorted by id, without fields at their default.

    A source that all entries share stands at the top. `schema` is the address of the JSON Schema
    for editors. Reading the text gives equal entries back.

    >>> print(dump([Entry(id="hrodna", names={"lt": ["Gardinas"], "be": ["Гродна"]})]), end="")
    vardynas: 1
    entries:
    - id: hrodna
      names:
        be: [Гродна]
        lt: [Gardinas]
    """
    ordered = sorted(entries, key=lambda entry: entry.id)
    sources = {entry.source for entry in ordered}
    shared = sources.pop() if len(sources) == 1 else None
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines.append(f"vardynas: {FORMAT_VERSION}")
    lines += [f"licence: {scalar(licence)}"] if licence else []
    lines += [f"source: {scalar(shared)}"] if shared else []
    lines.append("entries:" if ordered else "entries: []")
    for entry in ordered:
        lines += _entry_lines(entry, shared)
    return "\n".join(lines) + "\n"


def dump_entry(entry: Entry) -> str:
    """The text of one entry, as an item of the list of entries.

    >>> print(dump_entry(Entry(id="nida", type="place", names={"lt": ["Nida"]})), end="")
    - id: nida
      type: place
      names:
        lt: [Nida]
    """
    return "\n".join(_entry_lines(entry, None)) + "\n"


def _entry_lines(entry: Entry, source: str | None) -> Iterator[str]:
    yield f"- id: {scalar(entry.id)}"
    for field in ENTRY_FIELDS.values():
        if field.name == "names":
            if entry.names:  # one that extends may have none
                yield "  names:"
            for language in sorted(entry.names, key=language_order):
                yield from listed(f"    {scalar(language)}", map(name_item, entry.names[language]))
        elif field.name not in ("id", "extends") and (field.name != "source" or not source):
            yield from field_lines(field, getattr(entry, field.target))


def field_lines(field: Field, value: Any) -> Iterator[str]:  # noqa: ANN401
    """The lines of one field of an entry, but its names; nothing for a value that is the default."""
    if value == _DEFAULTS[field.target]:
        return
    if field.kind == "relatives":
        yield from listed(f"  {field.name}", map(relative_item, value))
    elif field.kind in ("texts", "ids"):
        yield from listed(f"  {field.name}", map(scalar, value))
    else:
        yield f"  {field.name}: {flow(value)}"


def language_order(tag: str) -> tuple[int, str]:
    """By which the languages of an entry are sorted."""
    known = _LANGUAGES.index(tag) if tag in _LANGUAGES else len(_LANGUAGES)
    return known + (tag == "und"), tag


def listed(key: str, items: Iterable[str]) -> Iterator[str]:
    """A flow list, broken between items where the line would be too long; nothing when empty."""
    line, indent = f"{key}: [", " " * (len(key) - len(key.lstrip()) + 2)
    written = False
    for item in items:
        if written and len(line) + len(item) > _WIDTH - 3:
            yield line + ","
            line = indent + item
        else:
            line += (", " if written else "") + item
        written = True
    if written:
        yield line + "]"


def name_item(name: Name) -> str:
    """A name as an item of a list, with the fields that are not as they are by default.

    >>> name_item(Name("Gardinas")), name_item(Name("ES", role="short"))
    ('Gardinas', '{form: ES, role: short}')
    """
    values = {
        field.name: getattr(name, field.target)
        for field in NAME_FIELDS.values()
        if field.name == "form" or getattr(name, field.target) != _DEFAULTS[field.target]
    }
    return flow(values) if len(values) > 1 else scalar(name.form)


def relative_item(relative: Relative) -> str:
    """A relative as an item of a list."""
    if not relative.relation:
        return scalar(relative.name)
    return flow({"name": relative.name, "relation": relative.relation})


def flow(value: Any) -> str:  # noqa: ANN401
    """A value in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        value = dict(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    return scalar(value)


def scalar(text: str) -> str:
    """A text as it stands in a file: in quotes only where YAML would not read it as that text.

    >>> scalar("Гродна"), scalar("no"), scalar("AB: C"), scalar("d'Artagnan")
    ('Гродна', "'no'", "'AB: C'", "d'Artagnan")
    """
    if _PLAIN.match(text) and not text.endswith(" ") and not _means_more(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _means_more(text: str) -> bool:
    """Whether other YAML readers take the word as a number, a date or a truth value."""
    import yaml

    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], ())
    return bool(_NUMBER.match(text)) or any(pattern.match(text) for _, pattern in resolvers)


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"
