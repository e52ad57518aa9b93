"""How the parts of an index sound: worked out for many at once, and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from vardynas.index.tables import Index
from vardynas.match.phonetic import Sound, sounds_of
from vardynas.text.fold import fold_word

__all__ = ["PartSounds"]

_KEPT = 1 << 13


class PartSounds:
    """The sounds of the base forms of parts."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[int, Sound] = {}

    def __call__(self, parts: Collection[int]) -> dict[int, Sound]:
        """The sounds of all these parts, by part, among others that were asked for before."""
        if len(self._known) + len(parts) > _KEPT:
            self._known.clear()
        by_language: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for part in parts:
            if part not in self._known:
                lemma, language = self._index.base_form(part)
                by_language[language].append((part, fold_word(lemma)))
        for language, rows in by_language.items():
            sounds = sounds_of([lemma for _, lemma in rows], language)
            self._known.update(zip([part for part, _ in rows], sounds, strict=True))
        return self._known
