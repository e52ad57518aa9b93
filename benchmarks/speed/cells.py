"""What cells of tables hold: figures read from results, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.speed.settings import SIZES
from benchmarks.speed.timing import median

__all__ = ["Results", "each", "number", "result_of", "share", "sizes_of", "speed"]

Results = Mapping[str, Any]


def result_of(results: Results, part: str) -> Any:  # noqa: ANN401 - JSON
    """What a part found; empty when it was not measured."""
    return results.get(part, {}).get("result") or {}


def sizes_of(results: Results, prefix: str) -> dict[str, Any]:
    """The results of the parts `prefix-…` by what follows."""
    found = {
        name.removeprefix(f"{prefix}-"): part["result"]
        for name, part in results.items()
        if name.startswith(f"{prefix}-")
    }
    return {name: found[name] for name in SIZES if name in found}


def speed(row: Mapping[str, Any], which: str) -> float:
    """Megabytes a second, cold or warm; nan when it was not measured."""
    taken = row.get(which)
    seconds = median(taken) if isinstance(taken, list) else taken
    return float(row["megabytes"] / seconds) if seconds else float("nan")


def each(row: Mapping[str, Any]) -> float:
    """Microseconds a query, warm."""
    return median(row["warm"]) / float(row["queries"]) * 1e6


def number(value: float) -> str:
    """Three figures, without an exponent; a dash for nan.

    >>> number(0.01234), number(12345.6), number(float("nan"))
    ('0.0123', '12,300', '–')
    """
    if value != value:
        return "–"
    if value and abs(value) >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{float(f'{value:.3g}'):g}"


def share(counts: Sequence[int] | None) -> str:
    """The share with its counts; "" without any."""
    if not counts or not counts[1]:
        return ""
    return f"{counts[0] / counts[1]:.3f} ({counts[0]:,}/{counts[1]:,})"
