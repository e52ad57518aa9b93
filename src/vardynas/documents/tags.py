r"""Tags, comments and text of HTML, each with its place in the source.

The rules are those of the HTML standard (WHATWG, 13.2.5, tokenization), so that broken pages are read
as browsers read them, in time that grows with the length of the page alone. Python's `html.parser`
differs from it and from version to version, raises on ``<![x``, and takes the square of the time on
tags that never end; parsers that build a tree do not say where an attribute stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Attribute", "Token", "attributes", "tokens"]


class Token(NamedTuple):
    """``source[start:end]``: text, raw (text without entities), open, close or other (comments)."""

    kind: str
    start: int
    end: int
    name: str = ""


class Attribute(NamedTuple):
    """``source[start:end]`` is the value of the attribute `name`; `quote` is ``"``, ``'`` or ""."""

    name: str
    start: int
    end: int
    quote: str


_SPACE = r"[ \t\n\f\r]"
_VALUE = rf"{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^ \t\n\f\r>]*+)"
_ATTRIBUTE = rf"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{_VALUE}|(?!{_SPACE}*+=))"
_tag = re.compile(rf"</?([A-Za-z][^ \t\n\f\r/>]*+)(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*+>")
_starts_tag = re.compile("</?[A-Za-z]")
_comment = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_attribute = re.compile(
    r"(?P<name>[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\n\f\r>]*+)))?+"
)

_RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))
_ESCAPABLE = frozenset(("title", "textarea"))  # entities are read in them, tags are not
_WITHOUT_TAGS = _RAW | _ESCAPABLE


def attributes(source: str, tag: Token) -> Iterator[Attribute]:
    """The attributes of an open tag that have values, names in small letters.

    >>> source = "<img src=a.png alt='Гродна'>"
    >>> [source[a.start : a.end] for a in attributes(source, next(tokens(source))) if a.name == "alt"]
    ['Гродна']
    """
    for match in _attribute.finditer(source, tag.start + 1 + len(tag.name), tag.end - 1):
        for quote, group in (('"', "double"), ("'", "single"), ("", "bare")):
            if match[group] is not None:
                yield Attribute(match["name"].lower(), *match.span(group), quote)


def tokens(
    source: str, start: int = 0, end: int | None = None, *, xhtml: bool = False
) -> Iterator[Token]:
    """The tokens of ``source[start:end]`` in order; they cover all of it.

    In XHTML a tag with a slash at its end is closed too.

    >>> [(t.kind, t.name) for t in tokens("<p>Unii <b>Europejskiej</b>")]
    [('open', 'p'), ('text', ''), ('open', 'b'), ('text', ''), ('close', 'b')]
    """
    end = len(source) if end is None else end
    at = text = start
    while (at := source.find("<", at, end)) >= 0:
        token = _markup(source, at, end)
        if token is None:
            at += 1
            continue
        if text < at:
            yield Token("text", text, at)
        yield token
        at = token.end
        if xhtml and token.kind == "open" and source[at - 2] == "/":
            yield Token("close", at, at, token.name)
        elif token.kind == "open" and token.name in _WITHOUT_TAGS:
            at = _content_end(source, token, end)
            if token.end < at:
                yield Token("raw" if token.name in _RAW else "text", token.end, at)
        text = at
    if text < end:
        yield Token("text", text, end)


def _markup(source: str, at: int, end: int) -> Token | None:
    """The token that begins with ``<`` at `at`; None when that is a letter like others."""
    after = source[at + 1 : min(at + 2, end)]
    if after in ("!", "?"):
        return Token("other", at, _comment_end(source, at, end))
    if _starts_tag.match(source, at, end):
        match = _tag.match(source, at, end)
        if match is None:  # the tag does not end, so that nothing follows
            return Token("other", at, end)
        kind = "close" if after == "/" else "open"
        return Token(kind, at, match.end(), match[1].lower())
    if after == "/" and at + 2 < end:
        return Token("other", at, _after(source, ">", at, end))
    return None


def _comment_end(source: str, at: int, end: int) -> int:
    """Where a comment, a declaration or code of a server ends; without an end, all is in it."""
    if source.startswith("<!--", at, end):
        match = _comment.match(source, at, end)
        return match.end() if match else end
    if source.startswith("<![CDATA[", at, end):  # as in SVG and in what is XML at heart
        return _after(source, "]]>", at, end)
    if source.startswith(("<?php", "<?="), at, end):
        return _after(source, "?>", at, end)
    return _after(source, ">", at, end)


def _after(source: str, sign: str, at: int, end: int) -> int:
    found = source.find(sign, at, end)
    return end if found < 0 else found + len(sign)


def _content_end(source: str, tag: Token, end: int) -> int:
    """Where the content of an element in which tags are not read ends."""
    closing = re.compile(rf"</{tag.name}(?=[ \t\n\f\r/>])", re.IGNORECASE)
    found = closing.search(source, tag.end, end)
    return found.start() if found else end
