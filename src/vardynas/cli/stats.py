"""``vardynas stats``: what a glossary holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import click

from vardynas.cli import options
from vardynas.model import Entry

__all__ = ["command"]

NO_SOURCE = "(none given)"


@click.command(
    "stats",
    epilog=options.examples("vardynas stats", "vardynas stats --glossary mine.yaml --format json"),
)
@options.format_of("text", "json", "csv")
@options.glossary
def command(format_: str, glossary: tuple[str, ...], with_builtin: bool) -> None:
    """Count what the glossary holds.

    Entries by type and language, names by language, role and source. Exit status 1: the
    glossary is empty.
    """
    from vardynas.cli import context, output

    resolver = context.open_resolver(glossary, with_builtin)
    stamp = context.stamp(resolver)
    entries = tuple(resolver.entries.values())
    counts = _counted(entries)
    if format_ == "text":
        output.write_text(_text_lines(counts, stamp))
    else:
        rows = (
            {"count": group, "value": value, "number": number}
            for group, values in counts.items()
            for value, number in values.items()
        )
        output.write_records(
            rows, format_, key="counts", columns=("count", "value", "number"), stamp=stamp
        )
    click.get_current_context().exit(int(not entries))


def _counted(entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """The counts by what they count, the most frequent value first.

    >>> entry = Entry(id="hrodna", type="place", names={"be": ["Гродна", "Горадня"]})
    >>> _counted([entry])["names by language"]
    {'be': 2}
    """
    groups: dict[str, Counter[str]] = {
        "entries by type": Counter(),
        "entries by language": Counter(),
        "names by language": Counter(),
        "names by role": Counter(),
        "names by source": Counter(),
    }
    for entry in entries:
        groups["entries by type"][entry.type] += 1
        groups["entries by language"].update(entry.names.keys())
        for name in entry.all_names():
            groups["names by language"][name.language] += 1
            groups["names by role"][name.role] += 1
            groups["names by source"][name.source or entry.source or NO_SOURCE] += 1
    return {title: dict(counter.most_common()) for title, counter in groups.items()}


def _text_lines(counts: Mapping[str, Mapping[str, int]], stamp: dict[str, str]) -> Iterator[str]:
    """The counts for people, under the version of the glossary."""
    from vardynas.cli.context import named
    from vardynas.cli.output import bold, count, table

    entries = sum(counts["entries by type"].values())
    names = sum(counts["names by language"].values())
    yield named(stamp)
    yield f"{count(entries, 'entry', 'entries')}, {count(names, 'name')}"
    for title, values in counts.items():
        yield ""
        yield bold(title)
        figures = [f"{number:,}" for number in values.values()]
        wide = max(map(len, figures), default=0)
        rows = [(f.rjust(wide), value) for f, value in zip(figures, values, strict=True)]
        yield from table(rows, indent="  ")
