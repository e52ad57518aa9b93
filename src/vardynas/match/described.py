"""What is said of the mentions of a stretch, worked out once and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from vardynas.match.cuts import Cut
from vardynas.match.outside import Outside
from vardynas.match.passage_languages import PassageLanguages
from vardynas.match.resolution import Resolved
from vardynas.match.stretches import LONGEST_KEPT, Stretches
from vardynas.model import Mention
from vardynas.text.tokens import Token

__all__ = ["Describe", "Described", "Memory"]

Describe = Callable[[str, Sequence[Token], Resolved, str], Mention]
"""A resolved span of a text, its tokens and its language → the mention with all that is known."""

KEPT = 1 << 12
"""Stretches of which the mentions are remembered, in each of two generations."""

Described = dict[tuple[int, int], Mention]
"""The mentions of a stretch by their spans, with the offsets of the stretch."""


class Memory:
    """Describes the mentions of stretches, and remembers what it said.

    What a mention says of itself hangs on the letters of its stretch, on the language of the passage and
    on what the rest of the document answers; names repeat, so it mostly has been said before.
    """

    def __init__(self, stretches: Stretches, describe: Describe) -> None:
        self._stretches = stretches
        self._describe = describe
        self._new: dict[tuple[Any, ...], Described] = {}
        self._old: dict[tuple[Any, ...], Described] = {}

    def of(self, cut: Cut, languages: PassageLanguages, outside: Outside) -> Described:
        """The mentions of a stretch in a document that answers its questions so."""
        language, text = languages.of(cut), cut[1]
        if language is None or len(text) > LONGEST_KEPT:
            return self._described(text, languages.within(cut), outside)
        key = (text, language, outside.answers)
        found = self._new.get(key) or self._old.get(key)
        if found is None:
            found = self._described(text, lambda _: language, outside)
        if key not in self._new:
            if len(self._new) >= KEPT:
                self._old, self._new = self._new, {}
            self._new[key] = found
        return found

    def _described(
        self, text: str, language_at: Callable[[int], str], outside: Outside
    ) -> Described:
        tokens, resolved = self._stretches.settled(text, language_at, outside)
        found = (
            self._describe(text, tokens, row, language_at(tokens[row.first].start))
            for row in resolved
        )
        return {(mention.start, mention.end): mention for mention in found}
