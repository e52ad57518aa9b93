"""Coined words of names in several languages: stems, infixes and endings of `synthesis.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from math import gcd
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["TABLE", "Coined", "coin", "several", "spelled", "table"]

TABLE = Path(__file__).with_name("synthesis.yaml")


class Coined(NamedTuple):
    """A coined word: its stem in Belarusian, and the row of its ending."""

    stem: str
    ending: Mapping[str, Any]

    @property
    def own(self) -> str:
        """The language that the word comes from."""
        return str(self.ending["own"])

    def spelled(self, tag: str) -> tuple[str, ...]:
        """The word in a language, its variants after it."""
        stem = spelled(self.stem, tag)
        found = [stem + ending for ending in several(self.ending[tag])]
        if tag == "en":
            found.append(_plain(found[0].replace("kh", "h").replace("ts", "c")))
        if tag in ("pl", "lt", "be-Latn"):
            found.append(_plain(found[0]))
        return tuple(dict.fromkeys(word[:1].upper() + word[1:] for word in found))


def coin(number: int, seed: int, kind: str, gender: str | None = None) -> Coined:
    """The word of that number: another for each, until all stems and endings were joined.

    >>> coin(7, 2026, "places").spelled("lt")
    ('Vaškavtonas', 'Vaskavtonas')
    """
    data, rows = table(), several(table()[kind])
    infixes, prefixes = data["infixes"], data["prefixes"]
    size = len(_stems()) * len(infixes) * len(rows)
    prefix, at = divmod(number, size)
    at, row = divmod((at * _step(size) + seed * 7919) % size, len(rows))
    stem, infix = divmod(at, len(infixes))
    ending = rows[row]
    if gender == "female":
        ending = {**ending, **ending.get("f", {})}
    text = prefixes[prefix % len(prefixes)] + _stems()[stem] + infixes[infix]
    return Coined(text, ending)


@lru_cache(100_000)
def spelled(word: str, tag: str) -> str:
    """A Belarusian word in small letters, in the letters of another language."""
    if tag == "be":
        return word
    pattern, letters = _letters(tag)
    return pattern.sub(lambda found: letters[found[0]], word)


@cache
def table() -> dict[str, Any]:
    """What names are made of."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(TABLE.read_text(encoding="utf-8"), loader))


def several(value: Any) -> list[Any]:  # noqa: ANN401 - a cell of the table: one, or some
    """A cell of the table as a list."""
    return value if isinstance(value, list) else [value]


@cache
def _stems() -> tuple[str, ...]:
    return tuple(dict.fromkeys(table()["stems"].split()))


@cache
def _letters(tag: str) -> tuple[re.Pattern[str], dict[str, str]]:
    letters = table()["letters"][tag]
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(longest_first)), letters


@cache
def _step(size: int) -> int:
    """A step that leads through all numbers below `size` and seems random."""
    step = int(size * 0.618) | 1
    while gcd(step, size) != 1:
        step += 1
    return step


def _plain(word: str) -> str:
    from unidecode import unidecode

    return unidecode(word)
