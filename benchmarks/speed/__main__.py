"""``python -m benchmarks.speed``: measures, prints tables, draws plots, fills the page."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy.page import filled
from benchmarks.speed.parts import apart, measured, parts
from benchmarks.speed.results import add, load
from benchmarks.speed.settings import MAIN, SIZES, Settings, Size
from benchmarks.speed.tables import tables
from benchmarks.speed.texts import DENSITY
from benchmarks.speed.timing import say
from benchmarks.synthesis import cache_folder

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the arguments ask for; 0 when done, 1 when a part failed."""
    chosen = _arguments(arguments)
    settings = _settings(chosen)
    failed = [] if chosen.report else _run(settings, chosen)
    results = load(chosen.json)
    made = tables(results)
    print("\n".join(made.values()))
    if chosen.page:
        page = filled(chosen.page.read_text(encoding="utf-8"), made)
        chosen.page.write_text(page, encoding="utf-8")
    if chosen.plots:
        from benchmarks.speed.plots import draw

        for path in draw(results, chosen.plots):
            say(f"{path} drawn")
    if failed:
        say(f"not measured, for an error: {', '.join(failed)}")
    return 1 if failed else 0


def _run(settings: Settings, chosen: argparse.Namespace) -> list[str]:
    """Measures part after part, each in a process of its own; the names of those that failed."""
    known = parts(settings)
    names = [n for n in known if _asked(n, chosen)]
    if not names:
        sys.exit(f"No part has one of {chosen.only} as its name: {', '.join(known)}")
    failed = []
    for name in names:
        say(f"{name}:")
        start = time.perf_counter()
        try:
            result = measured(name, settings) if chosen.here else apart(name, settings)
        except Exception as error:  # the other parts are worth having
            say(f"  failed: {error!r}")
            failed.append(name)
            continue
        add(chosen.json, name, settings, result)
        say(f"  {time.perf_counter() - start:.0f} s")
    return failed


def _asked(name: str, chosen: argparse.Namespace) -> bool:
    if chosen.profile:
        return name == "profile"
    if not chosen.only:
        return name != "profile"
    return name in chosen.only or name.partition("-")[0] in chosen.only


def _settings(chosen: argparse.Namespace) -> Settings:
    main_size = Size(chosen.entries, MAIN.names_per_entry)
    names = tuple(name for name in SIZES if name in chosen.names)
    return Settings(
        chosen.megabytes, chosen.rounds, names, chosen.density, main_size, not chosen.no_peers
    )


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=__doc__)
    add_option = parser.add_argument
    add_option("--only", nargs="+", metavar="PART", help="parts, such as scan, lookup, similar-1M")
    add_option("--rounds", type=int, default=5, help="rounds after the first pass (default 5)")
    add_option("--names", nargs="+", choices=SIZES, default=list(SIZES), help="sizes of the curves")
    add_option("--megabytes", type=float, default=20.0, help="text in 10^6 bytes (default 20)")
    add_option(
        "--density", type=int, default=DENSITY, help="characters a name (default 450, as in news)"
    )
    add_option("--entries", type=int, default=MAIN.entries, help="entries of the main glossary")
    add_option("--no-peers", action="store_true", help="vardynas alone")
    add_option("--profile", action="store_true", help="where the time of a scan goes, nothing else")
    add_option("--report", action="store_true", help="measure nothing: tables of the JSON file")
    add_option("--here", action="store_true", help="in this process (for debugging)")
    add_option(
        "--json",
        type=Path,
        default=cache_folder() / "results.json",
        help="where results are kept; parts measured again replace their own",
    )
    add_option("--page", type=Path, metavar="FILE", help="put the tables at their places there")
    add_option("--plots", type=Path, metavar="DIR", help="draw speed-*.svg there")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
