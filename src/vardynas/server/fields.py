"""The fields of a request, each with its type; what is wrong is said by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from vardynas.server.faults import Fault

__all__ = ["UNITS", "Fields", "kind", "shown"]

UNITS = ("codepoint", "utf16", "byte")
"""What offsets can count."""

LONGEST = 1000
"""Letters of a name; anything longer is a text."""

MOST = 50
"""Candidates that can be asked for."""


class Fields:
    """The fields of a JSON object, taken by name and type; `Fault` 422 for what does not fit.

    >>> Fields({"name": "Гродна"}, ("name", "limit")).number("limit", 5)
    5
    """

    def __init__(self, values: Mapping[str, Any], known: Collection[str]) -> None:
        self._values = values
        for name in values:
            if name not in known:
                raise Fault(422, f"There is no field {shown(name)}; {_meant(name, known)}.")

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str, example: str = "Гродна") -> str:
        """A text that must be there."""
        value = self._values.get(name)
        if not isinstance(value, str):
            said = "is missing" if value is None else f"is {kind(value)}"
            raise Fault(422, f'The field "{name}" {said}; send {{"{name}": "{example}"}}.')
        return value

    def name(self, name: str, example: str = "Гродна") -> str:
        """A text that is no longer than a name can be."""
        return _short(self.text(name, example), name)

    def names(self, name: str, most: int) -> list[str]:
        """A list of such texts; `Fault` 413 for more than `most`."""
        listed = self._texts(name, most, "names", '["Гродна", "Vilnius"]')
        return [_short(one, name) for one in listed]

    def optional(self, name: str) -> str | None:
        """A text, or None; an empty one is none, as forms send it."""
        return (self.text(name, "be") or None) if name in self else None

    def ids(self, name: str, most: int) -> list[str]:
        """A list of ids of entries; `Fault` 413 for more than `most`."""
        return self._texts(name, most, "ids", '["hrodna", "vilnius"]')

    def _texts(self, name: str, most: int, what: str, example: str) -> list[str]:
        value = self._values.get(name)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise Fault(422, f'The field "{name}" is no list of texts; send {example}.')
        if len(value) > most:
            raise Fault(413, f"These are {len(value):,} {what}; send at most {most:,} at a time.")
        return value

    def flag(self, name: str, usual: bool) -> bool:
        """True or false."""
        value = self._values.get(name, usual)
        if not isinstance(value, bool):
            raise Fault(422, f'The field "{name}" is {kind(value)}; send true or false.')
        return value

    def number(self, name: str, usual: int, most: int = MOST) -> int:
        """A whole number from 1 to `most`."""
        value = self._values.get(name, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise Fault(422, f'The field "{name}" must be a whole number from 1 to {most}.')
        return value

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """One of several words, the first where nothing is said."""
        value = self._values.get(name, known[0])
        if value not in known:
            said = shown(value) if isinstance(value, str) else kind(value)
            raise Fault(422, f'The field "{name}" is {said}; write one of {", ".join(known)}.')
        return str(value)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """An object; {} where nothing is said."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, dict):
            raise Fault(422, f'The field "{name}" is {kind(value)}; send an object {{…}}.')
        return value or {}


def _short(text: str, name: str) -> str:
    if len(text) > LONGEST:
        said = f'The field "{name}" has {len(text):,} letters; a name has at most {LONGEST:,}.'
        raise Fault(422, f"{said} Send a text to /scan.")
    return text


def shown(text: str) -> str:
    """A text of the client inside a sentence, cut where it is long.

    >>> shown("nmae")
    '"nmae"'
    """
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'


def kind(value: object) -> str:
    """What a JSON value is, for people.

    >>> kind([]), kind(3.5), kind(None)
    ('a list', 'a number', 'null')
    """
    names = ((bool, "true or false"), (str, "a text"), (list, "a list"), (dict, "an object"))
    found = next((name for type_, name in names if isinstance(value, type_)), None)
    return found or ("null" if value is None else "a number")


def _meant(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name[:40], known, n=1)
    return f"write {close[0]}" if close else f"there are {', '.join(known)}"
