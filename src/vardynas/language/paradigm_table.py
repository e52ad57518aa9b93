"""The rows of `data/inflection.yaml`, read into patterns and endings.

A row says which base forms it fits and what each cell of the paradigm adds to the stem. Three marks
are understood in an ending: ``~x`` changes the end of the stem by the language's soft table before
`x` is added, ``0`` is the bare stem, ``/`` separates alternatives, best first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from vardynas.language import tables

__all__ = ["Ending", "Row", "all_rows", "fitting", "row", "rows"]

TAIL = 3
"""Letters at the end of a word by which its rows are chosen first."""

_FITS = {
    "any": frozenset({"given", "family", "place", "word"}),
    "person": frozenset({"given", "family"}),
    "given": frozenset({"given"}),
    "surname": frozenset({"family"}),
    "place": frozenset({"place", "word"}),
    "word": frozenset({"word"}),
}
"""What each value of `kind` in the table lets in."""

_SEXES = {"male": "m", "female": "f"}
_DEFAULT_PRIOR = 0.5
_NARROW = {"given": 0.7, "surname": 0.7, "word": 0.6, "place": 0.95}
_WOMAN = 0.8  # family names are given in the man's form when nothing is said

Soft = tuple[tuple[str, str], ...]
Cells = Mapping[tuple[str, str], tuple["Ending", ...]]


@dataclass(frozen=True, slots=True)
class Ending:
    """What a cell adds: `text`, after the changed stem when `altered`."""

    text: str
    altered: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One paradigm: the base forms it fits and its cells, the base form's own cell first.

    `index` is its place in the table; ending sets take their number from it. `alters` says whether
    any ending follows an altered stem.
    """

    id: str
    language: str
    gender: str
    kind: str
    prior: float
    index: int
    lemma: str
    number: str
    doubles: bool
    needs: re.Pattern[str] | None
    forbids: re.Pattern[str] | None
    soft: Soft
    cells: Cells
    alters: bool

    def suits(self, kind: str | None, gender: str | None) -> bool:
        """Whether names of this kind and gender can take the row; None lets everything in."""
        if kind is not None and kind not in _FITS[self.kind]:
            return False
        sex = _SEXES.get(gender or "")
        return sex is None or self.gender in (sex, "n", "x")

    def typicality(self, kind: str | None, gender: str | None) -> float:
        """The prior, lower for rows that hold only for a kind or gender that is not known."""
        family = kind == "family" or (kind is None and self.kind in ("surname", "person"))
        woman = family and gender is None and self.gender == "f"
        narrowing = _NARROW.get(self.kind, 1.0) if kind is None else 1.0
        return self.prior * narrowing * (_WOMAN if woman else 1.0)

    def fits(self, word: str) -> bool:
        """Whether the lower-cased base form `word` has the row's shape."""
        if not word.endswith(self.lemma) or len(word) <= len(self.lemma):
            return False
        if self.needs is not None and not self.needs.search(word):
            return False
        return self.forbids is None or not self.forbids.search(word)

    def stems(self, word: str) -> tuple[str, str]:
        """The stem of `word` and the stem that altered endings follow."""
        stem = word.removesuffix(self.lemma)
        if self.doubles:
            return stem, stem + stem[-1]
        for hard, soft in self.soft:
            if stem.endswith(hard):
                return stem, stem.removesuffix(hard) + soft
        return stem, stem


@tables.cached
def rows(language: str) -> tuple[Row, ...]:
    """The rows of a language, in the order of the file; () when the tables do not know it."""
    return tuple(row for row in _by_id().values() if row.language == language)


class _Fitting(NamedTuple):
    """A row that names of some kind and gender can take, how typical that is, and its conditions."""

    row: Row
    prior: float
    lemma: str
    needs: Callable[[str], object] | None
    forbids: Callable[[str], object] | None


@tables.cached_up_to(1 << 13)
def _rows_for(
    language: str, tail: str, kind: str | None, gender: str | None
) -> tuple[_Fitting, ...]:
    """The rows for names of a kind and gender that end in `tail`, most typical first.

    Names are many and their endings few, so most words are asked few questions.
    """
    return tuple(
        _Fitting(row, prior, row.lemma, _search(row.needs), _search(row.forbids))
        for row, prior in _suiting(language, kind, gender)
        if tail.endswith(row.lemma) or row.lemma.endswith(tail)
    )


