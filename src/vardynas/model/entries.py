"""Entries of a glossary and their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vardynas.model.values import Value

__all__ = ["GENDERS", "TYPES", "Entry", "Name", "Relative"]


@dataclass(frozen=True, slots=True)
class Name(Value):
    """A form that the glossary lists for an entry, with its language and how it may be used.

    `role` is full, variant, historical, short or misspelling; `match` is auto, context (only where
    something else in the text supports it) or never; `case` is any or exact (abbreviations).
    `given`, `family` and `head` say which words of the form play that part where the default is
    wrong; `paradigm` and `forms` pin an inflection. An unverified form is matched but never written.

    >>> Name("Лукашэнка", "be", role="short").role
    'short'
    """

    form: str
    language: str = "und"
    role: str = "variant"
    match: str = "auto"
    case: str = "any"
    inflect: bool = True
    given: str | None = None
    family: str | None = None
    head: str | None = None
    paradigm: str | None = None
    forms: tuple[tuple[str, str], ...] = ()
    period: str | None = None
    source: str | None = None
    note: str | None = None
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Relative(Value):
    """A relative or namesake without an entry of his or her own."""

    name: str
    relation: str = ""


def _as_name(item: str | Mapping[str, Any] | Name, language: str) -> Name:
    if isinstance(item, Name):
        return item
    if isinstance(item, str):
        return Name(item, language)
    values = {"language": language, **item}
    forms = values.pop("forms", None) or {}
    pairs = forms.items() if isinstance(forms, Mapping) else forms
    return Name(forms=tuple((k, v) for k, v in pairs), **values)


TYPES = ("person", "place", "organisation", "other")
GENDERS = ("male", "female", None)


def _check(what: str, value: str | None, known: tuple[str | None, ...]) -> None:
    if value not in known:
        listed = ", ".join(str(one) for one in known)
        raise ValueError(f"{value!r} is no {what} of an entry; write one of {listed}.")


@dataclass(frozen=True, slots=True)
class Entry(Value):
    """A person, place, organisation or other thing, with its names by language.

    `names` accepts strings, mappings with the fields of `Name`, or `Name`; it is stored as tuples of
    `Name`. The first name of a language is the preferred one.

    >>> entry = Entry(id="hrodna", type="place", names={"be": ["Гродна"], "lt": ["Gardinas"]})
    >>> entry.preferred("lt").form
    'Gardinas'
    """

    id: str
    names: Mapping[str, Any]
    type: str = "other"
    gender: str | None = None
    origin: str | None = None
    about: str | None = None
    not_: tuple[str, ...] = ()
    distinct_from: tuple[str, ...] = ()
    relatives: tuple[Relative, ...] = ()
    refs: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        _check("type", self.type, TYPES)
        _check("gender", self.gender, GENDERS)
        names = {}
        for language, items in self.names.items():
            if isinstance(items, str):
                raise ValueError(
                    f"The names of {self.id!r} in {language} are one text; write a list: [{items!r}]."
                )
            names[language] = tuple(_as_name(item, language) for item in items)
        object.__setattr__(self, "names", names)

    def __hash__(self) -> int:
        return hash(self.id)

    def preferred(self, language: str) -> Name | None:
        """The first name in `language` that may be written; None when there is none."""
        for name in self.names.get(language, ()):
            if not name.unverified and name.match != "never" and name.role != "misspelling":
                return name  # type: ignore[no-any-return]
        return None

    def all_names(self) -> Iterable[Name]:
        """Every listed name, in the order of the file."""
        for names in self.names.values():
            yield from names
