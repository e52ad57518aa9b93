"""The elements of a Word document that matter here, by what they do (ISO/IEC 29500-1, 17)."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "DELETED",
    "HELD",
    "INSERTED",
    "NAMES",
    "NOTES",
    "OBJECT",
    "OBJECTS",
    "SEEN",
    "SIGNS",
    "attribute",
]

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict variant
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)

OBJECT = "\ufffc"
"""What stands in the text for a picture in the line: no name goes over it."""

SEEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "sym": OBJECT}
"""Elements of a run that stay where they are; a letter of a symbol font is no letter."""

OBJECTS = frozenset({"object", "inline", "oMath"})
"""Elements that stand in the line like a letter, wherever they are found."""

SIGNS = {"softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}
"""Elements of a run that belong to a word and go when it is replaced."""

DELETED = frozenset({"del", "moveFrom"})
"""Tracked deletions: what is in them is not seen."""

INSERTED = frozenset({"ins", "moveTo"})
"""Tracked insertions: what is in them is seen and stays."""

NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}

HELD = frozenset({"dataBinding", "showingPlcHdr", "dropDownList", "comboBox"})
"""They tell that the text of a content control is held elsewhere: Word would bring it back."""

_STRUCTURE = "p r rPr rt t tbl tr txbxContent hyperlink fldChar fldSimple instrText sdt lock object"
_ELEMENTS = {
    *_STRUCTURE.split(),
    *SEEN,
    *SIGNS,
    *DELETED,
    *INSERTED,
    *NOTES,
    *NOTES.values(),
    *HELD,
}

NAMES = {
    **{f"{space} {name}": name for space in _WORD for name in _ELEMENTS},
    **{f"{_COMPATIBILITY} {name}": name for name in ("AlternateContent", "Fallback")},
    **{f"{space} inline": "inline" for space in _DRAWING},
    **{f"{space} oMath": "oMath" for space in _MATH},
}
"""Names as the parser tells them → their local names."""


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """The value of an attribute of WordprocessingML; "" without it."""
    for space in _WORD:
        value = attributes.get(f"{space} {name}")
        if value is not None:
            return value
    return ""
