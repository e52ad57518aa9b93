"""Mentions as spans of a spaCy document, and the way back from a span to its mention.

What a span knows is kept as plain values in the document, so it is stored and sent to other
processes with it; the mention is built when somebody reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span

from vardynas.model import Candidate, Mention

__all__ = [
    "EXTENSION",
    "Found",
    "chosen_entities",
    "label_schemes",
    "mark",
    "record_of",
    "register",
]

EXTENSION = "vardynas"
"""``span._.vardynas`` is the mention of a span."""

Record = tuple[Any, ...]

_RECORDS = "vardynas_records"
"""The extension that holds the plain values; several names can share a token."""


@cache
def label_schemes() -> Mapping[str, Mapping[str, str]]:
    """The labels of entities by scheme and type of entry; shared, so never change it.

    >>> label_schemes()["wikiner"]["person"]
    'PER'
    """
    import yaml

    path = Path(__file__).with_name("data") / "spacy_labels.yaml"
    schemes: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return schemes


def register() -> None:
    """Make ``span._.vardynas`` known; any number of times."""
    Span.set_extension(_RECORDS, default=(), force=True)
    Span.set_extension(EXTENSION, getter=_mention, force=True)


class Found(NamedTuple):
    """A name in a document: where, whose (None where several fit), its label, what its span keeps."""

    start: int
    end: int
    entry: str | None
    label: str
    record: Record | None = None


def mark(doc: Doc, names: Iterable[Found]) -> list[Span]:
    """A span for each name, in order, that carries its record; whole tokens, so they may overlap.

    A name without one entry has a span without `kb_id_`.
    """
    spans = []
    for start, end, entry, label, record in names:
        span = doc.char_span(start, end, label=label, kb_id=entry or "", alignment_mode="expand")
        if span is None:  # the text of the document has been changed by hand
            continue
        known = span._.get(_RECORDS)
        if record is not None and record not in known:
            span._.set(_RECORDS, (*known, record))
        spans.append(span)
    return spans


def chosen_entities(
    found: Sequence[Span], others: Iterable[Span], *, ours_first: bool
) -> list[Span]:
    """Entities that do not overlap: of each side the longest, and one side before the other."""
    from spacy.util import filter_spans

    mine = filter_spans(found)
    first, second = (mine, list(others)) if ours_first else (list(others), mine)
    taken = {at for span in first for at in range(span.start, span.end)}
    return [*first, *(one for one in second if taken.isdisjoint(range(one.start, one.end)))]


def record_of(mention: Mention) -> Record:
    """A mention as values that every way of storing a document can hold."""
    candidates = tuple(
        (one.entry, float(one.score), one.method, one.name, one.language, one.steps)
        for one in mention.candidates
    )
    score = float(mention.score)
    return (
        *(mention.start, mention.end, mention.text, mention.entry, score, mention.method),
        *(mention.language, candidates),
    )


def _mention(span: Span) -> Mention | None:
    """The mention that a span stands for; None for a span that is no name of the glossary."""
    records = span._.get(_RECORDS)
    if not records:
        return None
    same = (one for one in records if (one[3] or "") == span.kb_id_)
    start, end, text, entry, score, method, language, candidates = next(same, records[0])
    known = tuple(_candidate(*one) for one in candidates)
    return Mention(start, end, text, entry, score, method, language, known)


def _candidate(
    entry: str, score: float, method: str, name: str, language: str, steps: Iterable[Iterable[str]]
) -> Candidate:
    return Candidate(entry, score, method, name, language, tuple(map(tuple, steps)))
