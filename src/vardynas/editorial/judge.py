"""What became of each annotated and each predicted mention of one document.

Only core mentions count. Strict: start, end and entry are equal; lenient: the spans overlap and the
entry is equal, one prediction for one gold mention. A prediction that touches nothing but nested
and optional gold is left out of the count. An ambiguous prediction (entry None) is never a false
alarm, but the gold mention under it stays missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from vardynas.editorial.gold import GoldMention

__all__ = ["Judged", "Span", "judge", "overlap"]


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


S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Judged(Generic[S]):
    """What became of each core mention and of each prediction of one entry in one document.

    `strict` and `lenient` lead from an index of `core` to one of `claimed`; `counted` says for each
    prediction whether it counts at all.
    """

    core: tuple[GoldMention, ...]
    claimed: tuple[S, ...]
    strict: Mapping[int, int]
    lenient: Mapping[int, int]
    counted: tuple[bool, ...]

    @property
    def right(self) -> tuple[tuple[GoldMention, S], ...]:
        """The mentions that were found, each with its prediction, in text order."""
        return tuple((self.core[g], self.claimed[p]) for g, p in self.strict.items())

    @property
    def missed(self) -> tuple[GoldMention, ...]:
        """The mentions that were not found, in text order."""
        return tuple(m for g, m in enumerate(self.core) if g not in self.strict)

    @property
    def false(self) -> tuple[S, ...]:
        """The predictions that count and are wrong, in text order."""
        used = set(self.strict.values())
        return tuple(c for p, c in enumerate(self.claimed) if self.counted[p] and p not in used)


def judge(
    gold: Iterable[GoldMention], predicted: Iterable[S], *, paraphrased: bool = True
) -> Judged[S]:
    """Which of `predicted` are right, strictly and leniently; ambiguous ones take no part.

    >>> judge([GoldMention(2, 8, "Гродне", "hrodna")], []).missed[0].surface
    'Гродне'
    """
    mentions = sorted(gold, key=lambda m: (m.start, m.end))
    core = [m for m in mentions if m.level == "core" and (paraphrased or not m.paraphrased)]
    claimed = sorted((p for p in predicted if p.entry is not None), key=lambda p: (p.start, p.end))
    return Judged(
        tuple(core),
        tuple(claimed),
        _pair(core, claimed, lambda g, p: (g.start, g.end) == (p.start, p.end)),
        _pair(core, claimed, overlap),
        tuple(_counted(claimed, core, mentions)),
    )


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a code point.

    >>> overlap(GoldMention(0, 5, "Minsk", "minsk"), GoldMention(5, 6, "x", "x"))
    False
    """
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
