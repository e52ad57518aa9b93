"""Rules that ask whether a listed form leads to its entry, alone and in a text."""

from __future__ import annotations

from collections.abc import Iterator

from vardynas.editorial.rules import Subject, finding, matched
from vardynas.errors import Problem
from vardynas.language.names import parse_name
from vardynas.model import Entry, Name
from vardynas.resolver import Resolver

__all__ = ["elsewhere", "unreachable"]

ASKED = 20
"""Candidates among which a form must have its entry."""

BETWEEN = "5 {} 5"
"""A text in no language. Beginnings of sentences, and texts in capitals, ask for more than the form."""


def elsewhere(subject: Subject) -> Iterator[Problem]:
    """Forms that resolve to another entry than the one that lists them."""
    for id_, name, place in matched(subject.glossary):
        found = subject.resolver.resolve(name.form, name.language)
        if found is not None and found.entry != id_:
            yield finding(
                place,
                "resolves-elsewhere",
                f"{name.form!r} is listed for {id_} but resolves to {found.entry}.",
                "Write match: context with it, or list it where it belongs instead.",
            )


def unreachable(subject: Subject) -> Iterator[Problem]:
    """Forms that nothing leads from: no lookup, or no text in which they stand."""
    for id_, name, place in matched(subject.glossary):
        what = _not_found(subject.resolver, id_, name)
        if not what and name.match == "auto":
            what = _not_in_texts(subject.resolver, subject.glossary.entries[id_], name)
        if what:
            message = f"{name.form!r} is listed for {id_} and {what}."
            advice = "Write it as it stands in texts, or remove it, or the form that hides it."
            yield finding(place, "unreachable-form", message, advice)


def _not_found(resolver: Resolver, id_: str, name: Name) -> str:
    """What keeps a lookup of the form from the entry; "" when nothing does."""
    candidates = resolver.lookup(name.form, name.language, ASKED)
    methods = {found.entry: found.method for found in candidates}
    if id_ not in methods:
        instead = f": {candidates[0].entry} is instead" if candidates else ""
        return f"does not lead there{instead}"
    if methods[id_] == "similar" and name.role != "misspelling":
        return "is only found because it is like a name: a word of it is read as something else"
    return ""


def _not_in_texts(resolver: Resolver, entry: Entry, name: Name) -> str:
    """What keeps a text with the form from mentioning the entry; "" when nothing does.

    A family name alone needs support and is no mention.
    """
    mentions = resolver.scan(BETWEEN.format(name.form), name.language)
    if any(entry.id in (c.entry for c in mention.candidates) for mention in mentions):
        return ""
    if mentions:
        return f"is not found in a text: {mentions[0].entry or 'another'} takes its place"
    parsed = parse_name(name, entry)
    alone = name.role == "short" or (
        parsed is not None
        and (not parsed.personal or any(word.role == "given" for word in parsed.words))
    )
    return "is not found in a text" if alone else ""
