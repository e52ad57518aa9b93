"""XML of any vocabulary: the text between tags, and edits back into it.

Text in which elements stand is one paragraph with them, so that ``<b>Łuka</b>szenki`` is one name;
elements that stand beside each other are paragraphs. Attributes, comments, processing instructions
and the document type are left alone, and so is what says ``translate="no"``. `xml:lang` and `lang`
tell languages.

Entities are never expanded and nothing outside the document is ever read: an entity that the document
declares is left as it stands, which also keeps entities within entities from growing.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vardynas.documents.codepoints import CodePoints
from vardynas.documents.encodings import Decoded, decode, shown
from vardynas.documents.entities import ESCAPES, REFERENCES, flowing
from vardynas.documents.extract import OBJECT, Extract
from vardynas.documents.formats import Options
from vardynas.documents.languages import language_said
from vardynas.documents.marked import MarkedText
from vardynas.errors import DocumentError

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

__all__ = ["open_document"]

UNTOUCHED = frozenset((
    *("code", "formula", "kbd", "literal", "math", "monospace", "programlisting", "samp"),
    *("screen", "script", "style", "tex-math"),
))  # fmt: skip
"""Elements of HTML, DocBook, JATS and TEI whose content is not prose."""
CODE = ("code", "codeblock")
"""What elements of TEI are of the `type` of, when their content is not prose."""
LINE_BREAKS = frozenset(("lb", "br", "break", "line-break"))
"""Elements of TEI, HTML and JATS that end a line."""

_CDATA = 3  # the kind of slot in which nothing is a reference
_encoding = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']").match
_HEAD = 200  # a declaration has to come first


class _Event(NamedTuple):
    """What stands in the source from `start` on: open, close, text, cdata, entity, comment, other."""

    kind: str
    start: int
    name: str = ""
    touch: bool = True
    language: str | None = None  # what the element says of it: a tag, or "" for none


class _Parser:
    """Reads a document into events with their places; nothing is built."""

    def __init__(self, source: str) -> None:
        from xml.parsers import expat

        data = source.encode("utf-8")
        self.events: list[_Event] = []
        self._places = CodePoints(data)
        self._in_cdata = False
        self._in_doctype = False
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = False
        self._parser.ordered_attributes = True
        self._connect(self._parser)
        self._parser.Parse(data, True)
        self._add("end")

    def _connect(self, parser: XMLParserType) -> None:
        parser.StartElementHandler = self._open
        parser.EndElementHandler = lambda name: self._add("close", name)
        parser.CharacterDataHandler = lambda text: self._text()
        parser.CommentHandler = lambda text: self._add("comment")
        parser.ProcessingInstructionHandler = lambda target, text: self._add("other")
        parser.StartCdataSectionHandler = lambda: self._cdata(True)
        parser.EndCdataSectionHandler = lambda: self._cdata(False)
        parser.StartDoctypeDeclHandler = lambda *names: self._doctype(True)
        parser.EndDoctypeDeclHandler = lambda: self._doctype(False)
        parser.DefaultHandler = self._default  # with it, entities are not expanded

    def _add(
        self, kind: str, name: str = "", touch: bool = True, language: str | None = None
    ) -> None:
        if kind == "text" and self.events and self.events[-1].kind == "text":
            return  # one text comes line by line
        start = self._places.before(self._parser.CurrentByteIndex)
        self.events.append(_Event(kind, start, name.rpartition(":")[2], touch, language))

    def _open(self, name: str, values: list[str]) -> None:
        said = dict(zip(values[::2], values[1::2], strict=True))
        translate = said.get("translate", said.get("its:translate", "yes"))
        is_code = said.get("type", "").partition(" ")[0] in CODE
        language = said.get("xml:lang", said.get("lang"))
        self._add("open", name, translate != "no" and not is_code, language)

    def _text(self) -> None:
        self._add("cdata" if self._in_cdata else "text")

    def _cdata(self, inside: bool) -> None:
        self._in_cdata = inside
        self._add("other")

    def _doctype(self, inside: bool) -> None:
        self._in_doctype = inside
        self._add("other")

    def _default(self, text: str) -> None:
        entity = text.startswith("&") and not self._in_doctype
        self._add("entity" if entity else "other")


def _read(source: str, events: list[_Event], found: Extract) -> None:
    """Add the text of the events."""
    mixed = _mixed(source, events)
    inside: list[tuple[bool, bool]] = [(True, False)]  # touched; text stands beside its elements
    languages: list[str | None] = [None]
    for number, (event, after) in enumerate(pairwise(events)):
        touched, flows = inside[-1]
        if event.kind == "open":
            _border(found, event, flows)
            keep = touched and event.touch and event.name not in UNTOUCHED
            inside.append((keep, number in mixed))
            said = event.language
            languages.append(languages[-1] if said is None else language_said(said))
            found.speak(languages[-1])
        elif event.kind == "close" and len(inside) > 1:
            inside.pop()
            languages.pop()
            _border(found, event, inside[-1][1])
            found.speak(languages[-1])
        elif event.kind in ("text", "cdata") and touched:
            end = after.start
            if event.kind == "text":
                flowing(found, event.start, end)
            else:
                found.flow(event.start, end, _CDATA)
        elif event.kind in ("text", "cdata", "entity") and flows:
            found.gap(OBJECT)
        elif event.kind == "comment":
            found.comments.append((event.start, after.start))


def _border(found: Extract, event: _Event, flows: bool) -> None:
    """What an element's tag means for the text: a paragraph, a line or nothing."""
    if not flows:
        found.paragraph()
    elif event.name in LINE_BREAKS and event.kind == "open":
        found.line()


def _mixed(source: str, events: list[_Event]) -> set[int]:
    """The numbers of the events that open an element in which text stands."""
    found: set[int] = set()
    opened: list[int] = []
    for number, event in enumerate(events[:-1]):
        if event.kind == "open":
            opened.append(number)
        elif event.kind == "close":
            opened.pop()
        elif opened and event.kind in ("text", "cdata", "entity"):
            text = source[event.start : events[number + 1].start]
            found.update(() if text.isspace() else opened[-1:])
    return found


def open_document(data: bytes, path: str, options: Options) -> MarkedText:
    r"""The text of an XML document; DocumentError says where it is not well formed.

    >>> text = "<p>Unii &amp; <hi>Łuka</hi>szenki</p>"
    >>> open_document(text.encode(), "a.xml", Options()).text
    'Unii & Łukaszenki\n\n'
    """
    from xml.parsers.expat import ExpatError

    decoded = _decoded(data, path, options)
    found = Extract(decoded.text, kinds=len(ESCAPES))
    try:
        _read(decoded.text, _Parser(decoded.text).events, found)
    except ExpatError as error:
        raise DocumentError(
            shown(path),
            f"not well-formed XML at line {error.lineno}, column {error.offset + 1}: "
            f"{str(error).partition(':')[0]}. If it is HTML, say so: --from html",
        ) from None
    return MarkedText(decoded, found, ESCAPES, references=REFERENCES)


def _decoded(data: bytes, path: str, options: Options) -> Decoded:
    """The text of `data`: by its mark, in the encoding that it declares, or in UTF-8."""
    match = _encoding(data[:_HEAD].decode("latin-1"))
    declared = match[1] if match else "utf-8"
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return decode(path, data, options.encoding or (None if marked else declared))
