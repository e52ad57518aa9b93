"""The spellings that one word of a name takes in other languages, each with its chain of rules.

`data/derivation.yaml` says which systems lead from a language to another and which chains of two
steps are worth taking; given names also pass through their classes. Every spelling carries the ids
of the rules that made it, the weakest status among them and a weight.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from vardynas.language import tables
from vardynas.language.endings import adapt
from vardynas.language.given_names import forms, full_names, own_classes
from vardynas.language.transliteration import LONGEST, Rendering, clean, system, transliterate
from vardynas.text.fold import plain

__all__ = ["Derived", "derive"]


class Derived(NamedTuple):
    """A derived spelling with the ids of the rules that made it, in order.

    `status` is the weakest of them (official, standard, practice, historical, doubtful), `weight`
    lies in (0, 1].
    """

    text: str
    language: str
    rules: tuple[str, ...]
    status: str
    weight: float


class _Step(NamedTuple):
    """A system in a plan; `weight` is how much it is met in texts."""

    id: str
    status: str
    endings: str
    weight: float


class _Through(NamedTuple):
    """A chain: `after` are the rules of which one must have come last; any when empty."""

    language: str
    take: int
    factor: float
    after: frozenset[str]
    to: dict[str, tuple[_Step, ...]]


class _Plan(NamedTuple):
    """Everything that a source language and a choice of targets ask for."""

    direct: dict[str, tuple[_Step, ...]]
    through: tuple[_Through, ...]


class _Asked(NamedTuple):
    kind: str
    gender: str | None
    limit: int | None


_Spellings = dict[str, Derived]


def derive(
    word: str,
    source: str,
    *,
    kind: str = "word",
    gender: str | None = None,
    targets: Iterable[str] | None = None,
    limit: int | None = None,
) -> tuple[Derived, ...]:
    """The spellings that a word of a name takes in other languages, by language, best first.

    `kind` is given, family, patronymic, place or word; `gender` male, female or None. `limit` is
    the most for one language (by default what the table says, about 8). The word itself in its
    own language is left out. Empty for an unknown source language and for words of over 64 letters.

    >>> [d.text for d in derive("Ціханоўская", "be", kind="family", gender="female",
    ...                         targets=["pl"], limit=2)]
    ['Cichanouska', 'Cichanouskaja']
    >>> [(d.text, d.rules) for d in derive("Jonas", "lt", kind="given", targets=["be"], limit=2)]
    [('Ёнас', ('lt-be-practical',)), ('Ян', ('given-name/john',))]
    """
    text = clean(word)
    if not text or len(text) > LONGEST:
        return ()
    wanted = tuple(targets) if targets is not None else tuple(_table()["targets"])
    asked = _Asked(kind, gender, limit)
    found: dict[str, _Spellings] = defaultdict(dict)
    for language in _sources(text, source):
        _derive_from(Derived(text, language, (), "official", 1.0), wanted, asked, found)
    same_language = tables.load("given_names")["listed_under"].get(source, source)
    found[same_language].pop(text, None)
    return tuple([d for language in wanted for d in _best(found[language], _keep(language, limit))])


def _derive_from(
    start: Derived, wanted: tuple[str, ...], asked: _Asked, found: dict[str, _Spellings]
) -> None:
    known = asked.kind == "given" and bool(own_classes(start.text, start.language))
    plan = _plan(start.language, wanted, known)
    if known:
        for language in {*wanted, *(row.language for row in plan.through)}:
            _add_class_forms(start, language, found[language])
    for target, steps in plan.direct.items():
        _add_steps(start, start.weight, target, steps, asked, found[target])
    for row in plan.through:
        for spelling in _middle(found[row.language], row):
            for target, steps in row.to.items():
                weight = spelling.weight * row.factor
                _add_steps(spelling, weight, target, steps, asked, found[target])


def _middle(spellings: _Spellings, row: _Through) -> list[Derived]:
    """The best spellings in the language between source and target."""
    if row.after:
        spellings = {t: d for t, d in spellings.items() if d.rules[-1] in row.after}
    return _best(spellings, row.take)


def _add_steps(
    start: Derived,
    start_weight: float,
    target: str,
    steps: tuple[_Step, ...],
    asked: _Asked,
    found: _Spellings,
) -> None:
    """Add what the systems make of one spelling."""
    for step in steps:
        status = _weaker(start.status, step.status)
        rules = (*start.rules, step.id)
        for text, rendered in _rendered(start, step.id):
            weight = start_weight * step.weight * rendered
            if not step.endings:
                _add(found, text, target, rules, status, weight)
                continue
            adapted = adapt(
                text,
                step.endings,
                form=start.text,
                source=start.language,
                kind=asked.kind,
                gender=asked.gender,
            )
            for form, rule, factor in adapted:
                _add(found, form, target, (*rules, rule), status, weight * factor)


def _rendered(start: Derived, system_id: str) -> Iterable[Rendering]:
    """The renderings of a spelling by a system, all in letters of one script.

    A letter that the system does not know loses its marks before (Kõlvart), or is written with
    letters of its language; what it still leaves as it was is no spelling.
    """
    found = transliterate(start.text, system_id, 6)
    if any(_is_mixed(text) for text, _ in found) and not _is_mixed(start.text):
        kept = {letter.lower() for text, _ in found for letter in text if _latin(letter)}
        instead = {letter: plain(letter) for letter in kept} | _foreign(start.language)
        own = [instead[c.lower()] if c.lower() in kept else c for c in start.text]
        capitals = [
            new.capitalize() if old.isupper() else new
            for old, new in zip(start.text, own, strict=True)
        ]
        found = transliterate("".join(capitals), system_id, 6)
    return [one for one in found if _is_mixed(start.text) or not _is_mixed(one.text)]


def _is_mixed(text: str) -> bool:
    return bool(_latin(text) and _cyrillic(text))


_latin = re.compile("[A-Za-z\u00c0-\u024f]").search
_cyrillic = re.compile("[\u0400-\u052f]").search


@tables.cached
def _foreign(language: str) -> dict[str, str]:
    """Letters that are foreign to a language, by those that stand for them."""
    return dict(_table()["foreign_letters"].get(language, {}))


def _add_class_forms(start: Derived, language: str, found: _Spellings) -> None:
    """Add the forms of the classes of a given name, those of the full name after a short form."""
    factors = _table()["given"]
    for own in own_classes(start.text, start.language):
        steps = [(own, 1.0), *((full, factors["short_of"]) for full in full_names(own))]
        for class_id, step in steps:
            rules = (f"given-name/{class_id}",)
            for place, form in enumerate(forms(class_id, language)):
                weight = start.weight * step * factors["class"] * factors["further"] ** place
                _add(found, form, language, rules, "standard", weight)


def _add(
    found: _Spellings, text: str, language: str, rules: tuple[str, ...], status: str, weight: float
) -> None:
    known = found.get(text)
    if known is None or known.weight < weight:
        found[text] = Derived(text, language, rules, status, weight)


def _best(spellings: _Spellings, limit: int) -> list[Derived]:
    return sorted(spellings.values(), key=attrgetter("weight"), reverse=True)[:limit]


def _keep(language: str, limit: int | None) -> int:
    if limit is not None:
        return limit
    keep = _table()["keep"]
    return int(keep.get(language, keep["other"]))


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
def _plan(source: str, wanted: tuple[str, ...], known_given: bool) -> _Plan:
    """The steps of the table that end, directly or by a chain, in a wanted language."""
    rows: list[_Through] = []
    needed = set(wanted)
    for row in reversed(_table()["through"].get(source, ())):
        to = _compiled(row["to"], needed, known_given)
        if to:
            after = frozenset(row.get("after", ()))
            rows.insert(0, _Through(row["language"], row["take"], row["factor"], after, to))
            needed.add(row["language"])
    direct = _compiled(_table()["direct"].get(source, {}), needed, known_given)
    return _Plan(direct, tuple(rows))


def _compiled(
    by_target: dict[str, list[str]], needed: set[str], known_given: bool
) -> dict[str, tuple[_Step, ...]]:
    use = _table()["use"]
    replaced = _table()["given"]["instead_of"] if known_given else ()
    steps: dict[str, tuple[_Step, ...]] = {}
    for target in needed & by_target.keys():
        found = [system(i) for i in by_target[target] if i not in replaced]
        steps[target] = tuple(_Step(s.id, s.status, s.endings, use.get(s.id, 1.0)) for s in found)
    return {target: steps[target] for target in by_target if steps.get(target)}
