"""Sorts of names: abbreviations, full names and names of another time are written as such."""

from __future__ import annotations

from vardynas.model import Entry, Mention, Name
from vardynas.text.fold import plain

__all__ = ["matched", "sort", "writable"]


def matched(entry: Entry, mention: Mention) -> Name | None:
    """The listed name that the mention matched; None when the entry does not list it any more.

    A name of the passage's own language goes before one of the same letters in another.
    """
    wanted = mention.candidates[0]
    names = [name for name in entry.all_names() if name.form == wanted.name]
    names.sort(key=lambda n: (n.language != mention.language, n.language != wanted.language))
    return names[0] if names else None


def writable(name: Name) -> bool:
    """Whether a name may be written into a text: confirmed, known for use, not misspelt."""
    return not name.unverified and name.match != "never" and name.role != "misspelling"


def sort(entry: Entry, name: Name) -> str:
    """What sort of name it is: abbreviation, historical, full, short or "".

    Full is also a longer name around the preferred one (Republic of Belarus, of Belarus); people
    have no short sort, for their surnames are written word by word.

    >>> belarus = Entry("belarus", {"en": ["Belarus", "Republic of Belarus"]}, type="place")
    >>> [sort(belarus, name) for name in belarus.all_names()]
    ['', 'full']
    """
    if name.case == "exact" and name.form.isupper():
        return "abbreviation"
    if name.role in ("historical", "full"):
        return name.role
    if entry.type == "person":
        return ""
    return "full" if _longer(entry, name) else "short" if name.role == "short" else ""


def _longer(entry: Entry, name: Name) -> bool:
    preferred = entry.preferred(name.language)
    if preferred is None or preferred.form == name.form:
        return False
    words, own = plain(name.form).split(), plain(preferred.form).split()
    stems = [word[: max(4, len(word) - 2)] for word in own if len(word) > 3]
    return len(words) > len(own) and all(
        any(word.startswith(stem) for word in words) for stem in stems
    )
