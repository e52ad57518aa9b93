r"""Where the wanted strings of a JSON text stand in it; the text is checked as it is read.

The standard library decodes JSON but does not tell where a value stood. What Python writes beyond
the standard (NaN, Infinity) is taken.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from vardynas.documents.fields import ITEMS, Wanted
from vardynas.documents.spelled import Spelling

__all__ = ["Faulty", "Found", "Spans", "decoded", "find", "spelling"]

_S = r"[ \t\r\n]*+"
_Q = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'
_SCALAR = (
    r"(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null|NaN|-?Infinity)"
    r"(?![\w.+-])"
)
_SPACE = re.compile(_S)
_STRING = re.compile(_Q + _S)
_KEY = re.compile(rf"{_S}(?P<key>{_Q}){_S}:")
_VALUE = re.compile(rf"{_S}(?:(?P<string>{_Q})|(?P<open>[\[{{])|{_SCALAR}){_S}")
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_UNIT = re.compile(rf"{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.|[^\\]")
_NOTHING = Wanted()


class Faulty(ValueError):
    """The text is no JSON: `at` is where, `reason` why."""

    def __init__(self, at: int, reason: str) -> None:
        self.at, self.reason = at, reason
        super().__init__(reason)


class Found(NamedTuple):
    """A wanted string: its field, its span inside the quotes, the key before it and its object.

    `key` is the span of the key of the member, quotes included, None for an item of a list;
    `holder` is a number that the members of one object share.
    """

    name: str
    start: int
    end: int
    key: tuple[int, int] | None
    holder: int


class Spans(NamedTuple):
    """What was found in a text: the strings, the fields that are there, the keys by object."""

    strings: list[Found]
    names: set[str]
    keys: set[tuple[int, str]]


def find(text: str, wanted: Wanted) -> Spans:
    """The wanted strings of a JSON text. Raises `Faulty`.

    >>> text = '{"id": 7, "vardas": "Kastuś"}'
    >>> [text[one.start:one.end] for one in find(text, Wanted(None, {".vardas": Wanted("v")})).strings]
    ['Kastuś']
    """
    return _Scan(text).run(wanted)


def decoded(text: str, start: int, end: int) -> str:
    """What the string says whose inside is ``text[start:end]``."""
    inside = text[start:end]
    return str(json.loads(f'"{inside}"')) if "\\" in inside else inside


def spelling(text: str, start: int, end: int) -> Spelling:
    r"""The letters of the string whose inside is ``text[start:end]``, with their places.

    >>> spelling(r'"\u017demaitija"', 1, 15).starts[:3]
    [1, 7, 8]
    """
    said = decoded(text, start, end)
    if end - start == len(said):
        return Spelling.plain(said, start)
    units = [*_UNIT.finditer(text, start, end)]
    return Spelling(said, [unit.start() for unit in units], [unit.end() for unit in units])


class _Frame(NamedTuple):
    """An object or list that is open: what closes it, what is wanted in it, its number."""

    closing: str
    inner: Wanted
    holder: int


class _Scan:
    """Reads one JSON text, with a stack of its own: nesting may be as deep as it likes.

    `at` stands on a letter that is no blank, save before the first value and before a key.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.holder = 0
        self.fresh = False
        self.found = Spans([], set(), set())
        self.open: list[_Frame] = []

    def run(self, wanted: Wanted) -> Spans:
        """All that is found in the text."""
        self._value(wanted, None)
        while self.open:
            frame = self.open[-1]
            first, self.fresh = self.fresh, False
            if self.text.startswith(frame.closing, self.at):
                self.open.pop()
                self.at = self._behind(self.at + 1)
            elif first:
                self._member(frame)
            elif self.text.startswith(",", self.at):
                self.at += 1
                self._member(frame)
            else:
                raise self._fault(f"a comma or {frame.closing}")
        if self.at < len(self.text):
            raise self._fault("the end of the line")
        return self.found

    def _member(self, frame: _Frame) -> None:
        """Read a member of an object, or an item of a list."""
        if frame.closing == "]":
            self._value(frame.inner, None)
            return
        found = _KEY.match(self.text, self.at)
        if not found:
            raise self._faulty_key()
        self.at = found.end()
        if not frame.inner.inner:
            self._value(_NOTHING, None)
            return
        start, end = found.span("key")
        name = decoded(self.text, start + 1, end - 1)
        self.found.keys.add((frame.holder, name))
        self._value(frame.inner.inner.get("." + name, _NOTHING), (start, end))

    def _value(self, wanted: Wanted, key: tuple[int, int] | None) -> None:
        """Read a value; of an object or list only what opens it."""
        found = _VALUE.match(self.text, self.at)
        if not found:
            raise self._faulty_value()
        self.at = found.end()
        if wanted.name is not None:
            self._note(wanted.name, found, key)
        if found["open"] == "{":
            self._open("}", wanted)
        elif found["open"]:
            self._open("]", wanted.inner.get(ITEMS, _NOTHING))

    def _note(self, name: str, found: re.Match[str], key: tuple[int, int] | None) -> None:
        """Keep what was found of a field."""
        self.found.names.add(name)
        if found["string"]:
            start, end = found.span("string")
            holder = self.open[-1].holder if self.open else 0
            self.found.strings.append(Found(name, start + 1, end - 1, key, holder))

    def _open(self, closing: str, inner: Wanted) -> None:
        self.holder += 1
        self.fresh = True
        self.open.append(_Frame(closing, inner, self.holder))

    def _behind(self, at: int) -> int:
        """`at`, or where the blanks end that begin there."""
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _faulty_key(self) -> Faulty:
        self.at = self._behind(self.at)
        string = _STRING.match(self.text, self.at)
        if not string:
            return self._faulty_string('a key in "')
        self.at = string.end()
        return self._fault("a colon")

    def _faulty_value(self) -> Faulty:
        self.at = self._behind(self.at)
        return self._faulty_string("a value")

    def _faulty_string(self, expected: str) -> Faulty:
        if self.text.startswith('"', self.at):
            reason = "a string begins here with a faulty escape, a control character or no end"
            return Faulty(self.at, reason)
        return self._fault(expected)

    def _fault(self, expected: str) -> Faulty:
        if self.at >= len(self.text):
            return Faulty(self.at, f"the line ends where {expected} should stand")
        return Faulty(self.at, f"{self.text[self.at]!r} stands where {expected} should")
