"""What every rule of ``vardynas lint`` is made of: the glossary that it looks at, what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from vardynas.errors import Problem
from vardynas.glossary import Glossary, Place
from vardynas.model import Name
from vardynas.resolver import Resolver

__all__ = ["NOWHERE", "Rule", "Subject", "finding", "matched", "place_of"]

NOWHERE = Place("", 0, 0)
"""The place of an entry that comes from no file."""


@dataclass(frozen=True)
class Subject:
    """A glossary, and the resolver over it, which is made when a rule asks for it.

    `opened` gives one that is ready; without it the glossary is compiled.
    """

    glossary: Glossary
    opened: Callable[[], Resolver] | None = None
    jobs: int | None = None

    @cached_property
    def resolver(self) -> Resolver:
        """The resolver over the glossary."""
        return self.opened() if self.opened else Resolver(self.glossary.entries.values())


class Rule(NamedTuple):
    """What a rule looks for, in one sentence, and the function that looks.

    `group` is "" for rules that always run; the others wait until they are asked for: lookups,
    complete or derivable. `mends` says whether ``--fix`` mends what it finds.
    """

    about: str
    check: Callable[[Subject], Iterator[Problem]]
    group: str = ""
    mends: bool = False


def finding(place: Place, code: str, message: str, advice: str) -> Problem:
    """A warning at a place.

    >>> print(finding(Place("a.yaml", 3, 5), "missing-about", "Nobody knows who this is.", ""))
    a.yaml:3:5: Nobody knows who this is. [missing-about]
    """
    return Problem(*place, code, message, advice, "warning")


def matched(glossary: Glossary) -> Iterator[tuple[str, Name, Place]]:
    """Every name that is matched, with the id of its entry and its place."""
    for id_, entry in glossary.entries.items():
        for name in entry.all_names():
            if name.match != "never":
                yield id_, name, place_of(glossary, id_, name)


def place_of(glossary: Glossary, id_: str, name: Name) -> Place:
    """Where a name stands; where its entry does when that is not known."""
    place = glossary.name_places.get((id_, name.language, name.form))
    return place or glossary.places.get(id_, NOWHERE)
