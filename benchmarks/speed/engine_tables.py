"""Tables of vardynas beside other tools: running text, and names like a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.accuracy.tables import table
from benchmarks.speed.cells import Results, each, number, result_of, share, sizes_of, speed
from benchmarks.speed.timing import spread

__all__ = ["ENGINE_TABLES"]

OURS = "vardynas"


def _scan(results: Results, part: str = "scan") -> str:
    result = result_of(results, part)
    engines = result.get("engines", {})
    ours = {which: speed(engines.get(OURS, {}), which) for which in ("cold", "warm")}
    rows = [
        (
            name,
            f"{row['megabytes']:.3g}",
            number(speed(row, "cold")),
            number(speed(row, "warm")),
            *(number(rate / speed(row, which)) for which, rate in ours.items()),
            f"{spread(row['warm']):.2f}",
            f"{row['mentions']:,}" if "mentions" in row else "",
            share(row.get("planted")),
            share(row.get("misspelt")),
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
    found = {"scan": result_of(results, "scan"), **sizes_of(results, "names")}
    rows = [
        (name, f"{r['entries']:,}", f"{r['names']:,}", f"{r['strings']:,}")
        for name, r in found.items()
        if r
    ]
    return table("Glossaries", ("table", "entries", "names listed", "strings of the peers"), rows)


def _names(results: Results) -> str:
    return _curve(sizes_of(results, "names"), "Names", lambda row: number(speed(row, "warm")))


def _names_cold(results: Results) -> str:
    return _curve(
        sizes_of(results, "names"), "Names, first pass", lambda r: number(speed(r, "cold"))
    )


def _similar(results: Results) -> str:
    return _curve(sizes_of(results, "similar"), "Similar", lambda row: number(each(row)))


def _similar_cold(results: Results) -> str:
    def each_first(row: Mapping[str, Any]) -> str:
        return number(row["cold"] / row["queries"] * 1e6)

    return _curve(sizes_of(results, "similar"), "Similar, first pass", each_first)


def _similar_right(results: Results) -> str:
    return _curve(sizes_of(results, "similar"), "Right", lambda row: share(row["right"]))


def _similar_built(results: Results) -> str:
    return _curve(sizes_of(results, "similar"), "Built", lambda row: number(row["built"]))


def _similar_ratio(results: Results) -> str:
    sizes = sizes_of(results, "similar")
    own = {size: each(r["engines"]["vardynas Neighbours"]) for size, r in sizes.items()}
    names = dict.fromkeys(name for r in sizes.values() for name in r["engines"])
    rows = [
        [name, *(number(each(r["engines"][name]) / own[size]) if name in r["engines"] else ""
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


ENGINE_TABLES: dict[str, Callable[[Results], str]] = {
    "glossaries": _glossaries,
    "scan": _scan,
    "dense": _dense,
    "names": _names,
    "names cold": _names_cold,
    "similar": _similar,
    "similar cold": _similar_cold,
    "similar ratio": _similar_ratio,
    "similar right": _similar_right,
    "similar built": _similar_built,
}
