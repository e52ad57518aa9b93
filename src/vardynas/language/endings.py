"""Endings that a language adds to foreign names (Lithuanian: Пуцін, Putin-as)."""

from __future__ import annotations

import re
from typing import NamedTuple

from vardynas.language import tables

__all__ = ["Adapted", "adapt"]


class Adapted(NamedTuple):
    """A form with its ending, the list that gave it and a weight: less for a second choice."""

    text: str
    rule: str
    weight: float


class _Row(NamedTuple):
    pattern: re.Pattern[str]
    replacements: tuple[str, ...]
    soft: bool


def adapt(
    base: str, table: str, *, form: str, source: str, kind: str, gender: str | None
) -> tuple[Adapted, ...]:
    """The forms that `base`, a rendering of `form` in language `source`, takes in running text.

    Several where the rules leave a choice or the gender is not known.

    >>> adapt("Ales", "lt", form="Алесь", source="be", kind="given", gender="male")[0].text
    'Alesis'
    >>> [a.text for a in adapt("Vonsovič", "lt", form="Вонсович", source="ru", kind="family",
    ...                        gender="female")]
    ['Vonsovič']
    """
    soft = form[-1:].lower() in _soft_letters(table, source)
    found: dict[str, Adapted] = {}
    for name in _lists(table, kind, gender):
        for adapted in _adapted(base, f"{table}-endings/{name}", _rows(table, name), soft):
            found.setdefault(adapted.text, adapted)
    return tuple(found.values())


def _adapted(base: str, rule: str, rows: tuple[_Row, ...], soft: bool) -> list[Adapted]:
    lowered = base.lower()
    for pattern, replacements, needs_soft in rows:
        found = pattern.search(lowered) if soft or not needs_soft else None
        if found:
            start = found.start()
            kept, capitals = base[:start], len(base) > 1 and base.isupper()
            endings = [pattern.sub(text, lowered, count=1)[start:] for text in replacements]
            return [
                Adapted(kept + (ending.upper() if capitals else ending), rule, 0.8**place)
                for place, ending in enumerate(endings)
            ]
    return [Adapted(base, rule, 1.0)]


@tables.cached
def _soft_letters(table: str, source: str) -> frozenset[str]:
    return frozenset(tables.load("endings")[table]["soft_after"].get(source, ""))


@tables.cached
def _lists(table: str, kind: str, gender: str | None) -> tuple[str, ...]:
    use = tables.load("endings")[table]["use"]
    by_gender = use.get(kind, use["word"])
    return tuple(by_gender.get(gender or "any", by_gender["any"]))


@tables.cached
def _rows(table: str, name: str) -> tuple[_Row, ...]:
    return tuple(
        _Row(
            re.compile(row["if"]),
            tuple([row["replace"]] if isinstance(row["replace"], str) else row["replace"]),
            row.get("soft", False),
        )
        for row in tables.load("endings")[table]["lists"][name]
    )
