"""Many texts on several processes: results in order, a text that fails fails alone.

Every worker opens the index once, from the bytes that the resolver holds; what comes back are the
mentions, which carry entry ids and no entries.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from vardynas.index.tables import Index
from vardynas.match.analysis import Analyzer
from vardynas.match.scan import Scanner
from vardynas.model import Failure, Mention

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["scan_in_order"]

TEXTS_A_TASK = 16
"""Texts that go to a worker at once: enough to make sending them cheap."""

TASKS_AHEAD = 4
"""Tasks a worker has waiting, so that an endless stream of texts is read only as fast as needed."""

_worker: dict[str, Scanner] = {}

_Task = tuple[int, str, str | None, float]


def scan_in_order(
    scanner: Scanner, texts: Iterable[str], language: str | None, threshold: float, jobs: int
) -> Iterator[Sequence[Mention] | Failure]:
    """The mentions of each text, or the `Failure` of one that could not be scanned."""
    tasks = ((number, text, language, threshold) for number, text in enumerate(texts))
    if jobs <= 1:
        yield from (_scan(scanner, task) for task in tasks)
        return
    from concurrent.futures import ProcessPoolExecutor

    data = bytes(scanner.analyze.index.data), bytes(scanner.analyze.names.data)
    with ProcessPoolExecutor(jobs, initializer=_open, initargs=data) as pool:
        waiting: deque[Future[list[Sequence[Mention] | Failure]]] = deque()
        while chunk := list(islice(tasks, TEXTS_A_TASK)):
            waiting.append(pool.submit(_in_worker, chunk))
            if len(waiting) >= TASKS_AHEAD * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _scan(scanner: Scanner, task: _Task) -> Sequence[Mention] | Failure:
    number, text, language, threshold = task
    try:
        return list(scanner.scan(text, language, threshold=threshold))
    except Exception as error:  # one poisoned text must not stop the others
        return Failure(number, str(error), type(error).__name__)


def _open(entries: bytes, names: bytes) -> None:
    _worker["scanner"] = Scanner(Analyzer(Index(entries), Index(names)))


def _in_worker(tasks: list[_Task]) -> list[Sequence[Mention] | Failure]:
    return [_scan(_worker["scanner"], task) for task in tasks]
