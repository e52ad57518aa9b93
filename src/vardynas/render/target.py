"""The name to write: which listed name of an entry in a language, or what the rules make of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vardynas.language import tables
from vardynas.language.derive import Derived, derive
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

    def __hash__(self) -> int:
        """Of what tells most targets apart: they are keys of caches, and have many parts."""
        return hash((self.name.form, self.name.language, self.entry.id))

    @property
    def language(self) -> str:
        """The language whose paradigms the name follows."""
        return base_language(self.name.language)

    def with_role(self, *roles: str) -> tuple[int, ...]:
        """The places of the words that have one of `roles`."""
        return tuple(at for at, word in enumerate(self.words) if word.role in roles)


@tables.cached_up_to(4096)
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
    """A name with another surname (a pseudonym) in `language`: itself, or what the rules make.

    The rules start from such a name in the entry's own language, if it lists one.
    """
    own = [n for n in entry.names.get(entry.origin or "", ()) if sort(entry, n) == "other"]
    target = make_target(entry, own[0] if own else name)
    if target is None or target.language == base_language(language):
        return target
    return _rewritten(target, language)


@tables.cached_up_to(4096)
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
    """The name of the entry's own language, written by the rules between the two languages.

    Without a known own language an entry derives only from the one language that it lists. Places
    of several words do not derive: their words have meanings, and are translated.
    """
    source = _source(entry)
    start = make_target(entry, source) if source else None
    if start is None or (entry.type == "place" and len(start.words) > 1):
        return None
    return _rewritten(start, language)


def _source(entry: Entry) -> Name | None:
    if entry.type not in ("person", "place"):
        return None
    tags = [entry.origin] if entry.origin in entry.names else list(entry.names)
    name = entry.preferred(tags[0] or "") if len(tags) == 1 else None
    return name if name is not None and sort(entry, name) != "abbreviation" else None


def _rewritten(start: Target, language: str) -> Target | None:
    """`start` with every word derived; None when a word has no sure spelling there."""
    texts: list[str] = []
    rules: list[str] = []
    for word in start.words:
        row = _spelling(word, start, language)
        if row is None and word.role != "particle":
            return None
        texts.append(row.text if row else word.text)
        rules += row.rules if row else ()
    return replace(respelled(start, texts, language), rules=tuple(dict.fromkeys(rules)))


def _spelling(word: NameWord, start: Target, language: str) -> Derived | None:
    """The likeliest sure spelling; a given name is transcribed rather than translated."""
    rows = derive(
        word.text,
        start.name.language,
        kind=word_kind(word, start),
        gender=start.entry.gender,
        targets=(language,),
    )
    sure = [row for row in rows if row.status != "doubtful"]
    transcribed = (row for row in sure if not any(rule.startswith(_CLASS) for rule in row.rules))
    return next(transcribed, sure[0] if sure else None)


_CLASS = "given-name/"  # how the rules of given-name classes begin


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
