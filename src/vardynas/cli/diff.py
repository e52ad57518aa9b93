"""Unified diffs of what is written one way now and another way then, in time linear in the text."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Iterator, Sequence

import click

from vardynas.cli.output import visible

__all__ = ["colored", "unified"]

CONTEXT = 3
"""Lines that are shown before and after a changed one."""


def unified(old: str, new: str, path: str) -> Iterator[str]:
    r"""The lines of a unified diff as ``patch`` reads it; nothing where `old` and `new` are equal.

    >>> list(unified("Wilno\n", "Vilnius\n", "a.txt"))
    ['--- a/a.txt', '+++ b/a.txt', '@@ -1 +1 @@', '-Wilno', '+Vilnius']
    """
    if old == new:
        return
    name = path.lstrip("/")
    before, after = _lines(old), _lines(new)
    if len(before) != len(after):
        lines: Iterable[str] = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    else:
        lines = _line_by_line(before, after, name)
    for line in lines:
        body = line.removesuffix("\n")
        yield body
        if body == line:
            yield "\\ No newline at end of file"


def colored(line: str) -> str:
    r"""A line of a diff for a terminal: in the color of what it says, signs that steer it as escapes.

    >>> colored(" \x1b[2JGardinas")
    ' \\x1b[2JGardinas'
    """
    color = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return click.style(visible(line), fg=color) if color else visible(line)


def _lines(text: str) -> list[str]:
    """The lines of `text` as they stand in a file: only line feeds part them."""
    return list(io.StringIO(text, newline="\n"))


def _line_by_line(old: Sequence[str], new: Sequence[str], name: str) -> Iterator[str]:
    """The diff of texts with as many lines: names are replaced inside of lines."""
    yield f"--- a/{name}\n"
    yield f"+++ b/{name}\n"
    changed = [at for at, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    for first, last in _hunks(changed):
        start, end = max(0, first - CONTEXT), min(len(old), last + 1 + CONTEXT)
        span = _span(start, end)
        yield f"@@ -{span} +{span} @@\n"
        yield from _hunk(old[start:end], new[start:end])


def _hunks(changed: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last changed line of each hunk: near ones share their context."""
    first = last = -1
    for at in changed:
        if first >= 0 and at - last > 2 * CONTEXT + 1:
            yield first, last
            first = at
        first = at if first < 0 else first
        last = at
    if first >= 0:
        yield first, last


def _span(start: int, end: int) -> str:
    return str(start + 1) if end - start == 1 else f"{start + 1},{end - start}"


def _hunk(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The lines of a hunk: of changed lines that follow each other, first all old ones."""
    removed: list[str] = []
    added: list[str] = []
    for before, after in zip(old, new, strict=True):
        if before == after:
            yield from removed
            yield from added
            removed, added = [], []
            yield f" {before}"
        else:
            removed.append(f"-{before}")
            added.append(f"+{after}")
    yield from removed
    yield from added
