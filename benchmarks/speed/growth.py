"""Whether time grows with the text as it should: straight; and what a second process brings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from benchmarks.speed.ours import mentions_read, opened
from benchmarks.speed.settings import Settings
from benchmarks.speed.texts import made_text
from benchmarks.speed.timing import interleaved, seconds

__all__ = ["growth", "processes"]

JOBS = (1, 2)
SHARES = (0.05, 0.25, 1.0)
"""1, 5 and 20 MB of the 20."""


def growth(settings: Settings) -> dict[str, Any]:
    """Seconds for a part of the text, for all of it, and for all of it as one document."""
    resolver = opened(*settings.main)
    text = made_text(settings.megabytes, settings.density, settings.main.entries)
    parts = {share: text.first(text.size / 1e6 * share) for share in SHARES}
    runs = {str(share): partial(mentions_read, resolver, p.texts) for share, p in parts.items()}
    runs["one"] = partial(mentions_read, resolver, ["\n\n".join(text.texts)])
    sizes = {str(share): part.size / 1e6 for share, part in parts.items()}
    sizes["one"] = text.size / 1e6
    cold = {name: seconds(run)[0] for name, run in runs.items()}
    times = interleaved(runs, settings.rounds)
    return {
        name: {"megabytes": sizes[name], "first": cold[name], "warm": times[name]} for name in runs
    }


def processes(settings: Settings) -> dict[str, Any]:
    """The whole text by one process and by two, all mentions read: new, and known to the first.

    Starting workers and sending texts and mentions is part of it.
    """
    text = made_text(settings.megabytes, settings.density, settings.main.entries)
    rows: dict[str, dict[str, list[float]]] = {str(j): {"first": [], "warm": []} for j in JOBS}
    taught = opened(*settings.main)
    _read(taught, text.texts, 1)
    for turn in range(min(3, settings.rounds)):
        for jobs in JOBS[:: -1 if turn % 2 else 1]:
            for which, resolver in (("first", opened(*settings.main)), ("warm", taught)):
                taken, _ = seconds(partial(_read, resolver, text.texts, jobs))
                rows[str(jobs)][which].append(taken)
    return {"megabytes": text.size / 1e6, "jobs": rows}


def _read(resolver: Any, texts: Sequence[str], jobs: int) -> int:  # noqa: ANN401 - a Resolver
    found = 0
    for mentions in resolver.scan_many(texts, jobs=jobs):
        found += len([(m.start, m.end, m.entry) for m in mentions])
    return found
