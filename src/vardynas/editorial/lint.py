"""What is right in a glossary file and yet needs an editor's eye: findings, none of them fatal.

A rule looks at the whole glossary and gives findings with their places; its name is their code. The
rules here need no resolver, except `resolves-elsewhere`, which is handed the question to ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from vardynas.errors import Problem
from vardynas.glossary import Glossary, Place
from vardynas.language import tables
from vardynas.model import Name
from vardynas.text.fold import fold_text

__all__ = ["RULES", "Resolve", "Rule", "lint"]

Resolve = Callable[[str, str], str | None]
"""A form and its language → the id it resolves to; None when to nothing, or to two."""

_NOWHERE = Place("", 0, 0)


class Rule(NamedTuple):
    """What a rule looks for, in one sentence, and the function that looks."""

    about: str
    check: Callable[[Glossary], Iterator[Problem]]


def lint(
    glossary: Glossary, *, rules: Iterable[str] | None = None, resolve: Resolve | None = None
) -> tuple[Problem, ...]:
    """The findings of all rules, or of `rules`, by file and line; () when there is nothing to say.

    With `resolve`, forms that resolve to another entry than their own are found too.

    >>> from vardynas import Entry
    >>> znak = Entry(id="znak-maksim", names={"be": [{"form": "Знак", "role": "short"}]})
    >>> [finding.code for finding in lint(Glossary.from_entries([znak]))]
    ['common-word']
    """
    chosen = RULES if rules is None else {code: RULES[code] for code in rules if code in RULES}
    found = [problem for rule in chosen.values() for problem in rule.check(glossary)]
    if resolve is not None and (rules is None or _ELSEWHERE in set(rules)):
        found += _elsewhere(glossary, resolve)
    return tuple(sorted(found))


def _finding(place: Place, code: str, message: str, advice: str) -> Problem:
    return Problem(*place, code, message, advice, "warning")


def _names(glossary: Glossary) -> Iterator[tuple[str, Name, Place]]:
    """Every name that is matched, with the id of its entry and its place."""
    for id_, entry in glossary.entries.items():
        for name in entry.all_names():
            if name.match != "never":
                place = glossary.name_places.get((id_, name.language, name.form))
                yield id_, name, place or glossary.places.get(id_, _NOWHERE)


def _shared_forms(glossary: Glossary) -> Iterator[Problem]:
    holders: dict[str, dict[str, list[tuple[Name, Place]]]] = defaultdict(lambda: defaultdict(list))
    for id_, name, place in _names(glossary):
        holders[fold_text(name.form).text][id_].append((name, place))
    for by_id in holders.values():
        names = [pair for pairs in by_id.values() for pair in pairs]
        if len(by_id) > 1 and any(name.match == "auto" for name, _ in names):
            yield from _shared(by_id)


def _shared(by_id: Mapping[str, list[tuple[Name, Place]]]) -> Iterator[Problem]:
    for id_, pairs in by_id.items():
        others = ", ".join(
            f"{other} ({place.path}:{place.line})" if place.path else other
            for other, ((_, place), *_) in by_id.items()
            if other != id_
        )
        for name, place in pairs:
            if name.match == "auto":
                yield _finding(
                    place,
                    "shared-form",
                    f"{name.form!r} of {id_} is also a name of {others}.",
                    "Write match: context with it in every entry that has it.",
                )


def _common_words(glossary: Glossary) -> Iterator[Problem]:
    words = _words()
    for id_, name, place in _names(glossary):
        if name.match != "auto" or name.case == "exact" or " " in name.form:
            continue
        language = name.language.split("-")[0]
        if fold_text(name.form).text in words.get(language, frozenset()):
            yield _finding(
                place,
                "common-word",
                f"{name.form!r} of {id_} is also a common word ({language}).",
                "Write match: context with it, or case: exact where the capital tells them apart.",
            )


@tables.cached
def _words() -> Mapping[str, frozenset[str]]:
    listed = tables.load("common_words")["words"]
    return {tag: frozenset(fold_text(text).text.split()) for tag, text in listed.items()}


def _unsorted_files(glossary: Glossary) -> Iterator[Problem]:
    files: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for id_, place in glossary.places.items():
        files[place.path].append((place, id_))
    for entries in files.values():
        for (_, before), (place, id_) in pairwise(sorted(entries)):
            if id_ < before:
                message = f"{id_} comes after {before}: the file is not sorted by id."
                yield _finding(
                    place, "unsorted-file", message, f"Write it before {before} instead."
                )
                break


_ELSEWHERE = "resolves-elsewhere"


def _elsewhere(glossary: Glossary, resolve: Resolve) -> Iterator[Problem]:
    for id_, name, place in _names(glossary):
        found = resolve(name.form, name.language)
        if found is not None and found != id_:
            yield _finding(
                place,
                _ELSEWHERE,
                f"{name.form!r} is listed for {id_} but resolves to {found}.",
                "Write match: context with it, or list it where it belongs instead.",
            )


RULES: Mapping[str, Rule] = {
    "common-word": Rule("A name that is also a common word of its language.", _common_words),
    "shared-form": Rule("A form that two entries list, without need of context.", _shared_forms),
    "unsorted-file": Rule("A file whose entries are not sorted by id.", _unsorted_files),
}
