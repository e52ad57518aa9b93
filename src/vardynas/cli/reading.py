"""The options that say how documents are read, as one value."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

__all__ = ["reading", "tracked"]

F = TypeVar("F", bound=Callable[..., Any])


def reading(command: F) -> F:
    """Add the options about reading documents: they arrive as the parameter `options`."""

    @wraps(command)
    def with_options(**given: Any) -> Any:  # noqa: ANN401 - what click has parsed
        from vardynas.documents.formats import Options

        values = {name: given.pop(name) for name in _NAMES if name in given}
        values["header"] = not values.pop("no_header")
        return command(options=Options(**values), **given)

    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options  # type: ignore[return-value]


def tracked(command: F) -> F:
    """Add ``--tracked``, for commands that write."""
    return click.option(
        "--tracked", is_flag=True, help="Word: make edits as changes that can be accepted."
    )(command)


_OPTIONS = (
    click.option(
        "--from",
        "format",
        default="",
        metavar="FORMAT",
        help="The format of the input, such as md or docx, where its name does not tell.",
    ),
    click.option(
        "--encoding",
        metavar="NAME",
        help="The encoding of texts, such as windows-1257; found out when left out.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="NAME",
        help="Tables: read this column, by name or number; may be repeated.",
    ),
    click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="PATH",
        help="JSON lines: read this field, such as author.name; may be repeated.",
    ),
    click.option("--delimiter", metavar="CHAR", help="Tables: what parts the cells of a row."),
    click.option("--no-header", is_flag=True, help="Tables: the first row names no columns."),
)

_NAMES = (
    *("format", "encoding", "columns", "fields", "delimiter", "no_header"),
    *("id_columns", "tracked"),
)
