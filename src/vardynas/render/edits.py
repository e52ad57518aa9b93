"""The edits that write every recognized name one way, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from vardynas.language.tag import base_language
from vardynas.model import Edit, Entry, Mention
from vardynas.render.adjusted import adjusted
from vardynas.render.cases import settled
from vardynas.render.enclosing import enclosed
from vardynas.render.epithets import with_epithet
from vardynas.render.forms import Cell
from vardynas.render.glosses import with_glosses, without_glosses
from vardynas.render.initials import with_initials
from vardynas.render.layout import possessive
from vardynas.render.orthographies import in_own_orthography
from vardynas.render.profile import Profile
from vardynas.render.reading import language_of
from vardynas.render.scope import first_mentions, in_scope
from vardynas.render.seen import Decisions, Seen
from vardynas.render.several import plural_cases, written_of_several
from vardynas.render.surroundings import Surroundings, joined, surroundings
from vardynas.render.target import Target

__all__ = ["plan"]

_ADDRESS = "as it stood it may have been a form of address, which would be right"
_ROW = 6  # names to either side of one that can show its case


def plan(
    entry_of: Callable[[str], Entry],
    mentions: Iterable[Mention],
    text: str,
    profile: Profile,
    silent: Sequence[tuple[int, int]] = (),
    decisions: Decisions | None = None,
) -> list[Edit]:
    """The edits for the `mentions` of `text`, in its order, never overlapping; [] without any.

    What the profile leaves out stays, and so do the spans `silent` and what the text itself asks to
    leave alone. `decisions` is what was found out about mentions in other texts, for the same entries
    and the same `to` and `strict`.
    """
    once = cache(entry_of)
    known = [m for m in mentions if m.entry is not None]
    if profile.to == "preferred":
        known = in_own_orthography(known, text, profile.language)
    entries = [once(m.entry) for m in known if m.entry is not None]
    found = _with_initials(known, entries, text)
    scope = in_scope(found, entries, text, profile, silent)
    first = first_mentions(entries, scope)
    in_full = first if profile.first_in_full else frozenset()
    decisions = decisions or Decisions(profile.to, profile.strict)
    editor = _Editor(text, profile, found, entries, in_full, decisions)
    edits = [editor.edit(at) for at in sorted(scope)]
    whole_marks = [enclosed(edit, text) for edit in edits if edit is not None]
    changes = [edit for edit in whole_marks if edit.replacement != edit.text]
    if profile.to == "id":
        return changes
    left = without_glosses(changes, found, text)
    return with_glosses(left, found, entries, first, text, profile) if profile.gloss else left


def _with_initials(
    mentions: Sequence[Mention], entries: Sequence[Entry], text: str
) -> list[Mention]:
    """The mentions, those of people with the initials and epithets that go with them."""
    ends = [0, *(mention.end for mention in mentions)]
    starts = [*(mention.start for mention in mentions[1:]), len(text)]
    return [
        with_epithet(with_initials(mention, text, floor, ceiling), entry, text, ceiling)
        if entry.type == "person"
        else mention
        for mention, entry, floor, ceiling in zip(mentions, entries, ends, starts, strict=False)
    ]


class _Editor:
    """Edits the mentions of one text, in its order."""

    def __init__(
        self,
        text: str,
        profile: Profile,
        mentions: Sequence[Mention],
        entries: Sequence[Entry],
        in_full: frozenset[int],
        decisions: Decisions,
    ) -> None:
        self._text = text
        self._to_id = profile.to == "id"
        self._mentions = mentions
        self._entries = entries
        self._in_full = in_full
        self._decisions = decisions
        self._found: dict[int, tuple[Seen, Surroundings]] = {}

    def edit(self, at: int) -> Edit | None:
        """The edit for mention number `at`; None when it stays."""
        entry, mention = self._entries[at], self._mentions[at]
        if self._to_id:
            return _made(mention, entry.id, "the id of the entry")
        seen = self._decisions.of(entry, mention)
        target = seen.target
        if target is None:
            return None
        full = at in self._in_full and seen.short
        if seen.own and not full and seen.right:
            return None
        seen, beside = self._found[at] = seen, self._surroundings(at)
        if seen.own and not full and beside.called and seen.right_address:
            return None
        several = plural_cases(seen.families, entry, beside)
        if several is not None:
            plural = written_of_several(mention, target, several)
            return _made(mention, plural, f"{_why(target)}, of several people") if plural else None
        written = seen.written(self._cells(at), in_full=full, starts=beside.starts)
        if written is None:
            return None
        note = written[1]
        if seen.own and not full and beside.aside and seen.right_address:
            note = "; ".join(filter(None, (note, _ADDRESS)))
        edit = self._owned(_made(mention, written[0], _why(target), note), mention)
        return self._adjusted(edit, at, target.language)

    def _adjusted(self, edit: Edit, at: int, language: str) -> Edit:
        """The edit with the words beside the name as that wants them, in a text of its language."""
        mentions = self._mentions
        if base_language(mentions[at].language) != language:
            return edit
        floor = mentions[at - 1].end if at else 0
        ceiling = mentions[at + 1].start if at + 1 < len(mentions) else len(self._text)
        return adjusted(edit, self._text, language, floor, ceiling)

    def _cells(self, at: int) -> tuple[Cell, ...]:
        """The cells that are left for a mention when the names it is joined to have had their say."""
        left = self._alone(at)
        first = self._first(at)
        if len(left) == 1 and first == at:
            return left
        shared = self._alone(first)
        for other in range(first, self._last(at) + 1):
            found = self._alone(other, shared)
            shared = found if len(found) < len(shared) else shared
        return self._alone(at, shared)

    def _first(self, at: int) -> int:
        """The first of the names that stand in one row with mention number `at`."""
        first = at
        while first > max(0, at - _ROW) and self._joined(first):
            first -= 1
        return first

    def _last(self, at: int) -> int:
        """The last of them."""
        last, end = at, min(len(self._mentions) - 1, at + _ROW)
        while last < end and self._joined(last + 1):
            last += 1
        return last

    def _joined(self, at: int) -> bool:
        """Whether a mention stands in one row with the one before it."""
        return joined(self._text, self._mentions[at - 1], self._mentions[at])

    def _alone(self, at: int, shared: Sequence[Cell] = ()) -> tuple[Cell, ...]:
        seen, beside = self._beside(at)
        cells, uninflected = seen.cells
        return settled(cells, beside, uninflected=uninflected, shared=shared)

    def _beside(self, at: int) -> tuple[Seen, Surroundings]:
        """What is known of a mention, and what stands beside it."""
        if at not in self._found:
            seen = self._decisions.of(self._entries[at], self._mentions[at])
            self._found[at] = seen, self._surroundings(at)
        return self._found[at]

    def _surroundings(self, at: int) -> Surroundings:
        mention = self._mentions[at]
        here = language_of(mention) if mention.language == "und" else mention.language
        return surroundings(mention, self._text, here, person=self._entries[at].type == "person")

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
