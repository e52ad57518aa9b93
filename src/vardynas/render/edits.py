"""The edits that write every recognized name one way, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vardynas.errors import UnknownLanguage
from vardynas.model import Edit, Entry, Mention, Name, Reading
from vardynas.render.cases import across, cells
from vardynas.render.target import Target, find_target, form_in, well_formed

if TYPE_CHECKING:
    from vardynas.resolver import Resolver

__all__ = ["plan"]

_SPECIAL = ("preferred", "id")


def plan(
    resolver: Resolver, text: str, to: str, *, language: str | None = None, strict: bool = False
) -> list[Edit]:
    """The edits for `text`, in its order, never overlapping; [] when nothing changes.

    `to` is a language tag, ``preferred`` or ``id``; anything else raises `UnknownLanguage`.
    """
    if to not in _SPECIAL and not well_formed(to):
        raise UnknownLanguage(to, ("lt", "be", "be-tarask", "be-Latn", "pl", "en", "ru", *_SPECIAL))
    found = []
    for mention in resolver.scan(text, language):
        if mention.entry is None:
            continue
        edit = _edit(resolver[mention.entry], mention, text, to, strict)
        if edit is not None and edit.replacement != edit.text:
            found.append(edit)
    return found


def _edit(entry: Entry, mention: Mention, text: str, to: str, strict: bool) -> Edit | None:
    if to == "id":
        return _made(entry, mention, entry.id, "the id of the entry")
    language = mention.language if to == "preferred" else to
    listed = _listed(entry, mention)
    if listed is not None and to == "preferred" and _stays(listed, mention):
        return None
    target = find_target(entry, language, listed)
    if target is None or (strict and target.rules):
        return None
    replacement, note = _written(entry, mention, target, text)
    why = f"the {language} name of {entry.id}"
    if target.rules:
        why += f", derived by {', '.join(target.rules)}"
    if note and strict:
        return None
    return _made(entry, mention, replacement, why, note)


def _made(entry: Entry, mention: Mention, replacement: str, why: str, note: str = "") -> Edit:
    return Edit(mention.start, mention.end, mention.text, replacement, entry.id, why, note)


def _listed(entry: Entry, mention: Mention) -> Name | None:
    """The listed name that the mention matched."""
    wanted = mention.candidates[0]
    names: Iterator[Name] = (n for n in entry.all_names() if n.form == wanted.name)
    return next((n for n in names if n.language == wanted.language), None)


def _stays(listed: Name, mention: Mention) -> bool:
    """Whether a passage keeps this name: abbreviations and names of another time."""
    same = listed.language.split("-")[0] == mention.language.split("-")[0]
    return same and (listed.case == "exact" or listed.role == "historical")


def _written(entry: Entry, mention: Mention, target: Target, text: str) -> tuple[str, str]:
    """The replacement in the case of the mention; a note when the case cannot be told."""
    options: dict[str, None] = {}
    source = mention.language
    for case, number in cells(mention, text):
        wanted = across(case, source, target.name.language, entry.type)
        options[_in_case(entry, mention, target, text, wanted, number)] = None
    if len(options) == 1 or mention.text in options:
        return (mention.text if mention.text in options else next(iter(options))), ""
    base = _in_case(entry, mention, target, text, "nom", "sg")
    return base, "the case cannot be told; the base form is written"


def _in_case(
    entry: Entry, mention: Mention, target: Target, text: str, case: str, number: str
) -> str:
    personal = target.personal and any(r.role == "family" for r in mention.readings)
    if personal:
        return _person(entry, mention, target, text, case, number)
    whole = target.name.form
    for word in target.words:
        written = form_in(word, target, entry, case, number)
        whole = whole.replace(word.text, written, 1) if written != word.text else whole
    return _capitals(whole, mention.text)


def _person(
    entry: Entry, mention: Mention, target: Target, text: str, case: str, number: str
) -> str:
    """Word for word: given name for given name, family name for family name, gaps as they are."""
    pieces: list[str] = []
    at = mention.start
    done: set[str] = set()
    for reading in mention.readings:
        word = _counterpart(entry, reading, target, text, case, number, done)
        gap = text[at : reading.start]
        if word:
            pieces += [gap if pieces else "", word]
        at = reading.end
        done.add(reading.role)
    return "".join(pieces)


def _counterpart(
    entry: Entry,
    reading: Reading,
    target: Target,
    text: str,
    case: str,
    number: str,
    done: set[str],
) -> str:
    surface = text[reading.start : reading.end]
    if reading.role == "initial":
        given = target.with_role("given", "initial")
        first = "given" not in done and "initial" not in done and given
        return f"{given[0].text[0]}." if first else surface
    roles = ("family", "particle") if reading.role == "family" else (reading.role,)
    words = target.with_role(*roles)
    if reading.role in done:
        return ""
    if not words:
        same = reading.role in ("patronymic", "unknown", "middle")
        return surface if same and _same_script(surface, target.name.form) else ""
    if reading.role == "given":
        words = words[:1] if len(words) == 1 else words
    forms = [form_in(word, target, entry, case, number) for word in words]
    joined = forms[0]
    for word, form in zip(words[1:], forms[1:], strict=True):
        joined += ("-" if word.gap == "hyphen" else " ") + form
    return _capitals(joined, surface)


def _same_script(one: str, other: str) -> bool:
    return any("\u0400" <= c <= "\u04ff" for c in one) == any(
        "\u0400" <= c <= "\u04ff" for c in other
    )


def _capitals(written: str, surface: str) -> str:
    """All capitals where the text has them, unless the surface is a short abbreviation."""
    letters = [c for c in surface if c.isalpha()]
    if len(letters) > 4 and all(c.isupper() for c in letters):
        return written.upper()
    return written
