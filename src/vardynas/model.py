"""The values that vardynas speaks in: small, frozen, picklable, with `to_dict`.

Offsets are code points of the text as given, end exclusive. Scores are in [0, 1]. Values carry
entry ids, never whole entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from vardynas.evidence import Evidence, Step, explain

__all__ = [
    "Candidate",
    "Comparison",
    "Edit",
    "Entry",
    "Evidence",
    "Failure",
    "Mention",
    "Name",
    "Reading",
    "Relative",
    "Slot",
    "Variant",
]

METHODS = ("exact", "inflected", "derived", "similar")
"""How a name was recognized, strongest first; a mention has the weakest step it took."""


class Slot(NamedTuple):
    """A cell of a paradigm: case (nom gen dat acc ins loc voc), number (sg pl), gender (m f n x)."""

    case: str
    number: str
    gender: str


def _plain(value: object) -> object:
    """`value` as JSON types: tuples as lists, values by their `to_dict`."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return list(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return value.to_dict() if hasattr(value, "to_dict") else value


class _Value:
    """`to_dict` for the dataclasses below."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The value as JSON types."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Name(_Value):
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
class Relative(_Value):
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
class Entry(_Value):
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


@dataclass(frozen=True, slots=True)
class Reading(_Value):
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


@dataclass(frozen=True, slots=True)
class Candidate(_Value):
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
class Mention(_Value):
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


@dataclass(frozen=True, slots=True)
class Edit(_Value):
    """``text[start:end]`` becomes `replacement`, and why; `note` is "" when all is well."""

    start: int
    end: int
    text: str
    replacement: str
    entry: str
    why: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Variant(_Value):
    """A form of an entry: attested (no rules) or derived, with the chain of rules that gives it."""

    form: str
    language: str
    lemma: str
    rules: tuple[str, ...] = ()
    status: str = "attested"
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison(_Value):
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
class Failure(_Value):
    """A text of `scan_many` that could not be scanned: its position and the error as text."""

    index: int
    error: str
    kind: str = field(default="error")
