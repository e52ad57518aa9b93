"""``vardynas variants``: every form of an entry, with the rules that give it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.model import Entry, Variant
    from vardynas.resolver import Resolver

__all__ = ["command"]

COLUMNS = ("entry", "form", "language", "lemma", "status", "rules", "slots")


@click.command(
    "variants",
    epilog=options.examples(
        "vardynas variants hrodna",
        "vardynas variants --language lt --inflected Ціханоўская",
    ),
)
@click.argument("name", metavar="ID|NAME")
@click.option("--language", metavar="TAG", help="Only forms of this language.")
@click.option("--inflected", is_flag=True, help="Also the grammatical cases of every form.")
@options.format_of("text", "json", "jsonl", "csv")
@options.glossary
@options.glossary_version
def command(
    name: str,
    language: str | None,
    inflected: bool,
    format_: str,
    glossary: tuple[str, ...],
    with_builtin: bool,
    glossary_version: bool,
) -> None:
    """Show every form of an entry.

    Forms are listed in the glossary or derived from those by rules. The entry is given by its
    id or by any name that resolves to it. Exit status 1: there is no such entry, or the name
    fits several.
    """
    from vardynas.cli import context, output

    resolver = context.open_resolver(glossary, with_builtin)
    stamp = context.stamp(resolver)
    entry = _find_entry(resolver, name)
    if entry is None:
        click.get_current_context().exit(1)
    variants = resolver.variants(entry.id, language=language, inflected=inflected)
    if format_ == "text":
        output.write_text(_text_lines(entry, variants))
        if not variants:
            output.write_text(["", f"There are no forms{f' in {language}' if language else ''}."])
        if glossary_version:
            output.write_stamp(stamp)
    else:
        records = ({"entry": entry.id, **_record(variant, format_)} for variant in variants)
        output.write_records(
            records,
            format_,
            key="variants",
            columns=COLUMNS,
            stamp=stamp,
            stamped=glossary_version,
        )
    click.get_current_context().exit(int(not variants))


def _find_entry(resolver: Resolver, name: str) -> Entry | None:
    """The entry with the id or the name `name`; None, after saying why, when there is not one."""
    from vardynas.errors import UnknownEntry
    from vardynas.match.calibration import THRESHOLDS

    try:
        return resolver[name]
    except UnknownEntry as error:
        unknown = error
    best = resolver.resolve(name)
    if best is not None:
        return resolver[best.entry]
    candidates = resolver.lookup(name, limit=5)
    if candidates and candidates[0].score >= THRESHOLDS["balanced"]:
        ids = ", ".join(candidate.entry for candidate in candidates)
        click.echo(f"{name!r} is ambiguous. Name one of these ids: {ids}", err=True)
    else:
        click.echo(f"{unknown} No name resolves to it either.", err=True)
    return None


def _text_lines(entry: Entry, variants: Iterable[Variant]) -> Iterator[str]:
    """A table for each language: form, cases, status and the chain of rules."""
    from vardynas.cli.output import bold, dim, table

    about = f": {entry.about}" if entry.about else ""
    yield f"{bold(entry.id)} ({entry.type}){about}"
    for language, group in groupby(_by_language(variants), key=lambda variant: variant.language):
        yield ""
        yield bold(language)
        rows = [(v.form, _slots(v), v.status, dim(" → ".join(v.rules))) for v in group]
        yield from table(rows, indent="  ")


def _by_language(variants: Iterable[Variant]) -> list[Variant]:
    """The variants with each language in one piece, otherwise in the order given."""
    listed = list(variants)
    order = {language: at for at, language in enumerate(dict.fromkeys(v.language for v in listed))}
    return sorted(listed, key=lambda variant: order[variant.language])


def _slots(variant: Variant) -> str:
    """The cells of the paradigm that the form fills, such as ``gen sg, acc sg``."""
    return ", ".join(dict.fromkeys(f"{slot.case} {slot.number}" for slot in variant.slots))


def _record(variant: Variant, format_: str) -> dict[str, object]:
    """The variant as JSON types; CSV cells have the rules and slots as text."""
    if format_ != "csv":
        return variant.to_dict()
    return {**variant.to_dict(), "rules": " ".join(variant.rules), "slots": _slots(variant)}
