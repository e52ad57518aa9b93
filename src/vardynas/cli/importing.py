"""``vardynas import``: entries of another format as a glossary file, or added to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from vardynas.cli import options
from vardynas.cli.exporting import languages
from vardynas.cli.writing import WritingCommand, backup

if TYPE_CHECKING:
    from vardynas.documents.atomic import State
    from vardynas.errors import Problem
    from vardynas.exchange.incoming import Read
    from vardynas.exchange.into import Merged

__all__ = ["command"]

FORMATS = ("csv", "tsv", "wikidata", "sparql", "geonames", "ftm", "skos", "skos-xml")
"""The formats that are read, here by name so that ``--help`` loads none of them."""


@click.command(
    "import",
    cls=WritingCommand,
    epilog=options.examples(
        "vardynas import names.csv > names.yaml",
        "vardynas import --from wikidata Q181376.json",
        "vardynas import --into people.yaml --write names.csv",
    ),
)
@click.argument("file", default="-")
@click.option(
    "--from",
    "format_",
    type=click.Choice(FORMATS),
    help="The format of FILE, where its name does not tell.",
)
@languages
@click.option(
    "--into",
    metavar="FILE",
    help="Add to this glossary file, and show how it would change, as a diff.",
)
@click.option(
    "--with-builtin", is_flag=True, help="--into: the file adds to the built-in glossary."
)
@click.option("-w", "--write", is_flag=True, help="--into: change the file.")
@backup
def command(
    file: str,
    format_: str | None,
    languages: tuple[str, ...],
    into: str | None,
    with_builtin: bool,
    write: bool,
    backup: str | None,
) -> None:
    """Read entries of another format.

    FILE becomes a glossary file on standard output. With --into its entries are added to a file
    that exists: what stands there stays, and what contradicts it is reported and left out. Exit
    status 1: there is nothing to import, or something contradicts.
    """
    from vardynas import exchange
    from vardynas.cli import inputs

    if into is None and (write or backup or with_builtin):
        raise click.UsageError("--write, --backup and --with-builtin need --into FILE.")
    inputs.explain_waiting((file,))
    data, _ = inputs.file_of(file)
    found = exchange.read(file, data, format_, exchange.Options(languages=languages))
    _tell(found.problems)
    status = _show(found) if into is None else _merge(found, into, with_builtin, write, backup)
    click.get_current_context().exit(status)


def _show(found: Read) -> int:
    """Print the entries as a glossary file."""
    from vardynas.cli import output
    from vardynas.glossary.writer import dump

    output.write_bytes(dump(found.entries).encode("utf-8"))
    return int(not found.entries)


def _merge(found: Read, path: str, with_builtin: bool, write: bool, backup: str | None) -> int:
    """Add the entries to a file, or show how; 1 where something contradicts."""
    from vardynas.cli import diff, inputs, output
    from vardynas.exchange.into import merged
    from vardynas.glossary import builtin_path, read

    data, state = inputs.file_of(path)
    text = _decoded(path, data)
    base = read([builtin_path()]) if with_builtin else None
    result = merged(path, text, found, base)
    _tell(result.problems)
    output.write_text(map(diff.colored, diff.unified(text, result.text, path)))
    if write and result.text != text:
        _replace(path, data, result.text, state, backup)
    output.remark(_summary(result, write))
    return int(bool(result.plan.conflicts) or not found.entries)


def _decoded(path: str, data: bytes) -> str:
    """The text of a glossary file, or the error that a command that loads it would give."""
    from vardynas.errors import GlossaryError
    from vardynas.glossary.nodes import Report
    from vardynas.glossary.syntax import decode

    report = Report(path)
    text = decode(data, report)
    if text is None:
        raise GlossaryError(tuple(report.problems))
    return text


def _replace(path: str, old: bytes, text: str, state: State | None, backup: str | None) -> None:
    import codecs

    from vardynas.documents import atomic

    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    atomic.replace(path, mark + text.encode("utf-8"), backup=backup, expected=state)


def _summary(result: Merged, write: bool) -> str:
    """What was done, in one line."""
    from vardynas.cli.output import count

    new, added, conflicts, _ = result.plan
    names = sum(len(items) for one in added for items in one.names.values())
    done = f"{count(len(new), 'new entry', 'new entries')}, {count(names, 'name')} added to others"
    left = f"; {count(len(conflicts), 'conflict')}, left out" if conflicts else ""
    nothing = not write and bool(new or added)
    return f"{done}{left}.{' Nothing is written yet: --write does it.' if nothing else ''}"


def _tell(problems: Iterable[Problem]) -> None:
    """Say what was left out."""
    for problem in problems:
        click.echo(str(problem), err=True)
