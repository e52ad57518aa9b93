"""Which files are meant by files, folders and patterns, in an order that does not change."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path, PurePath
from typing import NamedTuple

from vardynas.documents.atomic import BACKUP_SUFFIX
from vardynas.documents.encodings import is_encoded_text
from vardynas.documents.formats import COMPRESSED, FORMATS, UNREAD
from vardynas.errors import DocumentError

__all__ = ["READ_ONLY", "Found", "Skipped", "find", "is_binary", "is_pattern"]

READ_ONLY = ("pdf",)
"""Formats that are searched and never written."""

LEFT_OVER = (BACKUP_SUFFIX, "~", ".orig", ".rej", ".swp")
"""What the names of files end with that editors and programs keep beside the ones that are meant."""

_SNIFFED = 8192
_CONTROLS = {*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"}
"""Bytes that stand in no text; the last of the others ends files of DOS, and begins colors."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 and UTF-32 have zero bytes and are text
_SUFFIXES = frozenset(suffix for one in FORMATS for suffix in one.suffixes)


class Found(NamedTuple):
    """A file: its path, its place under the folder that was named, and whether it was named itself."""

    path: str
    place: str
    named: bool = True


class Skipped(NamedTuple):
    """A path that is left out, and why: an error says what is wrong, None that it is not read."""

    path: str
    error: OSError | DocumentError | None = None


def find(
    paths: Iterable[str], *, backup: str = BACKUP_SUFFIX, without: str | None = None
) -> Iterator[Found | Skipped]:
    """Every file that `paths` mean, once: files as named, folders and patterns with all below.

    Folders are read in the order of their names. In them hidden files, links, backups (whose names
    end with `backup`), whatever lies in the folder `without`, and files that hold no text
    are left out; the last are reported as `Skipped`, like folders that cannot be read. A pattern
    that fits nothing is reported too. ``-`` and files that do not exist come back as they are.
    """
    search = _Search(backup, None if without is None else os.path.realpath(without))
    seen: set[str] = set()
    for path in paths:
        for found in search.named(path):
            real = os.path.realpath(found.path)
            if isinstance(found, Skipped) or real not in seen:
                seen.add(real)
                yield found


def is_pattern(path: str) -> bool:
    """Whether `path` is a pattern, and not the name of a file that has such letters in it.

    >>> is_pattern("texts/*.md"), is_pattern("Gardinas.txt")
    (True, False)
    """
    return glob.has_magic(path) and not os.path.lexists(path)


def is_binary(path: str | Path) -> bool:
    """Whether the file holds no text, to judge by its first bytes; raises OSError.

    It has signs that texts do not have, or is in no encoding that could be told. Suffixes of known
    formats are not asked about here: a Word file is binary.
    """
    with Path(path).open("rb") as file:
        start = file.read(_SNIFFED)
    if start.startswith(_WIDE):
        return False
    return any(map(start.__contains__, _CONTROLS)) or not is_encoded_text(start)


class _Search:
    """The files below folders, without those that nobody means."""

    def __init__(self, backup: str, without: str | None) -> None:
        self._endings = tuple({*LEFT_OVER, backup} - {""})
        self._without = without

    def named(self, path: str) -> Iterator[Found | Skipped]:
        """What one argument means."""
        if Path(path).is_dir():
            yield from self._below(path, "")
        elif is_pattern(path):
            yield from self._fitting(path)
        else:
            yield Found(path, PurePath(path).name)

    def _fitting(self, pattern: str) -> Iterator[Found | Skipped]:
        """What a pattern fits, folders with all below them; links are not followed."""
        try:
            root, fitting = _fitting(pattern)
        except ValueError as error:
            yield Skipped(pattern, DocumentError(pattern, str(error)))
            return
        if not fitting:
            yield Skipped(pattern, DocumentError(pattern, "no file fits this pattern"))
        for path in fitting:
            place = str(path.relative_to(root))
            if path.is_dir():
                yield from self._below(str(path), place)
            elif not self._is_left_over(path.name):
                yield _text_or_not(str(path), place)

    def _below(self, folder: str, place: str) -> Iterator[Found | Skipped]:
        """The files in `folder` and in the folders in it, sorted, hidden ones left out."""
        if self._without is not None and os.path.realpath(folder) == self._without:
            return
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(folder, error)
            return
        for entry in listed:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            path, inner = entry.path.removeprefix("./"), str(PurePath(place, entry.name))
            if entry.is_dir():
                yield from self._below(path, inner)
            elif entry.is_file() and not self._is_left_over(path):
                yield _text_or_not(path, inner)

    def _is_left_over(self, path: str) -> bool:
        return path.endswith(self._endings)


def _text_or_not(path: str, place: str) -> Found | Skipped:
    """A file of a folder: found when its format is known or it looks like a text."""
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes[-2:]]
    if suffixes and suffixes[-1] in COMPRESSED:
        known = len(suffixes) == 2 and suffixes[0] in _SUFFIXES
        return Found(path, place, named=False) if known else Skipped(path)
    if suffixes and suffixes[-1] in _SUFFIXES:
        return Found(path, place, named=False)
    if suffixes and suffixes[-1] in UNREAD.suffixes:
        return Skipped(path)
    try:
        return Skipped(path) if is_binary(path) else Found(path, place, named=False)
    except OSError as error:
        return Skipped(path, error)


def _fitting(pattern: str) -> tuple[Path, list[Path]]:
    """The folder before the first star, and what fits below it, hidden files left out."""
    parts = PurePath(pattern).parts
    fixed = list(takewhile(lambda part: not glob.has_magic(part), parts))
    root = Path(*fixed)
    wants_hidden = any(part.startswith(".") for part in parts[len(fixed) :])
    found = (
        path
        for path in root.glob(str(PurePath(*parts[len(fixed) :])))
        if wants_hidden or not any(p.startswith(".") for p in path.relative_to(root).parts)
    )
    return root, sorted(found)
