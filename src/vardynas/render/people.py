"""Writing a person word for word: given name for given name, family name for family name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vardynas.model import Mention, Reading
from vardynas.render.forms import Cell, is_right_form, word_forms
from vardynas.render.initials import cyrillic, initial, stands_for
from vardynas.render.layout import capitals, unbroken
from vardynas.render.naming import is_short_given
from vardynas.render.reading import language_of
from vardynas.render.target import Target

__all__ = ["write_person"]


@dataclass(slots=True)
class _Page:
    """What has been written so far, and what was left out."""

    pieces: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


def write_person(
    mention: Mention, target: Target, text: str, cell: Cell, *, own: bool
) -> tuple[str, tuple[str, ...]]:
    """The mention with the target's words in `cell`, and the words that were left out.

    A surname alone stays a surname alone, initials stay initials, what stands between the words
    stays. `own` says that the mention is in the target's language: then words that are right
    already stay, and so do patronymics and short given names. Another language has no patronymics, and
    another script no further names either.
    """
    page, forms = _Page(), word_forms(target, cell)
    at = mention.start
    for reading in mention.readings:
        surface = text[reading.start : reading.end]
        word = _counterpart(reading, surface, target, forms, mention, page, own)
        if word:
            page.pieces += [text[at : reading.start] if page.pieces else "", word]
        at = reading.end
        page.done[reading.role] = page.done.get(reading.role, 0) + 1
    return "".join(page.pieces), tuple(page.dropped)


def _counterpart(
    reading: Reading,
    surface: str,
    target: Target,
    forms: Sequence[str],
    mention: Mention,
    page: _Page,
    own: bool,
) -> str:
    """What stands for one word; "" when nothing does."""
    if reading.role == "initial":
        return _initial(surface, mention, target, page, own)
    roles = ("family", "particle") if reading.role == "family" else (reading.role,)
    places = target.with_role(*roles)
    count = sum(other.role == reading.role for other in mention.readings)
    nth = page.done.get(reading.role, 0)
    if not places or (nth and nth >= len(places)):
        return _further(reading, surface, target, page, own)
    if own and reading.role == "given" and count > len(places):
        return surface
    if own and _stays_short(reading, target, places):
        return surface
    if count == len(places):
        return _word(surface, target, places[nth], forms, own)
    return "" if nth else _joined([capitals(forms[p], surface) for p in places], places, target)


def _stays_short(reading: Reading, target: Target, places: Sequence[int]) -> bool:
    """Whether a word is a short form of the given name that the target has in its place."""
    return reading.role == "given" and is_short_given(reading, target, places[0])


def _word(surface: str, target: Target, at: int, forms: Sequence[str], own: bool) -> str:
    """One word for one word; it stays where it is a right form already."""
    whole = unbroken(surface)
    if own and is_right_form(whole, target, at):
        return surface
    return capitals(forms[at], whole)


def _joined(words: list[str], places: Sequence[int], target: Target) -> str:
    written = words[0]
    for place, word in zip(places[1:], words[1:], strict=True):
        written += ("-" if target.words[place].gap == "hyphen" else " ") + word
    return written


def _initial(surface: str, mention: Mention, target: Target, page: _Page, own: bool) -> str:
    """The first initial is that of the target's given name; others are rewritten as letters."""
    given = target.with_role("given", "initial")
    first = "given" not in page.done and "initial" not in page.done
    if given and first and stands_for(surface[0], target.entry):
        return f"{target.words[given[0]].text[0]}."
    letter = surface[0] if own else initial(surface[0], language_of(mention), target.name)
    if letter:
        return f"{letter}."
    page.dropped.append(surface)
    return ""


def _further(reading: Reading, surface: str, target: Target, page: _Page, own: bool) -> str:
    """A word that the target has no counterpart for."""
    if reading.role == "family":
        return ""
    if reading.role == "patronymic" and not own:
        page.dropped.append(surface)
        return ""
    return _kept(surface, target, page, own)


def _kept(surface: str, target: Target, page: _Page, own: bool) -> str:
    if own or cyrillic(surface) == cyrillic(target.name.form):
        return surface
    page.dropped.append(surface)
    return ""
