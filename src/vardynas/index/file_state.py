"""In which state files are: what changes whenever one of them does, told without reading them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["NO_FILES", "FileState", "joined", "state_of"]

FINE, COARSE = 0.1, 2.0
"""Seconds in which two changes of a file may have one time, by whether times have parts of seconds."""


class FileState(NamedTuple):
    """`text` differs when a file does; of a file it has name, size, times and place.

    One of the times is that of the last change of the file's own data, which programs cannot set.
    `settled` says that the last change was so long before that the next will have another time.
    """

    text: str
    settled: bool


NO_FILES = FileState("", True)


def state_of(files: Iterable[tuple[str, os.stat_result]]) -> FileState:
    """The state of files, given by name and what the system says of them now, in any order."""
    lines: list[str] = []
    settled, now = True, time.time_ns()
    for name, status in files:
        times = status.st_mtime_ns, status.st_ctime_ns
        lines.append(f"{name} {status.st_size} {times} {status.st_dev} {status.st_ino}")
        settled &= all(now - changed > 1e9 * _blur(changed) for changed in times)
    return FileState("\n".join(sorted(lines)), settled)


def joined(*states: FileState) -> FileState:
    """The state of all files of several states."""
    return FileState("\n".join(s.text for s in states), all(s.settled for s in states))


def _blur(changed: int) -> float:
    return FINE if changed % 1_000_000_000 else COARSE
