"""The parts that a word can play in names of people, worked out once for each distinct word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from typing import NamedTuple

from vardynas.index.codes import CONTEXT, ROLES, SHORT
from vardynas.index.hits import Hit, Posting
from vardynas.index.tables import Index
from vardynas.match.postings import postings_of
from vardynas.match.proposal import strength

__all__ = ["FAMILY", "GIVEN", "Bearer", "Roles", "best_bearer", "roles_of"]

GIVEN, FAMILY = ROLES.index("given"), ROLES.index("family")
_PARTICLE = ROLES.index("particle")
_GIVEN_ALONE: Set[int] = frozenset({GIVEN})


class Bearer(NamedTuple):
    """A reading of a word as the last word of a family name: of whom, in which name, how well.

    `words` is the number of words of the family name, `alone` says that the name may stand alone,
    `context` that it needs support.
    """

    hit: Hit
    posting: Posting
    words: int
    fit: float
    alone: bool
    context: bool


class Roles(NamedTuple):
    """By entry: the roles of a word, its best reading as a given name, its readings as a family name.

    `given` says that some entry has it as a given name.
    """

    by_entry: dict[int, Set[int]]
    given_of: dict[int, Hit]
    bearers: dict[int, tuple[Bearer, ...]]
    given: bool


def roles_of(hits: tuple[Hit, ...], index: Index) -> Roles:
    """The roles of a word with these readings; empty when it stands in no name of a person."""
    by_entry: dict[int, set[int]] = defaultdict(set)
    given_of: dict[int, Hit] = {}
    bearers: dict[int, list[Bearer]] = defaultdict(list)
    seen: set[tuple[int, int, str, str]] = set()
    for hit in sorted(hits, key=strength, reverse=True):
        entries = _all_given(hit.part, index)
        given_of = dict.fromkeys(entries, hit) | given_of
        for posting in () if entries else index.postings(hit.part):
            by_entry[posting.entry].add(posting.role)
            if posting.role == GIVEN:
                given_of.setdefault(posting.entry, hit)
            elif posting.role in (FAMILY, _PARTICLE):
                reading = (posting.name, posting.position, hit.language, hit.rules)
                bearer = None if reading in seen else _bearer(hit, posting, index)
                seen.add(reading)
                if bearer is not None:
                    bearers[posting.entry].append(bearer)
    chosen = {entry: _chosen(found) for entry, found in bearers.items()}
    for entry in by_entry.keys() & given_of:
        by_entry[entry].add(GIVEN)
    roles = dict.fromkeys(given_of, _GIVEN_ALONE) | by_entry
    return Roles(roles, given_of, chosen, bool(given_of))


def _all_given(part: int, index: Index) -> list[int]:
    """The entries of a part that is a given name in all of them, maybe thousands; else []."""
    postings = postings_of(index)
    rows = postings.rows(part)
    roles = postings.roles[rows.start : rows.stop].tobytes()
    if roles.count(GIVEN) < len(roles):
        return []
    return postings.entries[rows.start : rows.stop].tolist()


def _chosen(bearers: list[Bearer]) -> tuple[Bearer, ...]:
    """The readings worth trying: the best one where every family name is of one word."""
    return tuple(bearers) if any(b.words > 1 for b in bearers) else (best_bearer(bearers),)


def best_bearer(bearers: list[Bearer]) -> Bearer:
    """The best reading of a family name for one entry.

    What is listed as it stands is no form of another (Nawrockis, no plural of Nawrocki). It stands
    alone if one of the listed names does of which it is a form; a name that the glossary lists with
    need of support is not made freer by a derived one (Trumpas, of Trump).
    """
    pool = [b for b in bearers if b.hit.method != "derived"] or bearers
    listed = [b for b in pool if b.hit.method == "exact" and b.hit.exact]
    best = max(listed or pool, key=lambda bearer: (bearer.fit, bearer.alone))
    bound = any(b.context and b.fit >= best.fit for b in pool)
    return best._replace(alone=any(b.alone for b in pool) and not bound)


def _bearer(hit: Hit, posting: Posting, index: Index) -> Bearer | None:
    start, count = index.family(posting.name)
    if posting.position != start + count - 1:
        return None
    flags = index.name_flags[posting.name]
    alone = bool(flags & SHORT) and not flags & CONTEXT
    return Bearer(hit, posting, count, strength(hit), alone, bool(flags & CONTEXT))
