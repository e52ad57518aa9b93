"""Glosses: a name beside another name of the same thing.

Writing both names of *Hrodna (Grodno)* one way would spoil it; a profile may ask to add such glosses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from vardynas.language import tables
from vardynas.model import Edit, Entry, Mention
from vardynas.render.profile import Profile
from vardynas.render.sorts import matched, writable
from vardynas.text.fold import fold_word

__all__ = ["with_glosses", "without_glosses"]

_opens = re.compile(r"[\"“”»’]?\s*[(\[][^()\[\]\n]{0,25}").fullmatch
_closes = re.compile(r"[\"“”»’]?\s*[)\],;/]").match


def without_glosses(edits: Iterable[Edit], mentions: Sequence[Mention], text: str) -> list[Edit]:
    """The edits that leave glosses alone: in *Hrodna (Grodno)* nothing becomes what stands beside it.

    The second name stays as it is; the first one is edited unless it would repeat the second.
    """
    pairs = [
        (one, other)
        for one, other in pairwise(mentions)
        if one.entry == other.entry and _is_gloss(text, one, other)
    ]
    kept = {other.start for _, other in pairs}
    beside = {one.start: fold_word(other.text) for one, other in pairs}
    return [
        edit
        for edit in edits
        if edit.start not in kept and beside.get(edit.start) != fold_word(edit.replacement)
    ]


def _is_gloss(text: str, one: Mention, other: Mention) -> bool:
    between = text[one.end : other.start]
    if fold_word(one.text) == fold_word(other.text):
        return False
    if _opens(between):
        return _closes(text, other.end) is not None
    return between == "/" or fold_word(between).strip() in tables.load("governors")["glosses"]


_follows = re.compile(r"\s*[(\[]|[-‐‑\w]|[’']\w").match
_owns = re.compile(r"[’']s?$", re.IGNORECASE).search


def with_glosses(
    edits: Sequence[Edit],
    mentions: Sequence[Mention],
    entries: Sequence[Entry],
    first: frozenset[int],
    text: str,
    profile: Profile,
) -> list[Edit]:
    """The edits, with another name in brackets behind the `first` mention of each entry.

    Nothing is added where something in brackets, a hyphen or a possessive ending follows, or where
    the entry has no such name or is just called or written that.
    """
    found = {edit.start: edit for edit in edits}
    for at in first:
        mention, entry = mentions[at], entries[at]
        edit = found.get(mention.start)
        end = edit.end if edit else mention.end
        gloss = _gloss(mention, entry, edit, profile.gloss)
        written = edit.replacement if edit else mention.text
        if not gloss or _follows(text, end) or _owns(written):
            continue
        replaced = edit is not None and profile.gloss == "original"
        repeats = fold_word(gloss) == fold_word(mention.text) and not replaced
        if repeats or fold_word(gloss) == fold_word(written):
            continue
        plain = Edit(mention.start, mention.end, mention.text, mention.text, entry.id)
        why = f"{edit.why}; with a gloss" if edit else "a gloss at the first mention"
        found[mention.start] = replace(edit or plain, replacement=f"{written} ({gloss})", why=why)
    return [found[start] for start in sorted(found)]


def _gloss(mention: Mention, entry: Entry, edit: Edit | None, wanted: str) -> str:
    """The name to put in brackets; "" when there is none."""
    if wanted != "original":
        name = entry.preferred(wanted)
        return name.form if name else ""
    like = matched(entry, mention) if edit else None
    return like.form if like and writable(like) else ""
