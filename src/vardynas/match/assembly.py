"""The mentions of a document from the outcomes of its stretches.

Most stretches need nothing from the rest of the document. Where one does (a family name alone, a
misspelt name without a witness), it is answered from what the other stretches tell; the questions are
those of `vardynas.match.outside`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vardynas.match.cuts import Cut
from vardynas.match.mentions import NOBODY
from vardynas.match.outside import Alone, Answer, Known, Outside
from vardynas.match.passage_languages import PassageLanguages
from vardynas.match.rest import Rest
from vardynas.match.stretches import Outcome, Span, Stretches

__all__ = ["Assembly"]


class Assembly:
    """Puts a document together.

    `columns` are start, end and entry (or `NOBODY`) of its mentions, one after the other; `sources`
    say of each which stretch it is from and the how many-th of it. Mentions less likely than
    `threshold` are left out.
    """

    def __init__(
        self,
        text: str,
        cuts: Sequence[Cut],
        stretches: Stretches,
        languages: PassageLanguages,
        threshold: float = 0.0,
    ) -> None:
        self._cuts = cuts
        self._stretches = stretches
        self._languages = languages
        outcomes = [self._outcome(cut) for cut in cuts]
        self._answers: dict[int, Known] = {}
        if any(o.asked for o in outcomes):
            self._answers = self._asked(text, outcomes)
        self.columns: list[int] = []
        self.sources: list[tuple[int, int]] = []
        for number, outcome in enumerate(outcomes):
            if outcome.spans or number in self._answers:
                self._add(number, outcome, threshold)

    def _add(self, number: int, outcome: Outcome, threshold: float) -> None:
        at = self._cuts[number].start
        spans = self._answered(number, outcome) if number in self._answers else outcome.spans
        for i, (start, end, entry, probability) in enumerate(spans):
            if probability >= threshold or entry == NOBODY:
                self.columns += (at + start, at + end, entry)
                self.sources.append((number, i))

    def _asked(self, text: str, outcomes: Sequence[Outcome]) -> dict[int, Known]:
        """The answers that say anything, by stretch."""
        rest = Rest(text, self._cuts, outcomes, self._stretches.about)
        found = {}
        for number, outcome in enumerate(outcomes):
            if outcome.asked:
                answers = rest.answers(number)
                if any(answer != Answer() for answer in answers):
                    found[number] = Known(zip((q for q, _ in outcome.asked), answers, strict=True))
        return found

    # ------------------------------------------------------------ single stretches

    def _outcome(self, cut: Cut) -> Outcome:
        found = self._stretches.outcome(cut.text, lambda: self._language(cut))
        return found or self._stretches.in_passages(cut.text, self.language_at(cut))

    def _answered(self, number: int, outcome: Outcome) -> Sequence[Span]:
        cut, known = self._cuts[number], self._answers[number]
        language = "und" if outcome.free else self._language(cut)
        if language is None:
            return self._stretches.spans(cut.text, self.language_at(cut), known)
        return self._stretches.answered(cut.text, language, known)

    def _language(self, cut: Cut) -> str | None:
        """The one language of a stretch; None when it goes over passages of several."""
        first = len(cut.text) - len(cut.body.lstrip())
        return self._languages.between(cut.start + first, cut.start + len(cut.text))

    def language_at(self, cut: Cut) -> Callable[[int], str]:
        """The language at a character of a stretch."""
        return lambda at: self._languages(cut.start + at)

    def outside(self, number: int) -> Outside:
        """What the rest of the document answers to a stretch."""
        return self._answers.get(number) or Alone()
