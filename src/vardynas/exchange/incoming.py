"""What is read: a file's text with its places, entries on their way to `Entry`, and faults."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from vardynas.errors import ExchangeError, Problem
from vardynas.glossary.entries import Place
from vardynas.model import Entry

__all__ = ["Read", "Source", "decoded"]

MAX_LINE = 32_000_000
"""Letters of the longest line that is read: an entity of Wikidata takes a few million."""


class Read(NamedTuple):
    """What a file holds: entries, where they and their names stand, and what is wrong with it.

    `name_places` is by id, language and form. A problem of severity ``warning`` is something that
    was left out.
    """

    entries: tuple[Entry, ...]
    places: Mapping[str, Place]
    name_places: Mapping[tuple[str, str, str], Place]
    problems: tuple[Problem, ...] = ()


class Source:
    """The text of a file to be read, and what is found wrong with it on the way."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        while (at := self.text.find("\n", starts[-1])) >= 0:
            starts.append(at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset in the text."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def fail(self, at: tuple[int, int], code: str, message: str, advice: str = "") -> ExchangeError:
        """The error that stops the reading here, with all errors before it."""
        self.error(at, code, message, advice)
        return ExchangeError(self.errors)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the file from being imported, so far."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def error(self, at: tuple[int, int], code: str, message: str, advice: str = "") -> None:
        """Note what keeps the file from being imported."""
        self.problems.append(Problem(self.path, *at, code, message, advice))

    def warn(self, at: tuple[int, int], code: str, message: str, advice: str = "") -> None:
        """Note what is left out."""
        self.problems.append(Problem(self.path, *at, code, message, advice, "warning"))


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),  # what spreadsheets call "Unicode text"
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(path: str, data: bytes) -> str:
    """The text of a file in UTF-8, or UTF-16 with its mark; line breaks become line feeds.

    Raises `ExchangeError`, with the place, for anything else: an encoding is not guessed here,
    for a wrong guess would enter the glossary; and for lines without end.
    """
    mark, codec = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(codec, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"The byte 0x{body[error.start]:02x} is not {codec.upper()[:6].rstrip('-')}."
        advice = "Save the file as UTF-8 instead: iconv -f WINDOWS-1257 -t UTF-8"
        raise ExchangeError((Problem(path, line, column, "not-utf8", message, advice),)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_long(path, text)
    return text


def _refuse_long(path: str, text: str) -> None:
    at = line = 0
    while len(text) - at > MAX_LINE:
        line += 1
        end = text.find("\n", at)
        if end < 0 or end - at > MAX_LINE:
            message = f"This line has more than {MAX_LINE:,} letters."
            advice = "Write an entry, or a name, a line instead."
            raise ExchangeError((Problem(path, line, 1, "huge-line", message, advice),))
        at = end + 1
