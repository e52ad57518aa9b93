"""Latin letters inside Cyrillic words and the other way round.

They come from keyboards (the Belarusian і), from optical character recognition and from letters
pasted with a stress mark (Latin ó in a Russian word). The pairs follow the visual confusables of
Unicode Technical Standard 39, restricted to letters that look alike in upright type in capital or
in small letters.
"""

from __future__ import annotations

import re

from vardynas.text.letters import CYRILLIC, LATIN

__all__ = ["look_alike", "repair"]

_PAIRS = "aа bв cс eе hн iі jј kк mм oо pр sѕ tт xх yу"
_TO_CYRILLIC = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_TO_LATIN = {ord(pair[1]): pair[0] for pair in _PAIRS.split()}

_latin = re.compile(f"[{LATIN}]").findall
_cyrillic = re.compile(f"[{CYRILLIC}]").findall


def repair(word: str) -> str:
    """`word` (decomposed, in small letters) in one script; unchanged where that cannot be done.

    The script of most letters wins, Cyrillic when they are even. When a letter of the other script
    has no look-alike, the other way round is tried, and else the word stays as it is.

    >>> repair("лукашэнкi")
    'лукашэнкі'
    >>> repair("minsкas")
    'minskas'
    >>> repair("iphoneы")
    'iphoneы'
    """
    latin, cyrillic = _latin(word), _cyrillic(word)
    if not latin or not cyrillic:
        return word
    ways = [(latin, _TO_CYRILLIC), (cyrillic, _TO_LATIN)]
    if len(latin) > len(cyrillic):
        ways.reverse()
    for minority, table in ways:
        if all(ord(letter) in table for letter in minority):
            return word.translate(table)
    return word


def look_alike(word: str, script: str) -> str | None:
    """A word of the other script (decomposed, in small letters) in letters of `script`, Latn or Cyrl.

    None where a letter has no look-alike there, and for words that have letters of `script`.

    >>> look_alike("mip", "Cyrl"), look_alike("оса", "Latn"), look_alike("bbc", "Cyrl")
    ('мір', 'oca', 'ввс')
    >>> look_alike("grodno", "Cyrl"), look_alike("мір", "Cyrl")
    (None, None)
    """
    table, known = (_TO_CYRILLIC, _cyrillic) if script == "Cyrl" else (_TO_LATIN, _latin)
    letters = (_latin if script == "Cyrl" else _cyrillic)(word)
    if not letters or known(word) or any(ord(letter) not in table for letter in letters):
        return None
    return word.translate(table)
