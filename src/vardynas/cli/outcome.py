"""What came of one document: counts, and of what can be shown only what is wanted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vardynas.errors import DocumentError

__all__ = ["Outcome", "failure"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the document at `path`; `error` is "" when all went well.

    `written` is where the result was put (None for nowhere), `backup` where the old file is kept.
    The fields from `entries` on are empty unless they were wanted.
    """

    path: str
    error: str = ""
    format: str = ""
    sha256: str = ""
    changed: bool = False
    names: int = 0
    edits: int = 0
    ambiguous: int = 0
    written: str | None = None
    backup: str | None = None
    remarks: tuple[str, ...] = ()
    entries: Mapping[str, int] | None = None
    unknown: Mapping[str, int] | None = None
    questions: tuple[Mapping[str, Any], ...] = ()
    diff: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    records: tuple[Mapping[str, Any], ...] = ()
    text: str = ""

    def summary(self) -> dict[str, Any]:
        """What a report says of the document, as JSON types."""
        if self.error:
            return {"file": self.path, "error": self.error}
        return {
            "file": self.path,
            "format": self.format,
            "sha256": self.sha256,
            "changed": self.changed,
            "names": self.names,
            "edits": self.edits,
            "ambiguous": self.ambiguous,
            "unknown": None if self.unknown is None else dict(self.unknown),
            "written": self.written,
            "backup": self.backup,
            "remarks": list(self.remarks),
            "questions": list(self.questions),
        }


def failure(path: str, error: BaseException) -> Outcome:
    """The outcome of a document that could not be read, understood or written."""
    from vardynas.cli.errors import message
    from vardynas.documents.encodings import shown

    if os.environ.get("VARDYNAS_DEBUG"):
        raise error
    if isinstance(error, DocumentError) and error.path == path:
        return Outcome(path, f"{shown(path)}: {error.reason}")
    said = message(error)
    return Outcome(path, said if shown(path) in said else f"{shown(path)}: {said}")
