"""The types of entries as people write them, and misspell them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from vardynas.model import TYPES

__all__ = ["TYPES_ALLOWED", "type_meant"]

TYPES_ALLOWED = f"Types are {', '.join(TYPES)}; anything else is the id of an entry."


def type_meant(word: str) -> str:
    """The type that `word` is a slip for; "" for a type and for what can be the id of an entry.

    Slips are capitals, the plural, z for s, one letter left out, doubled or exchanged with the next.
    Whatever else looks like a type can be an id (*palace*, *mother*).

    >>> [type_meant(word) for word in ("persn", "Place", "organizations", "palace", "person")]
    ['person', 'place', 'organisation', '', '']
    """
    return "" if word in TYPES else _slips().get(word.strip().lower(), "")


@cache
def _slips() -> dict[str, str]:
    found = {"people": "person", "organisation": "organisation"}
    for known in TYPES:
        for spelling in (known, known.replace("s", "z"), known.replace("isa", "iza")):
            found |= dict.fromkeys(_slipped(spelling), known)
    return found


def _slipped(word: str) -> Iterator[str]:
    yield from (word, f"{word}s")
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
