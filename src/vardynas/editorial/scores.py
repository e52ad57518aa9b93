"""How well predicted mentions agree with gold ones: precision, recall, F1, and what went wrong.

What counts as right is said in `vardynas.editorial.judge`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vardynas.editorial.gold import GoldMention
from vardynas.editorial.judge import Judged, Span, judge

__all__ = ["Counts", "Finding", "Score", "evaluate", "pool", "score"]

CONTEXT = 40
"""Characters of text that a finding shows on each side."""

S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many mentions were found rightly, missed and reported falsely, and the rates from that.

    Rates of nothing are 1.0: nothing was to be found, or nothing was claimed.

    >>> Counts(correct=3, missed=1, false=1).f1
    0.75
    """

    correct: int = 0
    missed: int = 0
    false: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.correct + other.correct, self.missed + other.missed, self.false + other.false
        )

    @property
    def precision(self) -> float:
        """The share of reported mentions that is right."""
        return _rate(self.correct, self.correct + self.false)

    @property
    def recall(self) -> float:
        """The share of gold mentions that was found."""
        return _rate(self.correct, self.correct + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _rate(2 * self.correct, 2 * self.correct + self.missed + self.false)

    def to_dict(self) -> dict[str, float]:
        """The counts and their rates, rounded to four digits."""
        return {
            "correct": self.correct,
            "missed": self.missed,
            "false": self.false,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A miss or a false alarm: the span, the entry, and the text around it ("" without a text)."""

    start: int
    end: int
    entry: str
    before: str = ""
    text: str = ""
    after: str = ""

    def __str__(self) -> str:
        around = f"{self.before}[{self.text}]{self.after}".replace("\n", "⏎")
        return f"{self.start}–{self.end} {self.entry}: {around}"


@dataclass(frozen=True, slots=True)
class Score:
    """The agreement of predictions with gold; `misses` and `false_alarms` are the strict ones.

    `by_entry` has (found, all) core mentions of each gold entry, `by_claim` the (right, all)
    predictions of each predicted entry; both are sorted by id.
    """

    strict: Counts = Counts()
    lenient: Counts = Counts()
    by_entry: tuple[tuple[str, int, int], ...] = ()
    misses: tuple[Finding, ...] = ()
    false_alarms: tuple[Finding, ...] = ()
    by_claim: tuple[tuple[str, int, int], ...] = ()

    @property
    def macro_recall(self) -> float:
        """The mean over entries of strict recall: frequent entries do not drown the rest."""
        return _mean_rate(self.by_entry)

    @property
    def macro_precision(self) -> float:
        """The mean of strict precision over the entries that were predicted."""
        return _mean_rate(self.by_claim)


def evaluate(
    gold: Iterable[GoldMention],
    predicted: Iterable[Span],
    text: str | None = None,
    *,
    paraphrased: bool = True,
) -> Score:
    """The agreement of `predicted` with `gold` in one document.

    With ``paraphrased=False`` core mentions that the source distorts are treated as optional.

    >>> gold = [GoldMention(2, 8, "Гродне", "hrodna")]
    >>> score = evaluate(gold, gold, "У Гродне.")
    >>> score.strict, score.macro_recall
    (Counts(correct=1, missed=0, false=0), 1.0)
    """
    return score(judge(gold, predicted, paraphrased=paraphrased), text)


def score(judged: Judged[S], text: str | None = None) -> Score:
    """The figures of one document, with the text around what went wrong where it is given.

    >>> score(judge([GoldMention(2, 8, "Гродне", "hrodna")], [])).strict
    Counts(correct=0, missed=1, false=0)
    """
    found = [mention.entry for mention, _ in judged.right]
    claims = [*found, *(claim.entry or "" for claim in judged.false)]
    return Score(
        _counts(judged, judged.strict),
        _counts(judged, judged.lenient),
        _shares(found, [m.entry for m in judged.core]),
        tuple(_finding(mention, text) for mention in judged.missed),
        tuple(_finding(claim, text) for claim in judged.false),
        _shares(found, claims),
    )


def pool(scores: Iterable[Score]) -> Score:
    """One score over several documents: counts are added, findings follow each other.

    >>> pool([Score(strict=Counts(1, 0, 0)), Score(strict=Counts(1, 2, 0))]).strict.recall
    0.5
    """
    scores = list(scores)
    return Score(
        sum((s.strict for s in scores), Counts()),
        sum((s.lenient for s in scores), Counts()),
        _added(s.by_entry for s in scores),
        tuple(m for s in scores for m in s.misses),
        tuple(m for s in scores for m in s.false_alarms),
        _added(s.by_claim for s in scores),
    )


def _added(
    shares: Iterable[Sequence[tuple[str, int, int]]],
) -> tuple[tuple[str, int, int], ...]:
    """Shares of several documents as those of one."""
    part: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for entry, right, of in (row for rows in shares for row in rows):
        part[entry] += right
        whole[entry] += of
    return tuple((entry, part[entry], whole[entry]) for entry in sorted(whole))


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _mean_rate(shares: Sequence[tuple[str, int, int]]) -> float:
    return sum(part / whole for _, part, whole in shares) / len(shares) if shares else 1.0


def _counts(judged: Judged[S], pairs: Mapping[int, int]) -> Counts:
    return Counts(len(pairs), len(judged.core) - len(pairs), sum(judged.counted) - len(pairs))


def _shares(part: Iterable[str], whole: Iterable[str]) -> tuple[tuple[str, int, int], ...]:
    """For each entry of `whole`, how often it stands in `part` and in `whole`."""
    some, total = Counter(part), Counter(whole)
    return tuple((entry, some[entry], total[entry]) for entry in sorted(total))


def _finding(span: Span, text: str | None) -> Finding:
    entry = span.entry or ""
    if text is None:
        return Finding(span.start, span.end, entry)
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return Finding(span.start, span.end, entry, before, text[span.start : span.end], after)
