"""Names in passages that keep another orthography than the official one are written in that one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from vardynas.language.orthography import Orthography, orthographies
from vardynas.language.tag import base_language
from vardynas.model import Entry, Mention, Name
from vardynas.render.target import Target, find_target, respelled
from vardynas.text.passages import passages

__all__ = ["in_own_orthography", "orthography_target"]


def in_own_orthography(
    mentions: Sequence[Mention], text: str, language: str | None
) -> list[Mention]:
    """The mentions, with the tag of its orthography as language where a passage keeps one.

    `language` is what is said of the whole text; a passage that is too short to show anything is
    as the text is.
    """
    if not any(orthographies(mention.language) for mention in mentions):
        return list(mentions)
    kept = _Kept(text, language)
    return [
        replace(mention, language=tag) if (tag := kept.tag(mention)) else mention
        for mention in mentions
    ]


class _Kept:
    """Which orthographies the passages of a text keep."""

    def __init__(self, text: str, language: str | None) -> None:
        self._text = text
        self._language = language
        self._passages = passages(text)
        self._starts = [start for start, _ in self._passages]
        self._known: dict[tuple[int, str], bool] = {}

    def tag(self, mention: Mention) -> str | None:
        """The orthography that the passage of a mention keeps; None for the official one."""
        for one in orthographies(mention.language):
            if self._language is not None and self._language == one.tag:
                return one.tag
            place = bisect_right(self._starts, mention.start) - 1
            if place >= 0 and self._keeps(place, one):
                return one.tag
        return None

    def _keeps(self, place: int, one: Orthography) -> bool:
        key = (place, one.tag)
        if key not in self._known:
            start, end = self._passages[place]
            shown = one.shown(self._text[start:end])
            self._known[key] = self._text_keeps(one) if shown is None else shown
        return self._known[key]

    def _text_keeps(self, one: Orthography) -> bool:
        key = (-1, one.tag)
        if key not in self._known:
            self._known[key] = one.shown(self._text) is True
        return self._known[key]


def orthography_target(entry: Entry, tag: str, like: Name | None, givens: int) -> Target | None:
    """What to write for `entry` in the orthography `tag`, or in the language that `tag` is.

    Where the entry lists no name in it, the official name is written in it; None where the text has
    another name than that one (Вільня, not Вільнюс), since nobody knows which is preferred there.
    """
    language = base_language(tag)
    one = next((row for row in orthographies(language) if row.tag == tag), None)
    if one is None:
        return find_target(entry, tag, like, givens)
    if entry.preferred(tag) is not None:
        return find_target(entry, tag, like, givens)
    official = find_target(entry, language, like, givens)
    if official is None:
        return None
    if like is not None and like.language == language and like.form != official.name.form:
        return None
    return _written_in(official, one)


def _written_in(official: Target, one: Orthography) -> Target:
    texts = [one.write(word.text) for word in official.words]
    rules = (*official.rules, one.system)
    return replace(respelled(official, texts, one.tag), rules=rules)
