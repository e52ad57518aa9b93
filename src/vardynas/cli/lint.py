"""``vardynas lint``: what is wrong in a glossary, with the place and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

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
@click.option("--rule", "rules", metavar="CODE", multiple=True, help="Only findings of this rule.")
@click.option("--resolve", is_flag=True, help="Also look up every name: is its own entry found?")
@click.option("--strict", is_flag=True, help="Exit status 1 for warnings, too.")
@options.format_of("text", "json", "jsonl", "csv", "github")
def command(
    paths: tuple[str, ...],
    with_builtin: bool,
    rules: tuple[str, ...],
    resolve: bool,
    strict: bool,
    format_: str,
) -> None:
    """Report what is wrong in glossary files.

    Each PATH is a file or a folder; all of them make one glossary. Without PATH it is the
    built-in one. An error keeps a glossary from loading; a warning needs an editor's eye. Exit
    status 1: there is an error.
    """
    from vardynas.cli import output
    from vardynas.editorial.findings import as_github
    from vardynas.glossary import fingerprint

    paths, with_builtin = _with_default(paths, with_builtin)
    problems = _problems(paths, with_builtin, rules, resolve)
    if format_ == "text":
        output.write_text(map(_text_line, problems))
    elif format_ == "github":
        output.write_text(as_github(problems).splitlines())
    else:
        stamp = {"hash": fingerprint(paths, content=True)}
        records = map(asdict, problems)
        output.write_records(records, format_, key="problems", columns=COLUMNS, stamp=stamp)
    output.remark(_summary(problems))
    failing = [problem for problem in problems if strict or problem.severity == "error"]
    click.get_current_context().exit(int(bool(failing)))


def _with_default(paths: tuple[str, ...], with_builtin: bool) -> tuple[tuple[str, ...], bool]:
    """The paths to check, the built-in glossary where none is given, and whether to add to it."""
    from vardynas.glossary import builtin_path

    return (paths, with_builtin) if paths else ((str(builtin_path()),), False)


def _problems(
    paths: tuple[str, ...], with_builtin: bool, rules: tuple[str, ...], resolve: bool
) -> tuple[Problem, ...]:
    """What keeps the glossary from loading or, when it loads, the findings; by file and line."""
    from vardynas.editorial.lint import lint
    from vardynas.glossary import builtin_path, read

    _refuse_unknown(rules)
    try:
        base = read([builtin_path()]) if with_builtin else None
        glossary = read(paths, base=base)
    except GlossaryError as error:
        return error.problems
    ask = _asker(paths, with_builtin) if resolve else None
    found = lint(glossary, rules=rules or None, resolve=ask)
    return tuple(problem for problem in found if _is_in(problem, paths))


def _is_in(problem: Problem, paths: tuple[str, ...]) -> bool:
    """Whether a finding is in the files that were asked about, not in those that they add to."""
    file = Path(problem.path).resolve()
    given = [Path(path).resolve() for path in paths]
    return not problem.path or any(path in (file, *file.parents) for path in given)


def _refuse_unknown(rules: tuple[str, ...]) -> None:
    """Raise a usage error for a rule that does not exist."""
    from vardynas.editorial.lint import RULES

    for code in rules:
        if code not in RULES:
            raise click.UsageError(f"There is no rule {code!r}. Rules: {', '.join(RULES)}.")


def _asker(paths: tuple[str, ...], with_builtin: bool) -> Callable[[str, str], str | None]:
    """The function from a form and its language to the id that it resolves to."""
    from vardynas.cli import context

    resolver = context.open_resolver(paths, with_builtin)

    def ask(form: str, language: str) -> str | None:
        found = resolver.resolve(form, language=language)
        return found.entry if found else None

    return ask


def _text_line(problem: Problem) -> str:
    """One line for people, which editors can jump from."""
    color = "red" if problem.severity == "error" else "yellow"
    severity = click.style(problem.severity, fg=color)
    message = f"{problem.message} {problem.advice}".rstrip()
    return f"{problem.place}: {severity}: {message} [{problem.code}]"


def _summary(problems: Sequence[Problem]) -> str:
    """How many problems there are, in one line."""
    from vardynas.cli.output import count

    return count(len(problems), "problem") if problems else "no problems"
