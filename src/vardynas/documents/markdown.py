"""Markdown (CommonMark and what GitHub adds): the text that readers see, and edits back into it.

Headings, paragraphs, cells, footnotes, texts of links, descriptions of images, titles of both, and
the text inside HTML. Code, math, addresses, autolinks, wiki links without a text of their own, labels,
tags and front matter are left alone. Where the text of a link is its label as well ([Wilno]), an
edit adds the label, so that the link keeps its target.
"""

from __future__ import annotations

import re
from itertools import pairwise

from vardynas.documents.encodings import Decoded, decode
from vardynas.documents.entities import ESCAPES, REFERENCES
from vardynas.documents.extract import OBJECT, Extract
from vardynas.documents.formats import Options
from vardynas.documents.html import Reader
from vardynas.documents.markdown_events import Event, events, titles
from vardynas.documents.markdown_source import Label, Wrapper, amended
from vardynas.documents.marked import MarkedText, Splice
from vardynas.documents.tags import tokens

__all__ = ["MarkdownText", "open_document"]

_TEXT, _TITLE = len(ESCAPES), len(ESCAPES) + 1  # kinds of slots besides those of HTML
_special = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#|[A-Za-z][A-Za-z0-9]*;)").sub
_special_in_title = re.compile(r"[\\\"'()]|&(?=#|[A-Za-z][A-Za-z0-9]*;)").sub
_front_matter = re.compile(
    r"(---|\+\+\+)[ \t]*\r?\n(?=\S)(?:.*\r?\n)*?(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)"
).match
_INLINE = ("Emphasis", "Strong", "Strikethrough", "Link", "Image")
_SHOW_TARGET = ("Autolink", "Email", "WikiLink")  # <https://reform.by>, [[Vilnius]]


def _backslash(match: re.Match[str]) -> str:
    return f"\\{match.group()}"


def _escape_text(text: str) -> str:
    return _special(_backslash, text)


def _escape_title(text: str) -> str:
    return _special_in_title(_backslash, text)


class MarkdownText(MarkedText):
    """A Markdown document that has been read."""

    blank_lines = True

    def __init__(self, decoded: Decoded, reader: _Reader) -> None:
        escapes = (*ESCAPES, _escape_text, _escape_title)
        super().__init__(decoded, reader.found, escapes, references=REFERENCES)
        self._wrappers, self._labels = reader.wrappers, reader.labels

    def amended(self, splices: list[Splice]) -> list[Splice]:
        """`splices` with what keeps emphasis and links what they are."""
        return amended(self._decoded.text, splices, self._wrappers, self._labels)


