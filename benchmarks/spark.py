"""``python -m benchmarks.spark``: the same texts by one process and by Spark, with a table.

Short texts, of which every third names an entry of the built-in glossary in some form, and each
stands several times, are read from Parquet, normalized, and written as Parquet. What counts as
equal are the rows, sorted. Starting Spark, and its first job, in which workers start and open the
glossary, are told apart. In the last run one worker is killed while it works.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

import vardynas
from benchmarks.speed.timing import say
from vardynas.adapters import arrow, spark
from vardynas.adapters.opening import opened
from vardynas.adapters.questions import Normalize
from vardynas.adapters.tasks import Task
from vardynas.model import Failure

__all__ = ["Deadly", "main", "texts"]

LANGUAGES = ("be", "en", "lt", "pl")
SAMPLES = Path(__file__).parents[1] / "seeds" / "samples"
FILES = 8
NAMED = 400
"""Entries that the texts name."""

RUNS = ("one process", "local[2]", "local-cluster[2,1,1024]", "the same, a worker killed")
SETTINGS = {"spark.ui.enabled": "false", "spark.log.level": "ERROR"}


@dataclass(frozen=True)
class Deadly(Normalize):
    """The question, but the process that first meets the text `at` is killed, once."""

    at: str = ""
    marker: str = ""

    def answers(self, resolver: vardynas.Resolver, texts: Sequence[str]) -> Iterator[str | Failure]:
        """The answers, if they come to it."""
        if self.at in texts and not Path(self.marker).exists():
            Path(self.marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Normalize.answers(self, resolver, texts)


def texts(count: int, distinct: int) -> list[str]:
    """So many short texts, the same ones at each call."""
    random = Random(2026)
    words = {one: _words(one) for one in LANGUAGES}
    names = _names(random)
    found = []
    for number in range(distinct):
        language = random.choice(LANGUAGES)
        said = random.choices(words[language], k=random.randint(4, 9))
        if number % 3 == 0:
            said.insert(random.randrange(len(said)), random.choice(names[language]))
        found.append(" ".join(said))
    return [random.choice(found) for _ in range(count)]


def _words(language: str) -> list[str]:
    """Words in small letters, those of the samples."""
    files = sorted(SAMPLES.glob(f"{language}-*.txt"))
    found = " ".join(file.read_text(encoding="utf-8") for file in files).split()
    return [word for word in found if word.isalpha() and word.islower()]


def _names(random: Random) -> dict[str, list[str]]:
    """Forms of entries by language."""
    resolver = opened()
    ids = random.sample(sorted(resolver.entries), NAMED)
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for entry in ids:
        for language in LANGUAGES:
            forms = resolver.variants(entry, language, inflected=True)
            found[language] += [one.form for one in forms[:12]]
    return found


def _write(folder: Path, rows: Sequence[str]) -> None:
    """The texts as a folder of Parquet files, as pipelines have them."""
    folder.mkdir()
    table = pa.table({"row": range(len(rows)), "text": rows})
    size = -(-len(rows) // FILES)
    for number in range(FILES):
        pq.write_table(table.slice(number * size, size), folder / f"{number}.parquet")


def _digest(folder: Path) -> str:
    """A hash of the rows, whatever their order and their files."""
    table = ds.dataset(folder, format="parquet").to_table().sort_by("row")
    digest = hashlib.sha256()
    for row, text in zip(table["row"].to_pylist(), table["text"].to_pylist(), strict=True):
        digest.update(f"{row}\t{text}\n".encode())
    return digest.hexdigest()[:16]


def _alone(source: Path, target: Path, _: str) -> dict[str, Any]:
    """One process: opening the glossary, then all rows through the Arrow seam."""
    start = time.perf_counter()
    opened()
    arrow.normalize_array(pa.array(["Wilno"]), to="lt")
    open_ = time.perf_counter()
    data = ds.dataset(source, format="parquet")
    batches = arrow.normalize_batches(data.to_batches(batch_size=10_000), "text", to="lt")
    schema = arrow.normalized_schema(data.schema, "text")
    ds.write_dataset(batches, target, schema=schema, format="parquet")
    return {"start": 0.0, "first": open_ - start, "all": time.perf_counter() - open_}


def _spark(source: Path, target: Path, master: str) -> dict[str, Any]:
    """Spark: the session, a small job, then all rows."""
    killed = master == RUNS[3]
    start = time.perf_counter()
    session = spark.start(RUNS[2] if killed else master, SETTINGS)
    started = time.perf_counter()
    small = session.range(FILES).selectExpr("id AS row", "'Wilno' AS text")
    spark.normalize(small.repartition(FILES), "text", to="lt").collect()
    first = time.perf_counter()
    frame = session.read.parquet(str(source))
    question = _deadly(source, target) if killed else Normalize(to="lt")
    found = spark.answer(frame, "text", "text", Task(question))
    found.write.parquet(str(target))
    ended = time.perf_counter()
    session.stop()
    return {"start": started - start, "first": first - started, "all": ended - first}


def _deadly(source: Path, target: Path) -> Deadly:
    """The question that kills, at a text of the middle of the last file."""
    last = pq.read_table(source / f"{FILES - 1}.parquet")["text"]
    return Deadly(to="lt", at=last[len(last) // 2].as_py(), marker=f"{target}.killed")


def _in_its_own(name: str, source: Path, folder: Path) -> dict[str, Any]:
    """A run in a process of its own, with the hash of what it wrote."""
    target = folder / f"out-{RUNS.index(name)}"
    command = [sys.executable, "-m", "benchmarks.spark", "--run", name, str(source), str(target)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    killed = Path(f"{target}.killed").exists()
    assert killed == (name == RUNS[3]), "no worker was killed"
    result |= {"run": name, "digest": _digest(target)}
    say(f"{result}")
    return result


def _table(results: Sequence[dict[str, Any]], count: int) -> str:
    lines = ["| run | start | first job | all rows | rows a second | against one | rows |"]
    lines.append("|---|---|---|---|---|---|---|")
    one = results[0]
    for row in results:
        same = "same" if row["digest"] == one["digest"] else "DIFFERENT"
        times = " | ".join(f"{row[part]:.1f} s" for part in ("start", "first", "all"))
        rate, factor = count / row["all"], one["all"] / row["all"]
        lines.append(f"| {row['run']} | {times} | {rate:,.0f} | {factor:.2f} | {same} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; 0 when all runs gave the same rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--distinct", type=int, default=50_000)
    parser.add_argument("--only", nargs="*", choices=RUNS, default=RUNS)
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.run:
        name, source, target = chosen.run
        run = _alone if name == RUNS[0] else _spark
        print(json.dumps(run(Path(source), Path(target), name)), flush=True)
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _write(folder / "texts", texts(chosen.rows, chosen.distinct))
        names = [name for name in RUNS if name in {RUNS[0], *chosen.only}]
        results = [_in_its_own(name, folder / "texts", folder) for name in names]
    print(f"{chosen.rows:,} texts, {chosen.distinct:,} of them distinct\n")
    print(_table(results, chosen.rows))
    return int(len({row["digest"] for row in results}) > 1)


if __name__ == "__main__":
    sys.exit(main())