def _search(pattern: re.Pattern[str] | None) -> Callable[[str], object] | None:
    return pattern.search if pattern else None


def fitting(
    word: str, language: str, kind: str | None, gender: str | None
) -> list[tuple[Row, float]]:
    """The rows whose shape the lower-cased base form has, with priors, most typical first."""
    size = len(word)
    return [
        (row, prior)
        for row, prior, lemma, needs, forbids in _rows_for(language, word[-TAIL:], kind, gender)
        if size > len(lemma)
        and (len(lemma) <= TAIL or word.endswith(lemma))
        and (needs is None or needs(word))
        and (forbids is None or not forbids(word))
    ]


@tables.cached
def _suiting(language: str, kind: str | None, gender: str | None) -> tuple[tuple[Row, float], ...]:
    found = [
        (row, row.typicality(kind, gender)) for row in rows(language) if row.suits(kind, gender)
    ]
    return tuple(sorted(found, key=lambda pair: -pair[1]))


@tables.cached
def all_rows() -> tuple[Row, ...]:
    """The rows of every language; a row's `index` is its place here."""
    return tuple(_by_id().values())


def row(paradigm_id: str) -> Row:
    """The row with this id.

    >>> row("lt-as").gender
    'm'
    """
    try:
        return _by_id()[paradigm_id]
    except KeyError:
        raise KeyError(f"There is no paradigm {paradigm_id!r} in inflection.yaml.") from None


@tables.cached
def _by_id() -> dict[str, Row]:
    compiled: dict[str, Row] = {}
    for language, table in tables.load("inflection")["languages"].items():
        raw: dict[str, dict[str, Any]] = {}
        for given in table["paradigms"]:
            raw[given["id"]] = _inherited(given, raw)
            compiled[given["id"]] = _compiled(raw[given["id"]], language, table, len(compiled))
    return compiled


def _soft_rows(pairs: Any) -> Soft:  # noqa: ANN401 - YAML
    """The soft table, longest row first."""
    return tuple(sorted(((hard, soft) for hard, soft in pairs), key=lambda pair: -len(pair[0])))


def _inherited(given: dict[str, Any], earlier: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A row with what it takes over from the row that `like` names."""
    if "like" not in given:
        return given
    base = {key: value for key, value in earlier[given["like"]].items() if key != "prior"}
    merged = {**base, **given}
    for number in {"sg", "pl"} & given.keys():
        merged[number] = {**base.get(number, {}), **given[number]}
    return merged


def _compiled(raw: dict[str, Any], language: str, table: dict[str, Any], index: int) -> Row:
    number = raw.get("number", "sg")
    cells = _cells(raw, number, table["cases"])
    return Row(
        id=raw["id"],
        language=language,
        gender=raw["g"],
        kind=raw["kind"],
        prior=float(raw.get("prior", _DEFAULT_PRIOR)),
        index=index,
        lemma=raw["lemma"],
        number=number,
        doubles=raw.get("double", False),
        needs=_pattern(raw.get("if")),
        forbids=_pattern(raw.get("unless")),
        soft=_soft_rows(table.get("soft", ())),
        cells=cells,
        alters=any(ending.altered for endings in cells.values() for ending in endings),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


def _cells(raw: dict[str, Any], number: str, cases: list[str]) -> Cells:
    """Every cell of the row; in the base form's number unlisted cells are the base form."""
    base: tuple[Ending, ...] = (Ending(raw["lemma"], altered=False),)
    unlisted = {number: base}
    if "pl" in raw and number == "sg":
        unlisted["pl"] = _endings(raw["pl"][cases[0]])
    cells: dict[tuple[str, str], tuple[Ending, ...]] = {}
    for in_number, default in unlisted.items():
        listed = raw.get(in_number, {})
        for case in cases:
            cells[case, in_number] = _endings(listed[case]) if case in listed else default
    nominative = cells[cases[0], number]
    if base[0] not in nominative:  # colloquial nominatives: Trumpas beside Trump
        cells[cases[0], number] = base + nominative
    return cells


def _endings(cell: object) -> tuple[Ending, ...]:
    if isinstance(cell, bool):
        raise ValueError(f"An ending that YAML reads as {cell} (on, no): put it in quotes.")
    alternatives = str(cell).replace(" ", "").split("/")
    return tuple(
        Ending("" if text in ("0", "~0") else text.removeprefix("~"), text.startswith("~"))
        for text in alternatives
    )
