"""Work on many files, on several processes when asked, with the results in order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from vardynas.cli.errors import BadInput

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["in_order", "processes"]

AHEAD = 4
"""Tasks a process has waiting, so that it is never idle and finished work does not pile up."""

_ENDED = (
    "one of the processes was ended from outside, perhaps for lack of memory. "
    "Every file is old or new; run this again, with fewer --jobs"
)

T = TypeVar("T")
R = TypeVar("R")

_worker: dict[str, Callable[[Any], Any]] = {}


def processes(jobs: int, tasks: int) -> int:
    """How many processes are worth starting; 0 `jobs` means one a processor.

    >>> processes(8, 3), processes(1, 100)
    (3, 1)
    """
    return max(1, min(jobs or os.cpu_count() or 1, tasks))


def in_order(work: Callable[[T], R], tasks: Iterable[T], jobs: int) -> Iterator[R]:
    """``work(task)`` of each task, in order, on `jobs` processes.

    `work` goes to every process once and must be picklable; it is to catch what can go wrong with one
    task. Raises BadInput when a process is ended from outside. All of them end with this one, however
    that ends.
    """
    if jobs <= 1:
        yield from map(work, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(work,))
    waiting: deque[Future[Any]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(_do, task))
            if len(waiting) >= AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise BadInput(_ENDED) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(work: Callable[[Any], Any]) -> None:
    """Prepare a process: it ends at once with the one that started it, and at Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _worker["work"] = work
    _end_with_parent()


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _do(task: Any) -> Any:  # noqa: ANN401 - whatever `work` takes and gives
    return _worker["work"](task)
