"""Which files the arguments of a command mean, and what is said of those that are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from vardynas.cli.errors import message, refuse
from vardynas.documents.encodings import STDIN

if TYPE_CHECKING:
    from vardynas.documents.files import Found
    from vardynas.documents.formats import Options

__all__ = ["listed"]

_NO_TEXT = "no text (to have one read, name it)"
_FIXED = "only searched, never written"
_NO_COLUMN = "tables are read with --column NAME"
_NO_FIELD = "JSON lines are read with --field NAME"

NAMED = 3
"""Files that are named of those that are left out."""


def listed(
    files: Iterable[str],
    options: Options,
    *,
    backup: str | None = None,
    without: str | None = None,
    writing: bool = False,
) -> tuple[list[Found], int]:
    """The files that arguments mean, standard input for none, and how many could not be looked at.

    What is wrong is said on standard error, and what is left out of folders: files that hold no
    text, tables without a word in `options` about what to read of them, and for `writing` those that
    cannot be written.
    """
    from vardynas.documents.atomic import BACKUP_SUFFIX
    from vardynas.documents.files import Skipped, find

    found, failed = [], 0
    left_out: dict[str, list[str]] = {}
    for one in find(tuple(files) or (STDIN,), backup=backup or BACKUP_SUFFIX, without=without):
        if isinstance(one, Skipped) and one.error is not None:
            failed += 1
            refuse(message(one.error))
        elif isinstance(one, Skipped):
            left_out.setdefault(_NO_TEXT, []).append(one.path)
        elif not one.named and (why := _why_not(one.path, options, writing=writing)):
            left_out.setdefault(why, []).append(one.path)
        else:
            found.append(one)
    for why, paths in left_out.items():
        click.echo(_left_out(paths, why), err=True)
    if not found and not failed:
        click.echo("there are no texts here", err=True)
    return found, failed


def _why_not(path: str, options: Options, *, writing: bool) -> str:
    """Why a file of a folder is left out; "" where it is read."""
    from vardynas.documents.files import READ_ONLY
    from vardynas.documents.formats import format_of

    name = format_of(path, options.format or None).name
    if writing and name in READ_ONLY:
        return _FIXED
    if name in ("csv", "tsv", "parquet") and not options.columns:
        return _NO_COLUMN
    return _NO_FIELD if name == "jsonl" and not options.fields else ""


def _left_out(paths: list[str], why: str) -> str:
    """That files are left out, which, and why.

    >>> _left_out(["a.png", "b.png", "c.png", "d.png"], "no text")
    'left out, no text: a.png, b.png, c.png and 1 more'
    """
    more = f" and {len(paths) - NAMED:,} more" if len(paths) > NAMED else ""
    return f"left out, {why}: {', '.join(paths[:NAMED])}{more}"
