"""Sentences in which no name of a glossary occurs: every mention found there is a false one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.accuracy.baselines import normal
from benchmarks.accuracy.data import Sentence, part_of
from vardynas import Entry

__all__ = ["without_names", "without_shipped"]

_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?:[aeiou]s|[aeiouy])$")


def without_names(rows: Sequence[Sentence], part: str) -> tuple[list[str], list[Sentence]]:
    """The base forms of the other part, and the sentences of `part` that have none of them.

    A sentence is left out when one of its mentions has such a base form, or when a surface of one
    stands anywhere in it.
    """
    other = [s for s in rows if part_of(s.id) != part]
    lemmas = {base for s in other for _, _, base in s.mentions}
    surfaces = {s.text[a:b].casefold() for s in other for a, b, _ in s.mentions}
    surfaces |= {lemma.casefold() for lemma in lemmas}
    kept = [
        s
        for s in rows
        if part_of(s.id) == part
        and not any(base in lemmas for _, _, base in s.mentions)
        and not any(surface in s.text.casefold() for surface in surfaces)
    ]
    return sorted(lemmas), kept


def without_shipped(rows: Sequence[Sentence], entries: Iterable[Entry]) -> list[Sentence]:
    """The sentences that name none of `entries`, as far as forms and base forms tell.

    Names of one word and the family names of people are compared with the base forms of the mentions
    and with the capitalized words, which may have endings of up to three letters (adjectives have
    longer ones, and are no names). Of longer names every word must begin like some word of the
    sentence.
    """
    single: set[str] = set()
    longer: set[tuple[str, ...]] = set()
    for entry in entries:
        for name in entry.all_names():
            words = [_letters(word) for word in name.form.split()]
            single.update(
                words[1:] if entry.type == "person" else (), words if len(words) == 1 else ()
            )
            if len(words) > 1:
                longer.add(tuple(_stem(word) for word in words))
    single |= {_ENDING.sub("", word) for word in single if len(word) > 4}
    return [s for s in rows if not _names(s, single, longer)]


def _names(sentence: Sentence, single: set[str], longer: Iterable[Sequence[str]]) -> bool:
    words = _WORD.findall(sentence.text)
    capitals = {_letters(word) for word in words if word[0].isupper()}
    bases = {_letters(base) for _, _, base in sentence.mentions}
    if not single.isdisjoint(capitals | bases | {form for w in capitals for form in _shorter(w)}):
        return True
    beginnings = {letters[:n] for letters in map(_letters, words) for n in range(len(letters) + 1)}
    return any(beginnings.issuperset(stems) for stems in longer)


def _shorter(word: str) -> Iterator[str]:
    """The word without endings of up to three letters, at least four letters of it."""
    return (word[:end] for end in range(max(4, len(word) - 3), len(word)))


def _letters(word: str) -> str:
    """The Latin letters of a word: soft signs and hyphens leave nothing."""
    return normal(word).replace(" ", "")


def _stem(word: str) -> str:
    """The beginning that inflection leaves alone, roughly: all but three letters."""
    return word[: max(3, len(word) - 3)]
