"""One query of reconciliation: the candidates of a name, weighed with its type and properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vardynas.language.tag import well_formed
from vardynas.match.calibration import THRESHOLDS
from vardynas.match.choice import MARGIN
from vardynas.server.faults import Fault
from vardynas.server.fields import LONGEST, Fields, kind
from vardynas.server.properties import name_for, properties, table, understood, values_of
from vardynas.text.fold import plain

if TYPE_CHECKING:
    from vardynas.model import Candidate, Entry
    from vardynas.resolver import Resolver
    from vardynas.server.glossary import Served

__all__ = ["Query", "reconciled"]

STRICT = ("any", "should", "all")
USUAL, MOST = 5, 50
"""Candidates of a query that does not say how many, and of any."""

VALUES = 20
"""Values of all properties of a query together."""

METHODS = ("exact", "inflected", "derived", "similar")

DISAGREES = 0.5
"""What is left of the score of an entry of which a property says otherwise, or the type."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood; `types` is empty when all are wanted.

    Cells of a column are never wrong: a text too long for a name finds nothing, and a language that
    is no tag is no hint.
    """

    text: str
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = USUAL
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    language: str | None = None

    @classmethod
    def read(cls, value: object) -> Query:
        """The query in a JSON value; `Fault` 422 says what is wrong with it."""
        if not isinstance(value, dict):
            raise Fault(422, f'A query is {kind(value)}; send {{"q0": {{"query": "Гродна"}}}}.')
        known = ("query", "type", "limit", "properties", "type_strict")
        asked = Fields(value, known)
        text = asked.text("query") if "query" in asked else ""
        values = _properties(value.get("properties"))
        if "query" not in value and not value.get("properties"):
            raise Fault(422, 'A query has neither "query" nor "properties"; send one of them.')
        long = len(text) > LONGEST
        return cls(
            "" if long else text,
            _types(value.get("type")),
            asked.choice("type_strict", STRICT),
            _limit(value.get("limit")),
            () if long else tuple((pid, said) for pid, said in values if pid != "language"),
            _language(values),
        )


def _language(values: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    """The hint among the properties; None where there is none that is a tag."""
    said = next((said for pid, said in values if pid == "language"), ())
    tags = (one.strip().replace("_", "-") for one in said)
    return next((tag for tag in tags if well_formed(tag)), None)


def _types(value: object) -> tuple[str, ...]:
    """The wanted types; an entry is of one, so wanting any is the same as wanting the list."""
    if value is None or value == "":
        return ()
    listed = value if isinstance(value, list) else [value]
    ids = [one.get("id") if isinstance(one, dict) else one for one in listed]
    texts = tuple(one for one in ids if isinstance(one, str))
    if len(texts) < len(ids):
        raise Fault(422, f'The field "type" is no id; write one of {", ".join(table()["types"])}.')
    return texts


def _limit(value: object) -> int:
    if value is None:
        return USUAL
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 1:
        raise Fault(422, f'The field "limit" must be a number, 1 or more; {MOST} is the most.')
    return int(min(MOST, value))  # 1e999 is infinite


def _properties(value: object) -> list[tuple[str, tuple[str, ...]]]:
    """The ids of properties with their values as texts; those that nobody here knows are left out.

    `Fault` 413 for more than `VALUES` of them: each is looked up as a name is.
    """
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Fault(422, 'The field "properties" must be a list: [{"pid": "lt", "v": "Gardinas"}].')
    found: dict[str, tuple[str, ...]] = {}
    for row in value:
        pid = row.get("pid")
        if not isinstance(pid, str) or "v" not in row:
            raise Fault(422, 'A property needs "pid" and "v": {"pid": "lt", "v": "Gardinas"}.')
        said = _values(row["v"])
        if pid in properties() and said:
            found[pid] = (*found.get(pid, ()), *understood(pid, said))
    count = sum(map(len, found.values()))
    if count > VALUES:
        raise Fault(413, f"The properties of a query have {count:,} values; send at most {VALUES}.")
    return [(pid, said) for pid, said in found.items() if said]


def _values(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    texts = (one.get("id") if isinstance(one, dict) else one for one in listed)
    return tuple(
        said[:LONGEST]
        for said in (str(one).strip() for one in texts if isinstance(one, str | int | float))
        if said
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A candidate with what speaks for it: its type, and the properties that agree and do not."""

    entry: Entry
    found: Candidate | None
    score: float
    typed: bool
    agree: int
    against: int

    @property
    def fits(self) -> bool:
        return self.typed and not self.against


