"""What the component for spaCy is told in its configuration, checked before there is any document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vardynas.adapters.opening import opened
from vardynas.adapters.questions import check_language
from vardynas.adapters.spacy_spans import label_schemes
from vardynas.errors import BadValue
from vardynas.language.tag import canonical
from vardynas.match.calibration import THRESHOLDS
from vardynas.model import TYPES

__all__ = ["Settings", "all_labels", "hint", "key", "known_decision", "probability"]

ANY = "xx"
"""The language of spaCy's pipelines for any language."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a component does, checked; docs/spacy.md says what each means.

    `language` is None where it is to be identified; `labels` has one for each type of entry.
    """

    glossary: tuple[str, ...]
    builtin: bool | None
    language: str | None
    min_score: float
    similar: bool
    decision: str
    details: bool
    ents: bool
    overwrite_ents: bool
    spans_key: str
    labels: Mapping[str, str]


def hint(pipeline: str | None, told: str | None, glossary: object) -> str | None:
    """The language of the texts as far as it is known: what is told, else that of the pipeline.

    None for ``xx``, which means any. `UnknownLanguage` for one that is told of which nothing is known;
    a glossary of one's own may have names in any language.

    >>> hint("pl", None, None), hint("pl", "xx", None), hint("de", None, None)
    ('pl', None, 'de')
    """
    if told is None:
        told = pipeline or ANY
    elif told != ANY and not glossary:
        check_language(told, _listed)
    return None if told == ANY else canonical(told)


def _listed() -> set[str]:
    """The languages that the built-in glossary has names in."""
    return {tag for one in opened().entries.values() for tag in one.names}


def probability(score: float, details: bool) -> float:
    """The least score; ValueError for what is none, or where scores are not worked out."""
    if not 0 <= score <= 1:
        raise ValueError(f"min_score is {score}; write a number from 0 to 1.")
    if score and not details:
        raise ValueError("Scores are details: leave min_score out, or details as it is.")
    return score


def known_decision(decision: str) -> str:
    """The decision; `BadValue` for one that there is not."""
    if decision not in THRESHOLDS:
        raise BadValue("decision", decision, f"write one of {', '.join(THRESHOLDS)}.")
    return decision


def key(name: str) -> str:
    """The key of the spans; `BadValue` for an empty one."""
    if not name:
        raise BadValue("spans_key", name, "write a name, under which doc.spans has the mentions.")
    return name


def all_labels(labels: str | dict[str, str]) -> dict[str, str]:
    """The label for each type of entry, by a scheme or a map; ValueError for others."""
    schemes = label_schemes()
    if isinstance(labels, str):
        if labels not in schemes:
            known = ", ".join(schemes)
            raise ValueError(f"{labels!r} is no scheme of labels; write one of {known}, or a map.")
        return dict(schemes[labels])
    wrong = sorted(labels.keys() - set(TYPES))
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no type of an entry; write one of {', '.join(TYPES)}.")
    return {**schemes["spacy"], **labels}
