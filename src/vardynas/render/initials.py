"""Initials of given names: those that stand glued to a surname, and their letters elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vardynas.language import tables
from vardynas.language.names import parse_name
from vardynas.language.systems import systems
from vardynas.language.tag import base_language
from vardynas.language.transliteration import transliterate
from vardynas.model import Entry, Mention, Name, Reading

__all__ = ["cyrillic", "initial", "stands_for", "with_initials"]

_before = re.compile(r"(?<![\w.’'-])(?:[^\W\d_]\.[ \u00a0]?)*[^\W\d_]\.$").search
_after = re.compile(r"(?:[^\W\d_]\.)+(?!\w)").match
_letter = re.compile(r"[^\W\d_]\.").finditer
_REACH = 16  # more initials than a name has


def with_initials(mention: Mention, text: str, floor: int, ceiling: int) -> Mention:
    """The mention with the initials that are glued to it (А.Г.Лукашенко, Лукашенко А.Г.).

    `floor` and `ceiling` are where its neighbors end and begin; nothing is taken from them.
    """
    readings = mention.readings
    if not readings or not any(reading.role == "family" for reading in readings):
        return mention
    first, last = [], []
    if readings[0].role in ("family", "initial"):
        head = text[max(floor, mention.start - _REACH) : mention.start]
        found = _before(head)
        first = list(_readings(head, found, mention.start - len(head)))
    if readings[-1].role == "initial":
        tail = text[mention.end : min(ceiling, mention.end + _REACH)]
        last = list(_readings(tail, _after(tail), mention.end))
    if not first and not last:
        return mention
    whole = (*first, *readings, *last)
    start, end = min(mention.start, whole[0].start), max(mention.end, whole[-1].end)
    return replace(mention, start=start, end=end, text=text[start:end], readings=whole)


def _readings(span: str, found: re.Match[str] | None, at: int) -> Iterator[Reading]:
    """A reading for each initial of what was found in `span`, which begins at `at`."""
    letters = list(_letter(span, found.start(), found.end())) if found else []
    if all(letter.group().isupper() for letter in letters):
        for letter in letters:
            start, end = at + letter.start(), at + letter.end()
            yield Reading(start, end, letter.group(), "und", "initial", None, (), ())


def stands_for(letter: str, entry: Entry) -> bool:
    """Whether a given name of the entry begins with `letter` in some language.

    >>> entry = Entry("x", {"be": ["Гітанас Наўседа"], "lt": ["Gitanas Nausėda"]}, type="person")
    >>> stands_for("Г", entry), stands_for("Д", entry)
    (True, False)
    """
    return letter in _first_letters(entry)


@tables.cached_up_to(1024)
def _first_letters(entry: Entry) -> frozenset[str]:
    parsed = [parse_name(name, entry) for name in entry.all_names()]
    words = [word for name in parsed if name for word in name.words]
    return frozenset(word.text[0] for word in words if word.role in ("given", "initial"))


def initial(letter: str, source: str, target: Name) -> str:
    """An initial of a name in `source` as it stands in `target`; "" where no rule says so.

    >>> initial("Г", "be", Name("Łukaszenka", "pl")), initial("Č", "lt", Name("Łukaszenka", "pl"))
    ('H', 'Č')
    """
    if cyrillic(letter) == cyrillic(target.form):
        return letter
    for system in systems(source, base_language(target.language)):
        for row in transliterate(letter, system.id):
            if cyrillic(row.text) != cyrillic(letter):
                return row.text.capitalize()
    return ""


def cyrillic(word: str) -> bool:
    """Whether a word has Cyrillic letters."""
    return any("\u0400" <= letter <= "\u052f" for letter in word)
