"""Listed forms that the rules give anyway from the other names of their entry.

Whether they do is not guessed but tried: the glossary is compiled without the form, and then the form
and all its cases must still be found, alone and in a text, as before. First all such forms are left
out together, which settles most; of those that are missed one an entry is tried at a time, and with
it again those that the entry lost before, since two forms may only follow from each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

from vardynas.editorial.rules import Subject, finding, place_of
from vardynas.errors import Problem
from vardynas.index.build import compiled
from vardynas.index.tables import Index
from vardynas.model import Entry, Name
from vardynas.render.forms import CASES, whole
from vardynas.render.target import make_target
from vardynas.resolver import Resolver

__all__ = ["derivable", "derivable_forms"]

_FREE = {"form", "language", "role"}
"""Fields that a form may have and still say nothing but that it exists; of roles only the default."""

_FIRM = ("exact", "inflected", "derived")

Removed = Mapping[str, Sequence[Name]]


def derivable_forms(subject: Subject) -> Iterator[Problem]:
    """Forms that can be removed without any change in what is found."""
    for id_, names in derivable(subject).items():
        for name in names:
            yield finding(
                place_of(subject.glossary, id_, name),
                "derivable-form",
                f"{name.form!r} ({name.language}) of {id_} follows from its other names.",
                "Remove it; it is found all the same.",
            )


def derivable(subject: Subject) -> dict[str, list[Name]]:
    """By id the names that are found, in all cases, as well when none of them is listed.

    Preferred names are never among them, for they say what is written, nor names that say more than
    their form. Of two that follow from each other the first one stays.
    """
    entries = subject.glossary.entries
    waiting = {id_: found for id_, entry in entries.items() if (found := _candidates(entry))}
    resolver = _without(entries, waiting, subject.jobs)
    removed: dict[str, list[Name]] = {}
    for id_, names in waiting.items():
        removed[id_] = [
            name for name in names if _is_found(subject.resolver, resolver, entries[id_], name)
        ]
        names[:] = [name for name in names if name not in removed[id_]]
    waiting = {id_: names for id_, names in waiting.items() if names}
    while waiting:
        tried = {id_: names.pop() for id_, names in waiting.items()}
        less = {id_: [*removed[id_], name] for id_, name in tried.items()}
        resolver = _without(entries, {**removed, **less}, subject.jobs)
        for id_, names in less.items():
            if all(_is_found(subject.resolver, resolver, entries[id_], name) for name in names):
                removed[id_] = names
        waiting = {id_: names for id_, names in waiting.items() if names}
    return {id_: names for id_, names in removed.items() if names}


def _candidates(entry: Entry) -> list[Name]:
    """The names that say nothing but their form and are not preferred, in the order of the file."""
    preferred = {entry.preferred(language) for language in entry.names}
    return [name for name in entry.all_names() if name not in preferred and _is_plain(name)]


def _is_plain(name: Name) -> bool:
    return all(
        field.name in _FREE or getattr(name, field.name) == field.default for field in fields(name)
    ) and name.role in ("variant", "full")


def _without(entries: Mapping[str, Entry], removed: Removed, jobs: int | None) -> Resolver:
    """The resolver over the entries without some names."""
    kept = [_less(entry, removed.get(id_, ())) for id_, entry in entries.items()]
    return Resolver(index=Index(bytes(compiled(kept, jobs=jobs))))


def _less(entry: Entry, removed: Sequence[Name]) -> Entry:
    if not removed:
        return entry
    names = {
        language: tuple(name for name in listed if name not in removed)
        for language, listed in entry.names.items()
    }
    return replace(entry, names={language: listed for language, listed in names.items() if listed})


def _is_found(before: Resolver, after: Resolver, entry: Entry, name: Name) -> bool:
    """Whether `after` finds the entry by all forms of a name by which `before` does, and likewise."""
    return all(
        _leads(after, entry.id, form, name.language)
        or (form != name.form and not _leads(before, entry.id, form, name.language))
        for form in _forms(entry, name)
    )


def _leads(resolver: Resolver, id_: str, form: str, language: str) -> bool:
    """Whether a form names the entry and no other, by rules and not by likeness, also in a text."""
    found = resolver.resolve(form, language)
    if found is None or found.entry != id_ or found.method not in _FIRM:
        return False
    mentions = resolver.scan(form, language, similar=False)
    return len(mentions) == 1 and (mentions[0].entry, mentions[0].text) == (id_, form)


def _forms(entry: Entry, name: Name) -> Iterator[str]:
    """The form and its cases, each once."""
    target = make_target(entry, name)
    cases = (whole(target, (case, "sg")) for case in CASES) if target else ()
    yield from dict.fromkeys((name.form, *cases))
