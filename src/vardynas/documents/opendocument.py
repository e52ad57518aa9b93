"""OpenDocument texts (ODT): names written in the text of paragraphs, all else byte for byte.

Read are the body with its tables, text boxes and notes, headers and footers. Comments, properties,
embedded objects and what was changed with tracking before are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from vardynas.documents.archive import Archive, remarks
from vardynas.documents.formats import Opened, Options
from vardynas.documents.opendocument_reader import OpenDocumentReader
from vardynas.documents.slots import Source, Splice, XmlSlot, escaped, parse, spliced
from vardynas.documents.story import Block, Story
from vardynas.errors import DocumentError
from vardynas.model import Edit

__all__ = ["OpenDocument", "open_document"]

_KIND = b"application/vnd.oasis.opendocument.text"
_PARTS = ("content.xml", "styles.xml")
_MANIFEST = "META-INF/manifest.xml"
_TRACKED = (
    "tracked changes are written into Word documents (.docx) only. "
    "Save it as .docx, or leave out tracked changes"
)


def open_document(data: bytes, path: str, options: Options) -> Opened:
    """The OpenDocument text `data`; DocumentError when it is none, damaged, or has a password."""
    return OpenDocument(data, path, options)


class OpenDocument:
    """An OpenDocument text that has been read; see `vardynas.documents.formats.Opened`."""

    def __init__(self, data: bytes, path: str, options: Options) -> None:
        self._archive = Archive(data, path)
        self._path = path
        self._options = options
        _check(self._archive, path)
        self._parts = [name for name in _PARTS if name in self._archive.names]
        self._sources = [Source.of(self._archive.read(name)) for name in self._parts]
        self._slots: list[XmlSlot] = []
        self._tracked = False
        self._story = Story(self._read())
        self.text = self._story.text
        self.remarks = remarks(self._archive, tracked=self._tracked)

    def _read(self) -> list[Block]:
        blocks: list[Block] = []
        for number, (name, source) in enumerate(zip(self._parts, self._sources, strict=True)):
            reader = OpenDocumentReader(source.data, number, self._slots)
            parse(source, reader, self._path, name)
            blocks += reader.blocks
            self._tracked |= reader.tracked
        return blocks

    def place(self, offset: int) -> str:
        """Where ``text[offset]`` stands: paragraph 12; table 1, row 2; footnote 3; header."""
        return self._story.place(offset)

    def makes(self, edit: Edit) -> bool:
        """Whether `write` makes `edit`: not inside or across tracked changes, page numbers."""
        return self._story.makes(edit)

    def write(self, edits: Sequence[Edit]) -> bytes:
        """The document with `edits` made; DocumentError when they are to be tracked changes."""
        if self._options.tracked:
            raise DocumentError(self._path, _TRACKED)
        splices: dict[int, list[Splice]] = defaultdict(list)
        for change in self._story.changes(edits):
            slot = self._slots[change.slot]
            written = escaped(change.replacement)
            splices[slot.part] += slot.splices(change.start, change.end, written)
        changed = {
            self._parts[part]: self._sources[part].back(spliced(self._sources[part].data, found))
            for part, found in splices.items()
        }
        return self._archive.rewritten(changed)


def _check(archive: Archive, path: str) -> None:
    """DocumentError unless `archive` is a text that can be read."""
    if _MANIFEST in archive.names and b"encryption-data" in archive.read(_MANIFEST):
        raise DocumentError(path, "it is protected by a password. Save it without one")
    kind = archive.read("mimetype") if "mimetype" in archive.names else _KIND
    if not kind.startswith(_KIND) or _PARTS[0] not in archive.names:
        raise DocumentError(path, "it holds no OpenDocument text. Save it as .odt")
