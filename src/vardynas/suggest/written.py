"""Suggestions read back from what ``vardynas suggest`` wrote, as JSON or as YAML with comments."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from vardynas.errors import DocumentError
from vardynas.model import TYPES
from vardynas.suggest.proposals import Suggestion

__all__ = ["read", "single"]

_SEEN = re.compile(r"# seen ([\d,]+) ×: ?(.*)")
_FORM = re.compile(r"(.+?) \(([\w-]+) ([\d,]+)\)(?:, |\Z)")


def read(path: str, text: str) -> list[Suggestion]:
    r"""The suggestions in a text; raises DocumentError where it holds none that can be read.

    >>> text = '# seen 2 ×: Mosty (pl 2)\nentries:\n- id: mosty\n  names: {pl: [Mosty]}\n'
    >>> [(one.id, one.names, one.extends) for one in read("names.yaml", text)]
    [('mosty', {'pl': ('Mosty',)}, False)]
    """
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    try:
        rows = list(_of_json(text) if is_json else _of_yaml(text))
        return [_suggestion(row) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        advice = "Write it with vardynas suggest --format json"
        raise DocumentError(path, f"it holds no suggestions ({_reason(error)}). {advice}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error).partition("\n")[0] or "not such a file"


def single(one: Suggestion) -> Iterator[Suggestion]:
    """A suggestion as pieces that are judged one by one: each spelling of an entry by itself.

    A form goes to the spelling of its language with which it begins alike the longest.
    """
    names = [(tag, name) for tag, found in one.names.items() for name in found]
    if not one.extends or len(names) < 2:
        yield one
        return
    forms: dict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
    for form in one.forms:
        near = [name for name in names if name[0] == form[1]] or names
        forms[max(near, key=lambda name: _shared(name[1], form[0]))].append(form)
    for tag, name in names:
        own = tuple(forms[tag, name])
        places = tuple(
            place for place in one.contexts if any(f"[{text}]" in place for text, _, _ in own)
        )
        count = sum(number for _, _, number in own)
        yield replace(one, names={tag: (name,)}, count=count, forms=own, contexts=places)


def _shared(one: str, other: str) -> int:
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _suggestion(row: Mapping[str, Any]) -> Suggestion:
    forms = tuple((str(f["text"]), str(f["language"]), int(f["count"])) for f in row["forms"])
    names = {str(tag): tuple(map(str, _list(found))) for tag, found in row["names"].items()}
    names = {tag: found for tag, found in names.items() if found}
    if row["type"] not in (None, *TYPES):
        raise ValueError(f"{row['type']!r} is no type of an entry")
    if row["gender"] not in (None, "male", "female"):
        raise ValueError(f"{row['gender']!r} is no gender")
    return Suggestion(
        str(row["id"]),
        not row["new"],
        row["type"],
        row["gender"],
        names or {"und": tuple(text for text, _, _ in forms[:1])},
        int(row["count"]),
        forms,
        tuple(map(str, _list(row["contexts"]))),
    )


def _list(value: Any) -> Sequence[Any]:  # noqa: ANN401
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _of_json(text: str) -> Iterator[Mapping[str, Any]]:
    yield from _list(json.loads(text.lstrip("\ufeff"))["suggestions"])


def _of_yaml(text: str) -> Iterator[Mapping[str, Any]]:
    """The entries of a glossary file, with what the comments above each say was seen."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        root: Any = yaml.compose(text, Loader=loader)
        whole = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("it is no mapping with entries")
    listed = next((value for key, value in root.value if key.value == "entries"), None)
    lines = text.splitlines()
    for node, entry in zip(listed.value if listed else (), whole["entries"], strict=True):
        count, forms, contexts = _comments(lines, node.start_mark.line)
        yield {
            "id": entry.get("id") or entry["extends"],
            "new": "id" in entry,
            "type": entry.get("type"),
            "gender": entry.get("gender"),
            "names": entry.get("names") or {},
            "count": count,
            "forms": forms,
            "contexts": contexts,
        }


def _comments(lines: Sequence[str], at: int) -> tuple[int, list[dict[str, Any]], list[str]]:
    """How often something was seen, in which forms and where, by the comments above a line."""
    contexts: list[str] = []
    while at and lines[at - 1].startswith("#"):
        at -= 1
        if found := _SEEN.match(lines[at]):
            forms = [
                {"text": form[1], "language": form[2], "count": _number(form[3])}
                for form in _FORM.finditer(found[2])
            ]
            return _number(found[1]), forms, contexts[::-1]
        contexts.append(lines[at].lstrip("# "))
    return 0, [], []


def _number(text: str) -> int:
    return int(text.replace(",", ""))
