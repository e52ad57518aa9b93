"""The edits that write every recognized name one way, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from vardynas.language.tag import base_language
from vardynas.model import Edit, Entry, Mention, Name
from vardynas.render.adjusted import adjusted
from vardynas.render.cases import across, settled
from vardynas.render.epithets import with_epithet
from vardynas.render.forms import Cell, base, whole
from vardynas.render.glosses import with_glosses, without_glosses
from vardynas.render.initials import cyrillic, with_initials
from vardynas.render.layout import capitals, laid_out, possessive, unbroken
from vardynas.render.naming import numbered_like
from vardynas.render.people import write_person
from vardynas.render.profile import Profile
from vardynas.render.reading import (
    cells_of,
    is_own,
    is_right,
    is_short,
    is_whole,
    language_of,
    likeliest,
)
from vardynas.render.scope import first_mentions, in_scope
from vardynas.render.several import plural_cases, written_of_several
from vardynas.render.sorts import matched, special_names, writable
from vardynas.render.surroundings import Surroundings, begins_sentence, joined, surroundings
from vardynas.render.target import Target, find_target, make_target

__all__ = ["plan"]

_ROW = 6  # names to either side of one that can show its case
_UNSURE = "the case cannot be told; the base form is written"
_LIKELIEST = "the case cannot be told; the likeliest one is written"


def plan(
    entry_of: Callable[[str], Entry],
    mentions: Iterable[Mention],
    text: str,
    profile: Profile,
    silent: Sequence[tuple[int, int]] = (),
) -> list[Edit]:
    """The edits for the `mentions` of `text`, in its order, never overlapping; [] without any.

    What the profile leaves out stays, and so do the spans `silent` and what the text itself asks to
    leave alone.
    """
    once = cache(entry_of)
    known = [m for m in mentions if m.entry is not None]
    entries = [once(m.entry) for m in known if m.entry is not None]
    found = _with_initials(known, entries, text)
    scope = in_scope(found, entries, text, profile, silent)
    first = first_mentions(entries, scope)
    editor = _Editor(text, profile, first if profile.first_in_full else frozenset())
    edits = [editor.edit(entries, found, at) for at in sorted(scope)]
    changes = [edit for edit in edits if edit is not None and edit.replacement != edit.text]
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

    def __init__(self, text: str, profile: Profile, in_full: frozenset[int]) -> None:
        self._text = text
        self._to = profile.to
        self._strict = profile.strict
        self._in_full = in_full
        self._read: dict[int, tuple[frozenset[Cell], bool, Surroundings]] = {}

    def edit(self, entries: Sequence[Entry], mentions: Sequence[Mention], at: int) -> Edit | None:
        """The edit for mention number `at`; None when it stays."""
        entry, mention = entries[at], mentions[at]
        if self._to == "id":
            return _made(mention, entry.id, "the id of the entry")
        target = self._named(entry, mention)
        if target is None or (self._strict and target.rules):
            return None
        full = at in self._in_full and is_short(mention, target)
        own = is_own(mention, target, self._text)
        if own and not full and self._is_right(entry, mention, target):
            return None
        several = plural_cases(mention, entry, self._text, self._beside(entry, mention)[2])
        if several is not None:
            plural = written_of_several(mention, target, several)
            return _made(mention, plural, f"{_why(target)}, of several people") if plural else None
        edit = self._rewritten(mention, target, self._cells(entries, mentions, at), in_full=full)
        if edit is None or base_language(mention.language) != target.language:
            return edit
        floor = mentions[at - 1].end if at else 0
        ceiling = mentions[at + 1].start if at + 1 < len(mentions) else len(self._text)
        return adjusted(edit, self._text, target.language, floor, ceiling)

    def _is_right(self, entry: Entry, mention: Mention, target: Target) -> bool:
        if is_right(mention, target, self._text):
            return True
        called = self._beside(entry, mention)[2].called
        return called and is_right(mention, target, self._text, called=True)

    def _named(self, entry: Entry, mention: Mention) -> Target | None:
        """What to write, as fully as the mention names it; None when the mention stays as it is."""
        target = self._target(entry, mention)
        return target and numbered_like(target, matched(entry, mention))

    def _target(self, entry: Entry, mention: Mention) -> Target | None:
        """What to write for an entry named as in a mention."""
        like = matched(entry, mention)
        givens = sum(reading.role == "given" for reading in mention.readings)
        if self._to != "preferred":
            return find_target(entry, self._to, like, givens)
        if like is not None and like.role == "historical":
            return None
        if mention.language == "und":
            return self._common(entry, mention, like, givens)
        special = special_names(entry, mention.language)
        for target in (make_target(entry, name) for name in special):
            if target is not None and is_whole(mention, target, self._text):
                return None
        if like is not None and like in special and writable(like):
            return make_target(entry, like)
        return find_target(entry, mention.language, like, givens)

    def _common(
        self, entry: Entry, mention: Mention, like: Name | None, givens: int
    ) -> Target | None:
        """What all languages of the entry write alike in these letters, where none can be told.

        A title that says Nauseda alone can be in any of them; only the base form is alike.
        """
        script = cyrillic(mention.text)
        names = filter(None, map(entry.preferred, entry.names))
        tags = [name.language for name in names if cyrillic(name.form) == script]
        found = [find_target(entry, tag, like, givens) for tag in tags]
        forms = {target.name.form if target and not target.rules else None for target in found}
        alike = len(forms) == 1 and base in self._beside(entry, mention)[0]
        return found[0] if alike and forms != {None} else None

    def _rewritten(
        self, mention: Mention, target: Target, left: Sequence[Cell], *, in_full: bool = False
    ) -> Edit | None:
        """The edit that writes the target in one of the cells that are left."""
        written: dict[str, tuple[str, ...]] = {}
        for case, number in likeliest(left, mention, self._text):
            cell = across(case, language_of(mention), target.language, target.entry.type), number
            text, dropped = self._in(mention, target, cell, in_full)
            written.setdefault(text, dropped)
        sure = len(written) == 1
        if mention.text in written or (self._strict and not sure):
            return None
        text, dropped = next(iter(written.items()))
        notes = [] if sure else [_LIKELIEST]
        if not sure and base in left:
            text, dropped = self._in(mention, target, base, in_full)
            notes = [_UNSURE]
        notes += [f"left out: {' '.join(dropped)}"] if dropped else []
        return self._owned(_made(mention, text, _why(target), "; ".join(notes)), mention)

    def _cells(
        self, entries: Sequence[Entry], mentions: Sequence[Mention], at: int
    ) -> tuple[Cell, ...]:
        """The cells that are left for a mention when the names it is joined to have had their say."""
        first, last = self._row(mentions, at)
        left = self._alone(entries[at], mentions[at])
        if len(left) == 1 and first == at:
            return left
        shared = self._alone(entries[first], mentions[first])
        for other in range(first, last + 1):
            found = self._alone(entries[other], mentions[other], shared)
            shared = found if len(found) < len(shared) else shared
        return self._alone(entries[at], mentions[at], shared)

    def _row(self, mentions: Sequence[Mention], at: int) -> tuple[int, int]:
        """The first and the last of the names that stand in one row with mention number `at`."""
        first = last = at
        while first > max(0, at - _ROW) and joined(
            self._text, mentions[first - 1], mentions[first]
        ):
            first -= 1
        end = min(len(mentions) - 1, at + _ROW)
        while last < end and joined(self._text, mentions[last], mentions[last + 1]):
            last += 1
        return first, last

    def _alone(
        self, entry: Entry, mention: Mention, shared: Sequence[Cell] = ()
    ) -> tuple[Cell, ...]:
        cells, uninflected, beside = self._beside(entry, mention)
        return settled(cells, beside, uninflected=uninflected, shared=shared)

    def _beside(self, entry: Entry, mention: Mention) -> tuple[frozenset[Cell], bool, Surroundings]:
        """The cells of a mention, whether it stands in the base form, what stands beside it."""
        if mention.start not in self._read:
            here = language_of(mention) if mention.language == "und" else mention.language
            beside = surroundings(mention, self._text, here, person=entry.type == "person")
            self._read[mention.start] = (*cells_of(mention, entry, self._text), beside)
        return self._read[mention.start]

    def _in(
        self, mention: Mention, target: Target, cell: Cell, in_full: bool
    ) -> tuple[str, tuple[str, ...]]:
        """The mention written in a cell, and the words that were left out."""
        own = language_of(mention) == target.language
        by_word = target.personal and any(r.role == "family" for r in mention.readings)
        if len(target.words) == 1 and len(mention.readings) > 1 and not own:
            by_word = False  # Witold Kiejstutowicz is Vytautas as a whole
        if by_word and not in_full:
            return write_person(mention, target, self._text, cell, own=own)
        form = whole(target, cell)
        surface, listed = unbroken(mention.text), matched(target.entry, mention)
        starts = begins_sentence(self._text, mention.start)
        dressed = capitals(form, surface, listed.form if listed else "", starts=starts)
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
