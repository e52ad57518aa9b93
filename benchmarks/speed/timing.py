"""Several things timed in turn, so that a busy moment of the machine strikes all of them alike."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["interleaved", "median", "say", "seconds", "spread"]

Run = Callable[[], object]


def interleaved(runs: Mapping[str, Run], rounds: int) -> dict[str, list[float]]:
    """The seconds of each run in each round; in every round another one begins.

    >>> sorted(interleaved({"a": list, "b": dict}, 3))
    ['a', 'b']
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    names = list(runs)
    for turn in range(rounds):
        gc.collect()
        shift = turn % max(1, len(names))
        for name in names[shift:] + names[:shift]:
            taken, _ = seconds(runs[name])
            times[name].append(taken)
    return times


def seconds(run: Run) -> tuple[float, Any]:
    """How long a call took, and what it gave."""
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def median(values: list[float]) -> float:
    """The median; nan when there is none."""
    return statistics.median(values) if values else float("nan")


def spread(values: list[float]) -> float:
    """How far the slowest lies over the fastest, as a factor."""
    return max(values) / min(values) if values else float("nan")


def say(what: str) -> None:
    """A line about the progress, on standard error."""
    print(what, file=sys.stderr, flush=True)
