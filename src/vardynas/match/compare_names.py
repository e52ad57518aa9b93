"""The names that are compared, in parts: family name and given names, in either order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vardynas.language.names import NameWord, ParsedName, parse_name
from vardynas.match.compare_given import Given, agreeing, given_readings
from vardynas.match.compare_sounds import Written
from vardynas.model import Entry, Name

__all__ = ["Person", "people"]

OTHER_ORDER, UNLIKELY_ORDER = 0.95, 0.75
"""The family name first; an order against which the tables of given names speak."""

LONGEST = 4
"""With more words than that nobody puts the family name first without a comma."""

_ANYBODY = Entry(id="person", type="person", names={})


class Person(NamedTuple):
    """A name of a person in parts; `weight` says how likely this way to read it is.

    `family` is never empty; `given` has given names, initials and patronymics in their order.
    """

    family: tuple[Written, ...]
    given: tuple[Written, ...]
    weight: float

    @property
    def surname(self) -> Written:
        """The last word of the family name, which inflects and says man or woman."""
        return self.family[-1]

    @property
    def first(self) -> tuple[Given, ...]:
        """The first given name as the tables know it; () when they do not."""
        return given_readings(self.given[0].form) if self.given else ()

    @property
    def sexes(self) -> frozenset[str]:
        """The sexes (m, f) that the given name can have; empty when it says nothing."""
        return frozenset(sex for given in agreeing(self.first) for sex in given.sexes)


def people(text: str, language: str) -> tuple[Person, ...]:
    """The ways to read a name as a person's: the family name last, or first; () when it is none.

    >>> [person.surname.text for person in people("Łukaszenka Alaksandr", "pl")]
    ['Alaksandr', 'Łukaszenka']
    """
    parsed = _parse(text, language)
    if parsed is None:
        return ()
    usual = _person(parsed, language)
    if usual is None:
        return ()
    words = parsed.words
    first = _first_words(words)
    if not 1 < len(words) <= LONGEST or first == len(words) or words[0].role != "given":
        return (usual,)
    turned = _parse(f"{_joined(words[:first])}, {_joined(words[first:])}", language)
    other = _person(turned, language) if turned is not None else None
    return (usual,) if other is None else _weighed(usual, other)


def _parse(text: str, language: str) -> ParsedName | None:
    parsed = parse_name(Name(text, language), _ANYBODY)
    return parsed if parsed is not None and parsed.personal else None


def _person(parsed: ParsedName, language: str) -> Person | None:
    words = [Written(w.text, w.form, language, _role(w)) for w in parsed.words]
    family = tuple(w for w in words if w.role == "family")
    given = tuple(w for w in words if w.role in ("given", "initial", "patronymic"))
    return Person(family, given, 1.0) if family else None


def _role(word: NameWord) -> str:
    return "initial" if len(word.plain) == 1 and word.text.endswith(".") else word.role


def _first_words(words: Sequence[NameWord]) -> int:
    """How many words the first name has, with what hyphens join to it."""
    count = 1
    while count < len(words) and words[count].gap == "hyphen":
        count += 1
    return count


def _joined(words: Sequence[NameWord]) -> str:
    return "".join(("-" if word.gap == "hyphen" else " ") + word.text for word in words).strip(" -")


def _weighed(usual: Person, turned: Person) -> tuple[Person, Person]:
    """Both orders, the one less likely against which the tables of given names speak."""
    starts, ends = bool(usual.first), bool(turned.first)
    if ends and not starts:
        return usual._replace(weight=UNLIKELY_ORDER), turned
    return usual, turned._replace(weight=UNLIKELY_ORDER if starts and not ends else OTHER_ORDER)
