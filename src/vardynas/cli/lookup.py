"""``vardynas lookup``: which entries a name can mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.model import Candidate, Entry
    from vardynas.resolver import Resolver

__all__ = ["command"]

LEAST = 0.05
"""Candidates that are less likely are not worth a look and are not shown."""

COLUMNS = ("query", "rank", "resolved", "entry", "score", "method", "name", "language")


class _Answer(NamedTuple):
    """A name, the entry it resolves to (None when that is open) and all candidates."""

    query: str
    resolved: str | None
    candidates: list[Candidate]


@click.command(
    "lookup",
    epilog=options.examples(
        "vardynas lookup Каліноўскага",
        'vardynas lookup --explain "Kastus Kalinouski" Gardinas',
        "cut -f1 people.tsv | vardynas lookup --format csv",
    ),
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@options.language
@click.option(
    "--limit", type=click.IntRange(min=1), default=5, show_default=True, help="Candidates per name."
)
@options.decision
@options.format_of("text", "json", "jsonl", "csv")
@options.explain
@options.glossary
@options.glossary_version
def command(
    names: tuple[str, ...],
    language: str | None,
    limit: int,
    decision: str,
    format_: str,
    explain: bool,
    glossary: tuple[str, ...],
    with_builtin: bool,
    glossary_version: bool,
) -> None:
    """Show which entries each NAME can mean, best first.

    A NAME may stand in any of the languages, in any grammatical case, with a typing error or
    two. Without NAME, or when it is -, names are read from standard input, one a line. Exit
    status 1: no name was found, nothing is certain enough for any of them.
    """
    from vardynas.cli import context, output

    asked = _asked(names)
    resolver = context.open_resolver(glossary, with_builtin)
    stamp = context.stamp(resolver)
    answers = [_answer(resolver, name, language, limit, decision) for name in asked]
    if format_ == "text":
        output.write_text(_text_lines(resolver, answers, decision, explain))
        if glossary_version:
            output.write_stamp(stamp)
    else:
        records = _csv_rows(answers) if format_ == "csv" else _json_records(answers, explain)
        output.write_records(
            records,
            format_,
            key="results",
            columns=COLUMNS,
            stamp=stamp,
            stamped=glossary_version,
        )
    click.get_current_context().exit(int(not any(_is_found(one, decision) for one in answers)))


def _asked(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the command line; without any, those of standard input."""
    if names and names != ("-",):
        return names
    from vardynas.cli.inputs import names_of_input

    return names_of_input()


def _answer(
    resolver: Resolver, name: str, language: str | None, limit: int, decision: str
) -> _Answer:
    best = resolver.resolve(name, language=language, decision=decision)
    candidates = resolver.lookup(name, language=language, limit=limit)
    likely = [candidate for candidate in candidates if candidate.score >= LEAST]
    return _Answer(name, best.entry if best else None, likely)


def _text_lines(
    resolver: Resolver, answers: list[_Answer], decision: str, explain: bool
) -> Iterator[str]:
    """The answers for people, an empty line between two names."""
    from vardynas.cli.output import bold

    for number, answer in enumerate(answers):
        if number:
            yield ""
        yield f"{bold(answer.query)}{_verdict(answer, decision)}"
        yield from _candidate_lines(resolver, answer, explain)


def _is_found(answer: _Answer, decision: str) -> bool:
    """Whether some entry is likely enough, even where several are too close to call."""
    from vardynas.match.calibration import THRESHOLDS

    return bool(answer.candidates) and answer.candidates[0].score >= THRESHOLDS[decision]


def _verdict(answer: _Answer, decision: str) -> str:
    """What is said after the name where it does not resolve; "" where it does."""
    if not answer.candidates:
        return ": nothing found"
    if answer.resolved:
        return ""
    if not _is_found(answer, decision):
        return ": nothing is certain enough; the nearest"
    return ": ambiguous, these are too close to call"


def _candidate_lines(resolver: Resolver, answer: _Answer, explain: bool) -> Iterator[str]:
    """An aligned row for each candidate; under it the entry's names and why it is here."""
    from vardynas.cli.output import dim, evidence_lines, method, percent, table

    rows = [
        (
            "→" if candidate.entry == answer.resolved else " ",
            candidate.entry,
            percent(candidate.score).rjust(5),
            method(candidate.method),
            f"{candidate.name} [{candidate.language}]",
        )
        for candidate in answer.candidates
    ]
    for row, candidate in zip(table(rows), answer.candidates, strict=True):
        yield row
        yield f"     {_preferred_names(resolver[candidate.entry])}"
        if explain:
            yield from evidence_lines(candidate.evidence, "     ")
        elif candidate.evidence:
            yield dim(f"     {' '.join(step.text for step in candidate.evidence)}")


def _preferred_names(entry: Entry) -> str:
    """The preferred name of the entry in each of its languages, on one line.

    >>> from vardynas.model import Entry
    >>> _preferred_names(Entry(id="hrodna", names={"be": ["Гродна"], "lt": ["Gardinas"]}))
    'be Гродна · lt Gardinas'
    """
    names = ((language, entry.preferred(language)) for language in entry.names)
    return " · ".join(f"{language} {name.form}" for language, name in names if name)


def _json_records(answers: list[_Answer], explain: bool) -> Iterator[dict[str, Any]]:
    """One record a name, with all its candidates."""
    from vardynas.cli.output import candidate_record

    for query, resolved, candidates in answers:
        yield {
            "query": query,
            "resolved": resolved,
            "candidates": [candidate_record(candidate, explain) for candidate in candidates],
        }


def _csv_rows(answers: list[_Answer]) -> Iterator[dict[str, Any]]:
    """One row a candidate; a name without any has one row with the name alone."""
    for query, resolved, candidates in answers:
        if not candidates:
            yield {"query": query}
        for rank, candidate in enumerate(candidates, 1):
            row = {"query": query, "rank": rank, "resolved": int(candidate.entry == resolved)}
            yield {**candidate.to_dict(), **row}
