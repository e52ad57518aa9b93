"""Records of edits that come back from review: checked, and the approved ones made.

Nothing is believed: a record may have been changed by hand, cut short, or be older than its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

from vardynas.documents.formats import Opened, Options, open_document
from vardynas.documents.review import hash_of
from vardynas.errors import DocumentError
from vardynas.model import Edit

__all__ = ["Reviewed", "are_made", "made", "read_records"]

_AGAIN = "Write and review them again: vardynas normalize --edits"
_NEEDED = {
    "file": str,
    "start": int,
    "end": int,
    "text": str,
    "replacement": str,
    "sha256": str,
}


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
    """Raise DocumentError for a record that `normalize` cannot have written."""
    missing = [name for name in _NEEDED if name not in record]
    if missing:
        reason = f"it has no {', '.join(missing)}. Records come from: vardynas normalize --edits"
        raise DocumentError(source, f"line {number}: {reason}")
    wrong = [name for name, kind in _NEEDED.items() if type(record[name]) is not kind]
    if not wrong and not 0 <= record["start"] <= record["end"]:
        wrong = ["start"]
    if not wrong and not any(record.get("approved") is one for one in (True, False, None)):
        wrong = ["approved"]
    if wrong:
        raise DocumentError(
            source,
            f"line {number}: {record[wrong[0]]!r} is no value of {wrong[0]}. "
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


def _options(read_as: Any, source: str, number: int) -> Options:  # noqa: ANN401 - from JSON
    """How the document was read. Raises DocumentError for what nobody can have chosen."""
    usual = {field.name: getattr(Options(), field.name) for field in fields(Options)}
    values = dict(read_as) if isinstance(read_as, dict) else {"": read_as}
    for name, value in values.items():
        if name not in usual or not _fits(value, usual[name]):
            where = f"read_as.{name}" if name else "read_as"
            raise DocumentError(source, f"line {number}: {value!r} is no value of {where}")
    chosen: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Options(**chosen)


def _fits(value: object, usual: object) -> bool:
    if isinstance(usual, tuple):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, bool if isinstance(usual, bool) else str)


def _edit(record: Mapping[str, Any]) -> Edit:
    known = (record.get(name) or "" for name in ("entry", "why", "note"))
    place = (record[name] for name in ("start", "end", "text", "replacement"))
    return Edit(*place, *known)


def are_made(reviewed: Reviewed, data: bytes) -> bool:
    """Whether the document in `data` is one in which these edits have been made already.

    It is not the one that they were proposed for, and every replacement stands where it would be put.
    """
    if hash_of(data) == reviewed.sha256:
        return False
    options = reviewed.options
    try:
        text = open_document(reviewed.path, data, options, options.format or None).text
    except DocumentError:
        return False
    by = 0
    for edit in reviewed.edits:
        if not _stands(edit, text, edit.start + by):
            return False
        by += len(edit.replacement) - (edit.end - edit.start)
    return any(edit.replacement not in ("", edit.text) for edit in reviewed.edits)


def _stands(edit: Edit, text: str, at: int) -> bool:
    """Whether the replacement stands at a place, and not the old text that begins like it."""
    longer = edit.text != edit.replacement and edit.text.startswith(edit.replacement)
    return text.startswith(edit.replacement, at) and not (longer and text.startswith(edit.text, at))


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
