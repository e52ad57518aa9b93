"""Given names: which forms in different languages stand for one name (Аляксандр, Aleksandras).

The classes are data (`data/given_names.yaml`). A form that no class lists but that is a usual
rendering of a listed one (Siarhei, Uładzimir) belongs to the same class; the table says by which
systems. A short form (Kastuś) stands in its own class and in that of the full name.
Classes license a match, they never rewrite a person's name.
"""

from __future__ import annotations

from typing import Any

from vardynas.language import tables
from vardynas.language.endings import adapt
from vardynas.language.transliteration import clean, system, transliterate

__all__ = ["classes", "forms", "full_names", "gender", "own_classes"]

_Index = dict[str, tuple[str, ...]]


def classes(form: str, language: str | None = None) -> frozenset[str]:
    """The ids of the classes of a base form, with those of the full name of a short form.

    Empty when the form is not a known given name (in `language`, if one is given).

    >>> sorted(classes("Кастусь", "be"))
    ['constantine', 'kastus']
    >>> sorted(classes("Siarhei"))
    ['sergius']
    """
    own = own_classes(form, language)
    return frozenset(own).union(*map(full_names, own))


def own_classes(form: str, language: str | None = None) -> tuple[str, ...]:
    """As `classes`, but without the full names, in the order of the table.

    >>> own_classes("Кастусь")
    ('kastus',)
    """
    key = clean(form).lower()
    tag = _tag(language) if language else None
    return _listed(tag).get(key) or _rendered(tag).get(key, ())


def full_names(class_id: str) -> tuple[str, ...]:
    """The classes that a short form stands for, nearest first; empty for a full name.

    >>> full_names("kastus")
    ('constantine',)
    """
    row = _classes().get(class_id, {})
    direct = _ids(row.get("short_of"))
    further = [full for nearest in direct for full in full_names(nearest)]
    return tuple(dict.fromkeys([*direct, *further]))


def forms(class_id: str, language: str | None = None) -> tuple[str, ...]:
    """The forms of a class in one language or in all, the usual form first; empty when none is.

    >>> forms("catherine", "lt")
    ('Kotryna', 'Jekaterina')
    """
    row = _classes().get(class_id, {})
    asked = [_tag(language)] if language else tables.load("given_names")["languages"]
    return tuple(dict.fromkeys(form for tag in asked for form in row.get(tag, ())))


def gender(class_id: str) -> str | None:
    """``male`` or ``female``; None for an unknown class.

    >>> gender("daria")
    'female'
    """
    sexes = {"m": "male", "f": "female"}
    return sexes.get(_classes().get(class_id, {}).get("g", ""))


def _ids(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _tag(language: str) -> str:
    """The language under which the table lists a tag: be for be-tarask."""
    under: dict[str, str] = tables.load("given_names")["listed_under"]
    return under.get(language, language)


@tables.cached
def _classes() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in tables.load("given_names")["names"]}


@tables.cached
def _listed(language: str | None) -> _Index:
    found: dict[str, list[str]] = {}
    for class_id in _classes():
        for form in forms(class_id, language):
            found.setdefault(clean(form).lower(), []).append(class_id)
    return _frozen(found)


@tables.cached
def _rendered(language: str | None) -> _Index:
    """Renderings of the listed forms, by the systems that the table names."""
    found: dict[str, list[str]] = {}
    for source, by_target in tables.load("given_names")["rendered"].items():
        for target, system_ids in by_target.items():
            if language in (None, target):
                _render_all(source, system_ids, found)
    return _frozen(found)


def _render_all(source: str, system_ids: list[str], found: dict[str, list[str]]) -> None:
    for class_id in _classes():
        for form in forms(class_id, source):
            for text in _renderings(form, source, system_ids, gender(class_id)):
                found.setdefault(text.lower(), []).append(class_id)


def _renderings(form: str, source: str, system_ids: list[str], sex: str | None) -> list[str]:
    texts: list[str] = []
    for system_id in system_ids:
        endings = system(system_id).endings
        for text, _ in transliterate(form, system_id, 4):
            if endings:
                adapted = adapt(text, endings, form=form, source=source, kind="given", gender=sex)
                texts.extend(a.text for a in adapted)
            else:
                texts.append(text)
    return texts


def _frozen(found: dict[str, list[str]]) -> _Index:
    return {key: tuple(dict.fromkeys(ids)) for key, ids in found.items()}
