"""The spellings that one word of a name takes in other languages, each with its chain of rules.

`data/derivation.yaml` says which systems lead from a language to another and which chains of two
steps are worth taking; given names also pass through their classes. Every spelling carries the ids
of the rules that made it, the weakest status among them and a weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from vardynas.language import tables
from vardynas.language.endings import adapt
from vardynas.language.given_names import forms, full_names, own_classes
from vardynas.language.transliteration import LONGEST, clean, system, transliterate

__all__ = ["Derived", "derive"]


class Derived(NamedTuple):
    """A derived spelling: its language, the rules that made it in order, their weakest status
    (official, standard, practice, historical, doubtful) and a weight in (0, 1]."""

    text: str
    language: str
    rules: tuple[str, ...]
    status: str
    weight: float


class _Through(NamedTuple):
    language: str
    take: int
    factor: float
    to: dict[str, tuple[str, ...]]


class _Plan(NamedTuple):
    """Everything that a source language and a choice of targets ask for."""

    direct: dict[str, tuple[str, ...]]
    through: tuple[_Through, ...]


class _Asked(NamedTuple):
    kind: str
    gender: str | None
    limit: int


_Found = dict[str, dict[str, Derived]]


def derive(
    word: str,
    source: str,
    *,
    kind: str = "word",
    gender: str | None = None,
    targets: Iterable[str] | None = None,
    limit: int | None = None,
) -> tuple[Derived, ...]:
    """The spellings of a word of a name (`kind`: given, family, patronymic, place, word) in the
    target languages, by language and best first, at most `limit` for each; never the word itself
    in its own language. Empty for an unknown source language and for words of over 64 letters.

    >>> [d.text for d in derive("Ціханоўская", "be", kind="family", gender="female",
    ...                         targets=["pl"], limit=2)]
    ['Cichanouskaja', 'Cichanouska']
    >>> derive("Alesis", "lt", kind="given", targets=["be"], limit=1)[0].rules
    ('given-name/ales',)
    """
    text = clean(word)
    if not text or len(text) > LONGEST:
        return ()
    wanted = tuple(targets) if targets is not None else tuple(_table()["targets"])
    asked = _Asked(kind, gender, limit or _table()["keep"])
    found: _Found = {language: {} for language in wanted}
    for language in _sources(text, source):
        _derive_from(Derived(text, language, (), "official", 1.0), wanted, asked, found)
    _remove_source(text, source, found)
    return tuple(d for language in wanted for d in _best(found[language], asked.limit))


def _derive_from(start: Derived, wanted: tuple[str, ...], asked: _Asked, found: _Found) -> None:
    plan = _plan(start.language, wanted)
    if asked.kind == "given":
        _add_class_forms(start, found, plan)
    for target, system_ids in plan.direct.items():
        _add(_steps(start, target, system_ids, asked), found)
    for row in plan.through:
        middle = _best(found.get(row.language, {}), row.take)
        for spelling in middle:
            weaker = spelling._replace(weight=spelling.weight * row.factor)
            for target, system_ids in row.to.items():
                _add(_steps(weaker, target, system_ids, asked), found)


def _steps(
    start: Derived, target: str, system_ids: tuple[str, ...], asked: _Asked
) -> Iterable[Derived]:
    """What the systems make of one spelling."""
    for system_id in system_ids:
        by = system(system_id)
        status = _weaker(start.status, by.status)
        rules = (*start.rules, system_id)
        for text, weight in transliterate(start.text, system_id, asked.limit):
            if not by.endings:
                yield Derived(text, target, rules, status, start.weight * weight)
                continue
            for form, rule, factor in adapt(
                text,
                by.endings,
                form=start.text,
                source=start.language,
                kind=asked.kind,
                gender=asked.gender,
            ):
                total = start.weight * weight * factor
                yield Derived(form, target, (*rules, rule), status, total)


def _add_class_forms(start: Derived, found: _Found, plan: _Plan) -> None:
    factors = _table()["given"]
    needed = {*found, *(row.language for row in plan.through)}
    for own in own_classes(start.text, start.language):
        steps = [(own, 1.0), *((full, factors["short_of"]) for full in full_names(own))]
        for class_id, weight in steps:
            for language in needed:
                for place, form in enumerate(forms(class_id, language)):
                    total = weight * factors["class"] * factors["further"] ** place
                    rules = (f"given-name/{class_id}",)
                    _add([Derived(form, language, rules, "standard", total)], found)


def _add(spellings: Iterable[Derived], found: _Found) -> None:
    for spelling in spellings:
        of_language = found.setdefault(spelling.language, {})
        known = of_language.get(spelling.text)
        if known is None or known.weight < spelling.weight:
            of_language[spelling.text] = spelling


def _best(spellings: dict[str, Derived], limit: int) -> list[Derived]:
    return sorted(spellings.values(), key=lambda d: -d.weight)[:limit]


def _remove_source(text: str, source: str, found: _Found) -> None:
    same_language = tables.load("given_names")["listed_under"].get(source, source)
    found.get(same_language, {}).pop(text, None)


def _weaker(one: str, other: str) -> str:
    order = _strength()
    return one if order[one] >= order[other] else other


def _sources(text: str, source: str) -> tuple[str, ...]:
    """The languages to start from: the source, or for `und` those that the letters allow."""
    if source != "und":
        return (source,)
    lowered = text.lower()
    for pattern, sources in _scripts():
        if pattern.search(lowered):
            return sources
    return ()


def _table() -> dict[str, Any]:
    return tables.load("derivation")


@tables.cached
def _strength() -> dict[str, int]:
    return {status: place for place, status in enumerate(_table()["statuses"])}


@tables.cached
def _scripts() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(row["if"]), tuple(row["sources"])) for row in _table()["und"])


@tables.cached
def _plan(source: str, wanted: tuple[str, ...]) -> _Plan:
    """The steps of the table that end, directly or by a chain, in a wanted language."""
    rows = []
    needed = set(wanted)
    for row in reversed(_table()["through"].get(source, ())):
        to = {t: tuple(ids) for t, ids in row["to"].items() if t in needed}
        if to:
            rows.insert(0, _Through(row["language"], row["take"], row["factor"], to))
            needed.add(row["language"])
    direct = _table()["direct"].get(source, {})
    return _Plan({t: tuple(ids) for t, ids in direct.items() if t in needed}, tuple(rows))
