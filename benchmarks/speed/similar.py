"""One misspelt name among many: the nearest names within two edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from random import Random
from typing import Any, NamedTuple

from benchmarks.speed.fuzzy import symspell
from benchmarks.speed.settings import Settings, Size
from benchmarks.speed.timing import interleaved, say, seconds
from benchmarks.synthesis import SEED, entries, listed

__all__ = ["asked", "misspelt", "names_of", "similar"]

DISTANCE = 2
QUERIES = 300
"""Names asked for; of three one has one slip, one has two, one is of no glossary."""

_EXTRACT_PAIRS, _CDIST_PAIRS, _CHECKED_PAIRS = 3_000_000, 30_000_000, 60_000_000
"""Comparisons that the slow ways make in a round, which decides how many queries they get."""

Nearest = Callable[[str], int | None]
"""The distance of the nearest name; None when none is within two edits."""


class _Engine(NamedTuple):
    """A tool that answers queries; `most` of them in a round."""

    ask: Callable[[Sequence[str]], list[int | None]]
    most: int
    built: float


def similar(settings: Settings, size: Size) -> dict[str, Any]:
    """Microseconds a look-up, time to build, and the share of queries answered as brute force does.

    Each round has queries of its own, so that answers kept from an earlier one are of no use.
    """
    names = names_of(size)
    queries = asked(names, QUERIES * (settings.rounds + 1))
    truth = _brute_force(names, queries[: min(QUERIES, max(3, _CHECKED_PAIRS // len(names)))])
    engines = {"vardynas Neighbours": _neighbours(names)}
    if settings.peers:
        engines |= _peers(names)
    rows: dict[str, dict[str, Any]] = {}
    for name, engine in engines.items():
        first = queries[: min(QUERIES, engine.most)]
        cold, found = seconds(partial(engine.ask, first))
        say(f"  {name}: {cold / len(first) * 1e6:.0f} µs")
        right = [a == b for a, b in zip(found, truth, strict=False)]
        rows[name] = {
            "queries": len(first),
            "built": engine.built,
            "cold": cold,
            "right": [sum(right), len(right)],
        }
    rounds = {
        name: partial(_round, engine, iter(_batches(queries))) for name, engine in engines.items()
    }
    for name, times in interleaved(rounds, settings.rounds).items():
        rows[name]["warm"] = times
    return {"names": len(names), "entries": size.entries, "engines": rows}


def _batches(queries: Sequence[str]) -> list[Sequence[str]]:
    """The queries of each round after those of the first pass, all equally many."""
    return [queries[at : at + QUERIES] for at in range(QUERIES, len(queries), QUERIES)]


def _round(engine: _Engine, batches: Iterator[Sequence[str]]) -> list[int | None]:
    return engine.ask(next(batches)[: engine.most])


def names_of(size: Size) -> list[str]:
    """The distinct names that a glossary of that size lists."""
    rows = entries(size.entries, SEED, size.names_per_entry)
    return sorted({name for row in rows for name in listed(row)})


def asked(names: Sequence[str], count: int) -> list[str]:
    """Names with one slip, with two, and names of no glossary, in turn; none is itself a name."""
    random, known = Random(SEED), frozenset(names)
    queries: list[str] = []
    for row in entries(2 * count, SEED + 1, start=950_000):
        name, slips = random.choice(names), len(queries) % 3
        query = next(listed(row)) if slips == 2 else misspelt(name, random, slips + 1)
        if query not in known:
            queries.append(query)
    return queries[:count]


def misspelt(name: str, random: Random, slips: int) -> str:
    """The name with so many single slips: a letter swapped, lost, added or wrong."""
    for _ in range(slips):
        at = random.randrange(1, max(2, len(name) - 1))
        letter = random.choice(name.replace(" ", "")).lower()
        name = random.choice(
            (
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
            )
        )
    return name


def _brute_force(names: Sequence[str], queries: Sequence[str]) -> list[int | None]:
    """The distance of the nearest name that differs, by comparing with all; None over two."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found: list[int | None] = []
    for query in queries:
        (row,) = process.cdist([query], names, scorer=OSA.distance, score_cutoff=DISTANCE)
        near = row[(row > 0) & (row <= DISTANCE)]
        found.append(int(near.min()) if near.size else None)
    return found


# ------------------------------------------------------------------ engines


def _neighbours(names: list[str]) -> _Engine:
    from vardynas.match.neighbours import Neighbours

    def made() -> Neighbours:
        index = Neighbours(names)
        index.find(misspelt(names[0], Random(0), 1), DISTANCE)  # what waits for a question is made
        return index

    built, index = seconds(made)

    def nearest(query: str) -> int | None:
        return min((away for _, away in index.find(query, DISTANCE)), default=None)

    return _Engine(partial(_one_by_one, nearest), QUERIES, built)


def _peers(names: list[str]) -> dict[str, _Engine]:
    few, some = (max(3, pairs // len(names)) for pairs in (_EXTRACT_PAIRS, _CDIST_PAIRS))
    engines = {
        "rapidfuzz extractOne": _Engine(partial(_one_by_one, _extract_one(names)), few, 0.0),
        "rapidfuzz cdist": _Engine(partial(_in_batches, names), some, 0.0),
    }
    built, find = seconds(partial(symspell, names))
    if find is None:
        say("  symspellpy is not installed: left out")
        return engines

    def nearest(query: str) -> int | None:
        found = find(query, DISTANCE)
        return None if found is None else _distance(query, found)

    engines["symspellpy"] = _Engine(partial(_one_by_one, nearest), QUERIES, built)
    return engines


def _extract_one(names: list[str]) -> Nearest:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    def nearest(query: str) -> int | None:
        best = process.extractOne(query, names, scorer=OSA.distance, score_cutoff=DISTANCE)
        return best[1] if best else None

    return nearest


def _in_batches(names: list[str], queries: Sequence[str]) -> list[int | None]:
    """All queries against all names at once, a few at a time for the memory."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    numpy = import_module("numpy")
    found: list[int | None] = []
    for at in range(0, len(queries), 16):
        table = process.cdist(
            queries[at : at + 16],
            names,
            scorer=OSA.distance,
            score_cutoff=DISTANCE,
            dtype=numpy.uint8,
            workers=1,
        )
        found += [int(best) if best <= DISTANCE else None for best in table.min(axis=1)]
    return found


def _one_by_one(nearest: Nearest, queries: Sequence[str]) -> list[int | None]:
    return [nearest(query) for query in queries]


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other))
