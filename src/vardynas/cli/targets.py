"""Where the result of each document goes, settled before anything is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vardynas.documents.encodings import STDIN

if TYPE_CHECKING:
    from vardynas.documents.files import Found

__all__ = ["STDOUT", "Task", "is_one", "tasks"]

STDOUT = "-"
"""The target of a document that is printed."""


class Task(NamedTuple):
    """A document, and where the result goes: None for nowhere, its own path for in place."""

    path: str
    target: str | None = None


def is_one(files: Sequence[str]) -> bool:
    """Whether a command line means one document whatever lies in folders.

    >>> is_one(()), is_one(["a.txt", "b.txt"]), is_one([os.curdir])
    (True, False, False)
    """
    from vardynas.documents.files import is_pattern

    return not files or (
        len(files) == 1 and not Path(files[0]).is_dir() and not is_pattern(files[0])
    )


def tasks(
    files: Sequence[str],
    found: Sequence[Found],
    *,
    write: bool = False,
    output: str | None = None,
    prints: bool = False,
) -> list[Task]:
    """A task for each file: written in place, to `output`, to standard output, or nowhere.

    Raises UsageError where standard input has no name in a folder.
    """
    if output is None:
        elsewhere = STDOUT if prints else None
        return [Task(one.path, one.path if write else elsewhere) for one in found]
    if is_one(files) and not _is_folder(output):
        return [Task(one.path, output) for one in found]
    return [Task(one.path, str(Path(output, _place(one)))) for one in found]


def _is_folder(output: str) -> bool:
    return output.endswith((os.sep, "/")) or Path(output).is_dir()


def _place(found: Found) -> str:
    if found.path == STDIN:
        raise click.UsageError("--output needs the name of a file for standard input.")
    return found.place
