"""Outcomes of stretches in columns, so that those of many documents are put together in arrays.

An outcome has a number; what it names, tells and asks stands in columns, and row ``froms[n]`` to
``froms[n + 1]`` of each belong to outcome n. What is told and what is asked about meet by *keys*: the
entry or part of a family name, and what of it.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from vardynas.match.outside import Question
from vardynas.match.stretches import EMPTY, Facts, Outcome

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BEARER",
    "FAMILY",
    "FIRM",
    "FULL",
    "KINDS",
    "Asking",
    "Columns",
    "OutcomeColumns",
    "Placed",
    "spread",
]

FIRM, FULL, BEARER, FAMILY = range(4)
KINDS = 4
"""What is told: an entry stands firmly; it is named in full; whose full name it is, by entry; the same
by part of a family name."""


class Columns(NamedTuple):
    """The columns as arrays."""

    spans: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    entry: NDArray[np.int64]
    probability: NDArray[np.float64]
    told: NDArray[np.int64]
    told_key: NDArray[np.int64]
    told_at: NDArray[np.int64]
    told_owner: NDArray[np.int64]
    wanted: NDArray[np.int64]
    wanted_key: NDArray[np.int64]
    wanted_entry: NDArray[np.int64]
    question: NDArray[np.int64]
    about: NDArray[np.bool_]


class Placed(NamedTuple):
    """Stretches of documents in their order.

    The number of the document of each, where it starts in it, and the number of its outcome.
    """

    documents: NDArray[np.int64]
    starts: NDArray[np.int64]
    numbers: NDArray[np.int64]


class Asking(NamedTuple):
    """What is not in columns: the questions of an outcome, and whether all languages give it."""

    asked: tuple[tuple[Question, int], ...]
    about: frozenset[Question]
    free: bool


class OutcomeColumns:
    """Outcomes by number; number 0 is `EMPTY`."""

    def __init__(self) -> None:
        self._asking: list[Asking | None] = []
        self._rows = [array("q") for _ in range(9)]
        self._starts = [array("q", [0]) for _ in range(3)]
        self._probability = array("d")
        self._arrays: Columns | None = None
        self.add(EMPTY)

    def __len__(self) -> int:
        return len(self._asking)

    @property
    def size(self) -> int:
        """How many outcomes and rows of them are kept."""
        return len(self) + sum(len(self._rows[column]) for column in (0, 3, 6))

    def add(self, outcome: Outcome) -> int:
        """Keeps an outcome; its number."""
        first, last, entry, key, at, owner, wanted, question, asker = self._rows
        spans, told, asked = self._starts
        for span in outcome.spans:
            first.append(span.start)
            last.append(span.end)
            entry.append(span.entry)
            self._probability.append(span.probability)
        if outcome.facts is not None:
            for row in _told(outcome.facts):
                for column, value in zip((key, at, owner), row, strict=True):
                    column.append(value)
        for number, (asking, _) in enumerate(outcome.asked):
            keys = [asking.entry * KINDS + kind for kind in (FIRM, FULL, BEARER)]
            keys += [part * KINDS + FAMILY for part in asking.parts]
            wanted.extend(keys)
            question.extend([number] * len(keys))
            asker.extend([asking.entry] * len(keys))
        spans.append(len(first))
        told.append(len(key))
        asked.append(len(wanted))
        kept = Asking(outcome.asked, outcome.about, outcome.free) if outcome.asked else None
        self._asking.append(kept)
        self._arrays = None
        return len(self._asking) - 1

    def asking(self, number: int) -> Asking:
        """The questions of an outcome."""
        return self._asking[number] or _NO_QUESTIONS

    def arrays(self) -> Columns:
        """The columns of all outcomes kept so far."""
        if self._arrays is None:
            import numpy as np

            first, last, entry, key, at, owner, wanted, question, asker = map(np.array, self._rows)
            spans, told, asked = map(np.array, self._starts)
            about = np.array([one is not None and bool(one.about) for one in self._asking])
            self._arrays = Columns(
                spans, first, last, entry, np.array(self._probability),
                told, key, at, owner, asked, wanted, asker, question, about,
            )  # fmt: skip
        return self._arrays


_NO_QUESTIONS = Asking((), frozenset(), free=False)


def _told(facts: Facts) -> list[tuple[int, int, int]]:
    """Key, place and owner of everything that is told."""
    rows = [(entry * KINDS + FIRM, at, 0) for entry, at in facts.firm]
    rows += [(entry * KINDS + FULL, 0, 0) for entry in facts.full]
    rows += [(entry * KINDS + BEARER, at, owner) for entry, at, owner in facts.bearers]
    return rows + [(part * KINDS + FAMILY, at, owner) for part, at, owner in facts.families]


def spread(
    froms: NDArray[np.int64], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of many outcomes, one after the other.

    For each row the place of its outcome in `numbers`, and where the row stands in its column.
    """
    import numpy as np

    begin = froms[numbers]
    counts = froms[numbers + 1] - begin
    which = np.repeat(np.arange(len(numbers)), counts)
    shift = begin - np.cumsum(counts) + counts
    return which, np.arange(len(which)) + shift[which]
