"""What one word tells by itself: folded forms, kind, shape, possessive ending."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from vardynas.text.abbreviations import ABBREVIATIONS, DIGRAPH_INITIALS
from vardynas.text.fold import fold_ocr, fold_word, plain
from vardynas.text.letters import APOSTROPHES

__all__ = ["Word", "shape_of", "word"]

_possessive = re.compile(f"[{APOSTROPHES}][sS]$|(?<=[sS])['’ʼ]$").search
_loose_apostrophes = "ʼʻʹ"  # letters for Unicode, so that they stick to a word they only enclose
_letters = re.compile(r"[^\W\d_]").findall
_digits = re.compile(r"\d").search
_misread = re.compile(r"0?[^\W\d_]+(?:[0134568][^\W\d_]+)*0?").fullmatch
_prefix = re.compile(rf"(?:Ma?c|\w[{APOSTROPHES}])(?=[^\W\d_])").match
_CACHED = 1 << 14


class Word(NamedTuple):
    """The facts of one written word; `cut` and `possessive` count characters at its end.

    `cut` is how many do not belong to the token, `possessive` how many of those are its ending.
    `pointed` is what the word is when a point follows: "initial", "abbr" or "" (nothing special).
    """

    form: str
    plain: str
    kind: str
    shape: str
    alternative: str
    cut: int
    possessive: int
    pointed: str


_known: dict[str, Word] = {}


def word(raw: str) -> Word:
    """The facts of `raw`, remembered: texts repeat their words.

    >>> word("Lukašenkos’").possessive, word("Coale’as").possessive, word("F16").kind
    (1, 0, 'number')
    """
    known = _known.get(raw)
    if known is None:
        if len(_known) >= _CACHED:
            _known.clear()
        known = _known[raw] = _look_at(raw)
    return known


def _look_at(raw: str) -> Word:
    ending = _possessive(raw)
    bare = raw[: ending.start()] if ending and ending.start() else raw
    possessive = len(raw) - len(bare)
    bare = bare.rstrip(_loose_apostrophes) or bare
    cut = len(raw) - len(bare)
    form = fold_word(bare)
    kind, alternative = _kind(form)
    shape = shape_of(normalize("NFC", bare)) if kind == "word" else ""
    pointed = _pointed(form, shape) if kind == "word" and not cut else ""
    return Word(form, plain(form), kind, shape, alternative, cut, possessive, pointed)


def _kind(form: str) -> tuple[str, str]:
    """Word or number, and the reading of a word that has misread digits in it (Lukash3nko)."""
    letters = len(_letters(form))
    if not _digits(form):
        return ("word" if letters else "number"), ""
    if letters >= 4 and _misread(form):
        return "word", fold_ocr(form)
    return "number", ""


def shape_of(text: str) -> str:
    """Is it upper (two capitals or more), title, lower or mixed; McDonald and O’Brien are title.

    >>> [shape_of(w) for w in ("НАТО", "О’Браен", "nausėda", "eBay", "A")]
    ['upper', 'title', 'lower', 'mixed', 'title']
    """
    if text.islower():
        return "lower"
    if text.isupper():
        return "upper" if len(_letters(text)) > 1 else "title"
    if not text[0].isupper():
        return "mixed" if any(map(str.isupper, text)) else "lower"
    if text[1:].islower():
        return "title"
    prefix = _prefix(text)
    rest = text[prefix.end() :] if prefix else text
    return "title" if rest[0].isupper() and rest[1:].islower() else "mixed"


def _pointed(form: str, shape: str) -> str:
    if len(form) == 1:
        return "initial" if shape == "title" else "abbr"
    if shape == "title" and form in DIGRAPH_INITIALS:
        return "initial"
    return "abbr" if form in ABBREVIATIONS else ""
