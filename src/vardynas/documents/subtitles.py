r"""Subtitles (SubRip and WebVTT): the text of cues, and edits back into it.

Numbers, times, settings, notes, styles, and tags such as ``<i>`` and ``{\an8}`` are left alone. The
lines of a cue are one text, so that a name may go on from one to the next; the line break stays, at
the end of the word before it. Each cue is a paragraph: a name that is divided between two
cues, which are shown one after the other, is not put together, and the first word of a cue may begin
a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vardynas.documents.encodings import decode
from vardynas.documents.entities import ESCAPES, REFERENCES, characters
from vardynas.documents.extract import Extract
from vardynas.documents.formats import Options
from vardynas.documents.marked import MarkedText
from vardynas.model import Edit

__all__ = ["Subtitles", "open_document"]

_CUE_TEXT, _AS_IT_IS = 0, 3  # kinds of slots: WebVTT has entities, SubRip has none
_times = re.compile(
    r"^[ \t]*(?:\d+:)?\d+:\d\d[.,]\d+[ \t]*-->[ \t]*(?:\d+:)?\d+:\d\d[.,]\d+[^\r\n]*(?:\r\n|\n|\r|\Z)",
    re.MULTILINE,
)
_line = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_tag = re.compile(r"</?[A-Za-z][^<>\r\n]*>|<[\d:.]+>|\{\\[^{}\r\n]*\}|</?>")
_closing = re.compile(r"[.,;:!?…)\]»”“\"’]*[ \t]*")


class Subtitles(MarkedText):
    """Subtitles that have been read."""

    def prepared(self, edits: Sequence[Edit]) -> list[Edit]:
        """`edits`, by which a line break inside a name stays behind it.

        Otherwise a name that becomes one word would join the lines; signs that close a clause come
        with the name.
        """
        return [self._with_break(edit) if "\n" in edit.text else edit for edit in edits]

    def _with_break(self, edit: Edit) -> Edit:
        if "\n" in edit.replacement:
            return edit
        closing = _closing.match(self.text, edit.end)
        end = closing.end() if closing else edit.end
        if self.text[end : end + 1] in ("", "\n"):
            return edit  # nothing is left for the second line
        if self.text[end - 1] not in " \t":
            return edit  # no word ends here
        signs = self.text[edit.end : end].rstrip(" \t")
        return replace(
            edit,
            end=end,
            text=self.text[edit.start : end],
            replacement=f"{edit.replacement}{signs}\n",
        )


def _cues(source: str) -> Iterator[tuple[int, int]]:
    """Start and end of the text of each cue: from its times to a blank line or the next times."""
    times = list(_times.finditer(source))
    stops = [match.start() for match in times[1:]] + [len(source)] * bool(times)
    for match, stop in zip(times, stops, strict=True):
        start = at = match.end()
        while at < stop:
            line = _line.match(source, at)
            if line is None or not line[1].strip():
                break
            at = line.end()
        if start < at:
            yield start, at


def _read(found: Extract, start: int, end: int, slot: int) -> None:
    """Add the text of one cue."""
    at = start
    while at < end:
        line = _line.match(found.source, at, end)
        assert line is not None  # it fits an empty text too
        _read_line(found, line.start(1), line.end(1), slot)
        if line.end() < end:
            found.atom(line.start(2), line.end(2), "\n", slot)
        at = line.end()
    found.paragraph()


def _read_line(found: Extract, start: int, end: int, slot: int) -> None:
    at = start
    for tag in _tag.finditer(found.source, start, end):
        _read_text(found, at, tag.start(), slot)
        at = tag.end()
    _read_text(found, at, end, slot)


def _read_text(found: Extract, start: int, end: int, slot: int) -> None:
    if slot == _CUE_TEXT:
        characters(found.copy, found, start, end, slot)
    else:
        found.copy(start, end, slot)


def open_document(data: bytes, path: str, options: Options) -> Subtitles:
    r"""The text of subtitles; DocumentError says when it cannot be decoded.

    >>> cues = "1\n00:00:01,000 --> 00:00:02,500\n<i>Unii</i>\nEuropejskiej\n\n2\n"
    >>> open_document(cues.encode(), "a.srt", Options()).text
    'Unii\nEuropejskiej\n\n'
    """
    decoded = decode(path, data, options.encoding)
    found = Extract(decoded.text, kinds=len(ESCAPES))
    slot = _CUE_TEXT if decoded.text.startswith("WEBVTT") else _AS_IT_IS
    for start, end in _cues(decoded.text):
        _read(found, start, end, slot)
    return Subtitles(decoded, found, ESCAPES, references=REFERENCES)
