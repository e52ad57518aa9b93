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
from collections.abc import Callable, Iterator
from pathlib import Path

from vardynas.index.columns import ForeignFile
from vardynas.index.tables import Index
from vardynas.language import tables

__all__ = ["cache_folder", "open_index", "stored"]

KEPT = 16
"""Compiled indexes that stay in the cache; older ones are removed when a new one is written."""

_PACKAGE = Path(__file__).parents[1]
_COMPILED_FROM = ("index", "language", "text", "glossary", "model.py", "version.py")


def cache_folder() -> Path:
    """Where compiled indexes are kept; safe to delete at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("vardynas")


def _state() -> str:
    """Sizes and times of the code and the tables that decide what an index holds."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(_compiled_from()):
        status = path.stat()
        state.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return state.hexdigest()


def _compiled_from() -> Iterator[Path]:
    for name in _COMPILED_FROM:
        path = _PACKAGE / name
        yield from (p for p in path.rglob("*.py")) if path.is_dir() else (path,)
    for folder in tables.directories():
        yield from folder.glob("*.yaml")


def stored(sources: str, make: Callable[[], bytes]) -> Index:
    """The index made from `sources` (a fingerprint): opened from the cache, or made and kept."""
    name = hashlib.blake2b(f"{_state()}{sources}".encode(), digest_size=16).hexdigest()
    path = cache_folder() / f"{name}.index"
    try:
        index = open_index(path)
        os.utime(path)  # what is used most stays
        return index
    except (OSError, ForeignFile):
        data = make()
        _keep(path, data)
        return Index(data)


def open_index(path: Path) -> Index:
    """The index in a file, mapped; its checksum is compared.

    Raises `OSError` when it cannot be read and `ForeignFile` when it is none of ours.
    """
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            raise ForeignFile(f"{path} is empty")
        return Index(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))


def _keep(path: Path, data: bytes) -> None:
    """Writes `data` beside `path` and renames it; without a writable folder nothing is kept."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
        _tidy(path.parent)
    except OSError:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    """Removes all but the newest indexes."""
    found = sorted(folder.glob("*.index"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        path.unlink(missing_ok=True)
