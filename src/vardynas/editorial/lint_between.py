"""Rules about two entries: forms that both list, halves of `distinct_from`, one thing entered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from vardynas.editorial.rules import NOWHERE, Subject, finding, matched
from vardynas.errors import Problem
from vardynas.glossary import Glossary, Place
from vardynas.language.given_names import classes
from vardynas.language.keys import keys
from vardynas.language.names import NameWord, parse_name
from vardynas.language.tag import base_language
from vardynas.match.compare import compare
from vardynas.model import Entry, Name
from vardynas.text.fold import fold_text

__all__ = ["near_duplicates", "one_sided", "one_sided_distinctions", "shared_forms"]


def shared_forms(subject: Subject) -> Iterator[Problem]:
    """Forms that two entries list, of which one at least needs no context."""
    holders: dict[str, dict[str, list[tuple[Name, Place]]]] = defaultdict(lambda: defaultdict(list))
    for id_, name, place in matched(subject.glossary):
        holders[fold_text(name.form).text][id_].append((name, place))
    for by_id in holders.values():
        names = [pair for pairs in by_id.values() for pair in pairs]
        if len(by_id) > 1 and any(name.match == "auto" for name, _ in names):
            yield from _shared(by_id)


def _shared(by_id: Mapping[str, list[tuple[Name, Place]]]) -> Iterator[Problem]:
    for id_, pairs in by_id.items():
        others = ", ".join(
            _at(other, place) for other, ((_, place), *_) in by_id.items() if other != id_
        )
        for name, place in pairs:
            if name.match == "auto":
                yield finding(
                    place,
                    "shared-form",
                    f"{name.form!r} of {id_} is also a name of {others}.",
                    "Write match: context with it in every entry that has it.",
                )


def _at(id_: str, place: Place) -> str:
    """An entry with its file and line, where it has them."""
    return f"{id_} ({place.path}:{place.line})" if place.path else id_


# ---------------------------------------------------------------- distinct_from


def one_sided_distinctions(subject: Subject) -> Iterator[Problem]:
    """Entries that another one is distinct from, and that do not say so themselves."""
    places = subject.glossary.places
    for id_, others in one_sided(subject.glossary).items():
        listed = ", ".join(_at(other, places.get(other, NOWHERE)) for other in others)
        yield finding(
            places.get(id_, NOWHERE),
            "one-sided-distinction",
            f"{listed} says in distinct_from that {id_} is another; {id_} does not.",
            f"Write distinct_from: [{', '.join(others)}] in {id_}, too.",
        )


def one_sided(glossary: Glossary) -> dict[str, list[str]]:
    """The entries whose `distinct_from` lacks others that name them, with those others, sorted."""
    lacking: dict[str, list[str]] = defaultdict(list)
    for id_, entry in glossary.entries.items():
        for other in entry.distinct_from:
            if id_ not in glossary.entries[other].distinct_from:
                lacking[other].append(id_)
    return {id_: sorted(others) for id_, others in sorted(lacking.items())}


# ---------------------------------------------------------------- one thing, two entries


def near_duplicates(subject: Subject) -> Iterator[Problem]:
    """Entries of one type whose names are the same in every language that both have."""
    entries = subject.glossary.entries
    for one, other in sorted(_alike(entries.values())):
        a, b = entries[one], entries[other]
        if other in a.distinct_from or one in b.distinct_from or not _same(a, b):
            continue
        for id_, twin in ((one, other), (other, one)):
            where = _at(twin, subject.glossary.places.get(twin, NOWHERE))
            yield finding(
                subject.glossary.places.get(id_, NOWHERE),
                "near-duplicate",
                f"{id_} and {where} can be one {a.type}: their names are the same, or nearly so.",
                "Join them, or write distinct_from in both.",
            )


def _alike(entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """Pairs of ids worth comparing: a name of each sounds like one of the other."""
    blocks: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in entries:
        for name in entry.all_names():
            for sound in _sounds(name, entry):
                blocks[entry.type, *sound].add(entry.id)
    return {pair for ids in blocks.values() for pair in combinations(sorted(ids), 2)}


def _sounds(name: Name, entry: Entry) -> Iterator[tuple[str, ...]]:
    """What equal names have in common: of people the family name and the given one, else all words.

    None of abbreviations and of names of which no word can be read.
    """
    parsed = parse_name(name, entry) if name.match != "never" and name.case != "exact" else None
    if parsed is None:
        return
    heard = [keys(word.form, base_language(name.language)) for word in parsed.words]
    if not parsed.personal:
        if all(heard):
            yield tuple(sorted(sounds)[0] for sounds in heard)
        return
    roles = [word.role for word in parsed.words]
    given = next((word for word in parsed.words if word.role in ("given", "initial")), None)
    if given is not None and "family" in roles:
        for family in heard[len(roles) - 1 - roles[::-1].index("family")]:
            for sound in _given(given, name.language):
                yield family, sound


def _given(word: NameWord, language: str) -> Iterable[str]:
    return classes(word.text) or keys(word.form, base_language(language))


def _same(a: Entry, b: Entry) -> bool:
    """Whether the preferred names are the same in every language of both, or the first names are."""
    pairs = [(a.preferred(tag), b.preferred(tag)) for tag in a.names if tag in b.names]
    written = [(one, other) for one, other in pairs if one and other]
    if not written:
        written = [(one, other) for one in _first(a) for other in _first(b)]
    return bool(written) and all(
        compare(one.form, other.form, one.language, other.language, a.type).same
        for one, other in written
    )


def _first(entry: Entry) -> tuple[Name, ...]:
    """The name of an entry from which the others follow, as a tuple of one; () without names."""
    tags = [entry.origin] if entry.origin in entry.names else list(entry.names)
    return tuple(name for tag in tags[:1] if (name := entry.preferred(tag or "")) is not None)
