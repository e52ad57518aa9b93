"""In which state files are: what changes whenever one of them does, told without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["NO_FILES", "FileState", "state_of"]


class FileState(NamedTuple):
    """`text` differs when a file does; `changed` is the last change of any, in nanoseconds.

    Of a file it has name, size, times and place. One of the times is that of the last change of the
    file's own data, which programs cannot set.
    """

    text: str
    changed: int


NO_FILES = FileState("", 0)


def state_of(files: Iterable[tuple[str, os.stat_result]]) -> FileState:
    """The state of files, given by name and what the system says of them, in any order."""
    lines: list[str] = []
    changed = 0
    for name, status in files:
        times = status.st_mtime_ns, status.st_ctime_ns
        changed = max(changed, *times)
        lines.append(f"{name} {status.st_size} {times} {status.st_dev} {status.st_ino}")
    return FileState("\n".join(sorted(lines)), changed)
