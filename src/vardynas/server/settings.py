"""What a service allows: how large, how many, how long."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of a service; each has an option of ``vardynas serve``.

    `max_body` is bytes of a request, `letters` are those of a text, `batch` names or queries in one
    request. `threads` work on texts at a time, as many on all else, and `queue` requests wait for
    either; who comes then is told to come again. An answer that
    takes more than `timeout` seconds is given up, and so is a client that takes `patience` seconds
    to send a request. `connections` are open at a time. `url` is where the service is seen from
    outside, when that is not where it listens. The files of the glossary are looked at each `reload`
    seconds, 0 being never.

    >>> Settings(batch=10).batch
    10
    """

    max_body: int = 1_000_000
    letters: int = 200_000
    batch: int = 100
    threads: int = min(4, os.cpu_count() or 1)
    queue: int = 256
    timeout: float = 30.0
    patience: float = 15.0
    connections: int = 1000
    url: str = ""
    reload: float = 0.0
