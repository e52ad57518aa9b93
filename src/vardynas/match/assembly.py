"""The mentions of a document from the outcomes of its stretches.

Most stretches need nothing from the rest of the document. Where one does (a family name alone, a
misspelt name without a witness), it is answered from what the other stretches tell; the questions are
those of `vardynas.match.outside`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vardynas.match.mentions import NOBODY
from vardynas.match.outside import Alone, Answer, Known, Outside
from vardynas.match.passage_languages import PassageLanguages
from vardynas.match.rest import Rest
from vardynas.match.cuts import Cut
from vardynas.match.stretches import Outcome, Span, Stretches

__all__ = ["Assembly"]

_LINE_ENDS = ("\n", "\r", "\u2028", "\u2029", "\x85")


class Assembly:
    """Puts a document together; `rows` are its mentions.

    Mentions less likely than `threshold` are left out. Raises `vardynas.match.rest.NeedsWhole` when
    the stretches cannot be told apart.
    """

    def __init__(
        self,
        text: str,
        segments: Sequence[Cut],
        stretches: Stretches,
        languages: PassageLanguages,
        threshold: float = 0.0,
    ) -> None:
        self._segments = segments
        self._stretches = stretches
        self._languages = languages
        outcomes = [self._outcome(segment) for segment in segments]
        self._answers: dict[int, Known] = {}
        if any(o.asked or o.about for o in outcomes):
            self._answers = self._asked(text, outcomes)
        self.columns: list[int] = []
        self.sources: list[tuple[int, int]] = []
        for number, outcome in enumerate(outcomes):
            if outcome.spans or number in self._answers:
                self._add(number, outcome, threshold)

    def _add(self, number: int, outcome: Outcome, threshold: float) -> None:
        at = self._segments[number].start
        spans = self._answered(number, outcome) if number in self._answers else outcome.spans
        for i, (start, end, entry, probability) in enumerate(spans):
            if probability >= threshold or entry == NOBODY:
                self.columns += (at + start, at + end, entry)
                self.sources.append((number, i))

    def _asked(self, text: str, outcomes: Sequence[Outcome]) -> dict[int, Known]:
        """The answers that say anything, by stretch."""
        rest = Rest(text, self._segments, outcomes, self._stretches.about)
        found = {}
        for number, outcome in enumerate(outcomes):
            if outcome.asked or outcome.about:
                answers = rest.answers(number)
                if any(answer != Answer() for answer in answers):
                    found[number] = Known(zip((q for q, _ in outcome.asked), answers, strict=True))
        return found

    # ------------------------------------------------------------ single stretches

    def _outcome(self, segment: Cut) -> Outcome:
        if _over_lines(segment):
            language = self._language(segment)
            if language is None:
                return self._stretches.in_passages(segment.text, self.language_at(segment))
            return self._stretches.in_language(segment.text, language)
        return self._stretches.outcome(segment.text, lambda: self._language(segment) or "und")

    def _answered(self, number: int, outcome: Outcome) -> Sequence[Span]:
        segment, known = self._segments[number], self._answers[number]
        language = self._language(segment)
        if language is None:
            return self._stretches.spans(segment.text, self.language_at(segment), known)
        return self._stretches.answered(segment.text, language, known)

    def _language(self, segment: Cut) -> str | None:
        """The one language of a stretch; None when it goes over passages of several."""
        body = segment.body
        first = len(segment.text) - len(body.lstrip())
        return self._languages.between(segment.start + first, segment.start + len(segment.text))

    def language_at(self, segment: Cut) -> Callable[[int], str]:
        """The language at a character of a stretch."""
        return lambda at: self._languages(segment.start + at)

    def outside(self, number: int) -> Outside:
        """What the rest of the document answers to a stretch."""
        return self._answers.get(number) or Alone()


def _over_lines(segment: Cut) -> bool:
    body = segment.body.lstrip()
    return any(sign in body for sign in _LINE_ENDS)