class _Reader:
    """Goes through the events of a parser and gathers the text."""

    def __init__(self, source: str) -> None:
        self.found = Extract(source, kinds=len(ESCAPES) + 2)
        self.wrappers: list[Wrapper] = []
        self.labels: list[Label] = []
        self._source = source
        self._html = Reader(self.found)
        self._untouched: list[str] = []  # elements around that are left alone
        self._break: int | None = None  # where a line break begins that has yet to end
        self._lines: list[tuple[int, int]] = []  # of a block of HTML

    def read(self, start: int) -> None:
        """Gather the text from `start` on."""
        for event in events(self._source, start):
            self._take(event)
        for title in titles(self._source, start):
            self._title(*title)
        self._html.border()

    def _take(self, event: Event) -> None:
        if event.kind == "break":
            self._break = event.start if self._break is None else self._break
            return
        self._end_line(event.start)
        if event.kind == "open":
            self._open(event)
        elif event.kind == "close":
            self._close(event)
        elif event.kind == "text":
            self._text(event.text, event.start, event.end)
        elif event.kind == "html":
            self._lines.append((event.start, event.end))
        elif event.kind == "tag":
            self._html.read(tokens(self._source, event.start, event.end))
        elif event.kind == "object":
            self.found.gap(OBJECT)

    def _end_line(self, at: int) -> None:
        """What stands between the end of a line and `at` is a line break."""
        if self._break is not None:
            if not self.found.begins_line:
                self.found.atom(self._break, at, "\n", _TEXT)
            self._break = None

    def _text(self, text: str, start: int, end: int) -> None:
        if self._untouched or not self._html.touched:
            self.found.gap(OBJECT)
        elif self._source[start:end] != text:
            self._letter(text, start, end)
        elif self._source[start - 1 : start] == "\\" and self._is_escape(start):
            self.found.atom(start - 1, start + 1, text[0], _TEXT)
            self.found.copy(start + 1, end, _TEXT)
        else:
            self.found.copy(start, end, _TEXT)

    def _letter(self, text: str, start: int, end: int) -> None:
        if len(text) == 1:
            self.found.atom(start, end, text, _TEXT)
        else:
            self.found.gap(OBJECT)

    def _is_escape(self, at: int) -> bool:
        """Whether the backslash before `at` is no text itself."""
        last = self.found.pieces[-1] if self.found.pieces else None
        return last is None or last.slot != _TEXT or last.at + last.end - last.start != at

    def _open(self, event: Event) -> None:
        if event.name not in _INLINE:
            self._html.border()
        if event.name == "CodeBlock" or event.link in _SHOW_TARGET:
            self._untouched.append(event.name)
        if event.name in ("Image", "CodeBlock") or event.link in _SHOW_TARGET:
            self.found.gap(OBJECT)
        elif event.name in ("Emphasis", "Strong", "Strikethrough"):
            width = _width(self._source, event)
            inner, after = event.start + width, event.end - width
            self.wrappers.append(Wrapper(event.start, inner, after, event.end))
        if event.name in ("Link", "Image"):
            self._link(event)

    def _link(self, event: Event) -> None:
        """Remember what an edit in the text of a link would break, and its title."""
        first = event.start + 1 + (event.name == "Image")
        if event.link in ("Shortcut", "Collapsed"):
            own = event.link == "Collapsed" and self._source.startswith("[]", event.end)
            self.labels.append(Label(first, event.end - 1, event.end, event.end + 2 * own))
        elif event.link == "Inline" and event.title:
            self._title(event.title, first, event.end)

    def _title(self, title: str, start: int, end: int) -> None:
        """Keep the last place of `title` in ``source[start:end]`` for the end of the paragraph.

        One that is not written there as it reads (with backslashes, references) stays as it is.
        """
        at = self._source.rfind(title, start, end)
        if at >= 0 and self._source[at - 1] in "\"'(":
            self._html.keep_aside(at, at + len(title), _TITLE)

    def _close(self, event: Event) -> None:
        if self._untouched and self._untouched[-1] == event.name:
            self._untouched.pop()
        elif event.name == "Image":
            self.found.gap(OBJECT)
        elif event.name == "HtmlBlock":
            self._html_block()
        if event.name not in _INLINE:
            self._html.border()

    def _html_block(self) -> None:
        """Read a block of HTML; in a quotation its lines do not follow each other: it stays."""
        lines, self._lines = self._lines, []
        if lines and all(line[1] == after[0] for line, after in pairwise(lines)):
            self._html.read(tokens(self._source, lines[0][0], lines[-1][1]))


def _width(source: str, event: Event) -> int:
    """How many signs open and close emphasis."""
    if event.name == "Strikethrough":
        return 2 if source.startswith("~~", event.start) else 1
    return 2 if event.name == "Strong" else 1


def open_document(data: bytes, path: str, options: Options) -> MarkdownText:
    r"""The text of a Markdown document; DocumentError says when it cannot be decoded.

    >>> open_document("# **Łuka**szenki `kod`".encode(), "a.md", Options()).text
    'Łukaszenki \ufffc\n\n'
    """
    decoded = decode(path, data, options.encoding)
    front = _front_matter(decoded.text)
    reader = _Reader(decoded.text)
    reader.read(front.end() if front else 0)
    return MarkdownText(decoded, reader)
