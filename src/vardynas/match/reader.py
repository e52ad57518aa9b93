"""A mention worked out again from its stretch, with its candidates and evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vardynas.match.cuts import Cut, body
from vardynas.match.outside import Alone, Outside
from vardynas.match.passage_languages import PassageLanguages
from vardynas.match.resolution import Resolved
from vardynas.match.stretches import Stretches
from vardynas.model import Mention
from vardynas.text.tokens import Token

if TYPE_CHECKING:
    from vardynas.match.assembly import Assembly
    from vardynas.match.batches import Rows
    from vardynas.match.together import Whole

__all__ = ["BatchReader", "Describe", "TextReader"]

Describe = Callable[[str, Sequence[Token], Resolved, str], Mention]
"""A resolved span of a text, its tokens and its language → the mention with all that is known."""


class _Stretch:
    """The stretch that was read last."""

    def __init__(self, stretches: Stretches, describe: Describe) -> None:
        self._stretches = stretches
        self._describe = describe
        self._last: tuple[int, list[Token], dict[tuple[int, int], Resolved]] | None = None

    def mention(
        self,
        number: int,
        text: str,
        cut: Cut,
        span: tuple[int, int],
        languages: PassageLanguages,
        outside: Outside,
    ) -> Mention:
        """The mention with this span in stretch `number` of `text`."""
        last = self._last
        if last is None or last[0] != number:
            found, resolved = self._stretches.settled(cut[1], languages.within(cut), outside)
            tokens = [_shifted(token, cut[0]) for token in found]
            rows = {(tokens[row.first].start, tokens[row.last].end): row for row in resolved}
            last = self._last = number, tokens, rows
        return self._describe(text, last[1], last[2][span], languages(span[0]))


class TextReader:
    """Reads the mentions of one text."""

    def __init__(
        self,
        text: str,
        cuts: Sequence[Cut],
        parts: Assembly,
        languages: PassageLanguages,
        stretches: Stretches,
        describe: Describe,
    ) -> None:
        self._text = text
        self._cuts = cuts
        self._parts = parts
        self._languages = languages
        self._stretch = _Stretch(stretches, describe)

    def __call__(self, at: int) -> Mention:
        """The mention with the number `at`."""
        first, last = self._parts.columns[3 * at : 3 * at + 2]
        number = bisect_right(self._cuts, first, key=_first_sign) - 1
        return self._stretch.mention(
            number,
            self._text,
            self._cuts[number],
            (first, last),
            self._languages,
            self._parts.outside(number),
        )


class BatchReader:
    """Reads the mentions of a batch of texts."""

    def __init__(
        self,
        texts: Sequence[str],
        rows: Rows,
        whole: Whole,
        hint: str | None,
        stretches: Stretches,
        describe: Describe,
    ) -> None:
        self._texts = texts
        self._rows = rows
        self._whole = whole
        self._hint = hint
        self._stretch = _Stretch(stretches, describe)
        self._languages: tuple[int, PassageLanguages] | None = None

    def __call__(self, document: int, at: int) -> Mention:
        """The mention with the number `at` of one of the texts."""
        whole, text = self._whole, self._texts[document]
        place = whole.bounds[document] + at
        first, last = whole.columns[3 * place : 3 * place + 2]
        row = int(whole.stretches[place])
        return self._stretch.mention(
            row,
            text,
            self._rows.cut_of(self._texts, row),
            (first, last),
            self._of(document),
            whole.answers.get(row) or Alone(),
        )

    def _of(self, document: int) -> PassageLanguages:
        kept = self._languages
        if kept is None or kept[0] != document:
            kept = self._languages = document, PassageLanguages(self._texts[document], self._hint)
        return kept[1]


def _first_sign(cut: Cut) -> int:
    """Where a stretch begins in its document."""
    start, text = cut
    return start + len(text) - len(body(text))


def _shifted(token: Token, by: int) -> Token:
    return token._replace(
        start=token.start + by, end=token.end + by, possessive_end=token.possessive_end + by
    )
