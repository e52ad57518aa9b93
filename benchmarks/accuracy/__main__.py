"""``python -m benchmarks.accuracy``: runs the experiments and prints the tables."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.accuracy import frozen
from benchmarks.accuracy.data import LANGUAGES, PARTS, data_folder
from benchmarks.accuracy.decisions import decision_table
from benchmarks.accuracy.generation import (
    Written,
    generation_misses,
    generation_table,
    run_generation,
)
from benchmarks.accuracy.lookups import Options, Run, run_inflection, run_lookup
from benchmarks.accuracy.misses import misses
from benchmarks.accuracy.names import SETS
from benchmarks.accuracy.page import filled
from benchmarks.accuracy.plot import curves, diagram
from benchmarks.accuracy.tables import calibrations, pair_table, pooled_table, table
from benchmarks.accuracy.text_tables import absent_table, mention_calibrations, text_table
from benchmarks.accuracy.texts import (
    TextRun,
    run_absent,
    run_absent_shipped,
    run_seeds,
    run_sentences,
)

__all__ = ["experiments", "main"]

Result = Run | TextRun | Written
Experiment = Callable[[Options], Sequence[Result]]


def experiments() -> dict[str, Experiment]:
    """Every experiment by its name, longest first."""
    found: dict[str, Experiment] = {}
    for language in ("pl", "lt", "be", "ru"):
        found[f"inflection/{language}"] = partial(run_inflection, language)
    for name in reversed(SETS):
        for indexed in dict.fromkeys(a for a, _ in SETS[name].pairs):
            found[f"{name}/{indexed}"] = partial(run_lookup, name, indexed)
    found["seeds"] = run_seeds
    for language in LANGUAGES:
        found[f"documents/{language}"] = partial(run_sentences, language)
        found[f"absent/{language}"] = partial(run_absent, language)
    found["absent/shipped"] = run_absent_shipped
    for language in LANGUAGES:
        found[f"generation/{language}"] = partial(run_generation, language)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the arguments ask for; 0 when done."""
    chosen = _arguments(arguments)
    data_folder()
    names = [n for n in experiments() if not chosen.only or any(o in n for o in chosen.only)]
    if not names:
        sys.exit(f"No experiment has one of {chosen.only} in its name: {', '.join(experiments())}")
    options = Options(chosen.part, chosen.sample, not chosen.no_baselines)
    results = _run(names, options, chosen.jobs)
    lookups = [r for r in results if isinstance(r, Run)]
    texts = [r for r in results if isinstance(r, TextRun)]
    forms = [r for r in results if isinstance(r, Written)]
    tables = _tables(lookups, texts, forms, chosen.part)
    print("\n".join((f"# Accuracy, part {chosen.part}\n", *filter(None, tables.values()))))
    if chosen.errors:
        print(misses(lookups, texts, chosen.errors))
        print(generation_misses(forms, chosen.errors))
    _write(chosen, lookups, texts, tables)
    return 0


def _write(
    chosen: argparse.Namespace,
    lookups: Sequence[Run],
    texts: Sequence[TextRun],
    tables: Mapping[str, str],
) -> None:
    """Prints the difference, and makes the files, that were asked for."""
    if chosen.plot:
        drawn = diagram(curves(lookups, texts, chosen.part), chosen.part)
        chosen.plot.write_text(drawn, encoding="utf-8")
    if chosen.page:
        page = filled(chosen.page.read_text(encoding="utf-8"), tables)
        chosen.page.write_text(page, encoding="utf-8")
    if chosen.diff or chosen.save:
        found = frozen.outcomes(lookups, texts)
        if chosen.diff:
            print(frozen.difference(found, chosen.diff))
        if chosen.save:
            frozen.save(frozen.thinned(found, chosen.keep or len(found)), chosen.save)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy", description=__doc__)
    add = parser.add_argument
    add("--part", choices=PARTS, default="report", help="which half of the queries to score")
    add("--only", nargs="+", metavar="NAME", help="experiments with one of these in their name")
    add("--sample", type=int, default=0, metavar="N", help="at most N queries or texts a pair")
    add("--errors", type=int, default=0, metavar="N", help="print N of each kind, part fit only")
    add("--save", type=Path, metavar="DIR", help="freeze this run (ids and scores, no names)")
    add("--keep", type=int, default=0, metavar="N", help="freeze at most N queries a pair and part")
    add("--diff", type=Path, metavar="DIR", help="print what flipped against a frozen run")
    add("--plot", type=Path, metavar="FILE", help="draw scores beside shares right, as SVG")
    add("--page", type=Path, metavar="FILE", help="put the tables at their places in this page")
    add("--no-baselines", action="store_true", help="vardynas alone")
    add("--jobs", type=int, default=2, help="processes (default 2)")
    chosen = parser.parse_args(arguments)
    if chosen.sample and (chosen.save or chosen.diff):
        parser.error("a frozen run is a whole one: leave --sample out with --save and --diff")
    return chosen


def _run(names: Sequence[str], options: Options, jobs: int) -> list[Result]:
    """The results of the experiments in a fixed order, whatever ends first."""
    if jobs == 1:
        return [run for name in names for run in _experiment(name, options)]
    with ProcessPoolExecutor(jobs) as pool:
        futures = [pool.submit(_experiment, name, options) for name in names]
        return [run for future in futures for run in future.result()]


def _experiment(name: str, options: Options) -> Sequence[Result]:
    start = time.perf_counter()
    runs = experiments()[name](options)
    print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return runs


def _tables(
    lookups: Sequence[Run], texts: Sequence[TextRun], forms: Sequence[Written], part: str
) -> dict[str, str]:
    """Every table by the name that pages call it by."""
    rows = [*calibrations(lookups, part), *mention_calibrations(texts, part)]
    heads = ("what", "answers", "share right", "ECE", "Brier skill")
    return {
        "lookup": pooled_table(lookups, part),
        "text": text_table(texts, part),
        "absent": absent_table(texts, part),
        "calibration": table("Calibration", heads, rows),
        "decisions": decision_table(lookups, texts, part),
        "pairs": pair_table(lookups, part),
        "generation": generation_table(forms),
    }


if __name__ == "__main__":
    sys.exit(main())
