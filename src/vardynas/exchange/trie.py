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
    letters = [letter for letter in letters if letter not in _SIGN]
    others = [_branch(group) for group in branches if group[0][0] not in letters]
    if letters:
        others.insert(0, _one_of(letters))
    optional = "?" if () in words else ""
    if len(others) == 1:
        is_sign = bool(letters) or not optional
        return f"{others[0]}{optional}" if is_sign else f"(?:{others[0]})?"
    return f"(?:{'|'.join(others)}){optional}"


def _one_of(letters: Sequence[str]) -> str:
    if len(letters) == 1:
        return _written(letters[0])
    return f"[{''.join(map(_in_class, letters))}]"


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
