"""The mentions of a document from the outcomes of its stretches.

Most stretches need nothing from the rest of the document. Where one does (a family name alone, a
misspelt name without a witness), it is answered from what the other stretches tell; the questions are
those of `vardynas.match.outside`.
"""

from __future__ import annotations

from collections.abc import Sequence

from vardynas.match.cuts import Cut
from vardynas.match.mentions import NOBODY
from vardynas.match.outside import Alone, Known, Outside
from vardynas.match.passage_languages import PassageLanguages
from vardynas.match.rest import Rest, Told
from vardynas.match.stretches import EMPTY, HANGS, Outcome, Span, Stretches

__all__ = ["Assembly"]


class Assembly:
    """Puts a document together.

    `columns` are start, end and entry (or `NOBODY`) of its mentions, one after the other. Mentions
    less likely than `threshold` are left out.
    """

    def __init__(
        self,
        text: str,
        cuts: Sequence[Cut],
        stretches: Stretches,
        languages: PassageLanguages,
        threshold: float = 0.0,
    ) -> None:
        self._stretches = stretches
        self._languages = languages
        self._answers: dict[int, Known] = {}
        self.columns: list[int] = []
        told = self._told(cuts)
        if any([outcome.asked for _, _, outcome in told]):
            self._answers = Rest(text, told, stretches.about).answers()
        add = self.columns.extend
        for number, cut, outcome in told:
            spans = outcome.spans
            if number in self._answers:
                spans = self._answered(cut, outcome, self._answers[number])
            start = cut[0]
            for first, last, entry, probability in spans:
                if probability >= threshold or entry == NOBODY:
                    add((start + first, start + last, entry))

    def _told(self, cuts: Sequence[Cut]) -> list[Told]:
        """The stretches that name anything, tell anything or ask anything."""
        found: list[Told] = []
        known = self._stretches.known
        for number, cut in enumerate(cuts):
            outcome = known(cut[1])
            if outcome is EMPTY:
                continue
            if outcome is None or outcome is HANGS:
                outcome = self._outcome(cut)
            found.append((number, cut, outcome))
        return found

    def _outcome(self, cut: Cut) -> Outcome:
        found = self._stretches.outcome(cut[1], lambda: self._languages.of(cut))
        return found or self._stretches.in_passages(cut[1], self._languages.within(cut))

    def _answered(self, cut: Cut, outcome: Outcome, known: Known) -> tuple[Span, ...]:
        text = cut[1]
        language = "und" if outcome.free else self._languages.of(cut)
        if language is None:
            return self._stretches.spans(text, self._languages.within(cut), known)
        return self._stretches.answered(text, language, known)

    def outside(self, number: int) -> Outside:
        """What the rest of the document answers to a stretch."""
        return self._answers.get(number) or Alone()
