"""Rules that ask: does a listed form lead to its entry, alone and in a text?"""

from __future__ import annotations

from collections.abc import Iterator

from vardynas.editorial.rules import Subject, finding, matched
from vardynas.errors import Problem
from vardynas.model import Name
from vardynas.resolver import Resolver

__all__ = ["elsewhere", "unreachable"]

ASKED = 20
"""Candidates among which a form must have its entry."""


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
    resolver = subject.resolver
    for id_, name, place in matched(subject.glossary):
        candidates = resolver.lookup(name.form, name.language, ASKED)
        if id_ not in (found.entry for found in candidates):
            instead = f"; {candidates[0].entry} is" if candidates else ""
            message = f"{name.form!r} is listed for {id_}, which is not found by it{instead}."
        elif name.match == "auto" and (other := _taken(resolver, id_, name)):
            message = f"{name.form!r} of {id_} is not found in a text: {other} takes its place."
        else:
            continue
        advice = "Write it as it is found in texts, or remove it, or the form that hides it."
        yield finding(place, "unreachable-form", message, advice)


def _taken(resolver: Resolver, id_: str, name: Name) -> str:
    """What a text that is the form alone mentions instead of the entry; "" when all is well.

    A family name alone needs support and is no mention: then nothing takes its place.
    """
    mentions = resolver.scan(name.form, name.language)
    if any(id_ in (c.entry for c in mention.candidates) for mention in mentions):
        return ""
    return next((mention.entry or "several" for mention in mentions), "")
