"""Work beside the event loop: in a few threads, with a queue that ends and a time that runs out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from vardynas.server.faults import Fault
from vardynas.server.settings import Settings

__all__ = ["Workers"]

T = TypeVar("T")


class Workers:
    """Threads that do what takes time, so that the service can go on listening."""

    def __init__(self, settings: Settings) -> None:
        self._timeout = settings.timeout
        self._at_a_time, self._queue = settings.threads, settings.queue
        self._threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="vardynas")
        self._counting = Lock()
        self.busy = 0

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns; `Fault` 503 when too many wait already or it takes too long.

        Work that has begun cannot be stopped: it keeps its place until it ends, and is bounded by
        the size of a request.
        """
        if self.busy >= self._at_a_time + self._queue:
            raise Fault(503, self._full(), retry_after="1")
        self._count(1)
        future = self._threads.submit(work)
        future.add_done_callback(lambda _: self._count(-1))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._timeout)
        except TimeoutError:
            sentence = f"This took longer than {self._timeout:g} seconds; send less at a time."
            raise Fault(503, sentence, retry_after="5") from None

    def _full(self) -> str:
        waiting = max(0, self.busy - self._at_a_time)
        return (
            f"The service works on {self._at_a_time:,} such requests, and {waiting:,} wait already; "
            "send this one again in a second."
        )

    def _count(self, more: int) -> None:
        with self._counting:
            self.busy += more

    def close(self) -> None:
        """Let what has begun end, and begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
