"""The parts of a run, each measured in a process of its own, so that none warms another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

from benchmarks.speed import growth, limits, lookups, phases, processes, scale, scan, similar
from benchmarks.speed.settings import Settings

__all__ = ["apart", "measured", "parts"]

Part = Callable[[Settings], Any]


def parts(settings: Settings) -> dict[str, Part]:
    """Every part of a run by its name, in the order in which they run."""
    found: dict[str, Part] = {"limits": limits.limits, "scan": scan.scan_main}
    for name, size in settings.sizes.items():
        found[f"names-{name}"] = partial(scan.scan_curve, size=size)
    found["scan-dense"] = scan.scan_dense
    found |= {"growth": growth.growth, "jobs": growth.processes}
    for name, size in settings.sizes.items():
        found[f"similar-{name}"] = partial(similar.similar, size=size)
    return found | {
        "lookup": lookups.lookups,
        "short": lookups.short_texts,
        "open": processes.opening,
        "memory": processes.memory,
        "start": processes.starts,
        "scale": scale.scale,
        "profile": phases.phases,
    }


def measured(name: str, settings: Settings) -> Any:  # noqa: ANN401 - JSON
    """The result of one part."""
    return parts(settings)[name](settings)


def apart(name: str, settings: Settings) -> Any:  # noqa: ANN401 - JSON
    """The same, measured in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(measured, name, settings).result()
