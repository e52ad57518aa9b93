"""Results as Markdown tables, by the names that the page has for their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from benchmarks.accuracy.tables import table
from benchmarks.speed.timing import median, spread

__all__ = ["tables"]

Results = Mapping[str, Any]

OURS = "vardynas"


def tables(results: Results) -> dict[str, str]:
    """Every table of which there are results."""
    made = {name: make(results) for name, make in _TABLES.items()}
    return {name: text for name, text in made.items() if text}


def _result(results: Results, part: str) -> Any:  # noqa: ANN401 - JSON
    return results.get(part, {}).get("result") or {}


def _sizes(results: Results, prefix: str) -> dict[str, Any]:
    """The results of the parts `prefix-…` by what follows."""
    found = {
        name.removeprefix(f"{prefix}-"): part["result"]
        for name, part in results.items()
        if name.startswith(f"{prefix}-")
    }
    return {name: found[name] for name in ("1k", "10k", "100k", "1M") if name in found}


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


def _scan(results: Results, part: str = "scan") -> str:
    result = _result(results, part)
    engines = result.get("engines", {})
    ours = {which: _rate(engines.get(OURS, {}), which) for which in ("cold", "warm")}
    rows = [
        (
            name,
            f"{row['megabytes']:.3g}",
            _number(_rate(row, "cold")),
            _number(_rate(row, "warm")),
            *(_number(rate / _rate(row, which)) for which, rate in ours.items()),
            f"{spread(row['warm']):.2f}",
            f"{row['mentions']:,}" if "mentions" in row else "",
            _share(row.get("planted")),
            _share(row.get("misspelt")),
            f"{row['built']:.2f}" if row["built"] else "",
        )
        for name, row in engines.items()
    ]
    heads = ("", "MB read", "first pass MB/s", "warm MB/s", "vardynas × this, first pass",
             "vardynas × this, warm", "spread", "mentions", "names found", "misspelt found",
             "made in s")  # fmt: skip
    return table("Scan", heads, rows)


def _dense(results: Results) -> str:
    return _scan(results, "scan-dense")


def _glossaries(results: Results) -> str:
    found = {"scan": _result(results, "scan"), **_sizes(results, "names")}
    rows = [
        (name, f"{r['entries']:,}", f"{r['names']:,}", f"{r['strings']:,}")
        for name, r in found.items()
        if r
    ]
    return table("Glossaries", ("table", "entries", "names listed", "strings of the peers"), rows)


def _names(results: Results) -> str:
    return _curve(_sizes(results, "names"), "Names", lambda row: _number(_rate(row, "warm")))


def _names_cold(results: Results) -> str:
    return _curve(
        _sizes(results, "names"), "Names, first pass", lambda r: _number(_rate(r, "cold"))
    )


def _similar(results: Results) -> str:
    return _curve(_sizes(results, "similar"), "Similar", lambda row: _number(_each(row)))


def _similar_right(results: Results) -> str:
    return _curve(_sizes(results, "similar"), "Right", lambda row: _share(row["right"]))


def _similar_built(results: Results) -> str:
    return _curve(_sizes(results, "similar"), "Built", lambda row: _number(row["built"]))


def _similar_ratio(results: Results) -> str:
    sizes = _sizes(results, "similar")
    own = {size: _each(r["engines"]["vardynas Neighbours"]) for size, r in sizes.items()}
    names = dict.fromkeys(name for r in sizes.values() for name in r["engines"])
    rows = [
        [name, *(_number(_each(r["engines"][name]) / own[size]) if name in r["engines"] else ""
                 for size, r in sizes.items())]
        for name in names
    ]  # fmt: skip
    return table("Similar, ratio", ("", *sizes), rows)


def _curve(sizes: Mapping[str, Any], title: str, cell: Callable[[Any], str]) -> str:
    names = dict.fromkeys(name for result in sizes.values() for name in result["engines"])
    rows = [
        [name, *(cell(r["engines"][name]) if name in r["engines"] else "" for r in sizes.values())]
        for name in names
    ]
    return table(title, ("", *sizes), rows)


def _growth(results: Results) -> str:
    rows = [
        (
            "one document" if name == "one" else "documents of 4 kB",
            f"{row['megabytes']:.3g}",
            _number(median(row["warm"])),
            _number(row["megabytes"] / median(row["warm"])),
        )
        for name, row in _result(results, "growth").items()
    ]
    return table("Growth", ("text", "MB", "seconds", "MB/s"), rows)


def _jobs(results: Results) -> str:
    jobs = _result(results, "jobs").get("jobs", {})
    one = median(jobs["1"]["warm"]) if jobs else float("nan")
    rows = [
        (name, _number(median(row["warm"])), f"{one / median(row['warm']):.2f}")
        for name, row in jobs.items()
    ]
    return table("Processes", ("processes", "seconds", "times faster"), rows)


def _lookup(results: Results) -> str:
    rows = [
        (
            kind,
            f"{row['queries']:,}",
            _number(row["queries"] / row["cold"]),
            _number(row["queries"] / median(row["warm"])),
            _number(median(row["warm"]) / row["queries"] * 1e6),
            _share(row["right"]),
        )
        for kind, row in _result(results, "lookup").get("kinds", {}).items()
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
    row = _result(results, "short")
    if not row:
        return ""
    cold, warm = row["texts"] / row["cold"], row["texts"] / median(row["warm"])
    cells = (f"{row['texts']:,}", _number(cold), _number(warm), _number(1e6 / warm))
    heads = ("texts of 200 characters", "first pass, a second", "warm, a second", "warm µs")
    return table("Short", heads, [cells])


def _open(results: Results) -> str:
    row = _result(results, "open")
    if not row:
        return ""
    lines = [("YAML compiled, s", _number(median(row["compiled"])))]
    lines += [(f"{step}, ms", _number(median(t) * 1e3)) for step, t in row["opened"].items()]
    return table("Open", ("fresh process", f"{row['entries']:,} entries"), lines)


def _memory(results: Results) -> str:
    rows = [
        (
            f"{row['entries']:,}",
            *(f"{row[key]:.0f}" for key in ("before", "opened", "scanned", "peak")),
            f"{row['megabytes']:g}",
        )
        for row in _result(results, "memory").values()
    ]
    heads = ("entries", "Python and the benchmark, MB", "opened", "after scanning", "peak",
             "MB scanned")  # fmt: skip
    return table("Memory", heads, rows)


def _starts(results: Results) -> str:
    times = _result(results, "start")
    base = median(times.get('python -c "import yaml, rapidfuzz"', []))
    rows = [
        (f"`{name}`", _number(median(t) * 1e3), f"{median(t) / base:.2f}")
        for name, t in times.items()
    ]
    return table("Start", ("command", "ms", "to yaml + rapidfuzz"), rows)


def _scale(results: Results) -> str:
    sizes = _result(results, "scale").get("sizes", {})
    if not sizes:
        return ""
    small, large = sizes.values()
    rows = [
        (key, _number(a), _number(b), f"{b / a:.2f}")
        for key, a, b in _compared(small, large, _result(results, "scale")["megabytes"])
    ]
    heads = ("", f"{small['entries']:,} entries", f"{large['entries']:,} entries", "times")
    return table("Scale", heads, rows)


def _compared(
    small: Mapping[str, Any], large: Mapping[str, Any], megabytes: float
) -> Iterable[tuple[str, float, float]]:
    yield "names listed", small["names"], large["names"]
    yield "compiled in s", small["compiled"], large["compiled"]
    yield "opened in ms", small["opened"] * 1e3, large["opened"] * 1e3
    yield "resident after a scan, MB", small["resident"], large["resident"]
    for key in small:
        if f"{key}/queries" in small:
            a, b = (median(r[key]) / r[f"{key}/queries"] * 1e6 for r in (small, large))
            yield f"lookup, {key}: µs", a, b
    yield "scan, first pass: s a MB", small["cold scan"] / megabytes, large["cold scan"] / megabytes
    a, b = (median(r["scan"]) / megabytes for r in (small, large))
    yield "scan, warm: s a MB", a, b


def _limits(results: Results) -> str:
    row = _result(results, "limits")
    rows = [
        (name, _number(row["megabytes"] / median(times)))
        for name, times in row.get("steps", {}).items()
    ]
    return table("Limits", ("step", "MB/s"), rows)


def _profile(results: Results) -> str:
    passes = _result(results, "profile").get("passes", {})
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
    "glossaries": _glossaries,
    "scan": _scan,
    "dense": _dense,
    "names": _names,
    "names cold": _names_cold,
    "growth": _growth,
    "jobs": _jobs,
    "similar": _similar,
    "similar ratio": _similar_ratio,
    "similar right": _similar_right,
    "similar built": _similar_built,
    "lookup": _lookup,
    "short": _short,
    "open": _open,
    "memory": _memory,
    "start": _starts,
    "scale": _scale,
    "limits": _limits,
    "profile": _profile,
}


def _rate(row: Mapping[str, Any], which: str) -> float:
    """Megabytes a second, cold or warm; nan when it was not measured."""
    taken = row.get(which)
    seconds = median(taken) if isinstance(taken, list) else taken
    return float(row["megabytes"] / seconds) if seconds else float("nan")


def _each(row: Mapping[str, Any]) -> float:
    """Microseconds a query, warm."""
    return median(row["warm"]) / float(row["queries"]) * 1e6


def _number(value: float) -> str:
    """Three figures, without an exponent; a dash for nan.

    >>> _number(0.01234), _number(12345.6), _number(float("nan"))
    ('0.0123', '12,300', '–')
    """
    if value != value:
        return "–"
    if value and abs(value) >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{float(f'{value:.3g}'):g}"


def _share(counts: Sequence[int] | None) -> str:
    """The share with its counts; "" without any."""
    if not counts or not counts[1]:
        return ""
    return f"{counts[0] / counts[1]:.3f} ({counts[0]:,}/{counts[1]:,})"
