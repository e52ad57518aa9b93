"""The characters that folding and tokenizing speak of: character classes and tables."""

from __future__ import annotations

import unicodedata

__all__ = ["APOSTROPHES", "CYRILLIC", "HYPHENS", "IGNORABLE", "LATIN", "LONGEST", "MARKS", "PLAIN"]

LONGEST = 64
"""Words with more characters are no names."""

APOSTROPHES = "’'ʼ‘´`ʻʹ′‛＇"
"""What people type for an apostrophe; ’ stands for all. ʹ and ʼ also write the soft sign."""

HYPHENS = "\\-‐‑⁃－"
"""Hyphens for a character class; dashes (– —) and the minus sign are no hyphens."""

IGNORABLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""Characters without a shape of their own: soft hyphen, zero-width and direction marks."""

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u093c\u09bc\u0a3c"
    "\u0b3c\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
)
"""Combining marks of the scripts whose letters are also stored precomposed (Unicode 14, Mn)."""

CYRILLIC = "\u0400-\u0481\u048a-\u052f\u1c80-\u1c88"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"

_UNDECOMPOSED = {
    "ł": "l", "đ": "d", "ø": "o", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i",
    "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ſ": "s", "ə": "e", "ǝ": "e", "ƶ": "z", "ɨ": "i",
    "ƀ": "b", "ǥ": "g", "ɫ": "l", "ĳ": "ij", "ŀ": "l", "ƒ": "f", "ǆ": "dz",
    "ǉ": "lj", "ǌ": "nj",
}  # fmt: skip
"""Small Latin letters that Unicode does not decompose into a letter of a–z and marks."""


def _plain_table() -> dict[int, str]:
    """Small letters → letters without diacritics; letters that stay are listed as themselves."""
    table = {code: chr(code) for code in range(0x20, 0x7F)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    table |= {ord(letter): base for letter, base in _UNDECOMPOSED.items()}
    cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюяіўїєјљњћђџѓќѕ’"
    return table | {ord(c): c for c in cyrillic} | {ord("ё"): "е", ord("ґ"): "г"}


PLAIN = _plain_table()
"""For `str.translate` on folded words; a character outside it needs a closer look."""