def reconciled(served: Served, query: Query, languages: tuple[str, ...]) -> list[dict[str, Any]]:
    """The candidates of `query`, best first, named in the first of the `languages` they can be.

    ``match`` is true for the first alone, when it is certain enough, no other comes near, and
    neither its type nor a property speaks against it.
    """
    rows = _weighed(served, query)
    match = _matches(rows)
    lead = rows[0].score - rows[1].score if len(rows) > 1 else rows[0].score if rows else 0.0
    found = []
    for at, row in enumerate(rows[: query.limit]):
        record = {
            "id": row.entry.id,
            "name": name_for(row.entry, languages),
            "type": [{"id": row.entry.type, "name": table()["types"][row.entry.type]["name"]}],
            "score": round(100 * row.score, 2),
            "match": match and at == 0,
            "features": _features(row, lead if at == 0 else 0.0, query),
        }
        found.append({**record, "description": row.entry.about} if row.entry.about else record)
    return found


def _weighed(served: Served, query: Query) -> list[_Weighed]:
    resolver = served.resolver
    text = query.text if query.text.strip() else _instead(query)
    candidates = {c.entry: c for c in resolver.lookup(text, query.language, MOST)} if text else {}
    known = _by_id(served, query)
    agreeing = _Agreement(resolver, query)
    rows = [
        _row(resolver[entry_id], candidates.get(entry_id), query, agreeing, entry_id in known)
        for entry_id in dict.fromkeys([*known, *candidates])
    ]
    kept = (row for row in _among_fitting(rows) if row.typed or query.strict == "should")
    return sorted(kept, key=lambda r: (-r.score, -r.agree, r.entry.id))


def _instead(query: Query) -> str:
    """The name of a query that has none of its own: one of its names in other languages."""
    names = (said for pid, said in query.values if properties()[pid].group == "languages")
    return next((said[0] for said in names), "")


def _by_id(served: Served, query: Query) -> set[str]:
    """The entries that a query names by their id, here or elsewhere."""
    found = {query.text} if query.text in served.resolver else set()
    for pid, said in query.values:
        if properties()[pid].group == "refs":
            found |= {one for value in said for one in served.refs.get((pid, value), ())}
    return found


def _row(
    entry: Entry, found: Candidate | None, query: Query, agreeing: _Agreement, known: bool
) -> _Weighed:
    typed = not query.types or entry.type in query.types
    if query.strict == "all" and len(set(query.types)) > 1:
        typed = False
    agree, against = agreeing.of(entry)
    score = 1.0 if known else found.score if found else 0.0
    return _Weighed(entry, found, score, typed, agree, against)


def _among_fitting(rows: list[_Weighed]) -> list[_Weighed]:
    """The rows with the probability of those that do not fit given to those that do."""
    out = min(0.99, sum(row.score for row in rows if not row.fits))
    return [
        replace(row, score=min(1.0, row.score / (1 - out)) if row.fits else row.score * DISAGREES)
        for row in rows
    ]


def _matches(rows: Sequence[_Weighed]) -> bool:
    """Whether the first of the rows is meant, so surely that nobody looks at it again."""
    if not rows or not rows[0].fits or rows[0].score < THRESHOLDS["precision"]:
        return False
    return len(rows) == 1 or rows[0].score - rows[1].score >= MARGIN


class _Agreement:
    """Which properties of a query an entry agrees with."""

    def __init__(self, resolver: Resolver, query: Query) -> None:
        self._resolver = resolver
        self._query = query
        self._named = {
            pid: {c.entry for value in said for c in resolver.lookup(value, pid, MOST) if _near(c)}
            for pid, said in query.values
            if properties()[pid].group == "languages"
        }

    def of(self, entry: Entry) -> tuple[int, int]:
        """How many properties agree, and how many say otherwise; unknown values say nothing."""
        agree = against = 0
        for pid, said in self._query.values:
            if pid in self._named:
                if self._named[pid]:
                    agree += entry.id in self._named[pid]
                    against += entry.id not in self._named[pid]
                continue
            own = {plain(value) for value in values_of(self._resolver, entry, pid, "all")}
            if own and pid != "about":
                agree += any(plain(value) in own for value in said)
                against += not any(plain(value) in own for value in said)
        return agree, against


def _near(candidate: Candidate) -> bool:
    return candidate.score >= THRESHOLDS["recall"]


def _features(row: _Weighed, lead: float, query: Query) -> list[dict[str, Any]]:
    """The evidence as numbers: how the name was recognized, how far ahead, what agrees."""
    method = row.found.method if row.found else None
    told: Mapping[str, bool | float] = {
        **{f"{name}_form": method == name for name in METHODS},
        "lead": round(lead, 4),
        "type_agrees": row.typed,
        "properties_agree": row.agree,
        "properties_disagree": row.against,
    }
    return [{"id": name, "value": value} for name, value in told.items()]
