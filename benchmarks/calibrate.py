"""Fits the calibration of scores on the part of the evaluation data that may be looked at.

``python -m benchmarks.calibrate`` writes `src/vardynas/match/calibration.json`; how well the curves
hold on the other part is in the tables of `benchmarks.accuracy`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.accuracy.data import Sentence, part_of, sentences
from benchmarks.accuracy.names import SETS, Task, inflection_tasks, lookup_tasks
from vardynas import Entry, Resolver
from vardynas.editorial.gold import load_gold
from vardynas.match import calibration

ROOT = Path(__file__).parent.parent
LANGUAGES = ("be", "lt", "pl", "ru")
QUERIES_A_TASK = 400
RIDGE = {"lookup": 1e-3, "scan": 0.1}
"""Keeps the weights small where a task has hardly any wrong answers."""

PRIOR_ANSWERS = 4.0
"""Weight of one right and one wrong answer added at the mean of a group, so that no curve says never."""

Row = tuple[str, tuple[float, ...], bool]


def _lookup_rows(job: tuple[str, str]) -> list[Row]:
    kind, name = job
    tasks = inflection_tasks(name) if kind == "inflection" else _tasks(kind, name)
    found: list[Row] = []
    resolver: Resolver | None = None
    for task in tasks:
        if resolver is None:
            resolver = Resolver(Entry(id=i, names={tag: [form]}) for i, tag, form in task.entries)
        found += _of_task(resolver, task)
    return found


def _tasks(kind: str, indexed: str) -> Iterator[Task]:
    return lookup_tasks(kind, indexed)


def _of_task(resolver: Resolver, task: Task) -> Iterator[Row]:
    asked = [q for q in task.queries if q.part == "fit"]
    asked.sort(key=lambda q: q.id)
    for query in asked[:QUERIES_A_TASK]:
        found = resolver._lookup.raw(query.text, query.language, 3)
        raw = [c.score for c in found]
        for i, candidate in enumerate(found):
            others = [score for j, score in enumerate(raw) if j != i]
            lead = raw[i] - max(others, default=raw[i] - calibration.LEAD)
            group = "similar" if candidate.method == "similar" else "known"
            values = calibration.features(raw[i], lead, len(resolver))
            yield f"lookup/{group}", values, candidate.entry in query.wanted


def _scan_rows(language: str) -> list[Row]:
    """Mentions of sentences: with all base forms as glossary, with half of them, and misspelt.

    With half of the base forms, names that the glossary does not have tempt the matcher; misspelt
    mentions (two letters swapped) are what similarity is for.
    """
    rows = [s for s in sentences(language) if part_of(s.id) == "fit"]
    lemmas = sorted({lemma for s in sentences(language) for _, _, lemma in s.mentions})
    found: list[Row] = []
    for known in (lemmas, [lemma for lemma in lemmas if part_of(lemma) == "fit"]):
        resolver = Resolver(
            Entry(id=f"e{i}", names={language: [lemma]}) for i, lemma in enumerate(known)
        )
        for row in rows:
            for text in (row.text, _misspelt(row)):
                gold = {(start, end, lemma) for start, end, lemma in row.mentions}
                for group, values, (start, end, entry) in _mentions(resolver, text, language):
                    found.append((group, values, (start, end, known[int(entry[1:])]) in gold))
    return found


def _misspelt(row: Sentence) -> str:
    """The sentence with two letters swapped in the middle of every longer mention."""
    text = row.text
    for start, end, _ in row.mentions:
        if end - start >= 8:
            at = start + (end - start) // 2
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text


def _mentions(
    resolver: Resolver, text: str, language: str | None
) -> Iterator[tuple[str, tuple[float, ...], tuple[int, int, str]]]:
    for mention, raw, lead in resolver._scanner.raw(text, language):
        if mention.entry is not None:
            group = "similar" if mention.method == "similar" else "known"
            values = calibration.features(raw, lead, 10)
            yield f"scan/{group}", values, (mention.start, mention.end, mention.entry)


def _sample_rows() -> list[Row]:
    import vardynas

    resolver = vardynas.load()
    found: list[Row] = []
    for document in load_gold(ROOT / "seeds/samples/annotations.jsonl"):
        gold = {(m.start, m.end, m.entry) for m in document.mentions}
        assert document.text is not None
        for group, values, mention in _mentions(resolver, document.text, None):
            found.append((group, values, mention in gold))
    return found


def _curve(rows: Sequence[tuple[tuple[float, ...], bool]], ridge: float) -> list[float]:
    """The weights of a curve, of which neither score nor lead may make an answer less likely."""
    weights = _regression(rows, (), ridge)
    falling = tuple(i for i in (1, 2) if weights[i] < 0)
    return _regression(rows, falling, ridge) if falling else weights


def _regression(
    rows: Sequence[tuple[tuple[float, ...], bool]], left_out: Sequence[int], ridge: float
) -> list[float]:
    """Logistic regression by Newton's method, with a small ridge and some answers of each kind."""
    x = np.array([values for values, _ in rows])
    x[:, list(left_out)] = 0.0
    y = np.array([right for _, right in rows], dtype=float)
    x = np.vstack([x, x.mean(axis=0), x.mean(axis=0)])
    y = np.append(y, [1.0, 0.0])
    share = np.append(np.ones(len(rows)), [PRIOR_ANSWERS / 2, PRIOR_ANSWERS / 2])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (share * (p - y)) + ridge * weights
        hessian = (x * (share * p * (1 - p))[:, None]).T @ x + ridge * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return [round(float(w), 4) for w in weights]


def main() -> None:
    """Fits every curve and writes the file."""
    jobs = [(name, a) for name, s in SETS.items() for a in dict.fromkeys(p[0] for p in s.pairs)]
    jobs += [("inflection", language) for language in LANGUAGES]
    with ProcessPoolExecutor(2) as pool:
        rows = [row for part in pool.map(_lookup_rows, jobs) for row in part]
        rows += [row for part in pool.map(_scan_rows, LANGUAGES) for row in part]
    rows += _sample_rows()
    groups = sorted({group for group, _, _ in rows})
    curves = {
        g: _curve([(v, y) for group, v, y in rows if group == g], RIDGE[g.split("/")[0]])
        for g in groups
    }
    counts = {g: sum(group == g for group, _, _ in rows) for g in groups}
    table = {
        "curves": curves,
        "counts": counts,
        "date": datetime.now(UTC).date().isoformat(),
        "sets": [*SETS, "inflection", "UD sentences", "UD sentences misspelt", "samples"],
        "part": "fit",
        "state": calibration.state(),
    }
    path = Path(calibration.__file__).with_name("calibration.json")
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
