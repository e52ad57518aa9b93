"""Changing a file as a whole or not at all, whenever the process is killed or the power fails.

What is written goes to a draft beside the file, to the disk, and then takes the file's name in one
step. A process that is killed leaves a draft behind at most: its name says whose it was, and the next
process that writes into the folder removes it.
"""

from __future__ import annotations

import contextlib
import filecmp
import itertools
import os
import re
import shutil
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from vardynas.errors import DocumentError

__all__ = [
    "BACKUP_SUFFIX",
    "State",
    "backup_of",
    "is_draft",
    "replace",
    "replacing",
    "state_of",
    "sweep",
]

BACKUP_SUFFIX = ".bak"
"""What the name of a backup ends with when nobody says otherwise."""

ABANDONED = 24 * 3600
"""Seconds after which a draft of another machine is taken for a leftover."""

_draft_name = re.compile(r"\.vardynas-([0-9a-f]{8})-(\d+)-\d+\.tmp")
_numbers = itertools.count()
_BLOCK = 1 << 20


class State(NamedTuple):
    """What tells whether a file is still the one that was read."""

    device: int
    inode: int
    size: int
    changed: int


def state_of(path: str | Path) -> State:
    """The state of the file at `path`; raises OSError when there is none."""
    stat = Path(path).stat()
    return State(stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)


def replace(
    path: str | Path, data: bytes, *, backup: str | None = None, expected: State | None = None
) -> None:
    """Put `data` at `path` as a whole or not at all; see `replacing`."""
    with replacing(path, backup=backup, expected=expected) as draft:
        draft.write(data)


@contextmanager
def replacing(
    path: str | Path, *, backup: str | None = None, expected: State | None = None
) -> Iterator[BinaryIO]:
    """A draft to write into; on leaving without an error it stands at `path`, which may be new.

    Mode, owner and extended attributes of an older file stay where the system allows it. A symbolic
    link stays one: what it leads to is replaced. With the suffix `backup` the older file is kept, as a
    whole, under the name that `backup_of` gives, before it is replaced. Raises DocumentError when
    `path` is no ordinary file, must not be written, or is no longer in the state `expected`.
    """
    target = Path(path).resolve()
    _check(target, str(path))
    sweep(target.parent)
    try:
        with _draft(target.parent, private=target.exists()) as draft:
            with draft.open("wb") as file:
                yield file
                _to_disk(file)
            if target.exists():
                _check_state(target, str(path), expected)
                _dress(draft, target)
                if backup:
                    _keep(target, backup_of(target, backup))
            draft.replace(target)
            _folder_to_disk(target.parent)
    except OSError as error:  # the system speaks of the draft, people know the file
        reason = error.strerror or str(error)
        raise DocumentError(str(path), f"it cannot be written: {reason}") from error


def backup_of(path: str | Path, suffix: str) -> Path:
    """Where the file at `path` is kept before it is replaced: a.txt.bak, and never over another backup.

    Where that is taken it is a.txt.2.bak, a.txt.3.bak and so on, unless the last of them already
    holds what stands at `path`.

    >>> str(backup_of("Gardinas.txt", ".bak"))
    'Gardinas.txt.bak'
    """
    file = Path(path).resolve() if Path(path).is_symlink() else Path(path)
    last, free = None, file.with_name(file.name + suffix)
    for number in itertools.count(2):
        if not os.path.lexists(free):
            break
        last, free = free, file.with_name(f"{file.name}.{number}{suffix}")
    return last if last and _is_same(last, file) else free


def _is_same(backup: Path, file: Path) -> bool:
    """Whether a backup holds what the file holds."""
    return backup.is_file() and filecmp.cmp(backup, file, shallow=False)


def is_draft(name: str) -> bool:
    """Whether a file of this name is a draft, not yet finished or left behind.

    >>> is_draft(".vardynas-1b2c3d4e-4711-0.tmp"), is_draft("Гродна.tmp")
    (True, False)
    """
    return _draft_name.fullmatch(name) is not None


def sweep(folder: Path) -> int:
    """Remove the drafts in `folder` whose process no longer runs; how many there were."""
    found = [path for path in _entries(folder) if is_draft(path.name) and _is_left_over(path)]
    for path in found:
        with contextlib.suppress(OSError):
            path.unlink()
    return len(found)


def _entries(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in os.listdir(folder) if name.startswith(".vardynas-")]  # noqa: PTH208
    except OSError:  # a folder may be written and yet not be listed
        return []


def _is_left_over(path: Path) -> bool:
    """Whether nobody will finish this draft: its process is gone, or it is a day old."""
    match = _draft_name.fullmatch(path.name)
    if match is None:
        return False
    host, process = match[1], int(match[2])
    if host == _host() and os.name == "posix":
        return process != os.getpid() and not _runs(process)
    try:
        return time.time() - path.stat().st_mtime > ABANDONED
    except OSError:
        return False


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)  # asks, without a signal; on Windows it would end the process
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _host() -> str:
    """The name of the machine, or container, as a number: each of them counts its own processes."""
    import platform

    return f"{zlib.crc32(platform.node().encode('utf-8', 'surrogateescape')):08x}"


def _check(target: Path, shown: str) -> None:
    if not target.exists():
        return
    if not target.is_file():
        raise DocumentError(shown, "it is no ordinary file, so it cannot be replaced")
    if not os.access(target, os.W_OK):
        raise DocumentError(shown, "it must not be written. Allow it: chmod u+w")


def _check_state(target: Path, shown: str, expected: State | None) -> None:
    if expected is not None and state_of(target) != expected:
        raise DocumentError(shown, "it was changed by someone else meanwhile. Run this again")


@contextmanager
def _draft(folder: Path, *, private: bool) -> Iterator[Path]:
    """A new empty file in `folder`; removed on leaving unless it has got another name by then."""
    draft = _new_draft(folder, 0o600 if private else 0o666)
    try:
        yield draft
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


def _new_draft(folder: Path, mode: int) -> Path:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    while True:  # a number can only be taken when a dead process had ours
        draft = folder / f".vardynas-{_host()}-{os.getpid()}-{next(_numbers)}.tmp"
        with contextlib.suppress(FileExistsError):
            os.close(os.open(draft, flags, mode))
            return draft


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _folder_to_disk(folder: Path) -> None:
    """Make renames in `folder` last; nothing where the system has no such thing."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network file systems refuse
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _dress(draft: Path, target: Path) -> None:
    """Give the draft the owner, mode and extended attributes of the file that it replaces."""
    if sys.platform != "win32":
        stat = target.stat()
        with contextlib.suppress(OSError):  # only root gives files away
            os.chown(draft, stat.st_uid, stat.st_gid)
    shutil.copystat(target, draft)  # after the owner, whose change may drop bits of the mode
    os.utime(draft)


def _keep(target: Path, backup: Path) -> None:
    """Copy `target` to `backup`, as a whole or not at all, with all that `_dress` gives.

    One that is there already is the same.
    """
    if backup.exists():
        return
    with _draft(target.parent, private=True) as draft:
        with target.open("rb") as source, draft.open("wb") as copy:
            shutil.copyfileobj(source, copy, _BLOCK)
            _to_disk(copy)
        _dress(draft, target)
        shutil.copystat(target, draft)  # a backup is as old as what it holds
        draft.replace(backup)
        _folder_to_disk(target.parent)
