"""Compiled indexes on disk: made at the first use, opened in milliseconds afterwards.

A file is found by what it was made from: the sources with their sizes and times, the linguistic
tables and the code that compiles. A change of any of them is a new file; a damaged or foreign file is
made again. Files are written to a temporary name and renamed, so concurrent processes never see half
of one, and nothing in them is ever executed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from vardynas.index.columns import ForeignFile, Packed
from vardynas.index.file_state import FileState, state_of
from vardynas.index.tables import Index
from vardynas.language import tables

__all__ = [
    "Handle",
    "cache_folder",
    "code_state",
    "from_handle",
    "handle",
    "keep",
    "open_index",
    "open_kept",
    "stored",
]

KEPT = 16
"""Compiled indexes that stay in the cache; older ones are removed when a new one is written."""

USED = 24 * 3600
"""Seconds after which the use of a file is noted in its time, so that what is used most stays."""

_PACKAGE = Path(__file__).parents[1]
_COMPILED_FROM = ("index", "language", "text", "glossary", "model", "version.py")


def cache_folder() -> Path:
    """Where compiled indexes are kept; safe to delete at any time."""
    if sys.platform == "linux":  # as platformdirs says, without the time to import it
        home = os.environ.get("XDG_CACHE_HOME", "").strip() or Path("~/.cache").expanduser()
        return Path(home) / "vardynas"
    from platformdirs import user_cache_path

    return user_cache_path("vardynas")


def code_state() -> FileState:
    """The code and the tables that decide what an index holds."""
    return state_of(_code())


def _code() -> Iterator[tuple[str, os.stat_result]]:
    for name in _COMPILED_FROM:
        path = _PACKAGE / name
        if path.is_dir():
            yield from _listed(path, ".py")
        else:
            yield str(path), path.stat()
    for folder in tables.directories():
        yield from _listed(folder, ".yaml")


def _listed(folder: Path, suffix: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as found:
        for item in found:
            if item.name.endswith(suffix):
                yield item.path, item.stat()


def stored(sources: str, make: Callable[[], bytes | Packed]) -> Index:
    """The index made from `sources` (a fingerprint): opened from the cache, or made and kept."""
    from hashlib import blake2b

    name = blake2b(f"{code_state().text}{sources}".encode(), digest_size=16).hexdigest()
    path = cache_folder() / f"{name}.index"
    try:
        return open_index(path)
    except (OSError, ForeignFile):
        data = make()
    try:
        keep(path, data)
        _tidy(path.parent)
        return open_kept(path)
    except (OSError, ForeignFile):  # without a folder to write to, it lives in memory
        return Index(bytes(data))


def open_index(path: Path, seen: str = "") -> Index:
    """The index in a file, mapped.

    Its checksum is compared unless the file is still what it was when that was done: `seen`, the
    `Index.state` of that time. Raises `OSError` when the file cannot be read and `ForeignFile` when it
    is none of ours.
    """
    import mmap

    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        if status.st_size == 0:
            raise ForeignFile("an empty file")
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    index = Index(data, checked=state_of([("", status)]).text == seen)
    if time.time() - status.st_mtime > USED:
        with suppress(OSError):
            os.utime(path)
            status = path.stat()
    index.path, index.state = path, state_of([("", status)])
    return index


Handle = tuple[str, str] | bytes
"""What another process of this machine opens an index by."""


def handle(index: Index) -> Handle:
    """The path of the file that `index` maps, with its state; the bytes of one in memory."""
    return (str(index.path), index.state.text) if index.path is not None else bytes(index.data)


def from_handle(handle: Handle) -> Index:
    """The index of a `handle`, mapped from the same file; `OSError` when that is gone."""
    return Index(handle) if isinstance(handle, bytes) else open_index(Path(handle[0]), handle[1])


def open_kept(path: Path) -> Index:
    """The index that this process wrote a moment ago: nobody else can have changed it."""
    index = open_index(path)
    index.state = index.state._replace(settled=True)
    return index


def keep(path: Path, data: bytes | Packed) -> None:
    """Writes `data` beside `path` and renames it, so that nobody sees half of it; `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{time.time_ns()}.part")
    try:
        with temporary.open("xb") as file:
            if isinstance(data, Packed):
                data.write(file)
            else:
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _tidy(folder: Path) -> None:
    """Removes all but the newest indexes, and what is known of others."""
    for pattern, most in (("*.index", KEPT), ("*.start", 4 * KEPT)):
        with suppress(OSError):
            found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)
            for path in found[:-most]:
                path.unlink(missing_ok=True)
