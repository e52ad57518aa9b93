"""A hundred thousand entries with a million names, beside ten thousand of the same kind."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.speed.lookups import names_asked
from benchmarks.speed.ours import glossary, mentions_read, use_own_cache
from benchmarks.speed.processes import memory_of_this
from benchmarks.speed.settings import SIZES, Settings
from benchmarks.speed.texts import made_text
from benchmarks.speed.timing import interleaved, say, seconds
from benchmarks.synthesis import SEED, entries, listed

__all__ = ["scale"]

PAIR = ("100k", "1M")
"""The sizes compared: names listed."""


def scale(settings: Settings) -> dict[str, Any]:
    """Compiling, opening, memory; look-ups and scans of both in turn, in one process."""
    import vardynas

    text = made_text(settings.megabytes, settings.density, settings.main.entries).first(5)
    rows: dict[str, dict[str, Any]] = {}
    runs: dict[str, Any] = {}
    kinds = names_asked(settings.main.entries, settings.main.names_per_entry)
    for name in PAIR:
        size = SIZES[name]
        path = glossary(*size)
        rows[name] = {"entries": size.entries, "yaml": path.stat().st_size}
        rows[name]["names"] = sum(
            len(list(listed(row))) for row in entries(size.entries, SEED, size.names_per_entry)
        )
        rows[name]["compiled"] = _compiled(path)
        use_own_cache()
        vardynas.load(path)
        before = memory_of_this()["VmRSS"]
        rows[name]["opened"], resolver = seconds(partial(vardynas.load, path))
        for kind, queries in kinds.items():
            asked = [query for query, _ in queries]
            runs[f"{name}/{kind}"] = partial(_all, resolver.lookup, asked)
            rows[name][f"{kind}/queries"] = len(asked)
        runs[f"{name}/scan"] = partial(mentions_read, resolver, text.texts)
        rows[name]["cold scan"], _ = seconds(runs[f"{name}/scan"])
        rows[name]["resident"] = memory_of_this()["VmRSS"] - before
        say(f"  {name}: compiled in {rows[name]['compiled']:.1f} s")
    for kind in kinds:
        for name in PAIR:
            runs[f"{name}/{kind}"]()
    for name, times in interleaved(runs, settings.rounds).items():
        at, _, what = name.partition("/")
        rows[at][what] = times
    return {"megabytes": text.size / 1e6, "sizes": rows}


def _compiled(path: Path) -> float:
    """Seconds to compile a file, in this process, with an empty cache."""
    import vardynas

    with tempfile.TemporaryDirectory() as folder:
        use_own_cache(Path(folder))
        return seconds(partial(vardynas.load, path))[0]


def _all(lookup: Any, names: list[str]) -> list[Any]:  # noqa: ANN401 - a method of Resolver
    return [lookup(name) for name in names]
