"""The formats that are known, what each of them offers, and opening a document by its name.

A format is a module with ``open_document(data, path, options) -> Opened``. It is imported when a
document of that format is opened, and imports other people's packages only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, Protocol, cast

from vardynas.errors import DocumentError
from vardynas.model import Edit

__all__ = [
    "COMPRESSED",
    "FORMATS",
    "UNREAD",
    "Format",
    "Opened",
    "Options",
    "format_of",
    "is_compressed",
    "open_document",
]


@dataclass(frozen=True, slots=True)
class Options:
    """What people may choose about reading and writing documents; a format takes what it knows."""

    format: str = ""
    """The name of the format; `open_document` sets it, for modules that know more than one."""
    columns: tuple[str, ...] = ()
    """The columns of a table to read, by name or number from 1; () is refused with their names."""
    fields: tuple[str, ...] = ()
    """The fields of JSON lines to read: ``a.b``, ``items[].name``; () is refused with their names."""
    encoding: str | None = None
    """The encoding of a text; None for UTF-8 or, failing that, the one that fits best."""
    tracked: bool = False
    """Whether edits become tracked changes (Word)."""
    date: str | None = None
    """The date of tracked changes, as 2026-11-22T05:00:00Z; None: SOURCE_DATE_EPOCH, or none."""
    delimiter: str | None = None
    """What parts the cells of a row; None for what the file itself or its suffix says."""
    header: bool = True
    """Whether the first row of a table names its columns."""
    id_columns: bool = False
    """Whether a table gets, behind each column NAME that is read, a column NAME_id with the ids."""


class Opened(Protocol):
    """A document that has been read."""

    @property
    def text(self) -> str:
        """What the resolver reads: paragraphs and cells are parted by a blank line."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know about how it was read (a guessed encoding); mostly ()."""

    def write(self, edits: Sequence[Edit]) -> bytes:
        """The document with `edits` made, all else byte for byte; DocumentError says why not."""

    def place(self, offset: int) -> str:
        """Where ``text[offset]`` stands, for people: "line 3, column 4", "row 4, column name"."""


class Format(NamedTuple):
    """A format: its name, the suffixes of its files, the extra that it needs ("") and its module."""

    name: str
    suffixes: tuple[str, ...]
    extra: str
    module: str


_HERE = "vardynas.documents"

PLAIN = Format("txt", (".txt", ".text"), "", f"{_HERE}.plain")

FORMATS = (
    PLAIN,
    Format("md", (".md", ".markdown", ".mdown"), "documents", f"{_HERE}.markdown"),
    Format("html", (".html", ".htm", ".xhtml"), "", f"{_HERE}.html"),
    Format("xml", (".xml",), "", f"{_HERE}.xml"),
    Format("srt", (".srt",), "", f"{_HERE}.subtitles"),
    Format("vtt", (".vtt",), "", f"{_HERE}.subtitles"),
    Format("docx", (".docx", ".docm", ".dotx", ".dotm"), "", f"{_HERE}.word"),
    Format("odt", (".odt", ".ott"), "", f"{_HERE}.opendocument"),
    Format("pdf", (".pdf",), "documents", f"{_HERE}.pdf"),
    Format("csv", (".csv",), "", f"{_HERE}.delimited"),
    Format("tsv", (".tsv", ".tab"), "", f"{_HERE}.delimited"),
    Format("jsonl", (".jsonl", ".ndjson"), "", f"{_HERE}.jsonlines"),
    Format("parquet", (".parquet", ".pq"), "parquet", f"{_HERE}.parquet"),
)

UNREAD = Format(
    "unread",
    *(
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".doc", ".rtf", ".ppt", ".pptx", ".odp"),
        "",
        f"{_HERE}.unread",
    ),
)
"""What is no text and is not read, unless somebody names a format: opening it says what to do."""

COMPRESSED = (".gz", ".zst")
"""Suffixes behind the suffix of the format: ``names.csv.gz``."""


def is_compressed(path: str) -> bool:
    """Whether the name of `path` says that the file is compressed.

    >>> is_compressed("vardai.csv.gz"), is_compressed("vardai.csv")
    (True, False)
    """
    return PurePath(path).suffix.lower() in COMPRESSED


def format_of(path: str, name: str | None = None) -> Format:
    """The format called `name`, otherwise the one that the suffix of `path` tells, or plain text.

    Raises DocumentError for a name that is no format.

    >>> format_of("Гродна.MD").name, format_of("vardai.tsv.gz").name, format_of("pastabos").name
    ('md', 'tsv', 'txt')
    """
    if name is not None:
        return _named(path, name)
    inner = PurePath(path).with_suffix("") if is_compressed(path) else PurePath(path)
    suffix = inner.suffix.lower()
    return next((one for one in (*FORMATS, UNREAD) if suffix in one.suffixes), PLAIN)


def _named(path: str, name: str) -> Format:
    for one in FORMATS:
        if name.lower() == one.name or f".{name.lower().lstrip('.')}" in one.suffixes:
            return one
    known = ", ".join(one.name for one in FORMATS)
    raise DocumentError(path, f"{name!r} is no known format; write one of {known}")


def open_document(
    path: str, data: bytes, options: Options | None = None, name: str | None = None
) -> Opened:
    """The document at `path`, which holds `data`, in the format `name` or that of its suffix.

    Raises DocumentError when it cannot be read and MissingExtra when a package for that is missing.
    """
    chosen = format_of(path, name)
    module = f"{_HERE}.compressed" if is_compressed(path) else chosen.module
    arguments = (data, path, replace(options or Options(), format=chosen.name))
    if is_compressed(path):  # unpacks, opens what it holds in the format `name`, packs again
        return cast(Opened, import_module(module).open_document(*arguments, name))
    return cast(Opened, import_module(module).open_document(*arguments))
