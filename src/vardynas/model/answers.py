"""What is found in texts, said of names, and proposed for documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vardynas.evidence import Evidence, Step, explain
from vardynas.model.values import Slot, Value

__all__ = [
    "METHODS",
    "Candidate",
    "Comparison",
    "Edit",
    "Failure",
    "Mention",
    "Reading",
    "Variant",
]

METHODS = ("exact", "inflected", "derived", "similar")
"""How a name was recognized, strongest first; a mention has the weakest step it took."""


@dataclass(frozen=True, slots=True)
class Reading(Value):
    """What one token of a mention can be: the base form, its language, paradigm, slots, rule chain.

    `start` and `end` are the token's offsets in the text; `role` is given, family, patronymic,
    initial, particle, head or word.
    """

    start: int
    end: int
    lemma: str
    language: str
    role: str
    paradigm: str | None = None
    slots: tuple[Slot, ...] = ()
    rules: tuple[str, ...] = ()

    def moved(self, by: int) -> Reading:
        """The same reading of a token that stands `by` letters later."""
        return Reading(  # `replace` takes four times as long
            self.start + by,
            self.end + by,
            self.lemma,
            self.language,
            self.role,
            self.paradigm,
            self.slots,
            self.rules,
        )


@dataclass(frozen=True, slots=True)
class Candidate(Value):
    """An entry that a name may mean: its id, the score in [0, 1], the method and the name it matched."""

    entry: str
    score: float
    method: str
    name: str
    language: str
    steps: tuple[Step, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Why, as readable sentences."""
        return explain(self.steps)

    def to_dict(self) -> dict[str, Any]:
        """The candidate as JSON types, its evidence as sentences."""
        return {
            "entry": self.entry,
            "score": self.score,
            "method": self.method,
            "name": self.name,
            "language": self.language,
            "evidence": [step.to_dict() for step in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Mention(Value):
    """A name in a text: ``text[start:end]``, its entry (None where two fit equally) and why.

    `candidates` is best first; `readings` has one reading a token.
    """

    start: int
    end: int
    text: str
    entry: str | None
    score: float
    method: str
    language: str
    candidates: tuple[Candidate, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether two or more entries fit equally well; such a mention is never edited."""
        return self.entry is None

    @property
    def name(self) -> str:
        """The name of the glossary that the best candidate matched; "" when there is none."""
        return self.candidates[0].name if self.candidates else ""

    def moved(self, by: int) -> Mention:
        """The same mention in a text in which it stands `by` letters later."""
        return Mention(
            self.start + by,
            self.end + by,
            self.text,
            self.entry,
            self.score,
            self.method,
            self.language,
            self.candidates,
            tuple([reading.moved(by) for reading in self.readings]),
        )


@dataclass(frozen=True, slots=True)
class Edit(Value):
    """``text[start:end]`` becomes `replacement`, and why; `note` is "" when all is well."""

    start: int
    end: int
    text: str
    replacement: str
    entry: str
    why: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Variant(Value):
    """A form of an entry: attested (no rules) or derived, with the chain of rules that gives it."""

    form: str
    language: str
    lemma: str
    rules: tuple[str, ...] = ()
    status: str = "attested"
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison(Value):
    """Whether two names can be one: `verdict` is same, family, different or unsure.

    `score` is the probability in [0, 1] that both name the same person or place.
    """

    verdict: str
    score: float
    steps: tuple[Step, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Why, as readable sentences."""
        return explain(self.steps)

    @property
    def same(self) -> bool:
        """Whether the verdict is `same`."""
        return self.verdict == "same"

    def to_dict(self) -> dict[str, Any]:
        """The value as JSON types, `same` included."""
        return {
            "verdict": self.verdict,
            "same": self.same,
            "score": self.score,
            "evidence": [step.to_dict() for step in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Failure(Value):
    """A text of `scan_many` that could not be scanned: its position and the error as text."""

    index: int
    error: str
    kind: str = field(default="error")
