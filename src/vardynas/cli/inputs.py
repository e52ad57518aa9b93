"""Going through the input files of a command: a file that cannot be read does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vardynas.cli.errors import BadInput, message
from vardynas.documents.encodings import STDIN, shown
from vardynas.errors import DocumentError, VardynasError

if TYPE_CHECKING:
    from vardynas.documents.atomic import State
    from vardynas.documents.files import Found
    from vardynas.documents.formats import Opened, Options

__all__ = [
    "Inputs",
    "Source",
    "explain_waiting",
    "file_of",
    "from_stdin",
    "listed",
    "names",
    "read",
    "refuse",
]

NAMED = 3
"""Files that are named of those that are left out."""


class Source(NamedTuple):
    """A document as it was read, with the state of its file (None for standard input)."""

    path: str
    data: bytes
    state: State | None
    opened: Opened


def read(path: str, options: Options, data: bytes | None = None) -> Source:
    """The document at `path`, ``-`` for standard input. Raises OSError and VardynasError.

    `data` is what stands there, where that has been read already.
    """
    from vardynas.documents.formats import open_document

    data, state = file_of(path) if data is None else (data, None)
    opened = open_document(path, data, options, options.format or None)
    return Source(path, data, state, opened)


def file_of(path: str) -> tuple[bytes, State | None]:
    """What stands at `path`, ``-`` for standard input, and the state it was in. Raises OSError."""
    from vardynas.documents.atomic import state_of

    if path == STDIN:
        return from_stdin(), None
    state = state_of(path)  # before it is read: what changes from now on is noticed
    return Path(path).read_bytes(), state


class Inputs:
    """The documents of a command line, read one by one; `failed` counts those that were not."""

    def __init__(self, files: tuple[str, ...], options: Options) -> None:
        self.failed = 0
        self._options = options
        self.paths = [found.path for found in self._found(files)]

    @property
    def formats(self) -> set[str]:
        """The names of the formats that there are among the files."""
        from vardynas.documents.formats import format_of

        return {format_of(path, self._options.format or None).name for path in self.paths}

    def __iter__(self) -> Iterator[Source]:
        """Every readable document; the others are reported on standard error."""
        explain_waiting(self.paths)
        for path in self.paths:
            try:
                source = read(path, self._options)
            except (OSError, VardynasError) as error:
                self.failed += 1
                BadInput(message(error)).show()
                continue
            for remark in source.opened.remarks:
                click.echo(f"{shown(path)}: {remark}", err=True)
            yield source

    def exit_code(self, ok: bool) -> int:
        """2 when a file could not be read, otherwise 0 when `ok` and 1 when not."""
        return 2 if self.failed else int(not ok)

    def _found(self, files: tuple[str, ...]) -> list[Found]:
        found, failed = listed(files)
        self.failed += failed
        return found


def listed(
    files: Iterable[str],
    *,
    backup: str | None = None,
    without: str | None = None,
    writing: bool = False,
) -> tuple[list[Found], int]:
    """The files that arguments mean, standard input for none, and how many could not be looked at.

    What is wrong is said on standard error, and what is left out of folders: files that hold no
    text, and for `writing` those that cannot be written.
    """
    from vardynas.documents.atomic import BACKUP_SUFFIX
    from vardynas.documents.files import Skipped, find

    found, no_text, fixed, failed = [], [], [], 0
    for one in find(tuple(files) or (STDIN,), backup=backup or BACKUP_SUFFIX, without=without):
        if isinstance(one, Skipped) and one.error is not None:
            failed += 1
            refuse(message(one.error))
        elif isinstance(one, Skipped):
            no_text.append(one.path)
        elif writing and not one.named and _is_read_only(one.path):
            fixed.append(one.path)
        else:
            found.append(one)
    for paths, why in ((no_text, "no text"), (fixed, "only searched, never written")):
        if paths:
            click.echo(_left_out(paths, why), err=True)
    if not found and not failed:
        click.echo("there are no texts here", err=True)
    return found, failed


def _is_read_only(path: str) -> bool:
    from vardynas.documents.files import READ_ONLY
    from vardynas.documents.formats import format_of

    return format_of(path).name in READ_ONLY


def refuse(reason: str) -> None:
    """Say what is wrong with an input, while the others go on."""
    BadInput(reason).show()


def _left_out(paths: list[str], why: str) -> str:
    """That files are left out, which, and why.

    >>> _left_out(["a.png", "b.png", "c.png", "d.png"], "no text")
    'left out, no text: a.png, b.png, c.png and 1 more'
    """
    more = f" and {len(paths) - NAMED:,} more" if len(paths) > NAMED else ""
    return f"left out, {why}: {', '.join(paths[:NAMED])}{more}"


def names(given: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a command line; the lines of standard input for none or ``-``."""
    from vardynas.documents.formats import Options

    if given and given != (STDIN,):
        return given
    explain_waiting((STDIN,))
    lines = (line.strip() for line in read(STDIN, Options()).opened.text.splitlines())
    return tuple(line for line in lines if line)


def explain_waiting(files: Iterable[str]) -> None:
    """Say what a silent program waits for, to a person at a terminal."""
    if STDIN in files and sys.stdin is not None and sys.stdin.isatty():
        click.echo("Reading standard input; end it with Ctrl-D.", err=True)


def from_stdin(size: int = -1) -> bytes:
    """Standard input, or its first `size` bytes. Raises DocumentError when it is closed."""
    if sys.stdin is None:
        raise DocumentError("standard input", "it is closed. Name a file or write into it")
    return sys.stdin.buffer.read(size)
