"""Refuses command lines that would write over what they read, or write two things to one place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vardynas.documents.encodings import STDIN

if TYPE_CHECKING:
    from vardynas.cli.targets import Task

__all__ = ["Written", "refuse_meetings"]

_ADVICE = {
    "--output": "To change files in place: --write.",
    "--backup": "Choose another suffix: --backup=.old.",
}


class Written(NamedTuple):
    """A path that is written to besides inputs in place, by which option, for which document."""

    option: str
    path: str
    source: str = ""


def refuse_meetings(
    tasks: Sequence[Task],
    beside: Iterable[Written] = (),
    *,
    in_place: bool = True,
    backup: str | None = None,
    reads: Iterable[str] = (),
) -> None:
    """Raise UsageError where a path that is written is an input, or is written twice.

    Inputs are the documents of `tasks` and `reads`; with `in_place` a document may be its own
    target. Paths are one when they lead to one file,
    whatever links and spellings they go by; pipes and devices take any number of writers.
    """
    inputs = {_identity(path): path for path in (*reads, *(task.path for task in tasks))}
    taken: dict[object, Written] = {}
    for one in (*_results(tasks, in_place, backup), *beside):
        identity = _identity(one.path)
        if identity is None:
            continue
        if identity in inputs:
            advice = _ADVICE.get(one.option, "Name another file.")
            same = inputs[identity]
            known = same if _is_spelled_alike(same, one.path) else f"{same} (as {one.path})"
            raise click.UsageError(f"{one.option} would overwrite {known}, an input. {advice}")
        if identity in taken:
            raise click.UsageError(_both(taken[identity], one))
        taken[identity] = one


def _results(tasks: Sequence[Task], in_place: bool, backup: str | None) -> Iterator[Written]:
    """Where the results of documents go that are not written in place, and the backups."""
    from vardynas.cli.targets import STDOUT

    for task in tasks:
        if task.target in (None, STDOUT):
            continue
        if not in_place or task.target != task.path:
            yield Written("--output", task.target, task.path)
        elif backup:
            from vardynas.documents.atomic import backup_of

            real = os.path.realpath(task.path)
            for path in dict.fromkeys((real + backup, str(backup_of(real, backup)))):
                yield Written("--backup", path, task.path)


def _both(first: Written, second: Written) -> str:
    """That two things would be written to one path, and what to do about it."""
    names = [one.source or one.option for one in (first, second)]
    advice = "Name another file."
    if first.source and second.source:
        advice = "Name the folder that they lie in, or write them one by one."
    elif first.source:
        names[0] = f"{first.option} (of {first.source})"
    return f"{names[0]} and {names[1]} would both be written to {second.path}. {advice}"


def _is_spelled_alike(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _identity(path: str) -> object:
    """What is equal for paths of one file; None for what is no file or folder."""
    if path == STDIN:
        return None
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return os.path.realpath(path)
    if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode):
        return found.st_dev, found.st_ino
    return None
