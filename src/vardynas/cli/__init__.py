"""The command line, ``vardynas COMMAND``: this module starts fast, commands load when called.

Exit codes are the same everywhere: 0 done, 1 nothing found or changes needed, 2 bad usage or
bad input. No input, however broken, ends in a traceback.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

__all__ = ["LazyGroup", "cli", "main"]

COMMANDS = (
    *("lookup", "scan", "normalize", "apply", "variants", "compare"),
    *("lint", "suggest", "review", "evaluate", "stats", "compile", "import", "export"),
    "serve",
)
"""Every command, in the order of ``--help``; each is the `command` of a module of that name."""

MODULES = {"import": "importing", "export": "exporting"}
"""Modules that are called otherwise: no module can be called ``import``."""

ALIASES = {"normalise": "normalize"}

EXAMPLES = "\n  ".join(
    (
        "\b\nExamples:",
        "vardynas lookup Каліноўскага",
        "vardynas scan article.txt",
        "vardynas normalize --to preferred article.txt",
    )
)


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, without aliases."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command or alias of that name; None when there is none."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"vardynas.cli.{MODULES.get(name, name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` start with; a usage error names the closest one."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            import difflib

            close = difflib.get_close_matches(args[0], [*COMMANDS, *ALIASES], 1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 (settings of click's context, passed through)
    ) -> click.Context:
        """The parsed command line; ``--help`` and ``--version`` have printed by then."""
        with _explained_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """What the command returns; every error becomes a message and an exit code here."""
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        with _explained_errors():
            return super().invoke(ctx)


@contextmanager
def _explained_errors() -> Iterator[None]:
    """Turn whatever is raised inside into what click reports, without a traceback."""
    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except (Exception, KeyboardInterrupt) as error:
        from vardynas.cli.errors import explained

        raise explained(error) from None


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the versions of the code and of the built-in glossary, and stop."""
    if not wanted or ctx.resilient_parsing:
        return
    from vardynas.cli.context import versions

    click.echo(versions())
    ctx.exit()


@click.group(
    cls=LazyGroup,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions of the program and of its glossary.",
)
def cli() -> None:
    """Find, resolve and write the names of people, places and organisations.

    Languages: Lithuanian, Belarusian, Polish, English, Russian. A name known in one of them is
    recognized in all, in every grammatical case.

    Without FILE, or when FILE is -, standard input is read. Exit status: 0 done, 1 nothing
    found or changes needed, 2 bad usage or bad input.
    """


NEW_OBJECTS = 50_000
"""So many objects are made before Python looks for garbage: a start makes as many, all to stay."""


def main() -> None:
    """Run the command line; the entry point of the ``vardynas`` program."""
    gc.set_threshold(NEW_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names are written in UTF-8 whatever the locale says; a stray byte of an argument is
            # shown escaped instead of ending the program.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli(prog_name="vardynas")
    finally:
        _flush()
        gc.freeze()  # nobody need look through everything once more before it ends


def _flush() -> None:
    """Write what is buffered now: at the end of Python a failure would show as a traceback."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        from vardynas.cli.errors import unwritable

        sys.exit(unwritable(error))
