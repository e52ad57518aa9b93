"""Files of office programs that are not read: what they are to be saved as instead."""

from __future__ import annotations

from pathlib import PurePath
from typing import NoReturn

from vardynas.documents.formats import Options
from vardynas.errors import DocumentError

__all__ = ["open_document"]

_AS_CSV = (
    "spreadsheets are not read. Save it as CSV in UTF-8, and say which columns hold names: "
    "--column NAME"
)
_AS_DOCX = "files of this kind are not read. Save it as .docx or .odt in a word processor"
_TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def open_document(data: bytes, path: str, options: Options) -> NoReturn:
    """Raises DocumentError with what to do.

    >>> open_document(b"", "vardai.xlsx", Options())
    Traceback (most recent call last):
    vardynas.errors.DocumentError: vardai.xlsx: spreadsheets are not read. Save it as CSV in UTF-8, ...
    """
    suffix = PurePath(path).suffix.lower()
    raise DocumentError(path, _AS_CSV if suffix in _TABLES else _AS_DOCX)
