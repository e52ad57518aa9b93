"""The results on running text as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.accuracy.lookups import OURS
from benchmarks.accuracy.tables import calibration_row, table
from benchmarks.accuracy.texts import EXACT, Document, Found, TextRun
from vardynas.editorial.scores import Counts, Score, evaluate, pool

__all__ = [
    "absent_table",
    "documents_of",
    "is_absent",
    "mention_calibrations",
    "score_of",
    "scored_mentions",
    "text_table",
]

THRESHOLDS = {
    "ratio": (70, 75, 80, 85, 88, 90, 92, 95),
    "JaroWinkler": (0.8, 0.84, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98),
}


def is_absent(run: TextRun) -> bool:
    """Whether the texts of a run name nothing of its glossary."""
    return run.set.startswith("absent")


def text_table(runs: Sequence[TextRun], part: str) -> str:
    """For each set, language and system: exact spans with the right entry."""
    heads = ("set", "language", "part", "texts", "entries", "system", "P", "R", "F1",
             "right/false/missed", "F1 lenient", "macro recall", "threshold")  # fmt: skip
    rows: list[list[object]] = []
    for run in (r for r in runs if not is_absent(r)):
        for shown in dict.fromkeys((part, "all") if run.set in ("seeds", "samples") else (part,)):
            documents = documents_of(run, shown)
            for system in documents[0].found if documents else ():
                limit = _threshold(run, system)
                score = pool(score_of(d, system, limit) for d in documents)
                where = [run.set, run.language, shown, len(documents), run.size, system]
                rows.append([*where, *_figures(score), "–" if limit is None else f"{limit:.2f}"])
    return table("Running text: exact span and entry", heads, rows)


def _figures(score: Score) -> list[object]:
    counts = score.strict
    shown = f"{counts.correct}/{counts.false}/{counts.missed}"
    rates = [counts.precision, counts.recall, counts.f1, shown]
    return [*rates, score.lenient.f1, score.macro_recall]


def score_of(document: Document, system: str, limit: float | None = None) -> Score:
    """The score of `system` in a document, counting what it found from the threshold on."""
    found = _from(document.found[system], limit)
    return evaluate(document.gold, found, document.text, paraphrased=False)


def _from(found: Iterable[Found], limit: float | None) -> list[Found]:
    return [f for f in found if limit is None or f.score >= limit]


def documents_of(run: TextRun, part: str) -> list[Document]:
    """The documents of a part."""
    return [d for d in run.documents if part in ("all", d.part)]


def _threshold(run: TextRun, system: str) -> float | None:
    """The threshold with the best F1 on the part `fit`; None where a system decides itself."""
    if system in (OURS, EXACT):
        return None
    documents = documents_of(run, "fit")

    def quality(limit: float) -> float:
        return sum((score_of(d, system, limit).strict for d in documents), Counts()).f1

    return max(THRESHOLDS[system], key=quality)


def absent_table(runs: Sequence[TextRun], part: str) -> str:
    """Mentions per 100 sentences that name nothing of the glossary; baselines as for `UD`."""
    limits = {
        (r.language, system): _threshold(r, system)
        for r in runs
        if r.set == "UD" and r.documents
        for system in r.documents[0].found
    }
    rows: list[list[object]] = []
    for run in (r for r in runs if is_absent(r)):
        documents = documents_of(run, part)
        for system in documents[0].found if documents else ():
            limit = limits.get((run.language, system))
            if limit is None and system not in (OURS, EXACT):
                continue
            found = [f for d in documents for f in _from(d.found[system], limit)]
            count = sum(f.entry is not None for f in found)
            rate = 100 * count / len(documents)
            rows.append([run.set, run.language, run.size, system, len(documents), count, rate])
    heads = ("set", "language", "entries", "system", "sentences", "mentions", "per 100 sentences")
    return table("False mentions in sentences without known names", heads, rows)


def mention_calibrations(runs: Sequence[TextRun], part: str) -> list[list[object]]:
    """A row for each set, and one for all: how well the scores of mentions tell."""
    sets: dict[str, list[tuple[float, bool]]] = {}
    for run in (r for r in runs if not is_absent(r)):
        rows = [
            (f.score, right) for d in documents_of(run, part) for f, right in scored_mentions(d)
        ]
        sets.setdefault(f"{run.set} mentions", []).extend(rows)
    everything = [row for rows in sets.values() for row in rows]
    return [
        calibration_row(n, rows)
        for n, rows in [*sets.items(), ("all mentions", everything)]
        if rows
    ]


def scored_mentions(document: Document) -> list[tuple[Found, bool]]:
    """Each mention of vardynas that counts, and whether it is right."""
    false = {(f.start, f.end, f.entry) for f in score_of(document, OURS).false_alarms}
    gold = {(g.start, g.end, g.entry) for g in document.gold if g.level == "core"}
    spans = [(found, (found.start, found.end, found.entry)) for found in document.found[OURS]]
    return [(found, span in gold) for found, span in spans if span in gold or span in false]
