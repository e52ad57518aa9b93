"""The options that say what becomes of results: shown, checked, written, kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from vardynas.documents.atomic import BACKUP_SUFFIX

__all__ = ["WritingCommand", "backup", "writing"]

F = TypeVar("F", bound=Callable[..., Any])


class WritingCommand(click.Command):
    """A command whose ``--backup`` takes a value behind = alone: the next argument is a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line."""
        last = args.index("--") if "--" in args else len(args)
        named = [f"--backup={BACKUP_SUFFIX}" if arg == "--backup" else arg for arg in args[:last]]
        return super().parse_args(ctx, named + args[last:])


def writing(command: F) -> F:
    """Add ``--diff``, ``--check``, ``--write`` and ``--backup``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _suffix(_: click.Context, __: click.Parameter, suffix: str | None) -> str | None:
    if suffix is not None and (not suffix or set(suffix) & set("/\\\0")):
        raise click.BadParameter("a backup has the name of its file and a suffix, such as .bak")
    return suffix


backup = click.option(
    "--backup",
    metavar="[=SUFFIX]",
    callback=_suffix,
    help=f"With --write: keep the old files as NAME{BACKUP_SUFFIX}, NAME.2{BACKUP_SUFFIX}, …",
)
"""Add ``--backup``."""

_OPTIONS = (
    click.option("--diff", is_flag=True, help="Print a unified diff."),
    click.option("--check", is_flag=True, help="Only say which files would change, or show how."),
    click.option("-w", "--write", is_flag=True, help="Change the files in place."),
    backup,
)
