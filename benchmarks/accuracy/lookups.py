"""Asking vardynas and the baselines for the same names of the same index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.accuracy import baselines
from benchmarks.accuracy.data import Query, digest
from benchmarks.accuracy.names import Task, inflection_tasks, lookup_tasks
from vardynas import Candidate, Entry, Resolver

__all__ = ["OURS", "Answers", "Given", "Options", "Run", "run_inflection", "run_lookup"]

OURS = "vardynas"


@dataclass(frozen=True, slots=True)
class Options:
    """What to run: the part, at most `sample` queries a pair (0: all), whether with baselines."""

    part: str = "report"
    sample: int = 0
    baselines: bool = True


class Given(NamedTuple):
    """The first candidate for a query; `said` tells whether vardynas stands by it."""

    entry: str
    score: float
    said: bool = False
    method: str = ""


class Answers(NamedTuple):
    """The first candidates of one system for all queries of a run, None where it has none."""

    given: list[Given | None]


@dataclass(frozen=True, slots=True)
class Run:
    """One set and pair: the queries, what was indexed, and the answers of every system.

    vardynas is not asked for queries outside the part that was chosen; `asked` has the positions of
    those inside it. `hard` counts the hard queries of both parts, before any sampling.
    """

    set: str
    pair: str
    names: dict[str, str]
    queries: tuple[Query, ...]
    asked: tuple[int, ...]
    hard: int
    answers: dict[str, Answers] = field(default_factory=dict)

    def right(self, system: str, position: int) -> bool:
        """Whether the first candidate of `system` is an entry that the query may mean."""
        given = self.answers[system].given[position]
        return given is not None and given.entry in self.queries[position].wanted


class _Remembering(Resolver):
    """A resolver that keeps its last answer: `resolve` asks what `lookup` was just asked."""

    _last: tuple[tuple[str, str | None, int], list[Candidate]] | None = None

    def lookup(self, name: str, language: str | None = None, limit: int = 5) -> list[Candidate]:
        question = (name, language, limit)
        if self._last is None or self._last[0] != question:
            self._last = (question, super().lookup(name, language, limit))
        return self._last[1]


def run_lookup(name: str, indexed: str, options: Options) -> list[Run]:
    """The runs of a set of names whose index is in the language `indexed`."""
    return _runs(lookup_tasks(name, indexed), options)


def run_inflection(language: str, options: Options) -> list[Run]:
    """The runs of the inflected forms of `language`, one for each source."""
    return _runs(inflection_tasks(language), options)


def _runs(tasks: Iterable[Task], options: Options) -> list[Run]:
    """All tasks have one index, which is compiled once."""
    runs: list[Run] = []
    resolver: Resolver | None = None
    for task in tasks:
        queries = _thinned(task.queries, options.sample)
        asked = tuple(i for i, q in enumerate(queries) if options.part in ("all", q.part))
        names = {id_: name for id_, _, name in task.entries}
        hard = sum(q.hard for q in task.queries)
        run = Run(task.set, task.pair, names, queries, asked, hard)
        if resolver is None:
            resolver = _Remembering(
                Entry(id=id_, names={language: [form]}) for id_, language, form in task.entries
            )
        run.answers[OURS] = _ask(resolver, run)
        if options.baselines:
            run.answers.update(_baselines(task, queries, task.set == "persons"))
        runs.append(run)
    return runs


def _thinned(queries: tuple[Query, ...], sample: int) -> tuple[Query, ...]:
    """At most `sample` queries, always the same ones; all of them when it is 0."""
    if not sample or len(queries) <= sample:
        return queries
    return tuple(sorted(queries, key=lambda q: (digest(q.id), q.key))[:sample])


def _ask(resolver: Resolver, run: Run) -> Answers:
    given: list[Given | None] = [None] * len(run.queries)
    for position in run.asked:
        query = run.queries[position]
        found = resolver.lookup(query.text, query.language, 2)
        if found:
            said = resolver.resolve(query.text, query.language) is not None
            first = found[0]
            given[position] = Given(first.entry, first.score, said, first.method)
    return Answers(given)


def _baselines(task: Task, queries: Sequence[Query], persons: bool) -> dict[str, Answers]:
    ids = [id_ for id_, _, _ in task.entries]
    texts, names = [q.text for q in queries], [name for _, _, name in task.entries]
    answers = {
        scorer: _nearest(ids, texts, names, scorer, swapped=False) for scorer in baselines.SCORERS
    }
    if persons:
        for scorer in baselines.SWAPPED:
            answers[f"{scorer}+swap"] = _nearest(ids, texts, names, scorer, swapped=True)
    return answers


def _nearest(
    ids: Sequence[str], texts: Sequence[str], names: Sequence[str], scorer: str, *, swapped: bool
) -> Answers:
    form = (lambda name: baselines.normal(baselines.swap(name))) if swapped else baselines.normal
    found = baselines.best(
        [form(text) for text in texts], [form(name) for name in names], baselines.SCORERS[scorer]
    )
    pairs = zip(found.position, found.score, strict=True)
    return Answers([Given(ids[at], score) for at, score in pairs])
