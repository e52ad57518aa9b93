"""Which files the arguments of a command mean, and what is said of those that are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from vardynas.cli.errors import message, refuse
from vardynas.documents.encodings import STDIN

if TYPE_CHECKING:
    from vardynas.documents.files import Found

__all__ = ["listed"]

NAMED = 3
"""Files that are named of those that are left out."""


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


def _left_out(paths: list[str], why: str) -> str:
    """That files are left out, which, and why.

    >>> _left_out(["a.png", "b.png", "c.png", "d.png"], "no text")
    'left out, no text: a.png, b.png, c.png and 1 more'
    """
    more = f" and {len(paths) - NAMED:,} more" if len(paths) > NAMED else ""
    return f"left out, {why}: {', '.join(paths[:NAMED])}{more}"
