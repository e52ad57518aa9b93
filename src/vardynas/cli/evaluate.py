"""``vardynas evaluate``: how right a glossary is on annotated texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.editorial.evaluate import Report
    from vardynas.editorial.gold import GoldDocument
    from vardynas.resolver import Resolver

__all__ = ["command"]

COLUMNS = ("group", "value", "measure", "number")

SHOWN = 10
"""Errors that text shows unless told otherwise."""

NAMED = 5
"""Ids that a warning names one by one."""


@click.command(
    "evaluate",
    epilog=options.examples(
        "vardynas evaluate seeds/samples/annotations.jsonl",
        "vardynas evaluate --glossary mine.yaml --min-f1 0.95 gold.jsonl",
    ),
)
@click.argument("gold", metavar="GOLD")
@click.option(
    "--texts", metavar="FOLDER", help="Where the texts are; beside GOLD when left out.", type=str
)
@options.decision
@click.option(
    "--min-f1",
    type=click.FloatRange(0, 1),
    metavar="X",
    help="Exit with 1 when the strict F1 is below X, between 0 and 1.",
)
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Show at most N errors; {SHOWN} in text, all in JSON when left out.",
)
@options.format_of("text", "json", "jsonl", "csv")
@options.glossary
@options.glossary_version
def command(
    gold: str,
    texts: str | None,
    decision: str,
    min_f1: float | None,
    errors: int | None,
    format_: str,
    glossary: tuple[str, ...],
    with_builtin: bool,
    glossary_version: bool,
) -> None:
    """Measure how right `scan` is on texts that you have annotated.

    GOLD is a file of JSON lines: which names stand where in which text, and which entries they
    mean. Exit status 1: --min-f1 is not reached; 2: a text of GOLD is missing.
    """
    from vardynas.cli import context
    from vardynas.editorial.evaluate import report
    from vardynas.editorial.gold import load_gold

    documents = _with_texts(gold, load_gold(gold, texts))
    resolver = context.open_resolver(glossary, with_builtin)
    figures = report(resolver, documents, decision)
    unknown = _unknown(resolver, documents)
    about = {"gold": gold, "decision": decision, "unknown_entries": unknown}
    _write(figures, about, errors, format_, context.stamp(resolver), glossary_version)
    _warn(figures, resolver, unknown)
    click.get_current_context().exit(_exit_code(figures, min_f1))


def _with_texts(gold: str, documents: tuple[GoldDocument, ...]) -> tuple[GoldDocument, ...]:
    """The documents as they are; raises DocumentError when there is no text to scan at all."""
    from vardynas.errors import DocumentError

    if not documents:
        raise DocumentError(gold, "There is no document in this file.")
    if all(document.text is None for document in documents):
        raise DocumentError(
            gold,
            "No text of these annotations is at hand. Put the files beside them, name their folder "
            "with --texts, or write each text into the field 'text' of its document.",
        )
    return documents


def _unknown(resolver: Resolver, documents: Sequence[GoldDocument]) -> list[str]:
    """The annotated entries that the glossary does not have, sorted."""
    meant = {m.entry for d in documents for m in d.mentions if m.level == "core"}
    return sorted(entry for entry in meant if entry not in resolver)


def _write(
    figures: Report,
    about: dict[str, Any],
    errors: int | None,
    format_: str,
    stamp: dict[str, str],
    stamped: bool,
) -> None:
    """The report in one of the formats; errors beyond the wanted number are left out."""
    from vardynas.cli import output
    from vardynas.cli.evaluation_text import text_lines

    if format_ == "text":
        limit = SHOWN if errors is None else errors
        output.write_text(text_lines(figures, about["decision"], stamp, limit))
        if stamped:
            output.write_stamp(stamp)
        return
    whole = {**about, **figures.to_dict()}
    whole["errors"] = whole["errors"][:errors]
    if format_ == "json":
        output.write_text([json.dumps({"glossary": stamp, **whole}, ensure_ascii=False, indent=2)])
        return
    rows = [*_figures(whole)]
    if format_ == "jsonl":
        rows = [{"record": "figure", **row} for row in rows]
        rows += [{"record": "error", **error} for error in whole["errors"]]
    output.write_records(
        rows, format_, key="figures", columns=COLUMNS, stamp=stamp, stamped=stamped
    )


def _figures(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a number: the group that it belongs to, which of that group, what is measured.

    >>> whole = {"strict": {"f1": 0.5}, "languages": {"lt": {"f1": 1.0}}}
    >>> [tuple(row.values()) for row in _figures(whole)]
    [('strict', '', 'f1', 0.5), ('languages', 'lt', 'f1', 1.0)]
    """
    for group, figures in whole.items():
        if not isinstance(figures, dict):
            continue
        rows = dict(figures)
        bins = rows.pop("bins", ())
        for name, value in rows.items():
            parts = value.items() if isinstance(value, dict) else [(name, value)]
            which = name if isinstance(value, dict) else ""
            for measure, number in parts:
                yield {"group": group, "value": which, "measure": measure, "number": number}
        for place, part in enumerate(bins, 1):
            for measure, number in part.items():
                yield {"group": "bins", "value": place, "measure": measure, "number": number}


def _warn(figures: Report, resolver: Resolver, unknown: Sequence[str]) -> None:
    """Say on standard error what makes the figures worth less than they look."""
    from vardynas.cli.output import count
    from vardynas.errors import UnknownEntry

    if unknown:
        many = count(len(unknown), "annotated entry is", "annotated entries are")
        whose = "its" if len(unknown) == 1 else "their"
        click.echo(f"{many} not in the glossary; {whose} names count as missed.", err=True)
    for entry in unknown[:NAMED]:
        try:
            resolver[entry]
        except UnknownEntry as error:
            click.echo(f"  {error}", err=True)
    if len(unknown) > NAMED:
        click.echo(f"  … and {len(unknown) - NAMED:,} more.", err=True)


def _exit_code(figures: Report, min_f1: float | None) -> int:
    """2 when texts are missing, 1 when F1 is too low; both are said on standard error."""
    from vardynas.cli.errors import BadInput

    if figures.without_text:
        BadInput(
            f"the text of {', '.join(figures.without_text)} is not at hand; no figure counts it. "
            "Name its folder with --texts."
        ).show()
        return 2
    reached = figures.score.strict.f1
    if min_f1 is not None and reached < min_f1:
        click.echo(f"F1 is {reached:.4f}, less than {min_f1:g}.", err=True)
        return 1
    return 0
