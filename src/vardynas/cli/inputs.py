"""Going through the input files of a command: a file that cannot be read does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from vardynas.cli.errors import refuse
from vardynas.cli.listing import listed
from vardynas.documents.encodings import STDIN, shown
from vardynas.errors import DocumentError, VardynasError

if TYPE_CHECKING:
    from vardynas.documents.atomic import State
    from vardynas.documents.formats import Opened, Options

__all__ = [
    "Context",
    "Inputs",
    "Source",
    "explain_waiting",
    "file_of",
    "from_stdin",
    "names_of_input",
    "read",
    "tell",
]

T = TypeVar("T")


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


class Context(NamedTuple):
    """A text that is resolved by itself: a document, or a row or block of one.

    It begins at `start` of the document's text; `place` says for people where an offset in it is,
    `languages` are spans whose language the document says.
    """

    path: str
    start: int
    text: str
    place: Callable[[int], str]
    languages: Sequence[tuple[int, int, str]] = ()


class Inputs:
    """The documents of a command line, read one by one.

    `done` counts those that were read, `failed` those that were not and have been reported.
    """

    def __init__(self, files: tuple[str, ...], options: Options) -> None:
        found, self.failed = listed(files, options)
        self.done = 0
        self._options = options
        self._paths = [one.path for one in found]

    @property
    def formats(self) -> set[str]:
        """The names of the formats that there are among the files."""
        from vardynas.documents.formats import format_of

        return {format_of(path, self._options.format or None).name for path in self._paths}

    def __iter__(self) -> Iterator[Source]:
        """Every readable document, held as a whole."""
        return self._each(self._held)

    def contexts(self) -> Iterator[Context]:
        """The contexts of every readable document; large ones are read piece by piece."""
        return self._each(self._contexts)

    def exit_code(self, ok: bool) -> int:
        """2 when a file could not be read, otherwise 0 when `ok` and 1 when not."""
        return 2 if self.failed else int(not ok)

    def _each(self, opened: Callable[[str], Iterator[T]]) -> Iterator[T]:
        """What `opened` gives for each file, until something is wrong with that."""
        explain_waiting(self._paths)
        for path in self._paths:
            try:
                yield from opened(path)
            except (OSError, VardynasError) as error:
                self.failed += 1
                refuse(error)
            else:
                self.done += 1

    def _held(self, path: str) -> Iterator[Source]:
        source = read(path, self._options)
        tell(path, source.opened.remarks)
        yield source

    def _contexts(self, path: str) -> Iterator[Context]:
        from vardynas.cli import large
        from vardynas.documents.proposals import contexts_of, languages_of

        begun = large.begun(path, self._options)
        if begun is not None and not isinstance(begun, bytes):
            yield from large.contexts(path, begun, self._options)
            return
        opened = read(path, self._options, begun).opened
        tell(path, opened.remarks)
        for start, end in contexts_of(opened):
            place = partial(_place, opened, start)
            said = languages_of(opened, start, end)
            yield Context(path, start, opened.text[start:end], place, said)


def _place(opened: Opened, start: int, offset: int) -> str:
    return opened.place(start + offset)


def names_of_input() -> tuple[str, ...]:
    """The lines of standard input that are not empty."""
    from vardynas.documents.formats import Options

    explain_waiting((STDIN,))
    lines = (line.strip() for line in read(STDIN, Options()).opened.text.splitlines())
    return tuple(line for line in lines if line)


def tell(path: str, remarks: Iterable[str]) -> None:
    """Say what a person should know about how a document was read."""
    for remark in remarks:
        click.echo(f"{shown(path)}: {remark}", err=True)


def explain_waiting(files: Iterable[str]) -> None:
    """Say what a silent program waits for, to a person at a terminal."""
    if STDIN in files and sys.stdin is not None and sys.stdin.isatty():
        click.echo("Reading standard input; end it with Ctrl-D.", err=True)


def from_stdin(size: int = -1) -> bytes:
    """Standard input, or its first `size` bytes. Raises DocumentError when it is closed."""
    if sys.stdin is None:
        raise DocumentError("standard input", "it is closed. Name a file or write into it")
    return sys.stdin.buffer.read(size)
