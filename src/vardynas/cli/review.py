"""``vardynas review``: suggestions judged at a terminal, one key each."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.cli.reviewing import Session
    from vardynas.glossary import Glossary
    from vardynas.resolver import Resolver

__all__ = ["command"]

WIDEST, NARROWEST = 100, 12
"""Columns that are used at most, and at least."""


@click.command(
    "review",
    epilog=options.examples(
        "vardynas suggest --format json articles/ > new.json",
        "vardynas review new.json --into mine.yaml --with-builtin",
    ),
)
@click.argument("suggestions")
@click.option(
    "--into", required=True, metavar="FILE", help="The glossary file to write into; it may be new."
)
@click.option(
    "--glossary",
    metavar="PATH",
    multiple=True,
    help="A glossary that FILE adds to; may be repeated.",
)
@click.option("--with-builtin", is_flag=True, help="FILE adds to the built-in glossary.")
@click.option(
    "--rejected",
    metavar="FILE",
    help="Where rejections are kept, instead of beside --into: mine.rejected.json.",
)
@click.option(
    "--keys", metavar="TEXT", help="Press these keys instead of asking; - reads them from a pipe."
)
def command(
    suggestions: str,
    into: str,
    glossary: tuple[str, ...],
    with_builtin: bool,
    rejected: str | None,
    keys: str | None,
) -> None:
    """Judge what `vardynas suggest` wrote, one key each, into a glossary file.

    SUGGESTIONS is its output as JSON or YAML. Each is shown with where it was seen and the entries
    like it; ? explains the keys. Every judgement is in the file at once, and comments stay. Run it
    again to go on: what was judged does not come again. Exit status 1: there is nothing to judge.
    """
    from vardynas.cli.review_page import summary

    _refuse_without_keys(suggestions, keys)
    session = _session(suggestions, into, glossary, with_builtin, rejected)
    if not session.state.todo:
        click.echo("There is nothing to judge.")
        click.get_current_context().exit(1)
    if keys is None:
        _at_terminal(session)
    else:
        _played(session, keys)
    click.echo(summary(session.state))


def _refuse_without_keys(suggestions: str, keys: str | None) -> None:
    if suggestions == "-" and keys in (None, "-"):
        raise click.UsageError("Keys come from standard input: name a file of suggestions.")
    if keys is None and not (sys.stdin is not None and sys.stdin.isatty()):
        raise click.UsageError(
            "This asks for keys, and standard input is no terminal. Run it in one, or give --keys TEXT."
        )


def _session(
    suggestions: str,
    into: str,
    glossary: tuple[str, ...],
    with_builtin: bool,
    rejected: str | None,
) -> Session:
    from vardynas.cli.inputs import file_of
    from vardynas.cli.reviewing import Neighbors, SafeFile, Session
    from vardynas.suggest.rejected import beside
    from vardynas.suggest.written import read

    data, _ = file_of(suggestions)
    found = read(suggestions, data.decode("utf-8-sig"))
    base = _base(into, glossary, with_builtin)
    session = Session(
        SafeFile(Path(into)),
        SafeFile(Path(rejected) if rejected else beside(into)),
        found,
        known=Neighbors(_resolver(into, glossary, with_builtin)),
        base=base,
    )
    unknown = {one.id for one in session.state.todo if one.extends} - set(session.known.entries)
    if unknown:
        said = f"{len(unknown):,} of the entries that would get spellings are not loaded"
        advice = "Perhaps --with-builtin or --glossary PATH is missing."
        click.echo(f"{said}, such as {min(unknown)}. {advice}", err=True)
    return session


def _base(into: str, glossary: tuple[str, ...], with_builtin: bool) -> Glossary | None:
    """What the file adds to; it may itself stand in one of the folders."""
    from vardynas.errors import GlossaryError, Problem
    from vardynas.glossary import builtin_path, read
    from vardynas.glossary.files import glossary_files

    problems: list[Problem] = []
    paths = ([builtin_path()] if with_builtin else []) + [Path(path) for path in glossary]
    files = glossary_files(paths, problems) if paths else []
    if problems:
        raise GlossaryError(tuple(problems))
    others = [file for file in files if file.resolve() != Path(into).resolve()]
    return read(others) if others else None


def _resolver(into: str, glossary: tuple[str, ...], with_builtin: bool) -> Resolver | None:
    """What tells which entries are near; None where there are none yet."""
    from vardynas.cli.context import open_resolver

    own = Path(into)
    folders = [Path(path).resolve() for path in glossary]
    inside = any(folder in (own.resolve(), *own.resolve().parents) for folder in folders)
    new = inside or not own.exists() or not own.read_bytes().strip()
    paths = glossary if new else (*glossary, into)
    return open_resolver(paths, with_builtin) if paths or with_builtin else None


# ------------------------------------------------------------------ keys


def _at_terminal(session: Session) -> None:
    """Ask for keys until the person has enough; an end of input is as good as q."""
    while not session.state.ended:
        if session.state.asking:
            for key in f"{_line(session)}\n":
                session.press(key)
            continue
        _show(session)
        try:
            pressed = click.getchar()
        except EOFError:
            pressed = ""
        # What was typed ahead belongs to suggestions that nobody has seen yet.
        session.press(pressed[:1] or "q")


def _line(session: Session) -> str:
    """The entry that the person names; escape where the question is called off."""
    try:
        return str(click.prompt(_question(session), default="", show_default=False))
    except click.Abort:
        click.echo()
        return "\x1b"


def _played(session: Session, keys: str) -> None:
    for key in _keys(keys):
        if session.state.ended:
            return
        if not session.state.asking:
            _show(session)
        session.press(key)
        if session.state.asking and not session.state.typed:
            click.echo(_question(session))
    _show(session)


def _keys(keys: str) -> Iterator[str]:
    from vardynas.cli.inputs import from_stdin

    yield from from_stdin().decode("utf-8", "replace") if keys == "-" else keys


def _question(session: Session) -> str:
    from vardynas.cli.review_page import question
    from vardynas.suggest.judging import default_of

    state = session.state
    one = state.current
    return question(state, default_of(state, one, session.known) if one else None)


def _show(session: Session) -> None:
    from vardynas.cli.output import write_text
    from vardynas.cli.review_page import page

    state, known = session.state, session.known
    columns = shutil.get_terminal_size().columns
    width = min(WIDEST, max(NARROWEST, columns - 1))
    near = known.candidates(state.current) if state.current else []
    write_text(["", *page(state, near, known.entries, width)])
