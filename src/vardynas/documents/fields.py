r"""Paths to values inside nested ones: ``a.b`` and ``items[].name``.

``.`` goes into an object by a key, ``[]`` into every item of a list; a dot or bracket in a key is
written with ``\`` before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from vardynas.errors import DocumentError

__all__ = ["ITEMS", "Wanted", "steps", "strings", "tree"]

ITEMS = "[]"
"""The step into every item of a list; the steps into objects are ``.`` and the key."""

_STEP = re.compile(r"(?P<items>\[\])|(?:^|\.)(?P<key>(?:\\.|[^.\\\[\]])*)")


@dataclass(slots=True)
class Wanted:
    """A place in nested values: the name of the field that ends here, and what lies further in."""

    name: str | None = None
    inner: dict[str, Wanted] = field(default_factory=dict)


def steps(name: str, path: str) -> tuple[str, ...]:
    r"""The steps to the field `name`; DocumentError for one that is not well formed.

    >>> steps("items[].name", "a.jsonl")
    ('.items', '[]', '.name')
    """
    found: list[str] = []
    at = 0
    while at < len(name) or not found:
        step = _STEP.match(name, at)
        if not step:
            rest = name[at:] or name
            reason = (
                f"{name!r} is no field: {rest!r} is neither a key nor []. Write a.b or items[].name"
            )
            raise DocumentError(path, reason)
        found.append(ITEMS if step["items"] else "." + re.sub(r"\\(.)", r"\1", step["key"]))
        at = step.end()
    return tuple(found)


def tree(names: Iterable[str], path: str) -> Wanted:
    """All the fields as one tree. Raises DocumentError for one that is not well formed."""
    root = Wanted()
    for name in names:
        node = root
        for step in steps(name, path):
            node = node.inner.setdefault(step, Wanted())
        node.name = name
    return root


def strings(value: Any) -> list[str]:  # noqa: ANN401 (any JSON value)
    """The names of the fields of `value` that hold strings, each once.

    >>> strings({"id": 7, "title": "Гродна", "people": [{"name": "Kalinauskas"}]})
    ['title', 'people[].name']
    """
    return list(dict.fromkeys(_strings(value, None)))


def _strings(value: Any, name: str | None) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str) and name is not None:
        yield name
    elif isinstance(value, dict):
        for key, inner in value.items():
            escaped = re.sub(r"([.\\\[\]])", r"\\\1", key)
            yield from _strings(inner, escaped if name is None else f"{name}.{escaped}")
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, (name or "") + ITEMS)
