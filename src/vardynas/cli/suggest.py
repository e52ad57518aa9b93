"""``vardynas suggest``: what a glossary lacks, from a folder of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vardynas.cli import options as shared
from vardynas.cli.reading import reading

if TYPE_CHECKING:
    from vardynas.documents.formats import Options
    from vardynas.suggest import Suggestion

__all__ = ["command"]

SHOWN = 6
"""Forms that are shown of each name."""


@click.command(
    "suggest",
    epilog=shared.examples(
        "vardynas suggest articles/ > names.yaml",
        "vardynas suggest --format text --least 5 articles/",
    ),
)
@shared.files
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How often a name must be seen.",
)
@click.option(
    "--rejected",
    metavar="FILE",
    multiple=True,
    help="Leave out what this file rejects, besides those beside --glossary; may be repeated.",
)
@reading
@shared.format_of("yaml", "text", "json", "csv")
@shared.glossary
def command(
    files: tuple[str, ...],
    least: int,
    rejected: tuple[str, ...],
    options: Options,
    format_: str,
    glossary: tuple[str, ...],
    with_builtin: bool,
) -> None:
    """Suggest what a glossary lacks, from the names in FILEs.

    Names that it does not know become new entries, with the base form in each language; spellings of
    known names that it neither lists nor derives become additions to their entries. Comments say what
    was seen, how often and where. Read before you paste: the types of places and organisations, and
    what only looks like a name, are for people to judge. Exit status 1: there is nothing to suggest.
    """
    from vardynas.cli import context, output
    from vardynas.cli.inputs import Inputs
    from vardynas.suggest import Harvest, suggestions
    from vardynas.suggest.pending import unjudged
    from vardynas.suggest.rejected import Rejections, files_of

    rejections = Rejections.read(dict.fromkeys((*map(Path, rejected), *files_of(glossary))))
    inputs = Inputs(files, options)
    resolver = context.open_resolver(glossary, with_builtin)
    harvest = Harvest(resolver)
    harvest.add_many(one.text for one in inputs.contexts())
    found = list(unjudged(suggestions(harvest, resolver, least), resolver.entries, rejections))
    if format_ == "yaml":
        output.write_text(_yaml(found))
    elif format_ == "text":
        output.write_text(_table(found))
    else:
        output.write_records(
            map(_flat if format_ == "csv" else _record, found),
            format_,
            key="suggestions",
            columns=COLUMNS,
            stamp=context.stamp(resolver),
        )
    click.get_current_context().exit(inputs.exit_code(bool(found)))


COLUMNS = ("count", "id", "new", "type", "gender", "names", "forms", "contexts")


def _record(one: Suggestion) -> dict[str, Any]:
    return {
        "count": one.count,
        "id": one.id,
        "new": not one.extends,
        "type": one.type,
        "gender": one.gender,
        "names": one.names,
        "forms": [{"text": text, "language": tag, "count": n} for text, tag, n in one.forms],
        "contexts": list(one.contexts),
    }


def _flat(one: Suggestion) -> dict[str, Any]:
    """The same for tables: a cell has text, the values in it parted by semicolons."""
    names = (f"{tag} {name}" for tag, found in one.names.items() for name in found)
    return {
        **_record(one),
        "new": "no" if one.extends else "yes",
        "names": "; ".join(names),
        "forms": "; ".join(f"{text} ({tag} {count})" for text, tag, count in one.forms),
        "contexts": "; ".join(one.contexts),
    }


def _yaml(found: Iterable[Suggestion]) -> Iterator[str]:
    """The suggestions as a glossary file, with comments."""
    from vardynas.glossary.writer import dump_entry
    from vardynas.model import Entry

    yield "vardynas: 1"
    empty = True
    for one in found:
        if empty:
            yield "entries:"
            empty = False
        yield f"# seen {one.count} ×: {_forms(one)}"
        yield from (f"#   {context}" for context in one.contexts)
        entry = Entry(id=one.id, type=one.type or "other", gender=one.gender, names=one.names)
        text = dump_entry(entry).rstrip("\n")
        yield text.replace("- id:", "- extends:", 1) if one.extends else text
    if empty:
        yield "entries: []"


def _table(found: Iterable[Suggestion]) -> Iterator[str]:
    from vardynas.cli.output import table

    rows = [
        (
            f"{one.count:,}",
            f"+ {one.id}" if one.extends else one.id,
            ", ".join(f"{tag} {name}" for tag, names in one.names.items() for name in names),
            _forms(one),
        )
        for one in found
    ]
    yield from table(rows)


def _forms(one: Suggestion) -> str:
    shown = [f"{text} ({tag} {count})" for text, tag, count in one.forms[:SHOWN]]
    return ", ".join(shown) + (", …" if len(one.forms) > SHOWN else "")
