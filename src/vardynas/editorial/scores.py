"""How well predicted mentions agree with gold ones: precision, recall, F1, and what went wrong.

Only core mentions count. Strict: start, end and entry are equal; lenient: the spans overlap and the
entry is equal, one prediction for one gold mention. A prediction that touches nothing but nested
and optional gold is left out of the count. An ambiguous prediction (entry None) is never a false
alarm, but the gold mention under it stays missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from vardynas.editorial.gold import GoldMention

__all__ = ["Counts", "Finding", "Score", "Span", "evaluate", "pool"]

CONTEXT = 40
"""Characters of text that a finding shows on each side."""


class Span(Protocol):
    """What is needed of a predicted mention; `vardynas.Mention` has it."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point after the last."""

    @property
    def entry(self) -> str | None:
        """The entry's id; None when it is ambiguous."""


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

    `by_entry` has (found, all) core mentions of each gold entry, sorted by id.
    """

    strict: Counts = Counts()
    lenient: Counts = Counts()
    by_entry: tuple[tuple[str, int, int], ...] = ()
    misses: tuple[Finding, ...] = ()
    false_alarms: tuple[Finding, ...] = ()

    @property
    def macro_recall(self) -> float:
        """The mean over entries of strict recall: frequent entries do not drown the rest."""
        rates = [found / total for _, found, total in self.by_entry]
        return sum(rates) / len(rates) if rates else 1.0


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
    mentions = sorted(gold, key=lambda m: (m.start, m.end))
    core = [m for m in mentions if m.level == "core" and (paraphrased or not m.paraphrased)]
    claimed = sorted((p for p in predicted if p.entry is not None), key=lambda p: (p.start, p.end))
    strict = _pair(core, claimed, lambda g, p: (g.start, g.end) == (p.start, p.end))
    lenient = _pair(core, claimed, _overlap)
    counted = _counted(claimed, core, mentions)
    return Score(
        _counts(core, strict, counted),
        _counts(core, lenient, counted),
        _by_entry(core, strict),
        tuple(_finding(g, text) for i, g in enumerate(core) if i not in strict),
        tuple(
            _finding(p, text)
            for i, p in enumerate(claimed)
            if counted[i] and i not in strict.values()
        ),
    )


def pool(scores: Iterable[Score]) -> Score:
    """One score over several documents: counts are added, findings follow each other.

    >>> pool([Score(strict=Counts(1, 0, 0)), Score(strict=Counts(1, 2, 0))]).strict.recall
    0.5
    """
    scores = list(scores)
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for score in scores:
        for entry, right, of in score.by_entry:
            found[entry] += right
            total[entry] += of
    return Score(
        sum((s.strict for s in scores), Counts()),
        sum((s.lenient for s in scores), Counts()),
        tuple((entry, found[entry], total[entry]) for entry in sorted(total)),
        tuple(m for s in scores for m in s.misses),
        tuple(m for s in scores for m in s.false_alarms),
    )


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _pair(
    gold: Sequence[GoldMention],
    claimed: Sequence[Span],
    fits: Callable[[GoldMention, Span], bool],
) -> dict[int, int]:
    """Gold index → index of its prediction, each used once, first come first served."""
    pairs: dict[int, int] = {}
    used: set[int] = set()
    first = 0
    for g, mention in enumerate(gold):
        while first < len(claimed) and claimed[first].end <= mention.start:
            first += 1
        for p in range(first, len(claimed)):
            span = claimed[p]
            if span.start >= mention.end:
                break
            if p not in used and span.entry == mention.entry and fits(mention, span):
                pairs[g] = p
                used.add(p)
                break
    return pairs


def _counted(
    claimed: Sequence[Span], core: Sequence[GoldMention], mentions: Sequence[GoldMention]
) -> list[bool]:
    """For each prediction whether it counts: it touches core gold, or no gold at all."""
    in_core, in_any = _covered(core), _covered(mentions)
    spans = [range(p.start, p.end) for p in claimed]
    return [not in_core.isdisjoint(span) or in_any.isdisjoint(span) for span in spans]


def _covered(mentions: Sequence[GoldMention]) -> set[int]:
    return {i for m in mentions for i in range(m.start, m.end)}


def _counts(core: Sequence[GoldMention], pairs: dict[int, int], counted: Sequence[bool]) -> Counts:
    return Counts(len(pairs), len(core) - len(pairs), sum(counted) - len(pairs))


def _by_entry(
    core: Sequence[GoldMention], pairs: dict[int, int]
) -> tuple[tuple[str, int, int], ...]:
    total = Counter(m.entry for m in core)
    found = Counter(core[g].entry for g in pairs)
    return tuple((entry, found[entry], total[entry]) for entry in sorted(total))


def _finding(span: Span, text: str | None) -> Finding:
    entry = span.entry or ""
    if text is None:
        return Finding(span.start, span.end, entry)
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return Finding(span.start, span.end, entry, before, text[span.start : span.end], after)
