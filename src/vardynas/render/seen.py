"""A mention apart from its place: what its own letters and readings decide, worked out once.

The same name in the same form stands in texts many times. What is to be written for it, whether it is
right already and in which cases it can be hang on nothing around it. `Seen` knows that, and
`vardynas.render.edits` adds what stands beside each mention.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from vardynas.model import Entry, Mention, Name, Reading
from vardynas.render.cases import across
from vardynas.render.forms import Cell, base, whole
from vardynas.render.initials import cyrillic
from vardynas.render.layout import capitals, laid_out, unbroken
from vardynas.render.naming import numbered_like
from vardynas.render.orthographies import orthography_target
from vardynas.render.people import write_person
from vardynas.render.reading import (
    cells_of,
    completed,
    is_own,
    is_right,
    is_short,
    is_whole,
    language_of,
    likeliest,
)
from vardynas.render.sorts import matched, special_names, writable
from vardynas.render.target import Target, find_target, make_target

__all__ = ["KEPT", "Decisions", "Seen", "Written"]

KEPT = 1 << 13
"""Mentions of which is remembered what their letters decide."""

_UNSURE = "the case cannot be told; the base form is written"
_LIKELIEST = "the case cannot be told; the likeliest one is written"

Written = tuple[str, str]
"""What is written for a mention, and what a person should know about it."""


class Decisions:
    """What is known of the mentions that were seen, for one glossary and one way to write.

    `to` and `strict` are those of the profile; nothing is remembered when `kept` is 0.
    """

    def __init__(self, to: str, strict: bool = False, kept: int = KEPT) -> None:
        self._to = to
        self._strict = strict
        self._kept = kept
        self._seen: dict[tuple[Any, ...], Seen] = {}

    def of(self, entry: Entry, mention: Mention) -> Seen:
        """What is known of a mention of `entry`."""
        key = _letters(entry, mention)
        found = self._seen.get(key)
        if found is None:
            found = Seen(entry, mention.moved(-mention.start), self._to, self._strict)
            if self._kept:
                if len(self._seen) >= self._kept:
                    self._seen.clear()
                self._seen[key] = found
        return found


def _letters(entry: Entry, mention: Mention) -> tuple[Any, ...]:
    """All of a mention that decides, apart from where it stands."""
    start, name = mention.start, mention.candidates[0]
    key: list[Any] = [entry.id, mention.text, mention.language, name.name, name.language]
    for r in mention.readings:
        key += (r.start - start, r.end - start, r.lemma, r.language)
        key += (r.role, r.paradigm, r.slots, r.rules)
    return tuple(key)


class Seen:
    """A mention of `entry` as a text of its own; each question is answered when it is asked first."""

    def __init__(self, entry: Entry, mention: Mention, to: str, strict: bool) -> None:
        self._entry = entry
        self._mention = mention
        self._text = mention.text
        self._to = to
        self._strict = strict
        self._written: dict[tuple[Any, ...], Written | None] = {}

    @cached_property
    def target(self) -> Target | None:
        """What to write; None when the mention stays as it is, wherever it stands."""
        found = self._found()
        found = found and numbered_like(found, matched(self._entry, self._mention))
        return None if found is None or (self._strict and found.rules) else found

    @cached_property
    def own(self) -> bool:
        """Whether the mention can already be in the language of the target."""
        return self.target is not None and is_own(self._mention, self.target, self._text)

    @cached_property
    def short(self) -> bool:
        """Whether it is a surname alone of somebody whose target has a given name."""
        return self.target is not None and is_short(self._mention, self.target)

    @cached_property
    def right(self) -> bool:
        """Whether it is a right form of the target."""
        return self.target is not None and is_right(self._mention, self.target, self._text)

    @cached_property
    def right_address(self) -> bool:
        """Whether it is a right form where somebody is addressed."""
        target = self.target
        return target is not None and is_right(self._mention, target, self._text, called=True)

    @cached_property
    def cells(self) -> tuple[frozenset[Cell], bool]:
        """The cells that it can stand in, and whether it stands in the base form."""
        return cells_of(self._mention, self._entry, self._text)

    @cached_property
    def families(self) -> tuple[Reading, ...]:
        """The readings of its family names, with all that they can be."""
        found = completed(self._mention, self._entry, self._text)
        return tuple(one for one in found if one.role == "family")

    def written(
        self, left: tuple[Cell, ...], *, in_full: bool = False, starts: bool = False
    ) -> Written | None:
        """The target in one of the cells that are `left`; None where the mention stays.

        `in_full` adds the given name, `starts` says that a sentence begins here.
        """
        key = (left, in_full, starts)
        if key not in self._written:
            self._written[key] = self._rewritten(left, in_full, starts)
        return self._written[key]

    def _found(self) -> Target | None:
        """What to write for an entry named as in the mention."""
        entry, mention = self._entry, self._mention
        like = matched(entry, mention)
        givens = sum(reading.role == "given" for reading in mention.readings)
        if self._to != "preferred":
            return find_target(entry, self._to, like, givens)
        if like is not None and like.role == "historical":
            return None
        if mention.language == "und":
            return self._common(like, givens)
        special = special_names(entry, mention.language)
        for target in (make_target(entry, name) for name in special):
            if target is not None and is_whole(mention, target, self._text):
                return None
        if like is not None and like in special and writable(like):
            return make_target(entry, like)
        return orthography_target(entry, mention.language, like, givens)

    def _common(self, like: Name | None, givens: int) -> Target | None:
        """What all languages of the entry write alike in these letters, where none can be told.

        A title that says Nauseda alone can be in any of them; only the base form is alike.
        """
        entry, script = self._entry, cyrillic(self._text)
        names = filter(None, map(entry.preferred, entry.names))
        tags = [name.language for name in names if cyrillic(name.form) == script]
        found = [find_target(entry, tag, like, givens) for tag in tags]
        forms = {target.name.form if target and not target.rules else None for target in found}
        alike = len(forms) == 1 and base in self.cells[0]
        return found[0] if alike and forms != {None} else None

    def _rewritten(self, left: Sequence[Cell], in_full: bool, starts: bool) -> Written | None:
        target, mention = self.target, self._mention
        if target is None:
            return None
        written: dict[str, tuple[str, ...]] = {}
        for case, number in likeliest(left, mention, self._text):
            cell = across(case, language_of(mention), target.language, target.entry.type), number
            text, dropped = self._in(target, cell, in_full, starts)
            written.setdefault(text, dropped)
        sure = len(written) == 1
        if self._text in written or (self._strict and not sure):
            return None
        text, dropped = next(iter(written.items()))
        notes = [] if sure else [_LIKELIEST]
        if not sure and base in left:
            text, dropped = self._in(target, base, in_full, starts)
            notes = [_UNSURE]
        notes += [f"left out: {' '.join(dropped)}"] if dropped else []
        return text, "; ".join(notes)

    def _in(
        self, target: Target, cell: Cell, in_full: bool, starts: bool
    ) -> tuple[str, tuple[str, ...]]:
        """The mention written in a cell, and the words that were left out."""
        mention = self._mention
        own = language_of(mention) == target.language
        by_word = target.personal and any(r.role == "family" for r in mention.readings)
        if len(target.words) == 1 and len(mention.readings) > 1 and not own:
            by_word = False  # Witold Kiejstutowicz is Vytautas as a whole
        if by_word and not in_full:
            return write_person(mention, target, self._text, cell, own=own)
        form = whole(target, cell)
        surface, listed = unbroken(self._text), matched(self._entry, mention)
        dressed = capitals(form, surface, listed.form if listed else "", starts=starts)
        return laid_out(dressed, self._text), ()
