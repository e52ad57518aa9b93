"""Edits as records that people look over before they are made.

A record is one edit as JSON types. Beside the edit it has the words around it, its place for people,
why it was proposed, the hash of the file that it is for, what the file was read as, and `approved`:
null until somebody writes true or false. `replacement` may be corrected by hand. What is done with
records that come back is in `vardynas.documents.approved`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from vardynas.documents.formats import Options

if TYPE_CHECKING:
    from vardynas.documents.formats import Opened
    from vardynas.documents.proposals import Proposals

__all__ = ["hash_of", "records"]

AROUND = 40
"""Letters of context on either side, whole words."""

_USUAL = Options()


def hash_of(data: bytes) -> str:
    """The hash by which a record knows its file.

    >>> hash_of(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


def records(
    path: str,
    opened: Opened,
    proposals: Proposals,
    sha256: str,
    options: Options,
    format_: str | None = None,
) -> Iterator[dict[str, Any]]:
    """A record for each proposed edit of the document at `path`, in its order."""
    read_as = _read_as(options, format_)
    for edit in proposals.edits:
        mention = proposals.behind(edit)
        best = mention.candidates[0] if mention and mention.candidates else None
        yield {
            "file": path,
            "place": opened.place(edit.start),
            **edit.to_dict(),
            "before": _before(opened.text, edit.start),
            "after": _after(opened.text, edit.end),
            "method": mention.method if mention else "",
            "score": mention.score if mention else None,
            "evidence": [step.text for step in best.evidence] if best else [],
            **({"read_as": read_as} if read_as else {}),
            "sha256": sha256,
            "approved": None,
        }


def _read_as(options: Options, format_: str | None) -> dict[str, Any]:
    """What was chosen about reading the document: it must be read the same way again."""
    chosen = {
        field.name: getattr(options, field.name)
        for field in fields(options)
        if getattr(options, field.name) != getattr(_USUAL, field.name)
    }
    chosen.pop("tracked", None)  # about writing
    return {**chosen, **({"format": format_} if format_ else {})}


def _before(text: str, start: int) -> str:
    """The words before `start` in its paragraph."""
    cut = text[max(0, start - AROUND) : start].rpartition("\n\n")[2]
    whole = start - AROUND <= 0 or len(cut) < AROUND
    return cut if whole else cut.partition(" ")[2]


def _after(text: str, end: int) -> str:
    """The words after `end` in its paragraph."""
    cut = text[end : end + AROUND].partition("\n\n")[0]
    whole = end + AROUND >= len(text) or len(cut) < AROUND
    return cut if whole else cut.rpartition(" ")[0]
