"""Rules about one entry: what it lacks, whom it calls a relative; and about the order of entries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from vardynas.editorial.rules import NOWHERE, Subject, finding, matched
from vardynas.errors import Problem
from vardynas.glossary import Place
from vardynas.glossary.schema import ID
from vardynas.language import tables
from vardynas.language.tag import base_language
from vardynas.model import Entry
from vardynas.text.fold import fold_text

__all__ = [
    "missing_about",
    "missing_english_names",
    "missing_own_names",
    "missing_sources",
    "relatives_with_entries",
    "unsorted_files",
]

_is_id = re.compile(ID).match


def unsorted_files(subject: Subject) -> Iterator[Problem]:
    """Files whose entries are not sorted by id, each once."""
    files: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for id_, place in subject.glossary.places.items():
        files[place.path].append((place, id_))
    for entries in files.values():
        for (_, before), (place, id_) in pairwise(sorted(entries)):
            if id_ < before:
                message = f"{id_} comes after {before}: the file is not sorted by id."
                yield finding(place, "unsorted-file", message, f"Write it before {before} instead.")
                break


def missing_own_names(subject: Subject) -> Iterator[Problem]:
    """Entries without a name in the language from which their other names are derived."""
    known = _derived_from()
    for entry, place in _placed(subject):
        own = base_language(entry.origin or "")
        if own in known and not any(
            entry.preferred(tag) for tag in entry.names if base_language(tag) == own
        ):
            yield finding(
                place,
                "missing-own-name",
                f"{entry.id} has the origin {entry.origin} and no name in {own} that can be written.",
                f"Write its {own} name, from which the others follow, or another origin instead.",
            )


@tables.cached
def _derived_from() -> frozenset[str]:
    """The languages that have tables of their own; the others are only told from these."""
    rows = tables.load("languages")["languages"]
    return frozenset(tag for tag, row in rows.items() if "answer" not in row)


def missing_english_names(subject: Subject) -> Iterator[Problem]:
    """Entries without an English name."""
    for entry, place in _placed(subject):
        if entry.preferred("en") is None:
            message = f"{entry.id} has no English name that can be written."
            yield finding(place, "missing-english-name", message, "Write names: {en: […]}.")


def missing_sources(subject: Subject) -> Iterator[Problem]:
    """Entries of which neither they, nor their file, nor each of their names says the source."""
    for entry, place in _placed(subject):
        if not entry.source and not all(name.source for name in entry.all_names()):
            message = f"Nothing says where the names of {entry.id} come from."
            yield finding(
                place, "missing-source", message, "Write source: … here, or at the top of the file."
            )


def missing_about(subject: Subject) -> Iterator[Problem]:
    """Entries that do not say whom or what they mean."""
    for entry, place in _placed(subject):
        if not entry.about:
            message = f"Nothing says what {entry.id} is."
            yield finding(place, "missing-about", message, "Write about: … in one line.")


def relatives_with_entries(subject: Subject) -> Iterator[Problem]:
    """Relatives who have an entry, or are written as one."""
    listed: dict[str, set[str]] = defaultdict(set)
    for id_, name, _ in matched(subject.glossary):
        if subject.glossary.entries[id_].type == "person":
            listed[fold_text(name.form).text].add(id_)
    for entry, place in _placed(subject):
        for relative in entry.relatives:
            known = listed[fold_text(relative.name).text] - {entry.id}
            if _is_id(relative.name):
                message = f"{relative.name!r}, a relative of {entry.id}, is written like an id."
                advice = "Write the name, or the id into distinct_from instead."
            elif known:
                others = ", ".join(sorted(known))
                message = f"{relative.name!r}, a relative of {entry.id}, has an entry: {others}."
                advice = f"Write distinct_from: [{others}] instead."
            else:
                continue
            yield finding(place, "relative-with-entry", message, advice)


def _placed(subject: Subject) -> Iterator[tuple[Entry, Place]]:
    for id_, entry in subject.glossary.entries.items():
        yield entry, subject.glossary.places.get(id_, NOWHERE)
