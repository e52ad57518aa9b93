"""Gold annotations: JSON Lines that say which names stand where in a text.

A line without ``start`` describes a document: ``doc`` (its id), ``language``, ``title`` and where
its text is: ``text`` itself, or ``file`` with ``sha256`` of the file's bytes. Every other line is a
mention of the document ``doc``: ``start`` and ``end`` (code points, end exclusive), ``surface``,
``entry``, ``level`` and, where useful, ``type``, ``note`` and ``paraphrased``. The text may be
absent: annotations can be published where the text cannot.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from vardynas.errors import DocumentError

__all__ = ["LEVELS", "GoldDocument", "GoldMention", "load_gold"]

LEVELS = ("core", "nested", "optional")
"""What a matcher should find; a name inside a longer core mention; debatable."""

SEEDS_VARIABLE = "VARDYNAS_SEEDS"
"""The environment variable with the folder of texts that do not stand beside their annotations."""

_KINDS = {str: "a string", int: "a whole number", bool: "true or false"}
T = TypeVar("T", str, int, bool)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A name that a person found: ``text[start:end] == surface``, and the entry that it means.

    `paraphrased` marks a name that the source itself distorts by machine rewriting; such a mention
    is counted apart.

    >>> GoldMention(2, 8, "Гродне", "hrodna").level
    'core'
    """

    start: int
    end: int
    surface: str
    entry: str
    level: str = "core"
    type: str = ""
    note: str = ""
    paraphrased: bool = False


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated document. `text` is None where the text is not at hand; `title` may be ""."""

    id: str
    language: str
    title: str
    text: str | None
    mentions: tuple[GoldMention, ...]


def load_gold(path: Path | str, texts: Path | str | None = None) -> tuple[GoldDocument, ...]:
    r"""Every document of the gold file `path`, in file order; empty when the file is.

    A document's ``file`` is looked up in the folder `texts`; without it beside the gold file, then
    in the folder that the environment variable VARDYNAS_SEEDS names. Where it is in none of them,
    `text` is None. Raises `DocumentError` for lines that are not of the format, for a text whose
    SHA-256 differs, for offsets that do not cut out the surface, and for core mentions that overlap.

    >>> import tempfile
    >>> lines = '{"doc": "a", "language": "pl", "text": "W Grodnie."}\n'
    >>> lines += '{"doc": "a", "start": 2, "end": 9, "surface": "Grodnie", "entry": "hrodna"}\n'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     gold = Path(folder, "gold.jsonl")
    ...     _ = gold.write_text(lines, encoding="utf-8")
    ...     [(m.surface, m.entry) for m in load_gold(gold)[0].mentions]
    [('Grodnie', 'hrodna')]
    """
    path = Path(path)
    folders = _folders(path, texts)
    documents: dict[str, GoldDocument] = {}
    mentions: dict[str, list[GoldMention]] = {}
    taken: dict[str, set[int]] = {}
    for place, row in _rows(path):
        name = _field(row, "doc", str, place)
        if "start" not in row:
            if name in documents:
                raise DocumentError(place, f"The document {name!r} is described twice.")
            documents[name] = _document(name, row, folders, place)
            mentions[name], taken[name] = [], set()
        elif name not in documents:
            raise DocumentError(
                place, f"Describe {name!r} in a line of its own before its first mention."
            )
        else:
            mentions[name].append(_mention(row, documents[name], place))
            _take(mentions[name][-1], taken[name], place)
    return tuple(replace(d, mentions=tuple(mentions[d.id])) for d in documents.values())


def _folders(path: Path, texts: Path | str | None) -> tuple[Path, ...]:
    if texts is not None:
        return (Path(texts),)
    elsewhere = os.environ.get(SEEDS_VARIABLE)
    return (path.parent, Path(elsewhere)) if elsewhere else (path.parent,)


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each line that is not blank, with its place for messages."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise DocumentError(str(path), f"The gold file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise DocumentError(
            str(path), f"The gold file is not UTF-8 (byte {error.start}); save it as UTF-8."
        ) from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{path}:{number}", _row(line, f"{path}:{number}")


def _row(line: str, place: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DocumentError(place, f"This line is no JSON: {error}.") from None
    if not isinstance(row, dict):
        raise DocumentError(place, 'Write one JSON object a line, such as {"doc": "a", …}.')
    return row


def _field(row: Mapping[str, Any], key: str, kind: type[T], place: str) -> T:
    value = row.get(key)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        given = "is missing" if key not in row else f"is {value!r}"
        raise DocumentError(place, f"The field {key!r} {given}; it must be {_KINDS[kind]}.")
    return value


def _optional(row: Mapping[str, Any], key: str, kind: type[T], place: str) -> T | None:
    return None if row.get(key) is None else _field(row, key, kind, place)


def _document(
    name: str, row: Mapping[str, Any], folders: Sequence[Path], place: str
) -> GoldDocument:
    language, title, text, file, sha256 = (
        _optional(row, key, str, place) for key in ("language", "title", "text", "file", "sha256")
    )
    if text is None and file is not None:
        text = _text(file, sha256, folders)
    return GoldDocument(name, language or "und", title or "", text, ())


def _text(file: str, expected: str | None, folders: Sequence[Path]) -> str | None:
    """The text of `file` from the first folder that has it; None when none has."""
    found = next((f / file for f in folders if (f / file).is_file()), None)
    if found is None:
        return None
    content = found.read_bytes()
    actual = hashlib.sha256(content).hexdigest()
    if expected is not None and actual != expected:
        raise DocumentError(
            str(found),
            f"This is not the text that was annotated: its SHA-256 is {actual}, the annotations "
            f"need {expected}. Take the file as it was published, byte for byte (line ends and "
            "a final line break count), or put it out of the folder to go on without the text.",
        )
    try:
        return content.decode("utf-8-sig")  # a byte order mark is no part of the text
    except UnicodeDecodeError as error:
        raise DocumentError(
            str(found), f"The text is not UTF-8 (byte {error.start}); save it as UTF-8."
        ) from None


def _take(mention: GoldMention, taken: set[int], place: str) -> None:
    """Add a core mention to the code points that are `taken`; they must not be taken already."""
    if mention.level != "core":
        return
    span = range(mention.start, mention.end)
    if not taken.isdisjoint(span):
        raise DocumentError(
            place,
            f"{mention.surface!r} overlaps another core mention. Keep the longer name and give the "
            'one inside "level": "nested".',
        )
    taken.update(span)


def _mention(row: Mapping[str, Any], document: GoldDocument, place: str) -> GoldMention:
    start, end = (_field(row, key, int, place) for key in ("start", "end"))
    surface, entry = (_field(row, key, str, place) for key in ("surface", "entry"))
    level = _optional(row, "level", str, place) or "core"
    if level not in LEVELS:
        raise DocumentError(place, f"The level {level!r} is none of {', '.join(LEVELS)}.")
    if end - start != len(surface) or start < 0 or not surface:
        raise DocumentError(
            place,
            f"{start}–{end} does not fit {surface!r}: offsets count code points from 0, the end "
            "is exclusive.",
        )
    text = document.text
    if text is not None and text[start:end] != surface:
        raise DocumentError(
            place, f"The text has {text[start:end]!r} at {start}–{end}, not {surface!r}."
        )
    kind, note = (_optional(row, key, str, place) or "" for key in ("type", "note"))
    paraphrased = _optional(row, "paraphrased", bool, place) or False
    return GoldMention(start, end, surface, entry, level, kind, note, paraphrased)
