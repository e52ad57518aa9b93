"""A mention worked out again from its stretch, with its candidates and evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vardynas.match.cuts import Cut, body
from vardynas.match.described import Described, Memory
from vardynas.match.outside import Alone, Outside
from vardynas.match.passage_languages import PassageLanguages
from vardynas.model import Mention

if TYPE_CHECKING:
    from vardynas.match.assembly import Assembly
    from vardynas.match.batches import Rows
    from vardynas.match.together import Whole

__all__ = ["BatchReader", "TextReader"]


class _Stretch:
    """The stretch that was read last."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._last: tuple[int, Described] | None = None

    def mention(
        self,
        number: int,
        cut: Cut,
        span: tuple[int, int],
        languages: PassageLanguages,
        outside: Outside,
    ) -> Mention:
        """The mention with this span in stretch `number` of a text."""
        last = self._last
        if last is None or last[0] != number:
            last = self._last = number, self._memory.of(cut, languages, outside)
        start = cut[0]
        return last[1][span[0] - start, span[1] - start].moved(start)


class TextReader:
    """Reads the mentions of one text."""

    def __init__(
        self,
        cuts: Sequence[Cut],
        parts: Assembly,
        languages: PassageLanguages,
        memory: Memory,
    ) -> None:
        self._cuts = cuts
        self._parts = parts
        self._languages = languages
        self._stretch = _Stretch(memory)

    def __call__(self, at: int) -> Mention:
        """The mention with the number `at`."""
        first, last = self._parts.columns[3 * at : 3 * at + 2]
        number = bisect_right(self._cuts, first, key=_first_sign) - 1
        return self._stretch.mention(
            number,
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
        memory: Memory,
    ) -> None:
        self._texts = texts
        self._rows = rows
        self._whole = whole
        self._hint = hint
        self._stretch = _Stretch(memory)
        self._languages: tuple[int, PassageLanguages] | None = None

    def __call__(self, document: int, at: int) -> Mention:
        """The mention with the number `at` of one of the texts."""
        whole = self._whole
        place = whole.bounds[document] + at
        first, last = whole.columns[3 * place : 3 * place + 2]
        row = int(whole.stretches[place])
        return self._stretch.mention(
            row,
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
