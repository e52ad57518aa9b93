"""Results as Markdown tables, by the names that the page has for their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from benchmarks.accuracy.tables import table
from benchmarks.speed.cells import Results, number, result_of, share
from benchmarks.speed.engine_tables import ENGINE_TABLES
from benchmarks.speed.timing import median

__all__ = ["tables"]


def tables(results: Results) -> dict[str, str]:
    """Every table of which there are results."""
    made = {name: make(results) for name, make in _TABLES.items()}
    return {name: text for name, text in made.items() if text}


def _conditions(results: Results) -> str:
    rows = [
        (
            name,
            part["when"],
            f"{part['settings']['megabytes']:g}",
            part["settings"]["rounds"],
            part["settings"]["density"],
            part["processor"],
            part["load"],
            part["python"],
        )
        for name, part in results.items()
    ]
    heads = ("part", "measured", "MB of text", "rounds", "characters a name", "processor",
             "load after it", "Python")  # fmt: skip
    return table("Conditions", heads, rows)


def _versions(results: Results) -> str:
    newest = max(results.values(), key=lambda part: str(part["when"]), default=None)
    rows = newest["versions"].items() if newest else ()
    return table("Versions", ("package", "version"), [(n, v or "–") for n, v in rows])


def _growth(results: Results) -> str:
    rows = [
        (
            "one document" if name == "one" else "documents of 4 kB",
            f"{row['megabytes']:.3g}",
            number(median(row["warm"])),
            number(row["megabytes"] / median(row["warm"])),
        )
        for name, row in result_of(results, "growth").items()
    ]
    return table("Growth", ("text", "MB", "seconds", "MB/s"), rows)


def _jobs(results: Results) -> str:
    jobs = result_of(results, "jobs").get("jobs", {})
    rows = []
    for name, row in jobs.items():
        cells = [name]
        for which in ("first", "warm"):
            taken, one = median(row[which]), median(jobs["1"][which])
            cells += [number(taken), f"{one / taken:.2f}"]
        rows.append(cells)
    heads = ("processes", "first pass, s", "times faster", "again, s", "times faster")
    return table("Processes", heads, rows)


def _lookup(results: Results) -> str:
    rows = [
        (
            kind,
            f"{row['queries']:,}",
            number(row["queries"] / row["cold"]),
            number(row["queries"] / median(row["warm"])),
            number(median(row["warm"]) / row["queries"] * 1e6),
            share(row["right"]),
        )
        for kind, row in result_of(results, "lookup").get("kinds", {}).items()
    ]
    heads = (
        "names",
        "asked",
        "first time, a second",
        "warm, a second",
        "warm µs",
        "first is right",
    )
    return table("Lookup", heads, rows)


def _short(results: Results) -> str:
    row = result_of(results, "short")
    if not row:
        return ""
    cold, warm = row["texts"] / row["cold"], row["texts"] / median(row["warm"])
    cells = (f"{row['texts']:,}", number(cold), number(warm), number(1e6 / warm))
    heads = ("texts of 200 characters", "first pass, a second", "warm, a second", "warm µs")
    return table("Short", heads, [cells])


def _open(results: Results) -> str:
    row = result_of(results, "open")
    if not row:
        return ""
    lines = [("YAML compiled, s", number(median(row["compiled"])))]
    lines += [(f"{step}, ms", number(median(t) * 1e3)) for step, t in row["opened"].items()]
    return table("Open", ("fresh process", f"{row['entries']:,} entries"), lines)


def _memory(results: Results) -> str:
    rows = [
        (
            f"{row['entries']:,}",
            *(f"{row[key]:.0f}" for key in ("before", "opened", "scanned", "peak")),
            f"{row['megabytes']:g}",
        )
        for row in result_of(results, "memory").values()
    ]
    heads = ("entries", "Python and the benchmark, MB", "opened", "after scanning", "peak",
             "MB scanned")  # fmt: skip
    return table("Memory", heads, rows)


def _starts(results: Results) -> str:
    times = result_of(results, "start")
    base = median(times.get('python -c "import yaml, rapidfuzz"', []))
    rows = [
        (f"`{name}`", number(median(t) * 1e3), f"{median(t) / base:.2f}")
        for name, t in times.items()
    ]
    return table("Start", ("command", "ms", "to yaml + rapidfuzz"), rows)


def _scale(results: Results) -> str:
    sizes = result_of(results, "scale").get("sizes", {})
    if not sizes:
        return ""
    small, large = sizes.values()
    rows = [
        (key, number(a), number(b), f"{b / a:.2f}")
        for key, a, b in _compared(small, large, result_of(results, "scale")["megabytes"])
    ]
    heads = ("", f"{small['entries']:,} entries", f"{large['entries']:,} entries", "times")
    return table("Scale", heads, rows)


def _compared(
    small: Mapping[str, Any], large: Mapping[str, Any], megabytes: float
) -> Iterable[tuple[str, float, float]]:
    yield "names listed", small["names"], large["names"]
    yield "compiled in s", small["compiled"], large["compiled"]
    yield "opened and first line read, ms", small["opening"] * 1e3, large["opening"] * 1e3
    yield "resident after a scan, MB", small["scanned"], large["scanned"]
    for key in small:
        if f"{key}/queries" in small:
            a, b = (median(r[key]) / r[f"{key}/queries"] * 1e6 for r in (small, large))
            yield f"lookup, {key}: µs", a, b
    yield "scan, first pass: s a MB", small["cold scan"] / megabytes, large["cold scan"] / megabytes
    a, b = (median(r["scan"]) / megabytes for r in (small, large))
    yield "scan, warm: s a MB", a, b


def _limits(results: Results) -> str:
    row = result_of(results, "limits")
    rows = [
        (name, number(row["megabytes"] / median(times)))
        for name, times in row.get("steps", {}).items()
    ]
    return table("Limits", ("step", "MB/s"), rows)


def _profile(results: Results) -> str:
    passes = result_of(results, "profile").get("passes", {})
    if not passes:
        return ""
    totals = {name: sum(spent.values()) for name, spent in passes.items()}
    modules = list(passes["second"])[:20]
    rows = [
        (module, *(f"{100 * spent.get(module, 0) / totals[name]:.1f} %"
                   for name, spent in passes.items()))
        for module in modules
    ]  # fmt: skip
    return table("Profile", ("module", *(f"{name} pass" for name in passes)), rows)


_TABLES: dict[str, Callable[[Results], str]] = {
    "conditions": _conditions,
    "versions": _versions,
    **ENGINE_TABLES,
    "growth": _growth,
    "jobs": _jobs,
    "lookup": _lookup,
    "short": _short,
    "open": _open,
    "memory": _memory,
    "start": _starts,
    "scale": _scale,
    "limits": _limits,
    "profile": _profile,
}
