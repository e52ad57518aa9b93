"""``vardynas lint``: what is wrong in a glossary, with the place and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.cli.glossary_files import GlossaryFiles
    from vardynas.errors import Problem
    from vardynas.glossary import Glossary
    from vardynas.resolver import Resolver

__all__ = ["command"]

COLUMNS = ("path", "line", "column", "severity", "code", "message", "advice")


@click.command(
    "lint",
    epilog=options.examples(
        "vardynas lint",
        "vardynas lint --fix --diff glossary",
        "vardynas lint --format github glossary/*.yaml",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--with-builtin", is_flag=True, help="PATHs add to the built-in glossary.")
@click.option(
    "--select", "--rule", "select", metavar="CODE", multiple=True, help="Run only these rules."
)
@click.option("--ignore", metavar="CODE", multiple=True, help="Do not run these rules.")
@click.option("--complete", is_flag=True, help="Also report what entries lack.")
@click.option("--resolve", is_flag=True, help="Also look up every name: is its own entry found?")
@click.option("--derivable", is_flag=True, help="Also report forms that the rules give anyway.")
@click.option("--fix", is_flag=True, help="Mend in the files what can be mended, then report.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; change nothing.")
@click.option("--jobs", "-j", metavar="N", type=click.IntRange(1), help="At most N processes.")
@click.option("--strict", is_flag=True, help="Exit status 1 for warnings, too.")
@options.format_of("text", "json", "jsonl", "csv", "github")
def command(
    paths: tuple[str, ...],
    with_builtin: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    complete: bool,
    resolve: bool,
    derivable: bool,
    fix: bool,
    diff: bool,
    jobs: int | None,
    strict: bool,
    format_: str,
) -> None:
    """Report what is wrong in glossary files.

    Each PATH is a file or a folder; all of them make one glossary. Without PATH it is the
    built-in one. An error keeps a glossary from loading; a warning needs an editor's eye. Exit
    status 1: there is an error; with --diff, a file would change.
    """
    from vardynas.editorial.lint import chosen
    from vardynas.glossary import builtin_path, read

    groups = {"complete": complete, "resolve": resolve, "derivable": derivable}
    rules = chosen(
        _known(select), _known(ignore), [group for group, asked in groups.items() if asked]
    )
    base = read([builtin_path()]) if with_builtin and paths else None
    files = _files(paths, needed=fix and not diff)
    if diff:
        _exit(_shown(files, files.mended(base=base, rules=rules, jobs=jobs)))
    if fix:
        files.mend(base=base, rules=rules, jobs=jobs)
    problems = _problems(files, base, rules, jobs)
    _write(problems, format_, files)
    _exit(any(strict or problem.severity == "error" for problem in problems))


def _exit(failed: bool) -> None:
    click.get_current_context().exit(int(failed))


def _known(codes: tuple[str, ...]) -> list[str]:
    """The codes of rules, also several in one value; a usage error for one that does not exist."""
    from vardynas.editorial.lint import CODES

    listed = [code for value in codes for code in value.split(",") if code]
    for code in listed:
        if code not in CODES:
            raise click.UsageError(f"There is no rule {code!r}. Rules: {', '.join(CODES)}.")
    return listed


def _files(paths: tuple[str, ...], *, needed: bool) -> GlossaryFiles:
    """The files to check, of the built-in glossary where none is given."""
    from vardynas.cli.glossary_files import GlossaryFiles
    from vardynas.glossary import builtin_path

    if needed and not paths:
        raise click.UsageError("--fix changes files: say which, such as vardynas lint --fix PATH.")
    return GlossaryFiles(paths or (str(builtin_path()),))


def _problems(
    files: GlossaryFiles, base: Glossary | None, rules: Sequence[str], jobs: int | None
) -> Sequence[Problem]:
    from vardynas.cli import context

    def opened() -> Resolver:
        return context.open_resolver(files.paths, base is not None)

    return files.problems(base=base, rules=rules, resolver=opened, jobs=jobs)


def _shown(files: GlossaryFiles, mended: Mapping[str, str]) -> bool:
    """Whether files would change, with how on standard output."""
    from vardynas.cli import output
    from vardynas.cli.diff import colored, unified

    for path, text in sorted(mended.items()):
        output.write_text(map(colored, unified(files.texts[path], text, path)))
    return bool(mended)


def _write(problems: Sequence[Problem], format_: str, files: GlossaryFiles) -> None:
    """The problems on standard output, how many they are on standard error."""
    from vardynas.cli import output
    from vardynas.editorial.findings import as_github
    from vardynas.glossary import fingerprint

    if format_ == "text":
        output.write_text(map(_text_line, problems))
    elif format_ == "github":
        output.write_text(as_github(problems).splitlines())
    else:
        stamp = {"hash": fingerprint(files.paths, content=True)}
        records = map(asdict, problems)
        output.write_records(records, format_, key="problems", columns=COLUMNS, stamp=stamp)
    output.remark(_summary(problems))


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
