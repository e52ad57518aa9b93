"""Which members of a Word document hold text (ISO/IEC 29500-2, content types)."""

from __future__ import annotations

from typing import NamedTuple

from vardynas.documents.archive import Archive
from vardynas.documents.slots import Source, parse
from vardynas.errors import DocumentError

__all__ = ["TextPart", "parts_of"]

_TYPES = "[Content_Types].xml"
_OVERRIDE = "http://schemas.openxmlformats.org/package/2006/content-types Override"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACROS = "application/vnd.ms-word."
_MAIN = {
    f"{_WORD}document.main+xml",
    f"{_WORD}template.main+xml",
    f"{_MACROS}document.macroEnabled.main+xml",
    f"{_MACROS}template.macroEnabledTemplate.main+xml",
}
_PLACES = {
    **dict.fromkeys(_MAIN, ""),
    f"{_WORD}footnotes+xml": "footnote",
    f"{_WORD}endnotes+xml": "endnote",
    f"{_WORD}header+xml": "header",
    f"{_WORD}footer+xml": "footer",
}
_ORDER = list(dict.fromkeys(_PLACES.values()))


class TextPart(NamedTuple):
    """A member of the archive and what people call the place of its text; "" for the main part."""

    name: str
    place: str


class _Overrides:
    """Reads the list of content types."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        if name == _OVERRIDE:
            part = attributes.get("PartName", "").lstrip("/")
            self.found[part] = attributes.get("ContentType", "")

    def end(self, name: str, at: int) -> None:
        """Nothing ends here that matters."""

    def chars(self, text: str, at: int) -> None:
        """There is no text."""


def parts_of(archive: Archive, path: str) -> list[TextPart]:
    """The parts with text: the main one, notes, headers, footers; DocumentError without a main one."""
    types = _Overrides()
    if _TYPES in archive.names:
        parse(Source.of(archive.read(_TYPES)), types, path, _TYPES)
    found = [
        TextPart(name, _PLACES[types.found[name]])
        for name in archive.names
        if types.found.get(name) in _PLACES
    ]
    if not any(part.place == "" for part in found):
        raise DocumentError(path, "it holds no Word document. Save it as .docx in a word processor")
    return sorted(found, key=lambda part: _ORDER.index(part.place))
