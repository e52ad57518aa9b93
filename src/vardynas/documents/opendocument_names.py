"""The elements of an OpenDocument text that matter here, by what they do (OASIS ODF 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ASIDES", "COUNTED", "HEADERS", "HIDDEN", "NAMES", "STAYING", "attribute", "is_inline"]

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_SPACES = {
    "text": _TEXT,
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}

HIDDEN = frozenset(
    {"office:annotation", "office:forms", "text:note-citation", "text:number", "text:ruby-text"}
    | {"text:script", "text:tracked-changes"}
)
"""What is in them is not seen, or no text of the author: comments, marks, tracked deletions."""

COUNTED = frozenset(
    {"text:bibliography-mark", "text:date", "text:file-name", "text:page-continuation"}
    | {"text:page-count", "text:page-number", "text:sequence", "text:time", "text:word-count"}
)
"""Fields whose text is a number, a date or a path, written anew by the word processor."""

STAYING = {"text:tab": "\t", "text:line-break": "\n"}
"""Elements that are seen and stay where they are."""

HEADERS = {
    f"style:{kind}{which}": kind
    for kind in ("header", "footer")
    for which in ("", "-left", "-first")
}

ASIDES = frozenset({"draw:text-box", "draw:custom-shape"})

_OTHERS = {"text:p", "text:h", "text:s", "text:a", "text:note", "text:note-body", "table:table"} | {
    "text:span",
    *("table:table-row", "draw:frame", "text:changed-region", "text:insertion"),
    *("text:change", "text:change-start", "text:change-end"),
}

NAMES = {
    f"{_SPACES[prefix]} {local}": f"{prefix}:{local}"
    for prefix, _, local in (
        name.partition(":") for name in {*HIDDEN, *COUNTED, *STAYING, *HEADERS, *ASIDES, *_OTHERS}
    )
}
"""Names as the parser tells them → their usual names."""


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """The value of an attribute, named as ``text:id``; "" without it."""
    prefix, _, local = name.partition(":")
    return attributes.get(f"{_SPACES[prefix]} {local}", "")


def is_inline(name: str) -> bool:
    """Whether characters right in an element belong to the paragraph that it stands in.

    >>> is_inline(f"{_TEXT} span"), is_inline(f"{_TEXT} note-body")
    (True, False)
    """
    return name.startswith(_TEXT) and not name.endswith((" note", " note-body"))
