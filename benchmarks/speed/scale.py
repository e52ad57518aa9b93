"""A hundred thousand entries with a million names, beside ten thousand of the same kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.speed.lookups import names_asked
from benchmarks.speed.ours import glossary, mentions_read, opened
from benchmarks.speed.processes import compiled_in, memory_of
from benchmarks.speed.settings import SIZES, Settings, Size
from benchmarks.speed.similar import names_of
from benchmarks.speed.texts import made_text
from benchmarks.speed.timing import interleaved, say, seconds

__all__ = ["scale"]

PAIR = ("100k", "1M")
"""The sizes compared: names listed."""


def scale(settings: Settings) -> dict[str, Any]:
    """Compiling, opening, memory; look-ups and scans of both in turn, in one process."""
    text = made_text(settings.megabytes, settings.density, settings.main.entries).first(5)
    short = settings._replace(megabytes=min(settings.megabytes, 5))
    kinds = names_asked(settings.main.entries, settings.main.names_per_entry)
    asked = {kind: [query for query, _ in queries] for kind, queries in kinds.items()}
    rows: dict[str, dict[str, Any]] = {}
    runs: dict[str, Callable[[], object]] = {}
    for name in PAIR:
        size = SIZES[name]
        rows[name] = {"entries": size.entries, **_made(size), **memory_of(size, short)}
        resolver = opened(*size)
        rows[name]["cold scan"], _ = seconds(partial(mentions_read, resolver, text.texts))
        runs[f"{name}/scan"] = partial(mentions_read, resolver, text.texts)
        for kind, names in asked.items():
            rows[name][f"{kind}/queries"] = len(names)
            runs[f"{name}/{kind}"] = partial(_all, resolver.lookup, names)
    for run in runs.values():
        run()
    for name, times in interleaved(runs, settings.rounds).items():
        at, _, what = name.partition("/")
        rows[at][what] = times
    return {"megabytes": text.size / 1e6, "sizes": rows}


def _made(size: Size) -> dict[str, Any]:
    """How long a glossary takes to compile and, compiled, to open; its file, its names."""
    path = glossary(*size)
    compiled = compiled_in(path)
    say(f"  {size.entries} entries: compiled in {compiled:.1f} s")
    opened(*size)
    return {
        "yaml": path.stat().st_size,
        "names": len(names_of(size)),
        "compiled": compiled,
        "opening": seconds(partial(opened, *size))[0],
    }


def _all(lookup: Callable[[str], object], names: list[str]) -> list[object]:
    return [lookup(name) for name in names]
