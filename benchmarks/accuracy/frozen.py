"""Frozen runs: what was right, query by query, so that a change shows what flipped.

The files hold hashes and figures only. Names are read from the evaluation data when a difference is
shown; no row of the data is copied.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy.data import digest
from benchmarks.accuracy.lookups import OURS, Run
from benchmarks.accuracy.misses import describe
from benchmarks.accuracy.tables import table
from benchmarks.accuracy.text_tables import score_of
from benchmarks.accuracy.texts import Document, TextRun
from vardynas.editorial.gold import GoldMention

__all__ = ["Outcome", "difference", "outcomes", "read", "save", "thinned"]

FIELDS = ("set", "pair", "id", "part", "right", "score")
MENTION, FALSE_ALARM = "mention", "false alarm"

Key = tuple[str, str, str]


class Outcome(NamedTuple):
    """Whether one query, gold mention or false alarm is right (a false alarm never is).

    `description` is for people and never saved.
    """

    set: str
    pair: str
    id: str
    part: str
    right: bool
    score: str
    description: str = ""

    @property
    def key(self) -> Key:
        """What names the outcome in every run."""
        return self.set, self.pair, self.id

    @property
    def in_text(self) -> bool:
        """Whether it is a gold mention or a false alarm, not a query."""
        return self.pair.endswith((MENTION, FALSE_ALARM))


def outcomes(lookups: Sequence[Run], texts: Sequence[TextRun]) -> list[Outcome]:
    """Everything that vardynas was asked, sorted; of queries that stand twice, one."""
    found = {o.key: o for o in (*_of_lookups(lookups), *_of_texts(texts))}
    return [found[key] for key in sorted(found)]


def _of_lookups(runs: Iterable[Run]) -> Iterator[Outcome]:
    """A query is right when the answer is: the entry where there is one, else none."""
    for run in runs:
        for i in run.asked:
            query, given = run.queries[i], run.answers[OURS].given[i]
            silent = given is None or not given.said
            right = run.right(OURS, i) if query.wanted else silent
            score = "" if given is None else f"{given.score:.2f}"
            shown = describe(run, i)
            yield Outcome(run.set, run.pair, query.id, query.part, right, score, shown)


def _of_texts(runs: Iterable[TextRun]) -> Iterator[Outcome]:
    for run in runs:
        for document in (d for d in run.documents if OURS in d.found):
            yield from _of_document(run, document)


def _of_document(run: TextRun, document: Document) -> Iterator[Outcome]:
    """Gold mentions that were found or missed, and false alarms."""
    score = score_of(document, OURS)
    given = {(f.start, f.end, f.entry): f"{f.score:.2f}" for f in document.found[OURS]}
    false = {(f.start, f.end, f.entry) for f in score.false_alarms}
    missed = {(f.start, f.end, f.entry) for f in score.misses}
    gold = {(g.start, g.end, g.entry) for g in document.gold if _counted(g)}
    for span in gold | false:
        kind = MENTION if span in gold else FALSE_ALARM
        right = span in gold and span not in missed
        id_ = digest(f"{document.id}|{span[0]}|{span[1]}|{span[2]}")
        shown = f"{kind} of {span[2]} {_around(document, span[0], span[1])}"
        yield Outcome(
            run.set, f"{run.language} {kind}", id_, document.part, right, given.get(span, ""), shown
        )


def _counted(mention: GoldMention) -> bool:
    return mention.level == "core" and not mention.paraphrased


def _around(document: Document, start: int, end: int) -> str:
    text = document.text
    shown = f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 30]}"
    return f"in {document.id}: {shown}".replace("\n", "⏎")


def thinned(found: Iterable[Outcome], most: int) -> list[Outcome]:
    """At most `most` queries of each pair and part, always the same ones; texts stay whole."""
    kept: Counter[tuple[str, str, str]] = Counter()
    rows = []
    for outcome in found:
        place = outcome.set, outcome.pair, outcome.part
        if kept[place] < most or outcome.in_text:
            kept[place] += 1
            rows.append(outcome)
    return rows


def save(found: Iterable[Outcome], folder: Path) -> None:
    """Writes a file for each set into `folder`; files of other sets stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in groupby(found, key=lambda o: o.set):
        with _path(folder, name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(FIELDS)
            writer.writerows((*o.key, o.part, int(o.right), o.score) for o in rows)


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name.replace('/', '-')}.csv"


def read(folder: Path, sets: Iterable[str]) -> dict[Key, Outcome]:
    """The frozen outcomes of `sets`; those without a file are missing."""
    found: dict[Key, Outcome] = {}
    for path in (p for p in (_path(folder, name) for name in sets) if p.exists()):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = (row["set"], row["pair"], row["id"])
                found[key] = Outcome(*key, row["part"], row["right"] == "1", row["score"])
    return found


def difference(now: Sequence[Outcome], folder: Path) -> str:
    """What flipped against the frozen run in `folder`: counts for each set, the flips themselves.

    Flips of the part `report` are counted but not shown. Queries that one of the runs did not ask
    are left out.
    """
    frozen = read(folder, dict.fromkeys(o.set for o in now))
    if not frozen:
        return f"There is no frozen run of these sets in {folder}."
    flips = [*_flips(now, frozen)]
    rows = []
    for (name, part), group in groupby(sorted(flips, key=_place), key=_place):
        changes = [outcome.right for outcome in group]
        rows.append([name, part, sum(changes), len(changes) - sum(changes)])
    heads = ("set", "part", "now right", "now wrong")
    shown = [
        f"- {'now right' if o.right else 'now wrong'}: {o.set} {o.pair} {o.description}"
        for o in flips
        if o.part == "fit"
    ]
    same = f"{len(now)} outcomes, {len(flips)} of them different from {folder}.\n"
    return "\n".join([same, table("Changes", heads, rows), *shown])


def _place(outcome: Outcome) -> tuple[str, str]:
    return outcome.set, outcome.part


def _flips(now: Sequence[Outcome], frozen: dict[Key, Outcome]) -> Iterator[Outcome]:
    """Outcomes that differ; a false alarm that only one run has is one, where both saw the text."""
    places = {_place(o) for o in frozen.values()}
    for outcome in now:
        before = frozen.get(outcome.key)
        appeared = FALSE_ALARM in outcome.pair and _place(outcome) in places
        if before.right != outcome.right if before else appeared:
            yield outcome
    present, seen = {o.key for o in now}, {_place(o) for o in now}
    for before in frozen.values():
        if FALSE_ALARM in before.pair and _place(before) in seen and before.key not in present:
            yield before._replace(right=True, description="is gone")
