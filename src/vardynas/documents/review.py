"""Edits that people look over before they are made: written as records, approved, applied.

A record is one edit as JSON types. Beside the edit it has the words around it, its place for people,
why it was proposed, the hash of the file that it is for, what the file was read as, and `approved`:
null until somebody writes true or false. `replacement` may be corrected by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from vardynas.documents.formats import Options, open_document
from vardynas.errors import DocumentError
from vardynas.model import Edit

if TYPE_CHECKING:
    from vardynas.documents.formats import Opened
    from vardynas.documents.proposals import Proposals

__all__ = ["Reviewed", "hash_of", "made", "read_records", "records"]

AROUND = 40
"""Letters of context on either side, whole words."""

_USUAL = Options()
_AGAIN = "Write and review them again: vardynas normalize --edits"
_NEEDED = ("file", "start", "end", "text", "replacement", "sha256")


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


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The edits of one file after review: what to make, and how the file was read."""

    path: str
    sha256: str
    edits: tuple[Edit, ...]
    options: Options
    left: int = 0
    """How many of its edits were not approved."""


def read_records(
    lines: Iterable[tuple[int, Mapping[str, Any]]], source: str, *, everything: bool = False
) -> list[Reviewed]:
    """The files of numbered records in the order of their first record, with the edits to make.

    Those are the approved ones, or with `everything` all that are not rejected. Raises DocumentError,
    with the line in `source`, for a record that lacks something or contradicts another one.
    """
    files: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, record in lines:
        _check(number, record, source)
        files.setdefault(record["file"], []).append((number, record))
    return [_reviewed(path, rows, source, everything) for path, rows in files.items()]


def _check(number: int, record: Mapping[str, Any], source: str) -> None:
    missing = [name for name in _NEEDED if name not in record]
    if missing:
        reason = f"it has no {', '.join(missing)}. Records come from: vardynas normalize --edits"
        raise DocumentError(source, f"line {number}: {reason}")
    wrong = [
        name
        for name in _NEEDED
        if not isinstance(record[name], int if name in ("start", "end") else str)
    ]
    if wrong or record.get("approved") not in (True, False, None):
        name = wrong[0] if wrong else "approved"
        raise DocumentError(
            source,
            f"line {number}: {record.get(name)!r} is no value of {name}. "
            "Change nothing but replacement and approved, which is true, false or null",
        )


def _reviewed(
    path: str, rows: Sequence[tuple[int, Mapping[str, Any]]], source: str, everything: bool
) -> Reviewed:
    number, first = rows[0]
    for other, record in rows:
        if record["sha256"] != first["sha256"] or record.get("read_as") != first.get("read_as"):
            reason = f"lines {number} and {other} are about different states of {path}"
            raise DocumentError(
                source, f"{reason}. Write the edits of each state to a file of its own"
            )
    wanted = (True, None) if everything else (True,)
    taken = sorted(
        ((n, record) for n, record in rows if record.get("approved") in wanted),
        key=lambda row: row[1]["start"],
    )
    _refuse_overlaps(taken, source)
    edits = tuple(_edit(record) for _, record in taken)
    options = _options(first.get("read_as") or {}, source, number)
    return Reviewed(path, first["sha256"], edits, options, len(rows) - len(edits))


def _refuse_overlaps(rows: Sequence[tuple[int, Mapping[str, Any]]], source: str) -> None:
    for (number, one), (other, next_) in pairwise(rows):
        if next_["start"] < one["end"]:
            reason = f"lines {number} and {other} are about the same words. Approve one of them"
            raise DocumentError(source, reason)


def _options(read_as: Mapping[str, Any], source: str, number: int) -> Options:
    known = {field.name for field in fields(Options)}
    strange = sorted(read_as.keys() - known)
    if strange:
        raise DocumentError(source, f"line {number}: read_as knows no {', '.join(strange)}")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in read_as.items()}
    return Options(**values)


def _edit(record: Mapping[str, Any]) -> Edit:
    known = (record.get(name) or "" for name in ("entry", "why", "note"))
    place = (record[name] for name in ("start", "end", "text", "replacement"))
    return Edit(*place, *known)


def made(reviewed: Reviewed, data: bytes, *, tracked: bool = False) -> tuple[Opened, bytes]:
    """The document in `data` and the same with the reviewed edits made.

    Raises DocumentError when `data` is not what the edits were proposed for.
    """
    if hash_of(data) != reviewed.sha256:
        reason = "it has changed since its edits were written, so they may not fit any more"
        raise DocumentError(reviewed.path, f"{reason}. {_AGAIN}")
    options = replace(reviewed.options, tracked=tracked)
    opened = open_document(reviewed.path, data, options, options.format or None)
    for edit in reviewed.edits:
        if opened.text[edit.start : edit.end] != edit.text:
            reason = f"{edit.text!r} does not stand where its record says"
            raise DocumentError(reviewed.path, f"{reason}. {_AGAIN}")
    return opened, opened.write(reviewed.edits)
