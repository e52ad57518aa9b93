"""The rows of very many parts, worked out by several processes.

Workers are interpreters of their own that get runs of parts through a pipe and give rows back. They
are not made by `multiprocessing`, which would run the program that loads a glossary once more in each
of them, or copy its threads. Runs and rows are the same here and there, so the number of processes
changes nothing in the result; where no process can be started, or one dies, the work is done here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from vardynas.glossary.collecting import no_collection
from vardynas.index.part_rows import PartRows, part_rows
from vardynas.index.parts import Part
from vardynas.index.progress import counted
from vardynas.language import tables

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["serve", "work_out"]

RUNS_A_WORKER = 5
"""Fewer runs than this are sooner done here than a worker is started for them."""

MOST_WORKERS = 8

Runs = Sequence[Sequence[Part]]


def work_out(runs: Runs, jobs: int | None = None) -> Iterator[PartRows]:
    """The rows of each run, in order; `jobs` is the most processes (None: one a processor)."""
    most = min(jobs or _processors(), MOST_WORKERS, len(runs) // RUNS_A_WORKER)
    found = _by_workers(runs, most) if most > 1 and _is_python() else map(part_rows, runs)
    return counted(found, len(runs))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_python() -> bool:
    """Whether this program is the interpreter, not one that has it inside."""
    name = Path(sys.executable or "").name.lower()
    return name.startswith(("python", "pypy")) and not hasattr(sys, "frozen")


def _by_workers(runs: Runs, count: int) -> Iterator[PartRows]:
    from concurrent.futures import ThreadPoolExecutor

    workers = [_Worker() for _ in range(count)]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def rows(run: Sequence[Part]) -> PartRows:
        worker = idle.get()
        try:
            return worker(run)
        finally:
            idle.put(worker)

    waiting: deque[Future[PartRows]] = deque()
    rest = iter(runs)
    with ThreadPoolExecutor(count) as pool:
        try:
            waiting.extend(pool.submit(rows, run) for run in islice(rest, 2 * count))
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(rows, run) for run in islice(rest, 1))
        finally:
            for future in waiting:
                future.cancel()
            for worker in workers:
                worker.stop()


class _Worker:
    """A process that works out one run after the other."""

    def __init__(self) -> None:
        begin = f"import sys; sys.path[:] = {sys.path!r}; import {__name__} as w; w.serve()"
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-c", begin],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._send(tables.directories())

    def __call__(self, run: Sequence[Part]) -> PartRows:
        """The rows of a run, made there; a process that died is not asked again."""
        if self._process is not None and self._process.stdout is not None:
            try:
                self._send(run)
                rows: PartRows = pickle.load(self._process.stdout)
                return rows
            except (OSError, EOFError, pickle.UnpicklingError):
                self.stop()
        return part_rows(run)

    def _send(self, value: Any) -> None:  # noqa: ANN401 - whatever pickles
        if self._process is not None and self._process.stdin is not None:
            pickle.dump(value, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def stop(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()
            process.wait()


def serve() -> None:
    """What a worker does: reads the folders of tables, then runs until there are no more."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed is no answer
    with no_collection(), tables.search_path(*pickle.load(sys.stdin.buffer)[1:]):
        while True:
            try:
                run = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            pickle.dump(part_rows(run), out, pickle.HIGHEST_PROTOCOL)
            out.flush()
