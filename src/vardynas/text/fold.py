"""One way of writing a word: case, composition, stress, apostrophes, invisible signs, script.

Folding removes what typing, encoding and typesetting add; it keeps what spelling means: `fold_word`
keeps diacritics, `plain` does without those of Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from vardynas.text.homoglyphs import repair
from vardynas.text.letters import APOSTROPHES, IGNORABLE, MARKS, PLAIN

__all__ = ["Folded", "fold_ocr", "fold_text", "fold_word", "plain"]

# Precomposed letters of one script whose folded form is their small letter: most words.
_latin_only = re.compile(
    r"[A-Za-z\u00c0-\u00d6\u00d8-\u00de\u00e0-\u00f6\u00f8-\u012f\u0131-\u0148\u014a-\u017e"
    r"’0-9 ,.-]*"
).fullmatch
_cyrillic_only = re.compile(r"[А-яЁёІіЎўҐґЇїЄє’0-9 ,.-]*").fullmatch
_plain_already = re.compile(r"[a-zа-яіўїє’0-9 ,.-]*").fullmatch

# Composition sorts combining marks in quadratic time; what is longer is only put in small letters.
_LONGEST = 1024

_ignorable = re.compile(f"[{IGNORABLE}]")
_stressed = re.compile("([аеиоуыэюяіє])([\u0300\u0301\u0307\u0308]+)")
_soft_dot = re.compile("([ij]\u0328?)\u0307+")
_SIGNS = {ord(sign): "’" for sign in APOSTROPHES} | {
    ord(sign): replacement
    for signs, replacement in (("‐‑⁃－", "-"), ("\u00a0\u2007\u202f", " "))
    for sign in signs
}
_latin_marks = re.compile(f"[{MARKS}]")


def fold_word(word: str) -> str:
    r"""`word` in small letters, composed (NFC), of one script, with ’ for every apostrophe.

    Stress marks on Cyrillic vowels and invisible characters are removed. Folding a folded word
    changes nothing; NFC and NFD input give the same. "" gives "".

    >>> fold_word("ЛУКАШЭ́НКА"), fold_word("Łuka\u00adszenka"), fold_word("О'Браен")
    ('лукашэнка', 'łukaszenka', 'о’браен')
    """
    if _latin_only(word) or _cyrillic_only(word):
        return word.lower()
    return _fold_slowly(word)


def _fold_slowly(word: str) -> str:
    """What `fold_word` returns, for any word; written for words outside the common alphabets."""
    if len(word) > _LONGEST:
        return word.casefold()
    letters = normalize("NFD", normalize("NFD", _ignorable.sub("", word)).casefold())
    letters = _stressed.sub(_without_stress, repair(letters.translate(_SIGNS)))
    letters = _soft_dot.sub(r"\1", letters).replace("і\u0306", "и\u0306")
    return normalize("NFC", letters)


def _without_stress(match: re.Match[str]) -> str:
    return match[1] + ("\u0308" if "\u0308" in match[2] else "")


def plain(word: str) -> str:
    """`word` folded, without diacritics on Latin letters, with е for ё and г for ґ.

    Other Cyrillic letters stay. Letters of other scripts are written in Latin letters.

    >>> plain("Łukaszenką"), plain("Nausėda"), plain("Ціханоўская"), plain("Берёза")
    ('lukaszenka', 'nauseda', 'ціханоўская', 'береза')
    """
    folded = fold_word(word)
    if folded.isascii() or _plain_already(folded) or len(folded) > _LONGEST:
        return folded
    letters = normalize("NFD", folded).encode("ascii", "ignore").decode()
    if len(letters) == len(folded):  # every letter had one of a–z under its marks
        return letters
    letters = folded.translate(PLAIN)
    if letters.isascii() or _plain_already(letters):
        return letters
    return _plain_slowly(folded)


def _plain_slowly(folded: str) -> str:
    bases: list[str] = []
    for letter in normalize("NFD", folded):
        if _latin_marks.match(letter):
            if bases and _is_cyrillic(bases[-1]):
                bases[-1] = normalize("NFC", bases[-1] + letter)
        else:
            bases.append(letter)
    return "".join(PLAIN[ord(b)] if len(b) == 1 and ord(b) in PLAIN else _other(b) for b in bases)


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter[0] <= "\u052f"


def _other(letter: str) -> str:
    """A letter that no table of ours has, in Latin letters; Cyrillic stays, surrogates vanish."""
    if _is_cyrillic(letter):
        return letter
    from unidecode import unidecode_expect_nonascii

    encodable = letter.encode("utf-8", "ignore").decode()
    return unidecode_expect_nonascii(encodable).strip().lower().replace("'", "’")


_LATIN_DIGITS = {ord(d): c for d, c in zip("034568", "oeasbb", strict=True)}
_CYRILLIC_DIGITS = {ord(d): c for d, c in zip("013468", "оізчбв", strict=True)}
_one_as_i = re.compile("(?<![aeiouyąęėįųū])1(?![aeiouyąęėįųū])")


def fold_ocr(word: str) -> str:
    """`word` folded, with the letters that misread digits stand for; without digits, as folded.

    A Latin 1 is i between consonants and l elsewhere.

    >>> fold_ocr("Lukash3nk0"), fold_ocr("M1nsk"), fold_ocr("Лукашэнк0")
    ('lukashenko', 'minsk', 'лукашэнко')
    """
    folded = fold_word(word)
    if re.search("[а-яіў]", folded):
        return folded.translate(_CYRILLIC_DIGITS)
    return _one_as_i.sub("i", folded).replace("1", "l").translate(_LATIN_DIGITS)


class Folded(NamedTuple):
    """A folded text and, for every character of it and its end, the offset in the original."""

    text: str
    offsets: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        r"""The span of the original text that ``self.text[start:end]`` comes from.

        >>> fold_text("Łuka\u00adszenka").original(0, 10)
        (0, 11)
        """
        if end <= start:
            return self.offsets[start], self.offsets[start]
        while end < len(self.text) and self.offsets[end] == self.offsets[end - 1]:
            end += 1
        return self.offsets[start], self.offsets[end]


_piece = re.compile(rf"[\w{MARKS}{IGNORABLE}]+|[^\w{MARKS}{IGNORABLE}]+")
_cluster = re.compile(rf"(?s:.)[{MARKS}{IGNORABLE}\u1160-\u11ff]*")


def fold_text(text: str) -> Folded:
    """`text` folded word by word, with the way back to the offsets of the original.

    >>> fold_text("Па-беларуску: ЛУКАШЭ́НКА").text
    'па-беларуску: лукашэнка'
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for match in _piece.finditer(text):
        piece = match.group()
        folded = fold_word(piece)
        if len(folded) == len(piece):
            pieces.append(folded)
            offsets.extend(range(match.start(), match.end()))
        else:
            _fold_clusters(piece, match.start(), pieces, offsets)
    offsets.append(len(text))
    return Folded("".join(pieces), offsets)


def _fold_clusters(piece: str, at: int, pieces: list[str], offsets: list[int]) -> None:
    """Fold letter by letter, each with its marks, so that every result knows its place."""
    letters: list[str] = []
    for cluster in _cluster.finditer(piece):
        folded = fold_word(cluster.group())
        letters.append(folded)
        offsets.extend([at + cluster.start()] * len(folded))
    pieces.append(repair("".join(letters)))
