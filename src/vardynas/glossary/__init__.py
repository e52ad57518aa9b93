"""The glossary file format: reading with all faults reported, its schema, writing."""

from vardynas.glossary.collection import FileSource, Glossary
from vardynas.glossary.entries import Place
from vardynas.glossary.files import builtin_path, fingerprint
from vardynas.glossary.reader import read, read_text
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
]
