"""The mentions of many documents at once: outcomes of stretches put together in arrays.

It does for a batch, or for one long text, what `vardynas.match.assembly` does for a short one. Python
sees only stretches that are new, that hang on the language of their passage, or to which the rest of
the document has something to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from vardynas.match.batch_answers import BatchAnswers
from vardynas.match.mentions import NOBODY
from vardynas.match.outcome_columns import Columns, OutcomeColumns, Placed, spread
from vardynas.match.outside import Known
from vardynas.match.passage_languages import PassageLanguages
from vardynas.match.stretches import CACHE, HANGS, LONGEST_KEPT, NO_OUTCOME, Outcome, Stretches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vardynas.match.batches import Rows

__all__ = ["Together", "Whole"]

SLOTS = 17
"""The table of stretches has 2 to this power of places."""

_HANGS = 1
"""The number in place of an outcome that hangs on the language; 0 is that of no mentions."""


class Whole(NamedTuple):
    """The mentions of some documents.

    `columns` are start, end and entry (or `NOBODY`) of each, one after the other; those of document n
    are the mentions ``bounds[n]`` to ``bounds[n + 1]``. `stretches` has the row of the stretch of each,
    `answers` what its document answers to a stretch.
    """

    columns: list[int]
    bounds: list[int]
    stretches: NDArray[np.int64]
    answers: dict[int, Known]


class Together:
    """Puts the documents of batches together; what was learned of stretches is kept in columns."""

    def __init__(self, stretches: Stretches) -> None:
        self._stretches = stretches
        self._lock = Lock()  # threads may scan with one resolver
        self._kept: _Kept | None = None

    def __call__(
        self, texts: Sequence[str], rows: Rows, hint: str | None, threshold: float
    ) -> Whole:
        """The mentions of `texts` from their stretches, the likely ones."""
        with self._lock:
            if self._kept is None or not self._kept.has_room():
                self._kept = _Kept(self._stretches)
            try:
                return _Batch(texts, rows, hint, self._stretches, self._kept).whole(threshold)
            except BaseException:  # what was half written when it was interrupted is not kept
                self._kept = None
                raise


class _Kept:
    """Outcomes by the hash of their stretch, by its language, and by the answers to its questions."""

    def __init__(self, stretches: Stretches) -> None:
        import numpy as np

        from vardynas.match.hash_table import HashTable

        self.columns = OutcomeColumns()
        self.columns.add(HANGS)
        self.numbers: dict[tuple[Any, ...], int] = {}
        self._full = False
        self._stretches = stretches
        self._table = HashTable(SLOTS, np.int32)

    def has_room(self) -> bool:
        """Whether more outcomes may be kept."""
        return not self._full and self.columns.size < 16 * CACHE

    def of(self, texts: Sequence[str], rows: Rows) -> NDArray[np.int64]:
        """The number of the outcome of each stretch; 1 where its letters alone do not decide."""
        import numpy as np

        table, kept = self._table.get(rows.hashes)
        numbers = table.astype(np.int64)
        new = np.flatnonzero(~kept)
        if len(new):
            distinct, first, which = np.unique(
                rows.hashes[new], return_index=True, return_inverse=True
            )
            found = np.array([self._free(rows.cut_of(texts, at)[1]) for at in new[first].tolist()])
            numbers[new] = found[which]
            if self._table.fits(len(distinct)):
                self._table.put(distinct, found)
            else:
                self._full = True
        return numbers

    def _free(self, text: str) -> int:
        outcome = HANGS if len(text) > LONGEST_KEPT else self._stretches.free(text)
        if outcome is HANGS:
            return _HANGS
        return self.columns.add(outcome) if outcome.spans or outcome.facts or outcome.asked else 0

    def number(self, key: tuple[Any, ...], outcome: Callable[[], Outcome]) -> int:
        """The number of the outcome that `key` stands for, worked out at the first time."""
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = self.columns.add(outcome())
        return number


class _Batch:
    """Some documents and their stretches."""

    def __init__(
        self, texts: Sequence[str], rows: Rows, hint: str | None, stretches: Stretches, kept: _Kept
    ) -> None:
        self._texts = texts
        self._rows = rows
        self._hint = hint
        self._stretches = stretches
        self._kept = kept
        self._languages: dict[int, PassageLanguages] = {}

    def whole(self, threshold: float) -> Whole:
        """The mentions, the likely ones."""
        import numpy as np

        all_numbers = self._kept.of(self._texts, self._rows)
        for row in np.flatnonzero(all_numbers == _HANGS).tolist():
            all_numbers[row] = self._by_language(row)
        left = np.flatnonzero(all_numbers)
        placed = Placed(self._rows.documents[left], self._rows.begins[left], all_numbers[left])
        kept, about = self._kept.columns, self._stretches.about
        answers = BatchAnswers(self._texts, placed, kept, about).found()
        for place, known in answers.items():
            placed.numbers[place] = self._answered(int(left[place]), placed.numbers[place], known)
        which, found = _spans(kept.arrays(), placed, threshold)
        bounds = np.searchsorted(placed.documents[which], np.arange(len(self._texts) + 1))
        by_row = {int(left[place]): known for place, known in answers.items()}
        return Whole(found.ravel().tolist(), bounds.tolist(), left[which], by_row)

    def _by_language(self, row: int) -> int:
        """The number of the outcome of a stretch that hangs on the language of its passage."""
        text, language = self._rows.cut_of(self._texts, row)[1], self._language(row)
        if language is None:
            return self._kept.columns.add(self._over_passages(row))

        def outcome() -> Outcome:
            return self._stretches.in_passages(text, lambda _: language)

        if len(text) > LONGEST_KEPT:
            return self._kept.columns.add(outcome())
        return self._kept.number((text, language), outcome)

    def _answered(self, row: int, number: int, known: Known) -> int:
        """The number of the outcome of a stretch to which its document says so much."""
        free = self._kept.columns.asking(number).free
        language = "und" if free else self._language(row)
        cut = self._rows.cut_of(self._texts, row)

        def spans() -> Outcome:
            one = language
            within = self._languages_of(row).within(cut) if one is None else lambda _: one
            return NO_OUTCOME._replace(spans=self._stretches.spans(cut[1], within, known))

        if language is None or len(cut[1]) > LONGEST_KEPT:
            return self._kept.columns.add(spans())
        return self._kept.number((number, language, known.answers), spans)

    def _language(self, row: int) -> str | None:
        return self._languages_of(row).of(self._rows.cut_of(self._texts, row))

    def _languages_of(self, row: int) -> PassageLanguages:
        document = int(self._rows.documents[row])
        if document not in self._languages:
            self._languages[document] = PassageLanguages(self._texts[document], self._hint)
        return self._languages[document]

    def _over_passages(self, row: int) -> Outcome:
        cut = self._rows.cut_of(self._texts, row)
        return self._stretches.in_passages(cut[1], self._languages_of(row).within(cut))


def _spans(
    columns: Columns, placed: Placed, threshold: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The stretch of each mention; its start, end and entry."""
    import numpy as np

    which, at = spread(columns.spans, placed.numbers)
    if threshold > 0:
        likely = (columns.probability[at] >= threshold) | (columns.entry[at] == NOBODY)
        which, at = which[likely], at[likely]
    starts = placed.starts[which]
    found = (starts + columns.first[at], starts + columns.last[at], columns.entry[at])
    return which, np.stack(found, axis=1)
