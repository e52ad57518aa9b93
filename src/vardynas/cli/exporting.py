"""``vardynas export``: entries of a glossary in the format of another program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.model import Entry
    from vardynas.resolver import Resolver

__all__ = ["command", "languages"]

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("csv", "tsv", "skos", "skos-xml", "ftm", "spacy", "solr", "regex")
"""The formats that are written, here by name so that ``--help`` loads none of them."""


def languages(command: F) -> F:
    """Add ``--language``, which may be repeated: parameter `languages`."""
    return click.option(
        "--language",
        "languages",
        metavar="TAG",
        multiple=True,
        help="Only names of this language; may be repeated.",
    )(command)


def _address(_: click.Context, __: click.Parameter, base: str) -> str:
    """The address as given; a usage error where it can begin none."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+", base):
        raise click.BadParameter(f"{base!r} begins no address; write https://example.org/names/")
    return base


@click.command(
    "export",
    epilog=options.examples(
        "vardynas export > names.csv",
        "vardynas export --format skos --type place > places.ttl",
        "vardynas export --format regex hrodna",
    ),
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@options.format_of(*FORMATS)
@click.option(
    "--type",
    "types",
    type=click.Choice(("person", "place", "organisation", "other")),
    multiple=True,
    help="Only entries of this type; may be repeated.",
)
@languages
@click.option("--inflected", is_flag=True, help="spacy, solr: also the cases of every form.")
@click.option("--derived", is_flag=True, help="spacy, solr: also the names that rules derive.")
@click.option(
    "--to",
    default="",
    metavar="TAG",
    help="solr: all forms lead to the name in this language, or to the id; otherwise they are equal.",
)
@click.option(
    "--base",
    default="urn:vardynas:",
    show_default=True,
    metavar="ADDRESS",
    callback=_address,
    help="skos: what stands before the id in the address of a concept.",
)
@options.glossary
def command(
    ids: tuple[str, ...],
    format_: str,
    types: tuple[str, ...],
    languages: tuple[str, ...],
    inflected: bool,
    derived: bool,
    to: str,
    base: str,
    glossary: tuple[str, ...],
    with_builtin: bool,
) -> None:
    """Write entries in the format of another program.

    Without ID it is every entry. What the format cannot carry is said on standard error. Exit
    status 1: there is no such entry.
    """
    from vardynas import exchange
    from vardynas.cli import context, output

    resolver = context.open_resolver(glossary, with_builtin)
    entries = [one for one in _chosen(resolver, ids) if not types or one.type in types]
    chosen = exchange.Options(
        languages=languages, inflected=inflected, derived=derived, to=to, base=base
    )
    written = exchange.write(entries, format_, chosen)
    output.write_bytes(written.text.encode("utf-8"))
    for remark in written.remarks:
        click.echo(remark, err=True)
    click.get_current_context().exit(int(not entries))


def _chosen(resolver: Resolver, ids: tuple[str, ...]) -> Iterable[Entry]:
    """The entries with these ids, or all; `UnknownEntry` for an id that there is not."""
    return [resolver[id_] for id_ in dict.fromkeys(ids)] if ids else resolver.entries.values()
