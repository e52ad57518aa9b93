"""What each decision of vardynas costs and gains: precision, balanced, recall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from benchmarks.accuracy.lookups import OURS, Run
from benchmarks.accuracy.metrics import Decision
from benchmarks.accuracy.tables import counts, scored, table, wanted
from benchmarks.accuracy.text_tables import documents_of, is_absent
from benchmarks.accuracy.texts import Document, Found, TextRun
from vardynas.editorial.scores import evaluate
from vardynas.match.calibration import THRESHOLDS

__all__ = ["decision_table", "mentions_from"]


def decision_table(lookups: Sequence[Run], texts: Sequence[TextRun], part: str) -> str:
    """For each set and decision the answers given; false mentions where nothing is to be found."""
    heads = ("what", "decision", "from", "P", "R", "F1", "right/given/wanted")
    rows: list[list[object]] = []
    for name, count in _sets(lookups, texts, part):
        for word, limit in THRESHOLDS.items():
            made = count(limit)
            figures = (made.precision, made.recall, made.f1) if made.wanted else [float("nan")] * 3
            rows.append([name, word, limit, *figures, "/".join(map(str, made))])
    return table("Decisions", heads, rows)


def _sets(
    lookups: Sequence[Run], texts: Sequence[TextRun], part: str
) -> Iterator[tuple[str, Callable[[float], Decision]]]:
    """Each set, and all of a kind, with what counts its answers from a probability on."""
    runs = [run for run in lookups if counts(run)]
    for name in dict.fromkeys(map(_kind, runs)):
        yield name, partial(_of_lookups, [run for run in runs if _kind(run) == name], part)
    if runs:
        yield "all lookups", partial(_of_lookups, runs, part)
    for name in dict.fromkeys(run.set for run in texts):
        yield f"{name} mentions", partial(_of_texts, [t for t in texts if t.set == name], part)
    if annotated := [t for t in texts if not is_absent(t)]:
        yield "all mentions", partial(_of_texts, annotated, part)


def _kind(run: Run) -> str:
    """The set; the sources and languages of inflected forms are one."""
    return "inflection" if run.set.startswith("inflection/") else run.set


def _of_lookups(runs: Sequence[Run], part: str, limit: float) -> Decision:
    given = [right for run in runs for g, right in scored(run, part) if g.score >= limit]
    return Decision(sum(given), len(given), sum(wanted(run, part) for run in runs))


def _of_texts(runs: Sequence[TextRun], part: str, limit: float) -> Decision:
    right = given = total = 0
    for document in (d for run in runs for d in documents_of(run, part)):
        found = mentions_from(document, limit)
        made = evaluate(document.gold, found, document.text, paraphrased=False).strict
        right += made.correct
        given += made.correct + made.false
        total += made.correct + made.missed
    return Decision(right, given, total)


def mentions_from(document: Document, limit: float) -> list[Found]:
    """The mentions that vardynas reports from a probability of `limit` on, and ambiguous ones.

    >>> sure, doubtful = Found(0, 5, "minsk", 0.9), Found(9, 12, "lida", 0.3)
    >>> document = Document("a", "Minsk i Lida", (), {OURS: [sure]}, [doubtful])
    >>> [len(mentions_from(document, limit)) for limit in (0.95, 0.5, 0.25)]
    [0, 1, 2]
    """
    every = (*document.found[OURS], *document.doubtful)
    return [found for found in every if found.entry is None or found.score >= limit]
