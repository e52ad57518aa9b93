"""What documents of a batch answer to the questions of their stretches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from vardynas.match.joins import Hit, firm_places, joined
from vardynas.match.outcome_columns import OutcomeColumns, Placed
from vardynas.match.outside import Answer, Known, Question
from vardynas.match.rest import NOTHING, Ground, stands_beside

__all__ = ["BatchAnswers"]


class BatchAnswers:
    """Answers as those of `vardynas.match.rest.Rest`, for many documents.

    `about(asking, firm)` says whether the description of one entry names the other.
    """

    def __init__(
        self,
        texts: Sequence[str],
        placed: Placed,
        kept: OutcomeColumns,
        about: Callable[[int, int], bool],
    ) -> None:
        self._texts = texts
        self._placed = placed
        self._kept = kept
        self._about = about
        self._grounds: dict[int, Ground] = {}
        self._says: dict[int, dict[int, Answer]] = defaultdict(dict)

    def found(self) -> dict[int, Known]:
        """The answers that say anything, by the place of the stretch that asked."""
        columns = self._kept.arrays()
        for hit in joined(columns, self._placed):
            owner = None if hit.owner is None or self._parted(hit) else hit.owner
            answer = Answer(hit.firm, hit.full, owner, own=hit.own, rival=hit.rival)
            if answer != NOTHING:
                self._says[hit.stretch][hit.question] = answer
        self._add_witnesses(columns.about[self._placed.numbers].nonzero()[0].tolist())
        return {
            place: Known(
                (asked, answers.get(number, NOTHING))
                for number, (asked, _) in enumerate(self._asked(place))
            )
            for place, answers in self._says.items()
        }

    def _asked(self, place: int) -> Sequence[tuple[Question, int]]:
        return self._kept.asking(int(self._placed.numbers[place])).asked

    def _parted(self, hit: Hit) -> bool:
        """Whether a name that may stand alone is too far from the full name."""
        asked, at = self._asked(hit.stretch)[hit.question]
        if not asked.alone:
            return False
        place = self._placed.starts[hit.stretch] + at
        return self._ground(hit.stretch).parted(hit.place, int(place))

    def _ground(self, place: int) -> Ground:
        document = int(self._placed.documents[place])
        if document not in self._grounds:
            self._grounds[document] = Ground(self._texts[document])
        return self._grounds[document]

    def _add_witnesses(self, places: Sequence[int]) -> None:
        """Asks for the entries that descriptions name."""
        last, firm = -1, {}
        for place in places:
            document = int(self._placed.documents[place])
            if document != last:
                last, firm = document, firm_places(self._kept.arrays(), self._placed, document)
            about = self._kept.asking(int(self._placed.numbers[place])).about
            for number, (asked, at) in enumerate(self._asked(place)):
                if asked in about and self._witnessed(place, asked.entry, at, firm):
                    answer = self._says[place].get(number, NOTHING)
                    self._says[place][number] = answer._replace(witness=True)

    def _witnessed(
        self, place: int, entry: int, at: int, firm: dict[int, list[tuple[int, int]]]
    ) -> bool:
        start = int(self._placed.starts[place])
        return stands_beside(
            place, start + at, firm, lambda other: self._about(entry, other), self._ground(place)
        )
