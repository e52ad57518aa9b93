"""What the library answers, in the shapes of the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vardynas.match.calibration import THRESHOLDS
from vardynas.match.choice import MARGIN

if TYPE_CHECKING:
    from vardynas.documents.proposals import Proposals
    from vardynas.model import Candidate, Entry, Mention
    from vardynas.resolver import Resolver

__all__ = ["looked_up", "mentions_of", "normalized", "of_entry", "stamp", "verdict"]

Record = dict[str, Any]

LEAST = 0.05
"""Candidates that are less likely are not worth a look and are not shown."""


def stamp(resolver: Resolver) -> dict[str, str]:
    """The glossary that answers, by version and hash."""
    return {"version": resolver.glossary_version, "hash": resolver.glossary_hash}


def verdict(entry: str | None, candidates: Sequence[Candidate]) -> str:
    """What is to be thought of a name: found, ambiguous, unsure or unknown.

    >>> verdict(None, [])
    'unknown'
    """
    if entry is not None:
        return "found"
    if not candidates:
        return "unknown"
    level = [c.score for c in candidates if candidates[0].score - c.score < MARGIN]
    certain = sum(level) >= THRESHOLDS["balanced"]
    return "ambiguous" if certain and len(level) > 1 else "unsure"


def looked_up(resolver: Resolver, name: str, language: str | None, limit: int) -> Record:
    """The candidates of one name, with the verdict."""
    best = resolver.resolve(name, language)
    candidates = [c for c in resolver.lookup(name, language, limit) if c.score >= LEAST]
    entry = best.entry if best else None
    said = verdict(entry, candidates)
    return {
        "name": name,
        "verdict": said,
        "entry": entry,
        "ambiguous": said == "ambiguous",
        "candidates": [_candidate(resolver, one) for one in candidates],
    }


def _candidate(resolver: Resolver, candidate: Candidate) -> Record:
    entry = resolver[candidate.entry]
    return {
        "id": entry.id,
        "name": candidate.name,
        "type": entry.type,
        "about": entry.about,
        "score": candidate.score,
        "method": candidate.method,
        "language": candidate.language,
        "evidence": [step.text for step in candidate.evidence],
    }


def mentions_of(mentions: Iterable[Mention], at: Mapping[int, int], evidence: bool) -> list[Record]:
    """The mentions of a text with offsets as `at` counts them."""
    return [
        {
            "start": at[mention.start],
            "end": at[mention.end],
            "text": mention.text,
            "entry": mention.entry,
            "name": mention.name,
            "score": mention.score,
            "method": mention.method,
            "language": mention.language,
            "candidates": _named(mention),
            "evidence": _evidence(mention) if evidence else [],
        }
        for mention in mentions
    ]


def _named(mention: Mention) -> list[Record]:
    return [{"id": c.entry, "name": c.name, "score": c.score} for c in mention.candidates]


def _evidence(mention: Mention) -> list[str]:
    """Why the best candidate is one; for several of equal standing, why each of them."""
    if mention.entry is not None:
        return [step.text for step in mention.candidates[0].evidence]
    return [f"{c.entry}: {step.text}" for c in mention.candidates for step in c.evidence]


def normalized(text: str, proposals: Proposals, at: Mapping[int, int]) -> Record:
    """The text written one way, the edits that did it, and what was left open."""
    from vardynas.render.replace import apply

    edits = [
        {
            "start": at[edit.start],
            "end": at[edit.end],
            "text": edit.text,
            "replacement": edit.replacement,
            "entry": edit.entry,
            "why": edit.why,
            "note": edit.note,
        }
        for edit in proposals.edits
    ]
    left = [
        {
            "start": at[one.start],
            "end": at[one.end],
            "text": one.text,
            "candidates": _named(one),
        }
        for one in proposals.ambiguous
    ]
    return {"text": apply(text, proposals.edits), "edits": edits, "ambiguous": left}


def of_entry(resolver: Resolver, entry: Entry) -> Record:
    """An entry with its names as listed and, by language, every form with its chain of rules."""
    forms: dict[str, list[Record]] = {}
    for one in resolver.variants(entry.id):
        row = {"form": one.form, "status": one.status, "chain": list(one.rules)}
        forms.setdefault(one.language, []).append(row)
    return {
        "id": entry.id,
        "type": entry.type,
        "gender": entry.gender,
        "about": entry.about,
        "names": {
            language: [{"form": name.form, "role": name.role} for name in names]
            for language, names in entry.names.items()
        },
        "refs": dict(entry.refs),
        "forms": forms,
    }
