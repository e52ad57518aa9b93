"""What a parser of Markdown finds, with places in the text.

pulldown-cmark, behind pyromark, is the one parser at hand that tells where inline text stands;
markdown-it-py and mistletoe know the lines of blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from vardynas.documents.codepoints import CodePoints
from vardynas.errors import MissingExtra

__all__ = ["Event", "Title", "events", "titles"]


class Event(NamedTuple):
    """What stands at ``source[start:end]``.

    `kind` is open, close (`name` says of what), text, break, html (a line of a block), tag (one
    inside a line), object (code, math) or other. `text` is what a text reads as. `link` is the
    type of a link or image and `title` its title.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    text: str = ""
    link: str = ""
    title: str = ""


class Title(NamedTuple):
    """The title of a reference definition, which is ``source[start:end]``."""

    text: str
    start: int
    end: int


_KINDS = {
    "Text": "text",
    "SoftBreak": "break",
    "HardBreak": "break",
    "Html": "html",
    "InlineHtml": "tag",
    "Code": "object",
    "InlineMath": "object",
    "DisplayMath": "object",
    "Start": "open",
    "End": "close",
}
_EXTENSIONS = (
    "ENABLE_TABLES",
    "ENABLE_FOOTNOTES",
    "ENABLE_STRIKETHROUGH",
    "ENABLE_TASKLISTS",
    "ENABLE_HEADING_ATTRIBUTES",
    "ENABLE_MATH",
    "ENABLE_GFM",
    "ENABLE_WIKILINKS",
)


def events(source: str, start: int = 0) -> Iterator[Event]:
    """The events of ``source[start:]`` in order; MissingExtra without the parser.

    >>> [(event.kind, event.name or event.text) for event in events("**Łuka**szenki")][1:4]
    [('open', 'Strong'), ('text', 'Łuka'), ('close', 'Strong')]
    """
    pyromark, options = _parser()
    body = source[start:]
    offsets = CodePoints(body.encode("utf-8"))
    for event, span in pyromark.events_with_range(body, options=options):
        first, after = offsets.before(span["start"]), offsets.before(span["end"])
        yield _event(event, start + first, start + after)


def titles(source: str, start: int = 0) -> Iterator[Title]:
    """The titles of the reference definitions of ``source[start:]``, which make no events."""
    pyromark, options = _parser()
    body = source[start:]
    offsets = CodePoints(body.encode("utf-8"))
    for link in pyromark.reference_definitions(body, options=options).values():
        first, after = (offsets.before(link["span"][key]) for key in ("start", "end"))
        if link["title"]:
            yield Title(link["title"], start + first, start + after)


def _parser() -> tuple[Any, Any]:
    """The parser, whose events are a union of 60 types, and its options."""
    try:
        import pyromark
    except ImportError:
        raise MissingExtra("documents") from None
    options = pyromark.Options(0)
    for name in _EXTENSIONS:
        options |= getattr(pyromark.Options, name)
    return pyromark, options


def _event(event: object, start: int, end: int) -> Event:
    """An event as the parser gives it: a word, or a mapping of a word to what belongs to it."""
    word, value = _first(event)
    kind = _KINDS.get(word, "other")
    if kind not in ("open", "close"):
        return Event(kind, start, end, text=value if isinstance(value, str) else "")
    name, details = _first(value)
    if not isinstance(details, Mapping) or "link_type" not in details:
        return Event(kind, start, end, name)
    link = _link_type(details["link_type"])
    return Event(kind, start, end, name, link=link, title=str(details["title"] or ""))


def _first(value: object) -> tuple[str, object]:
    if isinstance(value, Mapping):
        word, details = next(iter(value.items()))
        return str(word), details
    return str(value), None


def _link_type(value: object) -> str:
    """The type of a link; WikiLink for one that shows its target and Piped for one that does not."""
    word, details = _first(value)
    return "Piped" if isinstance(details, Mapping) and details["has_pothole"] else word
