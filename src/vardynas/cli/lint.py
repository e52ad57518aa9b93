"""``vardynas lint``: what is wrong in a glossary, with the place and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from vardynas.cli import options
from vardynas.errors import GlossaryError, Problem

__all__ = ["command"]

COLUMNS = ("path", "line", "column", "severity", "code", "message", "advice")


@click.command(
    "lint",
    epilog=options.examples("vardynas lint", "vardynas lint --format github glossary/*.yaml"),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--with-builtin", is_flag=True, help="PATHs add to the built-in glossary.")
@click.option("--strict", is_flag=True, help="Exit status 1 for warnings, too.")
@options.format_of("text", "json", "jsonl", "csv", "github")
def command(paths: tuple[str, ...], with_builtin: bool, strict: bool, format_: str) -> None:
    """Report what is wrong in glossary files.

    Each PATH is a file or a folder; all of them make one glossary. Without PATH it is the
    built-in one. Exit status 1: there is an error.
    """
    from vardynas.cli import output

    problems = _problems(paths, with_builtin)
    if format_ in ("text", "github"):
        line = _text_line if format_ == "text" else _github_line
        output.write_text(map(line, problems))
        output.remark(_summary(problems))
    else:
        records = map(asdict, problems)
        output.write_records(records, format_, key="problems", columns=COLUMNS, stamp={})
    errors = [problem for problem in problems if strict or problem.severity == "error"]
    click.get_current_context().exit(int(bool(errors)))


def _problems(paths: Sequence[str], with_builtin: bool) -> tuple[Problem, ...]:
    """Everything that is wrong, in file order; empty when nothing is."""
    from vardynas.glossary import builtin_path, read

    try:
        base = read([builtin_path()]) if with_builtin else None
        read(paths or [builtin_path()], base=base)
    except GlossaryError as error:
        return error.problems
    return ()


def _place(problem: Problem) -> str:
    """``path:line:column`` as far as it is known.

    >>> _place(Problem("mine.yaml", 0, 0, "missing-file", "There is no such file."))
    'mine.yaml'
    """
    known = (str(number) for number in (problem.line, problem.column) if number)
    return ":".join((problem.path, *known))


def _text_line(problem: Problem) -> str:
    """One line for people, which editors can jump from."""
    color = "red" if problem.severity == "error" else "yellow"
    severity = click.style(problem.severity, fg=color)
    message = f"{problem.message} {problem.advice}".rstrip()
    return f"{_place(problem)}: {severity}: {message} [{problem.code}]"


def _github_line(problem: Problem) -> str:
    """One annotation in the form that GitHub Actions reads.

    >>> _github_line(Problem("a.yaml", 2, 3, "unknown-field", "100 % wrong."))
    '::error file=a.yaml,line=2,col=3,title=unknown-field::100 %25 wrong.'
    """
    message = f"{problem.message} {problem.advice}".rstrip()
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={problem.path},line={problem.line},col={problem.column}"
    return f"::{problem.severity} {place},title={problem.code}::{escaped}"


def _summary(problems: Sequence[Problem]) -> str:
    """How many problems there are, in one line."""
    from vardynas.cli.output import count

    return count(len(problems), "problem") if problems else "no problems"
