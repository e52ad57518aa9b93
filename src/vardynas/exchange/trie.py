"""Words as one regular expression, compact by what they have in common at the beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

__all__ = ["alternation", "literal"]

_APOSTROPHES = "'’ʼ‘"
_HYPHENS = "-‐‑"

_SIGN = {
    " ": r"\s+",
    **dict.fromkeys(_APOSTROPHES, f"[{_APOSTROPHES}]"),
    **dict.fromkeys(_HYPHENS, f"[{_HYPHENS}]"),
}
"""Signs that texts write in several ways; a name may go over the end of a line."""


def alternation(words: Iterable[str]) -> str:
    r"""The expression that matches each of the words, and nothing else; "" for no words.

    Spaces match any space, apostrophes and hyphens their kind.

    >>> alternation(["Гродна", "Гродне", "Гродно", "Grodno"])
    '(?:Grodno|Гродн[аео])'
    """
    found = sorted({tuple(map(_plain, word)) for word in words} - {()})
    return _several(found) if found else ""


def literal(text: str, space: str = r"\s") -> str:
    """The expression for one text with places of fixed width, as a look behind needs them."""
    return "".join(space if sign == " " else _written(_plain(sign)) for sign in text)


def _plain(sign: str) -> str:
    """One sign for all of its kind, so that words that differ in it share a branch."""
    return "'" if sign in _APOSTROPHES else "-" if sign in _HYPHENS else sign


def _written(sign: str) -> str:
    return _SIGN.get(sign) or re.escape(sign)


def _text(signs: Sequence[str]) -> str:
    return "".join(map(_written, signs))


def _several(words: list[tuple[str, ...]]) -> str:
    """The expression for sorted words; an empty one says that nothing more need follow."""
    branches = [list(group) for _, group in groupby(filter(None, words), key=lambda word: word[0])]
    letters = [group[0][0] for group in branches if group == [(group[0][0],)]]
    optional = "?" if () in words else ""
    if len(letters) == len(branches) > 1 and not any(letter in _SIGN for letter in letters):
        return f"[{''.join(map(_in_class, letters))}]{optional}"
    if len(branches) == 1:
        text = _branch(branches[0])
        if not optional:
            return text
        return f"{text}?" if len(branches[0]) == len(branches[0][0]) == 1 else f"(?:{text})?"
    return f"(?:{'|'.join(map(_branch, branches))}){optional}"


def _in_class(sign: str) -> str:
    return "\\" + sign if sign in r"\]^-[&~|" else sign


def _branch(words: list[tuple[str, ...]]) -> str:
    """The expression for words that begin alike."""
    start = words[0][: _shared(words[0], words[-1])]
    rest = [word[len(start) :] for word in words]
    return _text(start) + (_several(rest) if rest != [()] else "")


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many signs two words begin with alike."""
    both = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in both if a != b), min(len(one), len(other)))
