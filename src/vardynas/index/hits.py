"""What an index answers: readings of a token, names in which a part stands."""

from __future__ import annotations

from typing import NamedTuple

from vardynas.model import Slot

__all__ = ["Hit", "Posting"]


class Hit(NamedTuple):
    """One reading of a token: the part, how it is spelled, and the slots of the ending.

    `exact` says whether the letters agree with all their diacritics; `weight` in (0, 1] is the weight
    of the spelling's rules times the typicality of the paradigm.
    """

    part: int
    lemma: str
    language: str
    rules: str
    status: str
    paradigm: str
    slots: tuple[Slot, ...]
    exact: bool
    weight: float

    @property
    def base(self) -> bool:
        """Whether the token can be the base form."""
        return any(slot.case == "nom" and slot.number == "sg" for slot in self.slots)

    @property
    def method(self) -> str:
        """exact, inflected or derived."""
        return "derived" if self.rules else "exact" if self.base else "inflected"


class Posting(NamedTuple):
    """A name of a person in which a part stands: entry, name, role and position."""

    entry: int
    name: int
    role: int
    position: int
