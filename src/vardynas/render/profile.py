"""House style: how a newsroom, a journal or a library wants names written, as one value and one file.

The file is YAML; every field may be left out::

    to: preferred          # a language tag, preferred (each passage in its own), or id
    strict: false          # true: only listed names, and only in a case that can be told
    only: [person, place]  # ids of entries, or person, place, organisation, other
    ignore: [hrodna]       # the same; wins over `only`
    first_in_full: true    # the first mention of a person gets the given name too
    gloss: en              # first mentions get another name behind: a language tag, or original
    quotations: leave      # or edit: whether direct speech is changed
    language: be           # the language of the texts, where it need not be found out
    decision: precision    # or balanced, recall
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from vardynas.errors import BadValue, Problem, ProfileError, UnknownEntry, UnknownLanguage
from vardynas.glossary.proposals import close
from vardynas.language.known import written
from vardynas.language.tag import base_language, canonical
from vardynas.model import TYPES
from vardynas.render.kinds import TYPES_ALLOWED, type_meant
from vardynas.render.profile_file import CHOICES, SPECIAL, PlacedId, read_profile

__all__ = ["SPECIAL", "Profile"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How names are to be written; `edits` and `normalize` of a resolver take it.

    `only` and `ignore` are ids of entries or types (person, place, organisation, other).
    `first_in_full` writes the full name where a document first mentions a person by the surname;
    `gloss` puts another name in brackets behind the first mention of an entry: its name in a
    language, or the ``original`` that an edit replaced. ``quotations="leave"`` changes no direct
    speech. The other fields are as for `Resolver.edits`.

    Values that cannot be raise `UnknownLanguage` or `BadValue`, which are both ValueError.

    >>> Profile(to="be", quotations="leave").quotations
    'leave'
    """

    to: str = "preferred"
    strict: bool = False
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    first_in_full: bool = False
    gloss: str = ""
    quotations: str = "edit"
    language: str | None = None
    decision: str = "balanced"

    def __post_init__(self) -> None:
        for name in ("only", "ignore"):
            object.__setattr__(self, name, _ids(name, getattr(self, name)))
        for name, special in (("to", SPECIAL), ("gloss", ("", "original"))):
            object.__setattr__(self, name, _tag(name, getattr(self, name), special))
        for name in ("strict", "first_in_full"):
            if not isinstance(getattr(self, name), bool):
                raise BadValue(name, getattr(self, name), "write True or False.")
        for name, known in CHOICES.items():
            if getattr(self, name) not in known:
                raise BadValue(name, getattr(self, name), f"write one of {', '.join(known)}.")
        if not isinstance(self.language, str | None):
            raise BadValue("language", self.language, "write a tag such as lt, or None.")

    @classmethod
    def of(cls, style: Profile | Mapping[str, Any] | None) -> Profile:
        """A profile from what people give for one: itself, a mapping of its fields, or None.

        Raises `BadValue` for a field that a profile does not have, TypeError for other things.

        >>> Profile.of({"to": "lt", "only": ["person"]})
        Profile(to='lt', only=('person',))
        """
        if style is None or isinstance(style, cls):
            return style or cls()
        if not isinstance(style, Mapping):
            kind = type(style).__name__
            raise TypeError(
                f"A profile is a vardynas.Profile or a mapping of its fields, not {kind}. "
                "For a file write Profile.load(path)."
            )
        known = [field.name for field in fields(cls)]
        for name in style:
            if name not in known:
                meant = close(str(name), known) or f"one of {', '.join(known)}"
                raise BadValue("profile", name, f"a profile has no such field. Write {meant}.")
        return cls(**style)

    @classmethod
    def load(cls, path: str | Path) -> Profile:
        """The profile in the file at `path`; an empty file gives the defaults.

        `ProfileError` has everything that is wrong with it, by line and column.
        """
        usual = {field.name: field.default for field in fields(cls)}
        return cls(**read_profile(Path(path), usual))

    def with_values(self, **values: object) -> Profile:
        """The profile with other values for some fields; None leaves a field as it is.

        >>> Profile(to="lt").with_values(to=None, strict=True)
        Profile(to='lt', strict=True)
        """
        given: dict[str, Any] = {k: value for k, value in values.items() if value is not None}
        return replace(self, **given) if given else self

    def __repr__(self) -> str:
        """The fields that differ from the defaults."""
        rows = ((f.name, getattr(self, f.name), f.default) for f in fields(self))
        said = ", ".join(f"{name}={value!r}" for name, value, usual in rows if value != usual)
        return f"Profile({said})"

    def covers(self, entry_id: str, entry_type: str) -> bool:
        """Whether `only` and `ignore` let an entry be written.

        >>> Profile(only=("place",), ignore=("hrodna",)).covers("hrodna", "place")
        False
        """
        names = {entry_id, entry_type}
        return (not self.only or bool(names & {*self.only})) and not names & {*self.ignore}

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries that `only` and `ignore` name by their ids."""
        return tuple(one for one in (*self.only, *self.ignore) if one not in TYPES)

    def check(self, entry: Callable[[str], object]) -> None:
        """Raise `UnknownEntry`, with types that look like it, for an id that `entry` does not know.

        For one that stands in a file it is `ProfileError`, with its line and column.
        """
        for entry_id in self.ids:
            try:
                entry(entry_id)
            except UnknownEntry as error:
                from difflib import get_close_matches

                types = get_close_matches(entry_id.casefold(), TYPES, n=1)
                found = UnknownEntry(entry_id, (*types, *error.close))
                if not isinstance(entry_id, PlacedId):
                    raise found from None
                problem = Problem(*entry_id.place, "unknown-entry", str(found), TYPES_ALLOWED)
                raise ProfileError((problem,)) from None

    def check_languages(self, listed: Callable[[], Collection[str]]) -> None:
        """Raise `UnknownLanguage` where nothing can be written in the language of `to` or `gloss`.

        That is one without rules of which `listed`, the languages with names, has none either.
        """
        for tag, special in ((self.to, SPECIAL), (self.gloss, ("original",))):
            if not tag or tag in special or base_language(tag) in written():
                continue
            if base_language(tag) not in {base_language(one) for one in listed()}:
                raise UnknownLanguage(tag, (*written(), *special))


def _ids(name: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - what people give
    """The ids and types of a field, none of which is a type misspelt. Raises `BadValue`."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise BadValue(name, value, f"it takes several: {name}=({str(value)!r},).")
    found = tuple(value)
    for one in found:
        if not isinstance(one, str):
            raise BadValue(name, one, TYPES_ALLOWED)
        if meant := type_meant(one):
            raise BadValue(name, one, f"write {meant} instead. {TYPES_ALLOWED}")
    return found


def _tag(name: str, value: Any, special: tuple[str, ...]) -> str:  # noqa: ANN401 - what people give
    """The tag of a language as it is canonical. Raises `BadValue` and `UnknownLanguage`."""
    if not isinstance(value, str):
        raise BadValue(name, value, "write a language tag such as lt.")
    return value if value in special else canonical(value)
