"""Names that nobody has found: words with a capital letter that no mention covers.

A capital inside a sentence is how these languages write names, so this shows what a glossary may
lack. It is a hint for editors and not a finding: English days and months are counted too, and the word
that begins a sentence goes with a name that follows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from vardynas.text.tokens import tokenize

if TYPE_CHECKING:
    from vardynas.model import Mention
    from vardynas.text.tokens import Token

__all__ = ["unknown_names"]

JOINING = ("", "space", "newline", "hyphen", "point")
"""What may stand between two words of a name."""

INSIDE = ("space", "newline", "hyphen", "comma")
"""What stands before a word inside a sentence."""

SHORTEST = 3
"""Letters of a word from which it alone can be a name."""


def unknown_names(text: str, mentions: Sequence[Mention]) -> Counter[str]:
    """How often each unknown name stands in `text`; a lone word that begins one is none.

    >>> sorted(unknown_names("Petras Petraitis sutiko Joną. Joną Kaunas pažįsta.", []))
    ['Joną', 'Joną Kaunas', 'Petras Petraitis']
    """
    free = _uncovered(tokenize(text), mentions)
    runs = (list(run) for capital, run in groupby(_parted(free), key=_key) if capital[1])
    return Counter(
        " ".join(text[run[0][0].start : run[-1][0].end].split()) for run in runs if _is_name(run)
    )


_Numbered = tuple["Token", int]


def _uncovered(tokens: Iterable[Token], mentions: Sequence[Mention]) -> Iterator[Token | None]:
    """The tokens outside of mentions; None where some are left out."""
    ends = iter([*((mention.start, mention.end) for mention in mentions), (-1, -1)])
    start, end = next(ends)
    for token in tokens:
        while start >= 0 and end <= token.start:
            start, end = next(ends)
        yield None if start >= 0 and start < token.end else token


def _parted(tokens: Iterable[Token | None]) -> Iterator[_Numbered]:
    """The tokens, each with the number of the stretch that it stands in: no name goes over a border."""
    stretch = 0
    for token in tokens:
        if token is None:
            stretch += 1
            continue
        stretch += token.gap not in JOINING or token.sentence_start
        yield token, stretch


def _key(numbered: _Numbered) -> tuple[int, bool]:
    token, stretch = numbered
    capital = token.kind in ("word", "initial") and token.shape in ("title", "mixed")
    return stretch, capital and token.text[:1].isupper()


def _is_name(run: Sequence[_Numbered]) -> bool:
    """Whether the words in capitals are more than the beginning of a sentence, or initials."""
    words = [token for token, _ in run if len(token.form) >= SHORTEST]
    return len(words) > 1 or (len(words) == 1 and _is_inside(words[0]))


def _is_inside(token: Token) -> bool:
    """Whether a word stands inside a sentence, not behind a dash or a quotation mark."""
    return not token.sentence_start and token.gap in INSIDE
