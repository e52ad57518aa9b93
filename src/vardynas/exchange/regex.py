"""A regular expression an entry, to search archives with: id, tab, expression.

It holds every form that the entry has by its names and the rules, in all cases, as whole words, with
capitals as written; and none of the longer names that mean something else (``not``). It is for Python's
``re``, and for PCRE (``grep -P``, ``rg -P``), since it looks ahead and behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from vardynas.exchange.forms import carried_forms, forms, left_alone, shared
from vardynas.exchange.trie import alternation, literal
from vardynas.model import Entry

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["carried", "expression", "remarks", "write"]

_BEFORE, _BEHIND = r"(?<!\w)(?<!\w['’ʼ‘])", r"(?!['’ʼ‘]?\w)"
"""The edges of a word; an apostrophe between letters is inside one (Дар’я, O’Brien)."""


def carried(entry: Entry, options: Options) -> Entry:
    """The forms, and what they must not be part of."""
    found = carried_forms(entry)
    return Entry(id=entry.id, type=found.type, names=found.names, not_=entry.not_)


def remarks(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What nobody sees in the result: forms that stand for several entries."""
    return shared(entries)


def write(entries: Iterable[Entry], options: Options) -> str:
    """A line for each entry that has a form."""
    found = ((entry, expression(entry, options.languages)) for entry in entries)
    return "".join(f"{entry.id}\t{pattern}\n" for entry, pattern in found if pattern)


def expression(entry: Entry, languages: Iterable[str] = ()) -> str:
    r"""The expression that finds an entry; "" when it has no name that may be searched for.

    >>> import re
    >>> hrodna = Entry(id="hrodna", type="place", names={"be": ["Гродна"]}, origin="be")
    >>> re.findall(expression(hrodna), "У Гродне, w Grodnie і ў Гродненскай вобласці")
    ['Гродне', 'Grodnie']
    """
    found = forms(entry, inflected=True, derived=True, languages=languages)
    words = sorted({one.form for one in found})
    if not words:
        return ""
    parts = dict.fromkeys(part for text in left_alone(entry) for part in _exceptions(text, words))
    no = f"(?!{'|'.join(parts)})" if parts else ""
    return f"{_BEFORE}{no}{alternation(words)}{_BEHIND}"


def _exceptions(text: str, words: list[str]) -> Iterator[str]:
    """What must not stand where a word begins inside a longer name: that name, wherever it begins."""
    starts = {at for word in words for at in _found(word, text)}
    for at in sorted(starts):
        before = f"(?<={_BEFORE}{literal(text[:at])})" if at else ""
        yield f"{before}{alternation([text[at:]])}{_BEHIND}"


def _found(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
