"""``vardynas normalize``: every name written one way, the rest of the document untouched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from vardynas.cli import options as shared
from vardynas.cli.logs import JsonLines, json_lines, write_json
from vardynas.cli.output import write_stamp
from vardynas.cli.reading import reading, tracked
from vardynas.cli.style import house_style
from vardynas.cli.writing import WritingCommand, writing

if TYPE_CHECKING:
    from vardynas.cli.meetings import Written
    from vardynas.cli.outcome import Outcome
    from vardynas.cli.targets import Task
    from vardynas.documents.formats import Options
    from vardynas.render.profile import Profile

__all__ = ["command"]


@click.command(
    "normalize",
    cls=WritingCommand,
    epilog=shared.examples(
        "vardynas normalize --to preferred article.txt",
        "vardynas normalize texts/",
        "vardynas normalize --to lt --write --backup texts/*.docx",
        "vardynas normalize --check texts/",
    ),
)
@shared.files
@house_style
@reading
@tracked
@click.option("--id-columns", is_flag=True, help="Tables: add a column with the ids of entries.")
@writing
@click.option("-o", "--output", metavar="FILE|FOLDER", help="Write the results there.")
@click.option(
    "-j",
    "--jobs",
    default=1,
    type=click.IntRange(0),
    metavar="N",
    help=("Work on N files at a time; 0: one for each processor."),
)
@click.option("--edits", metavar="FILE", help="Also write every edit to FILE, for review.")
@click.option("--report", metavar="FILE", help="Also write what was done to FILE, as JSON.")
@shared.format_of("text", "json")
@shared.explain
@shared.glossary
@shared.glossary_version
def command(
    files: tuple[str, ...],
    profile: Profile,
    options: Options,
    diff: bool,
    check: bool,
    write: bool,
    backup: str | None,
    output: str | None,
    jobs: int,
    edits: str | None,
    report: str | None,
    format_: str,
    explain: bool,
    glossary: tuple[str, ...],
    with_builtin: bool,
    glossary_version: bool,
) -> None:
    """Write the names in each FILE one way.

    A FILE may be a folder or a pattern: all texts below it. Grammatical case, titles and capitals
    are kept; ambiguous mentions, URLs and addresses are left alone. The result of one file goes
    to standard output; of several, the changes are shown and nothing is written without --write
    or --output. Exit status 1: with --check, a file would change.
    """
    from vardynas.cli import context, languages
    from vardynas.cli.inputs import explain_waiting
    from vardynas.cli.listing import listed
    from vardynas.cli.manner import Manner
    from vardynas.cli.meetings import refuse_meetings
    from vardynas.cli.rewriting import Job, Rewriting
    from vardynas.cli.run import Run
    from vardynas.cli.targets import is_one, tasks
    from vardynas.documents.proposals import Proposer

    manner = Manner(diff, check, write, backup, output, format_, is_one(files))
    manner.refuse_standard_input(files)
    manner.refuse_contradictions()
    found, unreadable = listed(files, options, backup=backup, without=output, writing=True)
    made = tasks(files, found, write=write, output=output, prints=manner.prints == "text")
    beside = _beside(made, output, edits, report)
    refuse_meetings(made, beside, in_place=write, backup=backup, reads=(*glossary, *_house_style()))
    if not found and not unreadable:  # a mistyped folder must not look like a checked one
        click.get_current_context().exit(2)
    resolver = context.open_resolver(glossary, with_builtin)
    languages.check_target(resolver, profile.to)
    languages.check_gloss(resolver, profile.gloss)
    wants = manner.wants(explain=explain, log=bool(edits), report=bool(report))
    rewriting = Rewriting(Proposer(resolver, profile), Job(options, backup, wants))
    run = Run(manner, context.stamp(resolver), detailed=bool(report))
    explain_waiting([task.path for task in made])
    outcomes = run.outcomes(rewriting, made, jobs)
    with json_lines(edits) as log:
        run.show(_logged(outcomes, log, run.stamp if glossary_version else None))
    if report:
        write_json(report, run.totals.report(run.stamp, _choices(profile, options)))
    if glossary_version and format_ == "text":
        write_stamp(run.stamp)
    run.end(unreadable)


def _beside(
    made: Sequence[Task], output: str | None, edits: str | None, report: str | None
) -> list[Written]:
    """What is written besides the results of documents, a folder for these included."""
    from vardynas.cli.meetings import Written

    folder = None if any(task.target == output for task in made) else output
    given = (("--output", folder), ("--edits", edits), ("--report", report))
    return [Written(option, path) for option, path in given if path]


def _house_style() -> tuple[str, ...]:
    """The file of the profile, when there is one; the command itself sees only what it says."""
    path = click.get_current_context().params.get("profile")
    return (path,) if isinstance(path, str) else ()


def _logged(
    outcomes: Iterable[Outcome], log: JsonLines, stamp: dict[str, str] | None
) -> Iterator[Outcome]:
    """The outcomes as they are, their records written to the log."""
    for outcome in outcomes:
        for record in outcome.records:
            log.add({**record, "glossary": stamp} if stamp else record)
        yield outcome


def _choices(profile: Profile, options: Options) -> dict[str, Any]:
    """What was chosen, where it is not the default."""
    usual = {**asdict(type(profile)()), **asdict(type(options)())}
    chosen = {**asdict(profile), **asdict(options)}
    return {name: value for name, value in chosen.items() if value != usual[name]}
