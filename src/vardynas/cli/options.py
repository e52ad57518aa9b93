"""The options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from vardynas.cli.languages import warn_of_hint

__all__ = [
    "decision",
    "examples",
    "explain",
    "files",
    "format_of",
    "glossary",
    "glossary_version",
    "language",
]

F = TypeVar("F", bound=Callable[..., Any])


def examples(*lines: str) -> str:
    r"""The epilog of a command's help: command lines that work as they stand.

    >>> examples("vardynas lookup Vilnius")
    '\x08\nExamples:\n  vardynas lookup Vilnius'
    """
    return "\n  ".join(("\b\nExamples:", *lines))


def decision(command: F) -> F:
    """Add ``--decision``: how likely an answer must be to be given."""
    return click.option(
        "--decision",
        type=click.Choice(("precision", "balanced", "recall")),
        default="balanced",
        show_default=True,
        help="What to avoid: false answers (precision), missing ones (recall), or both alike.",
    )(command)


def glossary(command: F) -> F:
    """Add ``--glossary`` and ``--with-builtin``: parameters `glossary`, `with_builtin`."""
    paths = click.option(
        "--glossary",
        metavar="PATH",
        multiple=True,
        help="Use this glossary file or folder instead of the built-in one; may be repeated.",
    )
    builtin = click.option(
        "--with-builtin", is_flag=True, help="Use --glossary in addition to the built-in one."
    )
    return paths(builtin(command))


def format_of(*formats: str) -> Callable[[F], F]:
    """Add ``--format`` with these choices, the first one being the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to write the result.",
    )


def language(command: F) -> F:
    """Add ``--language``, a hint that is never required."""
    return click.option(
        "--language",
        metavar="TAG",
        callback=warn_of_hint,
        help="The language of the input, such as lt, be or pl; a hint, identified when left out.",
    )(command)


def explain(command: F) -> F:
    """Add ``--explain``."""
    return click.option("--explain", is_flag=True, help="Show every step of the evidence.")(command)


def glossary_version(command: F) -> F:
    """Add ``--glossary-version``: the stamp in formats that leave it out by default."""
    return click.option(
        "--glossary-version",
        is_flag=True,
        help="Name the glossary's version and hash: in every record, or on standard error.",
    )(command)


def files(command: F) -> F:
    """Add the argument ``[FILE]...``; none means standard input."""
    return click.argument("files", metavar="[FILE]...", nargs=-1)(command)
