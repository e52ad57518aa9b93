"""Glosses: a name beside another name of the same thing, which writing both one way would spoil."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from vardynas.language import tables
from vardynas.model import Edit, Mention
from vardynas.text.fold import fold_word

__all__ = ["without_glosses"]

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
