"""Whether a value is spelled cleanly: composed letters, one script a word, plain single spaces.

Applies to every text of a glossary file, since such faults are invisible and make two names of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from vardynas.glossary.proposals import shown
from vardynas.text.homoglyphs import look_alike, repair

__all__ = ["Fault", "clean", "faults", "mended", "with_capitals"]


class Fault(NamedTuple):
    """What is wrong with a text: code, message and advice as in `Problem`."""

    code: str
    message: str
    advice: str


_SCRIPTS = {
    "Latin": "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ",
    "Cyrillic": "Ѐ-ҁҊ-ԯᲀ-ᲈꙀ-ꙮꚀ-ꚝ",
    "Greek": "Ͱ-ͳͶͷΆΈ-ώϐ-ϡϷ-Ͽἀ-ῼ",
}
_SCRIPT = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS.items()}
# Words of one script with single spaces between: nearly all names, told by one look.
_MARKS = "0-9.,:;!?()«»„“”\"'’ʼ–—/&+-"
clean = re.compile(
    "|".join(
        f"[{letters}{_MARKS}]+(?: [{letters}{_MARKS}]+)*\\Z"
        for letters in (_SCRIPTS["Latin"], _SCRIPTS["Cyrillic"])
    )
).match
"""A match when a text is clean for certain; `faults` tells about the others."""

_BETWEEN = "['’ʼ\u0300-\u036f]*"
_MIXED = re.compile(
    "|".join(
        f"[{first}]{_BETWEEN}[{second}]"
        for one, first in _SCRIPTS.items()
        for other, second in _SCRIPTS.items()
        if one != other
    )
)
_WORD = re.compile("[\\w\u0300-\u036f'’ʼ]+")
_ALONE = re.compile(r"(?<=[Ѐ-ӿ] )[aceiopxy](?= [Ѐ-ӿ])")  # the і of «Ліда i Вільня»

_JOINERS = "\u200c\u200d"  # letters of Persian and Indic scripts need them


def faults(text: str) -> Iterator[Fault]:
    """What is wrong with the spelling of a value, nothing when it is clean.

    >>> [fault.code for fault in faults("Лукашэнкa")]
    ['mixed-scripts']
    >>> list(faults("Лукашэнка"))
    []
    """
    if clean(text):
        return
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        yield Fault(
            "not-nfc",
            f"{shown(text)} has letters in two parts (a letter and a separate accent).",
            f"Write {shown(composed)} in composed letters (NFC) instead.",
        )
        text = composed
    yield from _invisible(text)
    yield from _mixed(text)


def _invisible(text: str) -> Iterator[Fault]:
    if not text.isprintable():
        for letter in sorted(set(text)):
            if unicodedata.category(letter)[0] == "C" and letter not in _JOINERS:
                yield Fault(
                    "control-character",
                    f"{shown(text)} has the invisible character U+{ord(letter):04X}.",
                    "Delete it, or write the text in one line instead.",
                )
    spaced = " ".join(text.split())
    if text != spaced:
        yield Fault(
            "bad-space",
            f"{shown(text)} has a space too many, or one that is no plain space.",
            f"Write {shown(spaced)} instead.",
        )


def _mixed(text: str) -> Iterator[Fault]:
    if _MIXED.search(text):
        for word in _WORD.findall(text):
            if _MIXED.search(word):
                yield _mixed_word(word)
    for match in _ALONE.finditer(text):
        yield Fault(
            "mixed-scripts",
            f"The {match.group()!r} between Cyrillic words of {shown(text)} is Latin.",
            "Write the Cyrillic letter that looks the same instead.",
        )


def _mixed_word(word: str) -> Fault:
    fixed = _repaired(word)
    odd = [old for old, new in zip(word, fixed, strict=True) if old != new]
    if odd and not _MIXED.search(fixed):
        letters = ", ".join(f"{letter} is {_script(letter)}" for letter in dict.fromkeys(odd))
        advice = f"Write {shown(fixed)} in letters of one script instead."
    else:
        letters = " and ".join(name for name, letter in _SCRIPT.items() if letter.search(word))
        advice = "Write the word in letters of one script instead."
    return Fault("mixed-scripts", f"The word {shown(word)} mixes scripts: {letters}.", advice)


def _script(letter: str) -> str:
    return next(name for name, pattern in _SCRIPT.items() if pattern.match(letter))


def _repaired(word: str) -> str:
    """The word in one script with its capitals; unchanged where look-alikes do not lead there."""
    small = unicodedata.normalize("NFD", word.lower())
    return with_capitals(unicodedata.normalize("NFC", repair(small)), word)


def with_capitals(small: str, word: str) -> str:
    """`small` with the capitals of `word`; `word` itself where they are not of one length.

    >>> with_capitals("мір", "MIp")
    'МІр'
    """
    if len(small) != len(word):
        return word
    return "".join(
        new.upper() if old.isupper() else new for old, new in zip(word, small, strict=True)
    )


def mended(text: str) -> str:
    """The text as the advice of `faults` has it: composed letters, single spaces, one script a word.

    What has no one way to mend it stays.

    >>> mended("Лукашэнкa  i Лiда")
    'Лукашэнка і Ліда'
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    words = _WORD.sub(lambda match: _mended_word(match[0]), text)
    return _ALONE.sub(lambda match: look_alike(match[0], "Cyrl") or match[0], words)


def _mended_word(word: str) -> str:
    fixed = _repaired(word) if _MIXED.search(word) else word
    return word if _MIXED.search(fixed) else fixed
