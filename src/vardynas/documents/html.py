"""HTML: the text that people read, and edits back into it; tags stay byte for byte.

Text, and the attributes that are read out or shown (alt, title, aria-label, placeholder, the
description of the page). Scripts, styles, templates, code, comments and whatever says
``translate="no"`` are left alone. The attribute `lang` tells the language.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from vardynas.documents.encodings import decode
from vardynas.documents.entities import ESCAPES, REFERENCES, characters, flowing
from vardynas.documents.extract import OBJECT, Extract
from vardynas.documents.formats import Options
from vardynas.documents.html_languages import Languages
from vardynas.documents.marked import MarkedText
from vardynas.documents.tags import Attribute, Token, attributes, tokens

__all__ = ["Reader", "open_document"]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _names("""
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
    legend li link main menu meta nav noscript ol optgroup option p pre section select summary table
    tbody td template textarea tfoot th thead title tr ul
    """)
"""Elements that part paragraphs (HTML standard, 15.3, rendering: block and table elements, lists)."""
OBJECTS = _names("audio canvas embed iframe img input meter object progress svg math video")
"""Elements that stand in a line as if they were a word."""
EMPTY = _names("area base br col embed hr img input link meta param source track wbr")
"""Elements without content (HTML standard, 13.1.2, void elements)."""
UNTOUCHED = _names("code kbd math samp script style template var")
"""Elements whose content is not prose."""
SHOWN = _names("alt title aria-label aria-description placeholder")
"""Attributes that are shown or read out."""
META = _names("""
    description title og:title og:description og:image:alt twitter:title twitter:description
    twitter:image:alt dc.title dc.description dcterms.title dcterms.description
    """)
"""What `content` of a `meta` element must be called to be text."""

_code = re.compile(r"\{[{%#]|<%")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>"}
_may_have_attributes = re.compile(
    r"alt|title|aria-|placeholder|content|translate|class|lang", re.I
).search
_charset = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE).search
_xml_encoding = re.compile(rb"<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE).match
_HEAD = 1024  # a declaration has to stand in that many bytes


class Reader:
    """Goes through the tokens of a page, or of a stretch of it, and adds its text to `found`."""

    def __init__(self, found: Extract) -> None:
        self._found = found
        self._source = found.source
        self._inside: list[tuple[str, bool]] = []  # elements from the first untouched one on
        self._preformatted = 0
        self._aside: list[tuple[int, int, int, str | None]] = []
        self._languages = Languages()

    def read(self, found: Iterable[Token]) -> None:
        """Add the text of these tokens."""
        for token in found:
            if token.kind == "text":
                self._text(token)
            elif token.kind == "open":
                self._open(token)
            elif token.kind == "close":
                self._close(token)
            elif self._source.startswith("<!--", token.start):
                self._found.comments.append((token.start, token.end))

    @property
    def touched(self) -> bool:
        """Whether what stands here may be changed."""
        return not self._inside or self._inside[-1][1]

    def _text(self, token: Token) -> None:
        if not self.touched:
            if not self._source[token.start : token.end].isspace():
                self._found.gap(OBJECT)
            return
        for start, end in _prose(self._source, token.start, token.end):
            if start > token.start:
                self._found.gap(OBJECT)
            if self._preformatted:
                characters(self._found.copy, self._found, start, end, 0)
            else:
                flowing(self._found, start, end)

    def _open(self, token: Token) -> None:
        name = token.name
        if name in BLOCKS:
            self.border()
        values = self._attributes(token)
        self._found.speak(self._languages.opened(name, self._said(values), name not in EMPTY))
        if name in BLOCKS:
            pass
        elif name == "br":
            self._found.line()
        elif name in OBJECTS:
            self._found.gap(OBJECT)
        touch = _translated(values, self._source, name)
        if touch is None:
            touch = self.touched
        if touch:
            self._keep_attributes(name, values)
        if name not in EMPTY:
            self._preformatted += name in ("pre", "textarea")
            if self._inside or not touch:
                self._inside.append((name, touch and not self._in_code()))

    def _close(self, token: Token) -> None:
        name = token.name
        if name in ("pre", "textarea"):
            self._preformatted = max(0, self._preformatted - 1)
        for number in range(len(self._inside) - 1, -1, -1):
            if self._inside[number][0] == name:
                del self._inside[number:]
                break
        if name in BLOCKS:
            self.border()
        self._found.speak(self._languages.closed(name))

    def _said(self, values: dict[str, Attribute]) -> str | None:
        """What an element says of its language; None when it says nothing."""
        found = values.get("lang") or values.get("xml:lang")
        return None if found is None else self._source[found.start : found.end]

    def _in_code(self) -> bool:
        return any(name in UNTOUCHED for name, _ in self._inside)

    def _attributes(self, token: Token) -> dict[str, Attribute]:
        """The attributes of a tag that matter here."""
        if not _may_have_attributes(self._source, token.start, token.end):
            return {}
        return {found.name: found for found in reversed(list(attributes(self._source, token)))}

    def _keep_attributes(self, name: str, values: dict[str, Attribute]) -> None:
        """Keep the values that are text; where they stand they would part a sentence."""
        shown = [values[key] for key in values if key in SHOWN]
        if name == "meta" and "content" in values and _is_prose(values, self._source):
            shown.append(values["content"])
        for one in sorted(shown, key=_start):
            self.keep_aside(one.start, one.end, 1 if one.quote else 2)

    def keep_aside(self, start: int, end: int, slot: int) -> None:
        """Keep ``source[start:end]``, a text of its own, for the end of the paragraph."""
        self._aside.append((start, end, slot, self._languages.now))

    def border(self) -> None:
        """A paragraph ends; what was kept aside makes paragraphs of its own."""
        self._found.paragraph()
        for start, end, slot, language in self._aside:
            self._found.speak(language)
            flowing(self._found, start, end, slot)
            self._found.paragraph()
        self._aside.clear()
        self._found.speak(self._languages.now)


def _start(attribute: Attribute) -> int:
    return attribute.start


def _prose(source: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The parts of a text that are no code of a template ({{ name }}, {% if %}, <% %>)."""
    if not any(sign in source[start:end] for sign in _CLOSED_BY):
        return [(start, end)]
    parts, at, missing = [], start, set[str]()
    for match in _code.finditer(source, start, end):
        sign = match.group()
        if match.start() < at or sign in missing:
            continue
        after = source.find(_CLOSED_BY[sign], match.end(), end)
        if after < 0:
            missing.add(sign)
            continue
        parts.append((at, match.start()))
        at = after + 2
    return [*parts, (at, end)]


