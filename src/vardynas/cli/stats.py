"""``vardynas stats``: what a glossary holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import click

from vardynas.cli import options
from vardynas.model import Entry

__all__ = ["command"]

NO_SOURCE = "(none given)"
WITH = "entries with"

_TITLES = (
    "entries by type",
    "entries by language",
    "entries by source",
    WITH,
    "names by language",
    "names by role",
    "names by source",
)


@click.command(
    "stats",
    epilog=options.examples("vardynas stats", "vardynas stats --glossary mine.yaml --format json"),
)
@options.format_of("text", "json", "csv")
@options.glossary
def command(format_: str, glossary: tuple[str, ...], with_builtin: bool) -> None:
    """Count what the glossary holds.

    Entries by type, language and source, names by language, role and source; of each type how
    many entries have a name in each language, a source, a line about them and ids elsewhere.
    Exit status 1: the glossary is empty.
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
    >>> _counted([entry])["names by language"], _counted([entry])["place entries with"]
    ({'be': 2}, {'be': 1})
    """
    groups: dict[str, Counter[str]] = {title: Counter() for title in _TITLES}
    for entry in entries:
        groups["entries by type"][entry.type] += 1
        groups["entries by language"].update(entry.names.keys())
        groups["entries by source"][entry.source or NO_SOURCE] += 1
        groups[WITH].update(_fields(entry))
        own = groups.setdefault(f"{entry.type} {WITH}", Counter())
        own.update((*entry.names, *_fields(entry)))
        for name in entry.all_names():
            groups["names by language"][name.language] += 1
            groups["names by role"][name.role] += 1
            groups["names by source"][name.source or entry.source or NO_SOURCE] += 1
    return {title: dict(counter.most_common()) for title, counter in groups.items()}


def _fields(entry: Entry) -> Iterator[str]:
    """What an entry has besides names, of what all should have: a source, who it is, ids elsewhere."""
    if entry.source or all(name.source for name in entry.all_names()):
        yield "source"
    if entry.about:
        yield "about"
    if entry.refs:
        yield "refs"
        yield from (f"refs: {name}" for name, _ in entry.refs)


def _text_lines(counts: Mapping[str, Mapping[str, int]], stamp: dict[str, str]) -> Iterator[str]:
    """The counts for people, under the version of the glossary, shares beside what is not all."""
    from vardynas.cli.context import named
    from vardynas.cli.output import bold, count, table

    types = counts["entries by type"]
    names = sum(counts["names by language"].values())
    yield named(stamp)
    yield f"{count(sum(types.values()), 'entry', 'entries')}, {count(names, 'name')}"
    for title, values in counts.items():
        yield ""
        yield bold(title)
        figures = [f"{number:,}" for number in values.values()]
        wide = max(map(len, figures), default=0)
        whole = _whole(title, types)
        rows = [
            (figure.rjust(wide), *_share(number, whole), value)
            for figure, (value, number) in zip(figures, values.items(), strict=True)
        ]
        yield from table(rows, indent="  ")


def _whole(title: str, types: Mapping[str, int]) -> int:
    """How many entries there are of which a group counts some; 0 for a group that parts them all."""
    if title == "entries by language":
        return sum(types.values())
    kind, found, _ = title.rpartition(WITH)
    return types.get(kind.strip(), sum(types.values())) if found else 0


def _share(number: int, whole: int) -> tuple[str, ...]:
    """The share of a number as a column; no column without a whole."""
    from vardynas.cli.output import percent

    return (percent(number / whole).rjust(5),) if whole else ()
