"""The edits that write every recognized name one way, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from vardynas.errors import UnknownLanguage
from vardynas.language.tag import base_language, well_formed
from vardynas.model import Edit, Entry, Mention
from vardynas.render.cases import across, settled
from vardynas.render.forms import Cell, base, whole
from vardynas.render.layout import capitals, laid_out, possessive, unbroken
from vardynas.render.people import write_person
from vardynas.render.reading import cells_of, is_right, language_of
from vardynas.render.sorts import matched, sort
from vardynas.render.surroundings import joined, surroundings
from vardynas.render.target import Target, find_target, make_target

__all__ = ["plan"]

_SPECIAL = ("preferred", "id")
_UNSURE = "the case cannot be told; the base form is written"


def plan(
    entry_of: Callable[[str], Entry],
    mentions: Iterable[Mention],
    text: str,
    to: str,
    *,
    strict: bool = False,
) -> list[Edit]:
    """The edits for the `mentions` of `text`, in its order, never overlapping; [] without any.

    `to` is a language tag, ``preferred`` or ``id``; anything else raises `UnknownLanguage`.
    `strict` writes only listed names in a case that can be told.
    """
    if to not in _SPECIAL and not well_formed(to):
        raise UnknownLanguage(to, ("lt", "be", "be-tarask", "be-Latn", "pl", "en", "ru", *_SPECIAL))
    editor = _Editor(text, to, strict)
    edits = (editor.edit(entry_of(m.entry), m) for m in mentions if m.entry is not None)
    return [edit for edit in edits if edit is not None and edit.replacement != edit.text]


class _Editor:
    """Edits the mentions of one text, in its order."""

    def __init__(self, text: str, to: str, strict: bool) -> None:
        self._text = text
        self._to = to
        self._strict = strict
        self._last: tuple[Mention, tuple[Cell, ...]] | None = None

    def edit(self, entry: Entry, mention: Mention) -> Edit | None:
        """The edit for one mention; None when it stays."""
        if self._to == "id":
            return _made(mention, entry.id, "the id of the entry")
        to = mention.language if self._to == "preferred" else self._to
        if self._to == "preferred" and (to == "und" or self._stays(entry, mention)):
            return None
        target = find_target(entry, to, matched(entry, mention))
        if target is None or (self._strict and target.rules):
            return None
        return self._rewritten(mention, target)

    def _stays(self, entry: Entry, mention: Mention) -> bool:
        """Whether the mention is a name of its language that is not to be made a plain one."""
        found = matched(entry, mention)
        if found is not None and found.role == "historical":
            return True
        for name in entry.all_names():
            own = base_language(name.language) == base_language(mention.language)
            if own and sort(entry, name):
                target = make_target(entry, name)
                if target is not None and is_right(mention, target, self._text):
                    return True
        return False

    def _rewritten(self, mention: Mention, target: Target) -> Edit | None:
        own = language_of(mention) == target.language
        left = self._cells(mention, target)
        if own and not target.personal and is_right(mention, target, self._text):
            return None
        written: dict[str, tuple[str, ...]] = {}
        for case, number in left:
            cell = across(case, language_of(mention), target.language, target.entry.type), number
            text, dropped = self._in(mention, target, cell)
            written.setdefault(text, dropped)
        note = "" if len(written) == 1 or mention.text in written else _UNSURE
        if mention.text in written or (note and self._strict):
            return None
        text, dropped = self._in(mention, target, base) if note else next(iter(written.items()))
        notes = [note] if note else []
        notes += [f"left out: {' '.join(dropped)}"] if dropped else []
        return self._owned(_made(mention, text, _why(target), "; ".join(notes)), mention)

    def _cells(self, mention: Mention, target: Target) -> tuple[Cell, ...]:
        """The cells that are left for the mention, the more likely first."""
        cells, uninflected = cells_of(mention, target, self._text)
        here = language_of(mention) if mention.language == "und" else mention.language
        person = target.entry.type == "person"
        beside = surroundings(mention, self._text, here, person=person)
        last = self._last
        shared = last[1] if last and joined(self._text, last[0], mention) else ()
        left = settled(cells, beside, uninflected=uninflected, shared=shared)
        self._last = (mention, left)
        return left

    def _in(self, mention: Mention, target: Target, cell: Cell) -> tuple[str, tuple[str, ...]]:
        """The mention written in a cell, and the words that were left out."""
        if target.personal and any(r.role == "family" for r in mention.readings):
            own = language_of(mention) == target.language
            return write_person(mention, target, self._text, cell, own=own)
        form = whole(target, cell)
        surface, listed = unbroken(mention.text), matched(target.entry, mention)
        dressed = capitals(form, surface, listed.form if listed else "")
        return laid_out(dressed, mention.text), ()

    def _owned(self, edit: Edit, mention: Mention) -> Edit:
        """The edit with a full possessive ending where the text has a bare apostrophe."""
        if base_language(mention.language) != "en":
            return edit
        written, end = possessive(edit.replacement, self._text, edit.start, edit.end)
        span = self._text[edit.start : end]
        return replace(edit, end=end, text=span, replacement=written)


def _made(mention: Mention, replacement: str, why: str, note: str = "") -> Edit:
    entry = mention.entry or ""
    return Edit(mention.start, mention.end, mention.text, replacement, entry, why, note)


def _why(target: Target) -> str:
    why = f"the {target.name.language} name of {target.entry.id}"
    return f"{why}, derived by {', '.join(target.rules)}" if target.rules else why
