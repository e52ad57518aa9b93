"""The name to write: which listed name of an entry in a language, or what the rules make of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vardynas.language.derive import derive
from vardynas.language.names import NameWord, parse_name
from vardynas.language.tag import base_language
from vardynas.model import Entry, Name
from vardynas.render.sorts import sort, writable

__all__ = ["Target", "find_target", "make_target", "respelled", "word_kind"]


@dataclass(frozen=True, slots=True)
class Target:
    """A name to write, its words with roles, and the rules that gave it (none: it is listed)."""

    entry: Entry
    name: Name
    words: tuple[NameWord, ...]
    personal: bool
    rules: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language whose paradigms the name follows."""
        return base_language(self.name.language)

    def with_role(self, *roles: str) -> tuple[int, ...]:
        """The places of the words that have one of `roles`."""
        return tuple(at for at, word in enumerate(self.words) if word.role in roles)


def find_target(
    entry: Entry, language: str, like: Name | None = None, givens: int = 0
) -> Target | None:
    """What to write for `entry` in `language`; None when nothing is listed and nothing derives.

    `like` is the listed name that was found: an abbreviation is written as an abbreviation, a full
    name as a full name where the language lists one; `givens` is how many given names were found.

    >>> entry = Entry("hrodna", {"be": ["Гродна"], "lt": ["Gardinas"]}, type="place", origin="be")
    >>> find_target(entry, "lt").name.form
    'Gardinas'
    >>> find_target(entry, "en").rules
    ('be-latn-en-media',)
    """
    wanted = sort(entry, like) if like else ""
    for tag in _tags(entry, language):
        names = [name for name in entry.names.get(tag, ()) if writable(name)]
        alike = [name for name in names if wanted and sort(entry, name) == wanted]
        preferred = () if wanted == "other" else (entry.preferred(tag),)
        for name in (*alike, *_with_givens(entry, names, givens), *preferred):
            target = make_target(entry, name) if name else None
            if target is not None:
                return target
    return (
        _other(entry, like, language) if like and wanted == "other" else _derived(entry, language)
    )


def _with_givens(entry: Entry, names: list[Name], count: int) -> Iterator[Name]:
    """The names with `count` given names, when that is more than one."""
    for name in names if count > 1 else ():
        target = make_target(entry, name)
        roles = [word.role for word in target.words] if target and target.personal else []
        if roles.count("given") == count and set(roles) <= {"given", "family", "particle"}:
            yield name


def _other(entry: Entry, name: Name, language: str) -> Target | None:
    """A name with another surname (a pseudonym) in `language`: itself, or what the rules make."""
    target = make_target(entry, name)
    if target is None or base_language(name.language) == base_language(language):
        return target
    return _rewritten(target, language)


def make_target(entry: Entry, name: Name) -> Target | None:
    """A listed name as a target; None when it has no words."""
    parsed = parse_name(name, entry)
    return Target(entry, name, parsed.words, parsed.personal) if parsed else None


def _tags(entry: Entry, language: str) -> Iterator[str]:
    """The tag itself, then the tags of the same language (be for be-tarask) that the entry has."""
    yield language
    base = base_language(language)
    yield from (tag for tag in entry.names if tag != language and base_language(tag) == base)


def _derived(entry: Entry, language: str) -> Target | None:
    """The name of the entry's own language, written by the rules between the two languages."""
    if entry.type not in ("person", "place"):
        return None
    for source in _sources(entry):
        target = make_target(entry, source)
        found = _rewritten(target, language) if target else None
        if found is not None:
            return found
    return None


def _sources(entry: Entry) -> Iterator[Name]:
    """The preferred names, that of the entry's own language first."""
    tags = dict.fromkeys([entry.origin or "", *entry.names])
    names = (entry.preferred(tag) for tag in tags)
    return (name for name in names if name is not None and sort(entry, name) != "abbreviation")


def _rewritten(start: Target, language: str) -> Target | None:
    """`start` with every word derived; None when a word has no sure spelling there."""
    texts: list[str] = []
    rules: list[str] = []
    for word in start.words:
        kind, gender = word_kind(word, start), start.entry.gender
        source = start.name.language
        rows = derive(word.text, source, kind=kind, gender=gender, targets=(language,), limit=1)
        if word.role != "particle" and (not rows or rows[0].status == "doubtful"):
            return None
        texts.append(rows[0].text if rows else word.text)
        rules += rows[0].rules if rows else ()
    return replace(respelled(start, texts, language), rules=tuple(dict.fromkeys(rules)))


def word_kind(word: NameWord, target: Target) -> str:
    """What derivation is to take a word of the target for."""
    return "place" if target.entry.type == "place" else word.role


def respelled(start: Target, texts: Sequence[str], language: str) -> Target:
    """`start` as a name of another language, its words replaced by `texts`."""
    form, at, words = "", 0, []
    for word, text in zip(start.words, texts, strict=True):
        begins = start.name.form.index(word.text, at)
        form += start.name.form[at:begins] + text
        at = begins + len(word.text)
        words.append(replace(word, text=text))
    name = Name(form + start.name.form[at:], language)
    return Target(start.entry, name, tuple(words), start.personal)
