"""The values that vardynas speaks in: small, frozen, picklable, with `to_dict`.

Offsets are code points of the text as given, end exclusive. Scores are in [0, 1]. Values carry
entry ids, never whole entries.
"""

from __future__ import annotations

from vardynas.evidence import Evidence
from vardynas.model.answers import (
    METHODS,
    Candidate,
    Comparison,
    Edit,
    Failure,
    Mention,
    Reading,
    Variant,
)
from vardynas.model.entries import GENDERS, TYPES, Entry, Name, Relative
from vardynas.model.values import Slot

__all__ = [
    "GENDERS",
    "METHODS",
    "TYPES",
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
