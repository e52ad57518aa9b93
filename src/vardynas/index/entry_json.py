"""An entry as JSON and back. What is as it is by default is left out: most of what an entry can say."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from vardynas.model import Entry, Name, Relative

__all__ = ["read_entry", "write_entry"]

_DEFAULTS: dict[Any, dict[str, Any]] = {
    of: {field.name: field.default for field in fields(of)} for of in (Entry, Name, Relative)
}


def write_entry(entry: Entry) -> str:
    """The entry as one line of JSON.

    >>> write_entry(Entry(id="hrodna", type="place", names={"be": ["Гродна"]}))
    '{"id": "hrodna", "names": {"be": ["Гродна"]}, "type": "place"}'
    """
    values = _unusual(entry)
    values["names"] = {
        language: [_short(name, language) for name in names]
        for language, names in entry.names.items()
    }
    if entry.relatives:
        values["relatives"] = [_unusual(relative) for relative in entry.relatives]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _short(name: Name, language: str) -> str | dict[str, Any]:
    values = _unusual(name)
    if values.get("language", "und") == language:
        values.pop("language", None)
    else:
        values["language"] = name.language
    return name.form if len(values) == 1 else values


def _unusual(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a dataclass
    """The fields of a value that differ from their defaults."""
    return {
        field: found
        for field, default in _DEFAULTS[type(value)].items()
        if (found := getattr(value, field)) != default
    }


def read_entry(line: str) -> Entry:
    """The entry that `write_entry` wrote.

    >>> read_entry('{"id": "hrodna", "names": {"be": ["Гродна"]}}').preferred("be").form
    'Гродна'
    """
    values: dict[str, Any] = json.loads(line)
    for key in ("not_", "distinct_from", "refs"):
        if key in values:
            values[key] = tuple(map(_fixed, values[key]))
    if "relatives" in values:
        values["relatives"] = tuple(Relative(**row) for row in values["relatives"])
    return Entry(**values)


def _fixed(value: str | list[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)
