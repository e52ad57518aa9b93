"""Going through the input files of a command: a file that cannot be read does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from vardynas.cli.documents import STDIN, Document, read
from vardynas.cli.errors import BadInput, message
from vardynas.errors import DocumentError

__all__ = ["Inputs", "names"]


class Inputs:
    """The documents of a command line, read one by one; `failed` counts those that were not."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self.files = files or (STDIN,)
        self.failed = 0

    def __iter__(self) -> Iterator[Document]:
        """Every readable document; the others are reported on standard error."""
        _explain_waiting(self.files)
        for path in self.files:
            try:
                document = read(path)
            except (OSError, DocumentError) as error:
                self.failed += 1
                BadInput(message(error)).show()
                continue
            yield document

    def exit_code(self, ok: bool) -> int:
        """2 when a file could not be read, otherwise 0 when `ok` and 1 when not."""
        return 2 if self.failed else int(not ok)


def names(given: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a command line; the lines of standard input for none or ``-``."""
    if given and given != (STDIN,):
        return given
    _explain_waiting((STDIN,))
    lines = (line.strip() for line in read(STDIN).text.splitlines())
    return tuple(line for line in lines if line)


def _explain_waiting(files: tuple[str, ...]) -> None:
    """Say what a silent program waits for, to a person at a terminal."""
    if STDIN in files and sys.stdin is not None and sys.stdin.isatty():
        click.echo("Reading standard input; end it with Ctrl-D.", err=True)
