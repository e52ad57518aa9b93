"""The glossary file format: reading with all faults reported, its schema, writing."""

from vardynas.glossary.collection import FileSource, Glossary
from vardynas.glossary.entries import Place
from vardynas.glossary.files import builtin_path, fingerprint
from vardynas.glossary.reader import read, read_text

__all__ = ["FileSource", "Glossary", "Place", "builtin_path", "fingerprint", "read", "read_text"]
