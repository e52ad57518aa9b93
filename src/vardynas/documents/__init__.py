"""Documents of every kind: one plain text out of each, and edits back into it.

A format extracts one text, the resolver proposes edits on it, the format writes them back; all else
stays byte for byte. The resolver never sees markup.
"""

from vardynas.documents.formats import Format, Opened, Options, format_of, open_document
from vardynas.documents.pieces import Change, Piece, distribute

__all__ = [
    "Change",
    "Format",
    "Opened",
    "Options",
    "Piece",
    "distribute",
    "format_of",
    "open_document",
]
