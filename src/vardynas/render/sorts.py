"""Sorts of names: abbreviations, full names and names of another time are written as such."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from vardynas.language import tables
from vardynas.language.names import parse_name
from vardynas.language.tag import base_language
from vardynas.model import Entry, Mention, Name
from vardynas.text.fold import plain

__all__ = ["matched", "sort", "special_names", "writable"]


def matched(entry: Entry, mention: Mention) -> Name | None:
    """The listed name that the mention matched; None when the entry does not list it any more.

    A name of the passage's own language goes before one of the same letters in another.
    """
    wanted = mention.candidates[0]
    return _listed(entry, wanted.name, mention.language, wanted.language)


@tables.cached_up_to(4096)
def _listed(entry: Entry, form: str, here: str, language: str) -> Name | None:
    """The name of these letters that is listed for the language `here`, else for `language`."""
    names = [name for name in entry.all_names() if name.form == form]
    return min(names, key=lambda n: (n.language != here, n.language != language), default=None)


def writable(name: Name) -> bool:
    """Whether a name may be written into a text: confirmed, known for use, not misspelt."""
    return not name.unverified and name.match != "never" and name.role != "misspelling"


def sort(entry: Entry, name: Name) -> str:
    """What sort of name it is: abbreviation, historical, full, short, other or "" (a plain one).

    Full is also a longer name around the preferred one (Republic of Belarus), short a part of it
    (Соединённые Штаты) or one with an abbreviation in it; other is a person's name with another
    surname (a pseudonym). People have no short sort: their surnames are written word by word.

    >>> belarus = Entry("belarus", {"en": ["Belarus", "Republic of Belarus"]}, type="place")
    >>> [sort(belarus, name) for name in belarus.all_names()]
    ['', 'full']
    """
    if _abbreviates(entry, name):
        return "abbreviation"
    if name.role in ("historical", "full"):
        return name.role
    preferred = entry.preferred(name.language)
    if preferred is None or preferred.form == name.form:
        return ""
    if entry.type == "person":
        return "other" if _unlike(entry, name, preferred) else ""
    return "short" if name.role == "short" else _by_words(name, preferred)


@tables.cached_up_to(4096)
def special_names(entry: Entry, language: str) -> tuple[Name, ...]:
    """The listed names of some `sort` in a language, whatever its subtags."""
    base = base_language(language)
    own = (name for name in entry.all_names() if base_language(name.language) == base)
    return tuple(name for name in own if sort(entry, name))


def _abbreviates(entry: Entry, name: Name) -> bool:
    """Whether a name is one short word mostly of capitals (ChRL), and no other name in capitals."""
    form = name.form
    if form.isupper() and name.case == "exact":
        return True
    capitals = sum(letter.isupper() for letter in form)
    others = (other.form for other in entry.all_names() if not other.form.isupper())
    short = 1 < len(form) < _LONG and capitals * 2 > len(form) and " " not in form
    return short and capitals > 1 and form not in map(str.upper, others)


_LONG = 6  # letters; longer words in capitals are names (CENTRKURORT)


def _by_words(name: Name, preferred: Name) -> str:
    words, own = (plain(one.form).replace("-", " ").split() for one in (name, preferred))
    if len(words) > len(own) and all(_among(word, words) for word in own if len(word) > 3):
        return "full"
    abbreviated = any(len(word) > 1 and word.isupper() for word in name.form.split())
    within = set(words) < set(own) or (len(words) > 1 and all(_among(w, own) for w in words))
    shorter = len(words) < len(own) and (abbreviated or within)
    return "short" if shorter else ""


def _among(word: str, others: list[str]) -> bool:
    """Whether `word`, another form of it or its adjective (Czechy, Czeska) is one of `others`."""
    stem = word[: max(4, len(word) - 2)]
    return any(other.startswith(stem) or _adjective(other, word) for other in others)


def _adjective(other: str, word: str) -> bool:
    """Whether `other` ends like an adjective and begins like `word`."""
    return len(word) > 4 and other[:3] == word[:3] and bool(_ends_like_adjective(other))


_ends_like_adjective = re.compile(r"(sk[aei]|ck[aei]|ska[jyi]?a|ск(ая|ае|і|ий|ое)|ish|ian)$").search


_ALIKE = 0.5  # spellings of one surname share more of their letters (Skorina, Skaryna)


def _unlike(entry: Entry, name: Name, preferred: Name) -> bool:
    """Whether the surnames of two names in one language are not spellings of one."""
    one, other = _surname(entry, name), _surname(entry, preferred)
    return bool(one and other) and SequenceMatcher(None, one, other).ratio() < _ALIKE


def _surname(entry: Entry, name: Name) -> str:
    parsed = parse_name(name, entry)
    words = parsed.words if parsed and parsed.personal else ()
    return " ".join(word.plain for word in words if word.role == "family")
