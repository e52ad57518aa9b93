"""Speed against names and text, drawn as SVG; logarithmic on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.speed.timing import median, say

__all__ = ["draw"]

Line = tuple[str, list[float], list[float]]


def draw(results: Mapping[str, Any], folder: Path) -> list[Path]:
    """The plots of which there are results; none when matplotlib is not installed."""
    try:
        import_module("matplotlib").use("svg")
    except ImportError:
        say("matplotlib is not installed: no plots. pip install 'vardynas[bench]'")
        return []
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, lines, x, y in _plots(results):
        if lines:
            made.append(folder / f"speed-{name}.svg")
            _draw(lines, x, y, made[-1])
    return made


def _plots(results: Mapping[str, Any]) -> Iterator[tuple[str, list[Line], str, str]]:
    def rate(row: Mapping[str, Any]) -> float:
        return float(row["megabytes"]) / median(row["warm"])

    def each(row: Mapping[str, Any]) -> float:
        return median(row["warm"]) / float(row["queries"]) * 1e6

    names = "names listed in the glossary"
    yield "scan", list(_lines(results, "names-", rate)), names, "MB of text a second, warm"
    yield "lookup", list(_lines(results, "similar-", each)), names, "µs for one misspelt name"
    yield "growth", list(_growth(results)), "MB of text", "seconds, warm"


def _lines(results: Mapping[str, Any], prefix: str, value: Any) -> Iterator[Line]:  # noqa: ANN401
    found = [part["result"] for name, part in results.items() if name.startswith(prefix)]
    found.sort(key=lambda result: result["names"])
    for engine in dict.fromkeys(name for result in found for name in result["engines"]):
        at = [result for result in found if engine in result["engines"]]
        yield engine, [r["names"] for r in at], [value(r["engines"][engine]) for r in at]


def _growth(results: Mapping[str, Any]) -> Iterator[Line]:
    rows = results.get("growth", {}).get("result", {})
    many = sorted((row["megabytes"], median(row["warm"])) for n, row in rows.items() if n != "one")
    if many:
        yield "documents of 4 kB", [x for x, _ in many], [y for _, y in many]
        one = rows["one"]
        yield "one document", [one["megabytes"]], [median(one["warm"])]


def _draw(lines: Sequence[Line], x: str, y: str, path: Path) -> None:
    pyplot = import_module("matplotlib.pyplot")
    with pyplot.rc_context({"svg.hashsalt": "vardynas", "svg.fonttype": "none", "font.size": 10}):
        figure, axes = pyplot.subplots(figsize=(7.2, 4.2), layout="constrained")
        for name, xs, ys in lines:
            ours = name.startswith("vardynas")
            axes.plot(xs, ys, marker="o", label=name, linewidth=2.4 if ours else 1.1)
        axes.set(xscale="log", yscale="log", xlabel=x, ylabel=y)
        axes.grid(which="major", alpha=0.3)
        figure.legend(loc="outside right upper", fontsize=8, frameon=False)
        figure.savefig(path, format="svg", metadata={"Date": None})
        pyplot.close(figure)
