"""Word documents (DOCX): names written in the text of runs, all else byte for byte.

Read are the body with its tables and text boxes, footnotes, endnotes, headers and footers. Comments,
properties, charts and what was changed with tracking before are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from vardynas.documents.archive import Archive, remarks
from vardynas.documents.formats import Opened, Options
from vardynas.documents.slots import Source, XmlSlot, parse, spliced
from vardynas.documents.story import Block, Story
from vardynas.documents.word_package import parts_of
from vardynas.documents.word_reader import WordReader
from vardynas.documents.word_runs import WordText
from vardynas.documents.word_tracked import Tracker
from vardynas.documents.word_writer import plainly
from vardynas.errors import DocumentError
from vardynas.model import Edit

__all__ = ["WordDocument", "open_document"]

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_REASON = (
    "this is a Word document of the old kind, or one with a password. "
    "Open it in a word processor and save it as .docx, without a password"
)


def open_document(data: bytes, path: str, options: Options) -> Opened:
    """The Word document `data`; DocumentError when it is none, damaged, or has a password."""
    if data.startswith(_OLD):
        raise DocumentError(path, _OLD_REASON)
    return WordDocument(data, path, options)


class WordDocument:
    """A Word document that has been read; see `vardynas.documents.formats.Opened`."""

    def __init__(self, data: bytes, path: str, options: Options) -> None:
        self._archive = Archive(data, path)
        self._options = options
        self._path = path
        self._parts = parts_of(self._archive, path)
        self._sources = [Source.of(self._archive.read(part.name)) for part in self._parts]
        self._slots: list[XmlSlot] = []
        self._texts: list[WordText] = []
        self._tracked = False
        self._story = Story(self._read(path))
        self.text = self._story.text
        self.remarks = remarks(self._archive, tracked=self._tracked)

    def _read(self, path: str) -> list[Block]:
        blocks: list[Block] = []
        notes: dict[tuple[str, str], int] = {}
        for number, (part, source) in enumerate(zip(self._parts, self._sources, strict=True)):
            reader = WordReader(source.data, number, self._slots, self._texts, part.place, notes)
            parse(source, reader, path, part.name)
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
        """The document with `edits` made; as tracked changes when the options say so."""
        changes = list(self._story.changes(edits))
        if self._options.tracked:
            data = [source.data for source in self._sources]
            tracker = Tracker(data, self._options, self._path)
            splices = tracker.splices(changes, self._slots, self._texts)
        else:
            splices = plainly(changes, self._slots, self._texts, self._sources)
        changed = {
            self._parts[number].name: self._sources[number].back(
                spliced(self._sources[number].data, found)
            )
            for number, found in splices.items()
        }
        return self._archive.rewritten(changed)
