"""Character references: text as it stands in a source, and text made ready to stand there."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.entities import html5

from vardynas.documents.extract import Extract

__all__ = ["ESCAPES", "REFERENCES", "apart", "characters", "escape_text", "flowing"]

_reference = re.compile(r"&(?:#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_special = re.compile("[&<>]").sub
_in_quotes = re.compile("[&<>\"']").sub
_bare = re.compile("[&<>\"'=` \t\n\f\r]").sub
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def _named(match: re.Match[str]) -> str:
    return _NAMES.get(match.group()) or f"&#{ord(match.group())};"


def escape_text(text: str) -> str:
    """`text` as it is written between tags.

    >>> escape_text("Smith & Wesson")
    'Smith &amp; Wesson'
    """
    return _special(_named, text)


def _quoted(text: str) -> str:
    return _in_quotes(_named, text)


def _unquoted(text: str) -> str:
    """`text` as the value of an attribute without quotes, which ends at the first space."""
    return _bare(_named, text)


ESCAPES: tuple[Callable[[str], str], ...] = (escape_text, _quoted, _unquoted, str)
"""How to write between tags, in quotes, without quotes, and where nothing is a reference (CDATA)."""

REFERENCES = (0, 1, 2)
"""The kinds of slots in which a letter can be written as a reference."""


def apart(before: str, text: str) -> str:
    """`text`, ready to be written, so that with the sign `before` it makes no tag or reference.

    >>> apart("<", "Vilnius"), apart("(", "Vilnius")
    ('&#86;ilnius', 'Vilnius')
    """
    return f"&#{ord(text[0])};{text[1:]}" if before in ("<", "&") and text[:1].isalnum() else text


def _letter(reference: str) -> str | None:
    """The one letter that a reference stands for; None when it is none or stands for two."""
    name = reference[1:]
    if name[0] != "#" and name not in html5:
        return None
    letter = unescape(reference)
    return letter if len(letter) == 1 else None


def characters(
    add: Callable[[int, int, int], None], found: Extract, start: int, end: int, slot: int
) -> None:
    r"""Add ``source[start:end]`` by `add`, every reference in it as the letter it stands for.

    >>> found = Extract("Łuka&shy;szenki", kinds=4)
    >>> characters(found.copy, found, 0, 15, 0)
    >>> found.text
    'Łuka\xadszenki'
    """
    at = start
    if found.source.find("&", start, end) >= 0:
        for match in _reference.finditer(found.source, start, end):
            letter = _letter(match.group())
            if letter is not None:
                add(at, match.start(), slot)
                found.atom(*match.span(), letter, slot)
                at = match.end()
    add(at, end, slot)


def flowing(found: Extract, start: int, end: int, slot: int = 0) -> None:
    """Add ``source[start:end]`` as text in which white space of any length is one space."""
    characters(found.flow, found, start, end, slot)
