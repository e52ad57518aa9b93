"""The glossary file format: reading with all faults reported, its schema, writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vardynas.glossary.collection import FileSource, Glossary
    from vardynas.glossary.entries import Place
    from vardynas.glossary.files import builtin_path, fingerprint
    from vardynas.glossary.reader import read, read_text, read_texts
    from vardynas.glossary.writer import dump, dump_entry

__all__ = [
    "FileSource",
    "Glossary",
    "Place",
    "builtin_path",
    "dump",
    "dump_entry",
    "fingerprint",
    "read",
    "read_text",
    "read_texts",
]

_HOMES = {
    "FileSource": "collection",
    "Glossary": "collection",
    "Place": "entries",
    "builtin_path": "files",
    "dump": "writer",
    "dump_entry": "writer",
    "fingerprint": "files",
    "read": "reader",
    "read_text": "reader",
    "read_texts": "reader",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a compiled glossary is opened without the reader
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
