"""``vardynas import``: entries of another format as a glossary file, or added to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vardynas.cli import options
from vardynas.cli.exporting import languages
from vardynas.cli.writing import WritingCommand

if TYPE_CHECKING:
    from vardynas.exchange.incoming import Read

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
def command(file: str, format_: str | None, languages: tuple[str, ...]) -> None:
    """Read entries of another format.

    FILE becomes a glossary file on standard output.
    """
    from vardynas import exchange
    from vardynas.cli import inputs, output
    from vardynas.glossary.writer import dump

    inputs.explain_waiting((file,))
    data, _ = inputs.file_of(file)
    found = exchange.read(file, data, format_, exchange.Options(languages=languages))
    _tell(found)
    output.write_bytes(dump(found.entries).encode("utf-8"))
    click.get_current_context().exit(int(not found.entries))


def _tell(found: Read) -> None:
    """Say what was left out."""
    for problem in found.problems:
        click.echo(str(problem), err=True)
