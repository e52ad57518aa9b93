"""Single names and short texts, asked one after the other, with the caches warm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

from benchmarks.speed.ours import opened
from benchmarks.speed.settings import Settings
from benchmarks.speed.similar import misspelt
from benchmarks.speed.texts import made_text
from benchmarks.speed.timing import interleaved, seconds
from benchmarks.synthesis import SEED, entries, forms, listed

__all__ = ["lookups", "names_asked", "short_texts"]

QUERIES, MISSPELT = 2_000, 200
SHORT, TEXTS = 200, 2_000
"""Characters of a short text, and how many of them are read."""


def lookups(settings: Settings) -> dict[str, Any]:
    """Names a second by kind; what comes first is compared with what was meant."""
    resolver = opened(*settings.main)
    kinds = names_asked(settings.main.entries, settings.main.names_per_entry)
    rows: dict[str, dict[str, Any]] = {}
    for kind, queries in kinds.items():
        cold, found = seconds(partial(_first_entries, resolver.lookup, [q for q, _ in queries]))
        pairs = [(entry, wanted) for entry, (_, wanted) in zip(found, queries, strict=True)]
        meant = [entry == wanted for entry, wanted in pairs if wanted]
        rows[kind] = {"queries": len(queries), "cold": cold, "right": [sum(meant), len(meant)]}
    runs = {
        kind: partial(_first_entries, resolver.lookup, [q for q, _ in queries])
        for kind, queries in kinds.items()
    }
    for kind, times in interleaved(runs, settings.rounds).items():
        rows[kind]["warm"] = times
    return {"entries": settings.main.entries, "kinds": rows}


def names_asked(count: int, names_per_entry: int) -> dict[str, list[tuple[str, str]]]:
    """Listed names, inflected or derived ones, misspelt ones, and names of no glossary."""
    random = Random(SEED)
    known = forms(count, names_per_entry=names_per_entry)
    rows = list(entries(count, SEED, names_per_entry))
    exact, other, wrong = [], [], []
    for _ in range(QUERIES):
        at = random.randrange(count)
        own = list(listed(rows[at]))
        written = {form for texts in known[at].whole.values() for form in texts}
        exact.append((random.choice(own), rows[at]["id"]))
        other.append((random.choice(sorted(written - set(own)) or own), rows[at]["id"]))
        wrong.append((misspelt(random.choice(own), random, 1), rows[at]["id"]))
    absent = [(next(listed(row)), "") for row in entries(MISSPELT, SEED + 1, start=950_000)]
    return {
        "listed": exact,
        "inflected, derived": other,
        "misspelt": wrong[:MISSPELT],
        "unknown": absent,
    }


def _first_entries(lookup: Callable[[str], Any], names: Sequence[str]) -> list[str]:
    return [found[0].entry if (found := lookup(name)) else "" for name in names]


def short_texts(settings: Settings) -> dict[str, Any]:
    """Texts of 200 characters scanned one by one, start, end and entry of each mention read."""
    resolver = opened(*settings.main)
    whole = made_text(settings.megabytes, settings.density, settings.main.entries)
    texts = [document.text[:SHORT] for document in whole.documents[:TEXTS]]
    read = partial(_scanned, resolver, texts)
    cold, found = seconds(read)
    times = interleaved({"scan": read}, settings.rounds)["scan"]
    return {"texts": len(texts), "mentions": found, "cold": cold, "warm": times}


def _scanned(resolver: Any, texts: Sequence[str]) -> int:  # noqa: ANN401 - a Resolver
    return sum(len(resolver.scan(text).spans) for text in texts)
