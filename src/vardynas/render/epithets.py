"""Epithets behind a family name (Radvila Juodasis), which belong to the name that they stand behind."""

from __future__ import annotations

import re
from dataclasses import replace

from vardynas.language.tag import base_language
from vardynas.model import Entry, Mention, Reading
from vardynas.render.forms import right_forms
from vardynas.render.sorts import matched
from vardynas.render.target import Target, make_target
from vardynas.text.fold import fold_word

__all__ = ["with_epithet"]

_word = re.compile(r"[ \u00a0\n]+([^\W\d_][\w’'ʼ-]*)").match


def with_epithet(mention: Mention, entry: Entry, text: str, ceiling: int) -> Mention:
    """The mention with the epithet that the matched name has and the text goes on with.

    `ceiling` is where the next name begins.
    """
    name = matched(entry, mention)
    target = make_target(entry, name) if name else None
    place = _epithet(target) if target else None
    if target is None or place is None or not _ends_with_family(mention):
        return mention
    found = _word(text, mention.end)
    if found is None or found.end() > ceiling:
        return mention
    if fold_word(found[1]) not in {fold_word(form) for form in right_forms(target, place)}:
        return mention
    language = base_language(target.name.language)
    word = target.words[place].text
    reading = Reading(found.start(1), found.end(1), word, language, "given")
    end = found.end()
    return replace(
        mention, end=end, text=text[mention.start : end], readings=(*mention.readings, reading)
    )


def _epithet(target: Target) -> int | None:
    """The place of the epithet; None when the name has none."""
    roles = [word.role for word in target.words]
    if target.personal and "family" in roles[:-1] and roles[-1] == "given":
        return len(roles) - 1 if target.words[-1].gap != "comma" else None
    return None


def _ends_with_family(mention: Mention) -> bool:
    return bool(mention.readings) and mention.readings[-1].role == "family"
