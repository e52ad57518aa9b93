"""Listed forms that the rules give anyway from the other names of their entry.

Whether they do is not guessed but tried: the glossary is compiled without all forms that could go,
and then those and all their cases must be found as before, alone and in a text, and the same must be
written in their place where texts are given the preferred names of their language. Those that are not
stay, and the others are tried again, until all hold together. So a form follows from names that stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    their form. Of forms that only follow from each other all stay.
    """
    entries = subject.glossary.entries
    asked = {id_: found for id_, entry in entries.items() if (found := _candidates(entry))}
    while asked:
        kept = [_less(entry, asked.get(id_, ())) for id_, entry in entries.items()]
        without = Resolver(index=Index(bytes(compiled(kept, jobs=subject.jobs))))
        left = {
            id_: [n for n in names if _is_found(subject.resolver, without, entries[id_], n)]
            for id_, names in asked.items()
        }
        left = {id_: names for id_, names in left.items() if names}
        if left == asked:
            break
        asked = left
    return asked


def _candidates(entry: Entry) -> list[Name]:
    """The names that say nothing but their form and are not preferred, in the order of the file."""
    preferred = {entry.preferred(language) for language in entry.names}
    return [name for name in entry.all_names() if name not in preferred and _is_plain(name)]


def _is_plain(name: Name) -> bool:
    return all(
        field.name in _FREE or getattr(name, field.name) == field.default for field in fields(name)
    ) and name.role in ("variant", "full")


def _less(entry: Entry, removed: Sequence[Name]) -> Entry:
    if not removed:
        return entry
    names = {
        language: tuple(name for name in listed if name not in removed)
        for language, listed in entry.names.items()
    }
    return replace(entry, names={language: listed for language, listed in names.items() if listed})


def _is_found(before: Resolver, after: Resolver, entry: Entry, name: Name) -> bool:
    """Whether `after` finds the entry by a name and by all its cases by which `before` finds it."""
    return all(
        (
            _leads(after, entry.id, form, name.language)
            or (form != name.form and not _leads(before, entry.id, form, name.language))
        )
        and _written(before, form, name.language) == _written(after, form, name.language)
        for form in _forms(entry, name)
    )


def _written(resolver: Resolver, form: str, language: str) -> list[str]:
    """What is written in place of a form, with and without saying its language."""
    return [resolver.normalize(form, "preferred", language=asked) for asked in (language, None)]


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