def _translated(values: dict[str, Attribute], source: str, name: str) -> bool | None:
    """Whether an element says that its content may, or may not, be changed; None when neither."""
    if name in UNTOUCHED:
        return False
    said = values.get("translate")
    if said is not None:
        return source[said.start : said.end].strip().lower() != "no"
    classes = values.get("class")
    if classes is not None and "notranslate" in source[classes.start : classes.end].split():
        return False
    return None


def _is_prose(values: dict[str, Attribute], source: str) -> bool:
    called = values.get("name") or values.get("property")
    return called is not None and source[called.start : called.end].strip().lower() in META


def open_document(data: bytes, path: str, options: Options) -> MarkedText:
    r"""The text of a page, however broken; DocumentError says when it cannot be decoded.

    >>> page = open_document("<h1>Unii <b>Europejskiej</b></h1>".encode(), "a.html", Options())
    >>> page.text
    'Unii Europejskiej\n\n'
    """
    decoded = decode(path, data, options.encoding, _declared(data[:_HEAD]))
    found = Extract(decoded.text, kinds=len(ESCAPES))
    reader = Reader(found)
    xhtml = decoded.text.lstrip().startswith("<?xml")
    reader.read(tokens(decoded.text, xhtml=xhtml))
    reader.border()
    return MarkedText(decoded, found, ESCAPES, references=REFERENCES)


def _declared(head: bytes) -> str | None:
    """The encoding that a page says it has; what browsers take for windows-1252 is that."""
    match = _xml_encoding(head) or _charset(head)
    if match is None:
        return None
    name = match[1].decode("ascii", "replace")
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    if codec.startswith(("utf-16", "utf-32")):
        return "utf-8"  # it could not be read as ASCII then
    return "cp1252" if codec in ("iso8859-1", "ascii") else name
