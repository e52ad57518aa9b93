"""What can be shown of a document and the edits proposed for it, each as a tuple."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vardynas.cli.diff import unified

if TYPE_CHECKING:
    from vardynas.cli.inputs import Source
    from vardynas.documents.formats import Options
    from vardynas.documents.proposals import Proposals

__all__ = ["diff", "new_text", "place", "questions", "reasons", "records"]

_line_and_column = re.compile(r"line (\d+), column (\d+)").fullmatch


def place(path: str, where: str) -> str:
    """`path` with a place in it; editors jump to lines and columns that are written this way.

    >>> place("a.txt", "line 3, column 4"), place("a.docx", "paragraph 5")
    ('a.txt:3:4', 'a.docx, paragraph 5')
    """
    match = _line_and_column(where)
    return f"{path}:{match[1]}:{match[2]}" if match else f"{path}, {where}"


def new_text(source: Source, found: Proposals) -> str:
    """The text of the document with the edits made."""
    from vardynas.render.replace import apply

    return apply(source.opened.text, found.edits)


def diff(source: Source, new: bytes, text: str) -> tuple[str, ...]:
    """The lines of the diff between a file and what it becomes.

    Where the file is no UTF-8, which holds for every binary format, it is that of the old and the
    new text in it.
    """
    try:
        pair = source.data.decode("utf-8"), new.decode("utf-8")
    except UnicodeDecodeError:
        pair = source.opened.text, text
    return tuple(unified(*pair, source.path))


def reasons(source: Source, found: Proposals) -> tuple[str, ...]:
    """A line for each edit: where, what becomes what, and why."""
    return tuple(
        f"{place(source.path, source.opened.place(edit.start))}  "
        f"{edit.text!r} → {edit.replacement!r} ({edit.entry}) "
        f"{'; '.join(part for part in (edit.why, edit.note) if part)}".rstrip()
        for edit in found.edits
    )


def questions(source: Source, found: Proposals) -> tuple[dict[str, Any], ...]:
    """What only a person can decide: each ambiguous mention with its place and candidates."""
    return tuple(
        {
            "place": source.opened.place(mention.start),
            "text": mention.text,
            "candidates": [candidate.entry for candidate in mention.candidates],
        }
        for mention in found.ambiguous
    )


def records(source: Source, found: Proposals, options: Options) -> tuple[dict[str, Any], ...]:
    """A record for each edit, for review."""
    from vardynas.documents import review

    sha256 = review.hash_of(source.data)
    return tuple(review.records(source.path, source.opened, found, sha256, options))
