"""Patterns of spaCy's EntityRuler and SpanRuler, JSON lines: label, phrase and id.

A phrase is found as it is written; the setting ``phrase_matcher_attr`` LOWER leaves capitals aside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from vardynas.exchange.forms import carried_forms, chosen, shared
from vardynas.model import Entry

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["carried", "remarks", "write"]

LABELS = {"person": "PERSON", "place": "LOC", "organisation": "ORG", "other": "MISC"}
"""Types and the labels of spaCy's pipelines for several languages (PERSON is PER there)."""


def carried(entry: Entry, options: Options) -> Entry:
    """The forms and the id."""
    return carried_forms(entry)


def remarks(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What nobody sees in the result: forms that stand for several entries."""
    return shared(entries)


def write(entries: Iterable[Entry], options: Options) -> str:
    """A pattern for each form of each entry."""
    return "".join(map(_line, (row for entry in entries for row in _patterns(entry, options))))


def _patterns(entry: Entry, options: Options) -> Iterator[dict[str, str]]:
    found = chosen(entry, options)
    for form in dict.fromkeys(one.form for one in found):
        yield {"label": LABELS[entry.type], "pattern": form, "id": entry.id}


def _line(pattern: dict[str, str]) -> str:
    return json.dumps(pattern, ensure_ascii=False) + "\n"
