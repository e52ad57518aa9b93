"""Where the time of a scan goes: the profiler's seconds, summed by module."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed.ours import mentions_read, opened
from benchmarks.speed.settings import Settings
from benchmarks.speed.texts import made_text

__all__ = ["by_module", "phases"]

MEGABYTES = 2.0


def phases(settings: Settings) -> dict[str, Any]:
    """Own seconds of each module in a first and in a second pass; builtins count for their callers.

    The profiler slows what makes many calls more than what makes few, so shares are rough.
    """
    resolver = opened(*settings.main)
    text = made_text(settings.megabytes, settings.density, settings.main.entries).first(MEGABYTES)
    passes = {name: _profiled(resolver, text.texts) for name in ("first", "second")}
    return {"megabytes": text.size / 1e6, "passes": passes}


def _profiled(resolver: Any, texts: Sequence[str]) -> dict[str, float]:  # noqa: ANN401 - a Resolver
    profiler = cProfile.Profile()
    profiler.runcall(mentions_read, resolver, texts)
    return by_module(pstats.Stats(profiler))


def by_module(stats: pstats.Stats) -> dict[str, float]:
    """Own seconds by module, most first; what is written in C is added to the modules that call it."""
    spent: Counter[str] = Counter()
    rows: Any = stats.stats  # type: ignore[attr-defined]
    for (path, _, _), (_, _, own, _, callers) in rows.items():
        if path != "~" or not callers:
            spent[_module(path)] += own
            continue
        for (caller, _, _), (_, _, share, _) in callers.items():
            spent[_module(caller)] += share
    return {name: round(taken, 4) for name, taken in spent.most_common() if taken > 0}


def _module(path: str) -> str:
    """`match.scan` for a module of ours, the package for one of others."""
    parts = Path(path).with_suffix("").parts
    if "vardynas" in parts:
        return ".".join(parts[len(parts) - parts[::-1].index("vardynas") :]) or "vardynas"
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    return "Python"
