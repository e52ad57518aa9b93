"""The name to write: which listed name of an entry in a language, and its words in a case.

Every written name has one pinned paradigm a word: the most typical one for its kind and gender, or
what the glossary says.
"""

from __future__ import annotations

from dataclasses import dataclass

from vardynas.index.names import NameWord, parse_name
from vardynas.index.parts import base_language
from vardynas.language import inflection
from vardynas.language.derive import derive
from vardynas.model import Entry, Name

__all__ = ["Target", "find_target", "form_in", "well_formed"]


@dataclass(frozen=True, slots=True)
class Target:
    """A name to write, its words with roles, and the rules that gave it (none: it is listed)."""

    name: Name
    words: tuple[NameWord, ...]
    personal: bool
    rules: tuple[str, ...] = ()

    def with_role(self, *roles: str) -> tuple[NameWord, ...]:
        """The words that have one of `roles`."""
        return tuple(word for word in self.words if word.role in roles)


def well_formed(tag: str) -> bool:
    """Whether `tag` can be a language tag: two or three letters, then subtags."""
    first, *rest = tag.split("-")
    return first.isalpha() and first.isascii() and 2 <= len(first) <= 3 and all(rest)


def find_target(entry: Entry, language: str, like: Name | None) -> Target | None:
    """What to write for `entry` in `language`; None when nothing is listed and nothing derives.

    `like` is the listed name that was found: an abbreviation is written as an abbreviation where the
    language has one.
    """
    if like is not None and like.case == "exact":
        for name in entry.names.get(language, ()):
            if name.case == "exact" and not name.unverified:
                return _target(entry, name)
    name = entry.preferred(language)
    return _target(entry, name) if name else _derived(entry, language)


def _target(entry: Entry, name: Name, rules: tuple[str, ...] = ()) -> Target | None:
    parsed = parse_name(name, entry)
    return Target(name, parsed.words, parsed.personal, rules) if parsed else None


def _derived(entry: Entry, language: str) -> Target | None:
    """The name of the entry's own language, written by the rules between the two languages."""
    source = entry.preferred(entry.origin or "") or _any_preferred(entry)
    if source is None or entry.type not in ("person", "place"):
        return None
    start = _target(entry, source)
    if start is None:
        return None
    words, rules = [], []
    for word in start.words:
        kind = "place" if entry.type == "place" else word.role
        rows = derive(
            word.text, source.language, kind=kind, gender=entry.gender, targets=(language,)
        )
        if rows:
            rules += rows[0].rules
        words.append(rows[0].text if rows else word.text)
    if not rules:
        return None
    name = Name(" ".join(words), language, head=source.head and None)
    return _target(entry, name, tuple(dict.fromkeys(rules)))


def _any_preferred(entry: Entry) -> Name | None:
    found = (entry.preferred(language) for language in entry.names)
    return next((name for name in found if name is not None), None)


def form_in(word: NameWord, target: Target, entry: Entry, case: str, number: str) -> str:
    """A word of the target in a case; its base form where it does not inflect."""
    if not word.inflects or case == "nom":
        return word.text
    pinned = dict(target.name.forms)
    if len(target.words) == 1 and case in pinned:
        return pinned[case]
    found = paradigm(word, target, entry)
    forms = inflection.form(word.text, found, case, number) if found else ()
    return forms[0] if forms else word.text


def paradigm(word: NameWord, target: Target, entry: Entry) -> str:
    """The pinned paradigm of a word; "" when none fits, so that it does not inflect."""
    if target.name.paradigm and word.inflects:
        return target.name.paradigm
    kind = word.role if word.role in ("given", "family") else _kind(entry, target)
    fitting = inflection.paradigms(
        word.text, base_language(target.name.language), kind=kind, gender=entry.gender
    )
    return fitting[0].id if fitting else ""


def _kind(entry: Entry, target: Target) -> str:
    return "place" if entry.type == "place" and len(target.words) == 1 else "word"
