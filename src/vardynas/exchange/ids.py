"""Ids for entries of databases that have ids of their own."""

from __future__ import annotations

from collections.abc import Iterable

from vardynas.glossary.proposals import slug

__all__ = ["proposed", "unique"]

_FIRST = ("en", "mul", "be-Latn", "pl", "lt", "und")
"""Ids are made of Latin letters: the languages whose names are asked first."""


def proposed(names: Iterable[tuple[str, str]], type_: str) -> str:
    """An id made of the first name in Latin letters; "" when there is none.

    `names` are languages and forms. Of people the family name stands first.

    >>> proposed([("be", "Кастусь Каліноўскі"), ("en", "Kastus Kalinouski")], "person")
    'kalinouski-kastus'
    """
    order = {tag: number for number, tag in enumerate(_FIRST)}
    for _, form in sorted(names, key=lambda name: order.get(name[0], len(order))):
        words = slug(form).split("-")
        if any(words):
            last = words[-1:] if type_ == "person" and " " in form else []
            return "-".join([*last, *words[: len(words) - len(last)]])[:60].rstrip("-")
    return ""


def unique(id_: str, key: str, taken: set[str]) -> str:
    """The id, or one with the key of the database behind it where it is taken; it is taken then.

    >>> unique("hrodna", "Q181376", {"hrodna"})
    'hrodna-q181376'
    """
    if not id_ or id_ in taken:
        id_ = "-".join(filter(None, (id_, slug(key))))
    found, number = id_ or "entry", 2
    while found in taken:
        found, number = f"{id_ or 'entry'}-{number}", number + 1
    taken.add(found)
    return found
