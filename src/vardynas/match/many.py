"""Many texts on one process or several: results in order, a text that fails fails alone.

A worker that is forked has the index and all that was learned from earlier texts; one that is started
anew opens the compiled index by itself. What comes back are numbers, three a mention, and the mentions
as bytes, about 260 each, opened where one is read: to work them out takes fifty times as long.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from vardynas.index.tables import Index
from vardynas.match.analysis import Analyzer
from vardynas.match.mentions import Mentions
from vardynas.match.scan import Scanner
from vardynas.model import Failure, Mention

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["How", "scan_in_order"]

LETTERS_A_TASK = 1 << 18
"""Characters of texts that go to a worker at once: enough to make sending them cheap."""

TEXTS_A_TASK = 4096

TASKS_AHEAD = 4
"""Tasks a worker has waiting, so that an endless stream of texts is read only as fast as needed."""

_worker: dict[str, Scanner] = {}


class How(NamedTuple):
    """How texts are scanned: a language for all of them, misspelt names, the least probability.

    `whole` has workers send the mentions with all that is known of them, not their spans alone.
    """

    language: str | None
    similar: bool
    threshold: float
    whole: bool = True


class _Sent(NamedTuple):
    """The mentions of a text on their way: columns of numbers, and all of them pickled or nothing."""

    columns: bytes
    mentions: bytes


def scan_in_order(
    scanner: Scanner, texts: Iterable[str], how: How, jobs: int
) -> Iterator[Mentions | Failure]:
    """The mentions of each text, or the `Failure` of one that could not be scanned."""
    first = 0
    for batch, found in _scanned(scanner, _batches(texts), how, jobs):
        for number, (text, result) in enumerate(zip(batch, found, strict=True), first):
            if isinstance(result, Failure):
                yield replace(result, index=number)
            elif isinstance(result, _Sent):
                yield _rebuilt(scanner, text, result, how)
            else:
                yield result
        first += len(batch)


_Result = Mentions | _Sent | Failure


def _scanned(
    scanner: Scanner, batches: Iterator[list[str]], how: How, jobs: int
) -> Iterator[tuple[list[str], Sequence[_Result]]]:
    if jobs <= 1:
        yield from ((batch, _scan(scanner, batch, how)) for batch in batches)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, **_started(scanner)) as pool:
        waiting: deque[tuple[list[str], Future[list[_Sent | Failure]]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(_in_worker, batch, how)))
            if len(waiting) >= TASKS_AHEAD * jobs:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts by the batch; small ones at first, so that the first mentions come soon."""
    batch: list[str] = []
    letters, most = 0, 1
    try:
        for text in texts:
            batch.append(text)
            letters += len(text) if isinstance(text, str) else 0  # what is no text fails by itself
            if letters >= LETTERS_A_TASK or len(batch) >= most:
                yield batch
                batch, letters, most = [], 0, min(4 * most, TEXTS_A_TASK)
    except Exception:
        if batch:  # what was read before is not lost
            yield batch
        raise
    if batch:
        yield batch


def _scan(scanner: Scanner, texts: Sequence[str], how: How) -> Sequence[Mentions | Failure]:
    """The mentions of each text; where a batch fails, its texts are scanned one by one."""
    language, similar, threshold, _ = how
    try:
        return scanner.scan_batch(texts, language, similar=similar, threshold=threshold)
    except Exception:  # one poisoned text must not stop the others
        return [_scan_one(scanner, text, how) for text in texts]


def _scan_one(scanner: Scanner, text: str, how: How) -> Mentions | Failure:
    try:
        return scanner.scan(text, how.language, similar=how.similar, threshold=how.threshold)
    except Exception as error:
        return Failure(0, str(error), type(error).__name__)


def _started(scanner: Scanner) -> dict[str, Any]:
    """How workers are started and what they are given.

    What a forked process is given it has as a copy, with all that was learned; nothing is sent.
    """
    import multiprocessing

    if _can_fork():
        fork = multiprocessing.get_context("fork")
        return {"mp_context": fork, "initializer": _take, "initargs": (scanner,)}
    data = bytes(scanner.analyze.index.data), bytes(scanner.analyze.names.data)
    spawn = multiprocessing.get_context("spawn")
    return {"mp_context": spawn, "initializer": _open, "initargs": data}


def _can_fork() -> bool:
    """Whether a copy of this process is safe: no other threads, and a system that has copies."""
    import multiprocessing
    import threading

    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _take(scanner: Scanner) -> None:
    _worker["scanner"] = scanner


def _open(entries: bytes, names: bytes) -> None:
    _worker["scanner"] = Scanner(Analyzer(Index(entries), Index(names)))


def _in_worker(texts: list[str], how: How) -> list[_Sent | Failure]:
    found = _scan(_worker["scanner"], texts, how)
    return [_sent(row, how.whole) for row in found]


def _sent(found: Mentions | Failure, whole: bool) -> _Sent | Failure:
    if isinstance(found, Failure):
        return found
    try:
        mentions = pickle.dumps(list(found), pickle.HIGHEST_PROTOCOL) if whole and found else b""
    except Exception as error:
        return Failure(0, str(error), type(error).__name__)
    return _Sent(found.packed(), mentions)


def _rebuilt(scanner: Scanner, text: str, sent: _Sent, how: How) -> Mentions:
    """The mentions that a worker found; opened, or worked out here, when the first one is read."""
    whole: list[Mention] = []

    def build(at: int) -> Mention:
        if not whole:
            whole.extend(_opened(scanner, text, sent.mentions, how))
        return whole[at]

    return scanner.unpacked(sent.columns, build)


def _opened(scanner: Scanner, text: str, mentions: bytes, how: How) -> Iterable[Mention]:
    if mentions:
        return cast(list[Mention], pickle.loads(mentions))  # of a worker of this very process
    return scanner.scan(text, how.language, similar=how.similar, threshold=how.threshold)
