r"""Plain text in bounded memory: a long text is cut into blocks, each of which is one context.

The rule depends on the text alone, never on how many bytes are read at once:

- a text of up to `WHOLE` letters is one block, so a full name licenses a short one anywhere in it;
- a longer one is cut at the first blank line that ends `BLOCK` letters or more after the last cut;
  when there is none within the next `BLOCK` letters, at the first line end behind a sentence there,
  else at the first line end, else behind the first sentence, else behind the first blank, else after
  twice `BLOCK` letters. What is left at the end, when it has no more than `BLOCK` letters, is the last
  block.

So a name is cut only where a million letters have no blank line and no line that ends a sentence,
and a name that is only licensed from far away in a very long text is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import BinaryIO

from vardynas.documents.chunks import Chunks
from vardynas.documents.formats import Options
from vardynas.documents.lines import Lines
from vardynas.documents.rows import Editor, Summary, Work
from vardynas.render.replace import apply

__all__ = ["BLOCK", "WHOLE", "Block", "read", "rewrite", "spans"]

WHOLE = 1 << 22
"""Letters up to which a text is one context: longer than almost any book."""

BLOCK = 1 << 20
"""Letters after which a longer text is cut at the next border: some five hundred pages."""

_LINE_END = r"(?>\r\n|\n|\r)"
_SENTENCE_END = r"[.!?…][\"'’”»)\]]*+"
_BORDERS = tuple(
    re.compile(border)
    for border in (
        rf"{_LINE_END}(?:[ \t]*+{_LINE_END})++",
        rf"{_SENTENCE_END}[ \t]*+{_LINE_END}",
        _LINE_END,
        rf"[^\W\d_]{{3}}{_SENTENCE_END}\s++",  # behind an initial a name goes on
        r"\s++",
    )
)


@dataclass(frozen=True)
class Block:
    """A stretch of a long text; `line` and `column` say where it begins, counted from 1."""

    text: str
    line: int = 1
    column: int = 1

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def place(self, offset: int) -> str:
        """The line and column of ``text[offset]`` in the whole text."""
        line, column = self._position(offset)
        return f"line {line}, column {column}"

    def next(self, text: str) -> Block:
        """The block of `text` behind this one."""
        return Block(text, *self._position(len(self.text)))

    def _position(self, offset: int) -> tuple[int, int]:
        line, column = self._lines.position(offset)
        return self.line + line - 1, column + (self.column - 1 if line == 1 else 0)


def read(source: BinaryIO, path: str, options: Options) -> Iterator[Block]:
    """The blocks of a text. Raises DocumentError."""
    return _blocks(Chunks(source, path, options.encoding))


def rewrite(
    source: BinaryIO, target: BinaryIO, editor: Editor, path: str, options: Options
) -> Summary:
    """Write the text in `source` to `target` with the edits of `editor` made.

    Raises DocumentError, possibly when a part of the text has been written.
    """
    chunks = Chunks(source, path, options.encoding)
    work = Work(editor, options, chunks.decoded)
    target.write(chunks.mark)
    for block in _blocks(chunks):
        target.write(chunks.encode(apply(block.text, work.edits(block))))
    return work.summary


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """The blocks of a text that is held as a whole; none for an empty text.

    >>> spans("Gardinas")
    ((0, 8),)
    """
    if len(text) <= WHOLE:
        return ((0, len(text)),) if text else ()
    cuts = [0]
    while cuts[-1] < len(text):
        cuts.append(_cut(text, cuts[-1]))
    return tuple(pairwise(cuts))


def _blocks(chunks: Chunks) -> Iterator[Block]:
    block = Block("")
    for text in _texts(chunks):
        block = block.next(text)
        yield block


def _texts(chunks: Chunks) -> Iterator[str]:
    """The texts of the blocks; of what follows them no more is held than the rule asks for."""
    text, at = _filled(chunks, "", WHOLE + 1), 0
    if len(text) <= WHOLE:
        yield from filter(None, [text])
        return
    while at < len(text):
        end = _cut(text, at)
        yield text[at:end]
        at = end
        if len(text) - at < 2 * BLOCK:
            text, at = _filled(chunks, text[at:], 2 * BLOCK), 0


def _filled(chunks: Chunks, text: str, length: int) -> str:
    """`text` and what follows it, to `length` letters or more, or to the end."""
    parts, missing = [text], length - len(text)
    while missing > 0 and (more := chunks.read()):
        parts.append(more)
        missing -= len(more)
    return "".join(parts)


def _cut(text: str, at: int) -> int:
    """Where the block that begins at `at` ends, when `text` has all letters that are asked about."""
    rest = len(text) - at
    if rest <= BLOCK:
        return len(text)
    first, last = at + BLOCK, at + min(2 * BLOCK, rest)
    found = (border.search(text, first, last) for border in _BORDERS)
    return next((one.end() for one in found if one), last)
