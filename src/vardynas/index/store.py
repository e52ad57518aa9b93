"""Compiled indexes on disk: made at the first use, opened in milliseconds afterwards.

A file is found by what it was made from: the sources with their sizes and times, the linguistic
tables and the code that compiles. A change of any of them is a new file; a damaged or foreign file is
made again. Files are written to a temporary name and renamed, so concurrent processes never see half
of one, and nothing in them is ever executed.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from vardynas.index.columns import ForeignFile
from vardynas.index.tables import Index
from vardynas.version import __version__

__all__ = ["cache_folder", "open_index", "stored"]

_PACKAGE = Path(__file__).parents[1]
_COMPILED_FROM = ("index", "language", "text")


def cache_folder() -> Path:
    """Where compiled indexes are kept; safe to delete at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("vardynas")


@lru_cache(maxsize=1)
def _code_state() -> str:
    """Sizes and times of the tables and modules that decide what an index holds."""
    state = hashlib.blake2b(__version__.encode(), digest_size=16)
    for folder in _COMPILED_FROM:
        for path in sorted((_PACKAGE / folder).rglob("*.*")):
            if path.suffix in (".py", ".yaml"):
                status = path.stat()
                state.update(f"{path.name}{status.st_size}{status.st_mtime_ns}".encode())
    return state.hexdigest()


def stored(sources: str, make: Callable[[], bytes]) -> Index:
    """The index made from `sources` (a fingerprint): opened from the cache, or made and kept."""
    name = hashlib.blake2b(f"{_code_state()}{sources}".encode(), digest_size=16).hexdigest()
    path = cache_folder() / f"{name}.index"
    try:
        return open_index(path)
    except (OSError, ForeignFile):
        data = make()
        _keep(path, data)
        return Index(data)


def open_index(path: Path) -> Index:
    """The index in a file, mapped, not read.

    Raises `OSError` when it cannot be read and `ForeignFile` when it is none of ours.
    """
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            raise ForeignFile(f"{path} is empty")
        return Index(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))


def _keep(path: Path, data: bytes) -> None:
    """Writes `data` beside `path` and renames it; without a writable folder nothing is kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except OSError:
        return
