"""What went wrong in one document: each mistake once, with what was meant and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vardynas.editorial.gold import GoldMention
from vardynas.editorial.judge import Judged, overlap
from vardynas.editorial.scores import CONTEXT
from vardynas.model import Mention

__all__ = ["KINDS", "Mistake", "mistakes"]

KINDS = ("missed", "ambiguous", "wrong-entry", "wrong-span", "false")
"""Nothing found; several entries found; another entry; the right one in another span; no name."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake at ``text[start:end]`` of a document, with 40 characters before and after it.

    `entry` is the entry that is meant ("" for a false mention), `found` what was found there: the
    candidates of an ambiguous mention, otherwise one entry or none. `name`, `method` and `score`
    are those of what was found, `name` being the listed name that matched.
    """

    document: str
    kind: str
    start: int
    end: int
    text: str
    entry: str
    found: tuple[str, ...] = ()
    found_text: str = ""
    name: str = ""
    method: str = ""
    score: float | None = None
    before: str = ""
    after: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The mistake as JSON types."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {**fields, "found": list(self.found)}


def mistakes(
    document: str, text: str, judged: Judged[Mention], predicted: Sequence[Mention]
) -> tuple[Mistake, ...]:
    """Every mistake of `predicted` in text order; () when all is right.

    A wrong mention that touches a missed one is reported with it, once.

    >>> from vardynas.editorial.judge import judge
    >>> gold = [GoldMention(2, 8, "Гродне", "hrodna")]
    >>> [(m.kind, m.entry) for m in mistakes("a", "У Гродне.", judge(gold, []), [])]
    [('missed', 'hrodna')]
    """
    ambiguous = [m for m in predicted if m.entry is None]
    found: list[Mistake] = []
    explained: set[int] = set()
    for missed in judged.missed:
        instead = _instead(missed, judged.false, ambiguous)
        explained.update(id(m) for m in judged.false if overlap(m, missed))
        found.append(_mistake(document, text, missed, instead))
    alone = (m for m in judged.false if id(m) not in explained)
    found += (_mistake(document, text, None, m) for m in alone)
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


def _instead(
    missed: GoldMention, false: Sequence[Mention], ambiguous: Sequence[Mention]
) -> Mention | None:
    """What was found in the place of a missed mention: its own entry before any other."""
    here = [m for m in false if overlap(m, missed)]
    right_entry = [m for m in here if m.entry == missed.entry]
    open_ = [m for m in ambiguous if overlap(m, missed)]
    return next(iter([*right_entry, *here, *open_]), None)


def _kind(missed: GoldMention | None, found: Mention | None) -> str:
    if missed is None:
        return "false"
    if found is None:
        return "missed"
    if found.entry is None:
        return "ambiguous"
    return "wrong-span" if found.entry == missed.entry else "wrong-entry"


def _mistake(
    document: str, text: str, missed: GoldMention | None, found: Mention | None
) -> Mistake:
    start, end = next((span.start, span.end) for span in (missed, found) if span is not None)
    return Mistake(
        document,
        _kind(missed, found),
        start,
        end,
        text[start:end],
        missed.entry if missed else "",
        tuple(_entries(found)),
        found.text if found else "",
        found.name if found else "",
        found.method if found else "",
        found.score if found else None,
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def _entries(found: Mention | None) -> Iterator[str]:
    """The entry of a mention, or all those between which it stands."""
    if found is not None and found.entry is not None:
        yield found.entry
    elif found is not None:
        yield from (candidate.entry for candidate in found.candidates)
