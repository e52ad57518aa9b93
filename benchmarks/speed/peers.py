"""The tools that find exact strings in text, each used as its users would, and made comparable.

All get the same strings and whole texts, and give leftmost longest matches of whole words as tuples
(start, end, id). Those that match inside words are filtered. Loaded when asked for: one that is not
installed is left out, and the run says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from itertools import groupby
from typing import NamedTuple

__all__ = ["PEERS", "Match", "Peer", "Scan", "installed"]

Match = tuple[int, int, str | None]
Scan = Callable[[str], list[Match]]


class Peer(NamedTuple):
    """A tool: its module, how it is made from strings with ids, and its limits in these runs.

    `share` is the part of the text that it reads (slow ones read less), `most` the strings up to
    which it is tried.
    """

    module: str
    make: Callable[[Mapping[str, str]], Scan]
    share: float = 1.0
    most: int = 10_000_000


def installed(module: str) -> bool:
    """Whether a module can be imported."""
    from importlib.util import find_spec

    return find_spec(module) is not None


# ------------------------------------------------------------------ the tools


def _flashtext(strings: Mapping[str, str]) -> Scan:
    """By default its word letters are ASCII; here they are all letters of the strings and texts."""
    processor = import_module("flashtext").KeywordProcessor(case_sensitive=True)
    letters = {chr(code) for code in range(0x250) if chr(code).isalnum()}
    letters |= {chr(code) for code in range(0x400, 0x530) if chr(code).isalnum()}
    processor.set_non_word_boundaries(processor.non_word_boundaries | letters)
    for string, id_ in strings.items():
        processor.add_keyword(string, id_)

    def scan(text: str) -> list[Match]:
        found = processor.extract_keywords(text, span_info=True)
        return [(start, end, id_) for id_, start, end in found]

    return scan


def _flashtext2(strings: Mapping[str, str]) -> Scan:
    processor = import_module("flashtext2").KeywordProcessor(case_sensitive=True)
    processor.add_keywords_with_clean_word_from_iter(
        [(string, id_) for string, id_ in strings.items()]
    )

    def scan(text: str) -> list[Match]:
        found = processor.extract_keywords_with_span(text)
        return [(start, end, id_) for id_, start, end in found]

    return scan


def _pyahocorasick(strings: Mapping[str, str]) -> Scan:
    automaton = import_module("ahocorasick").Automaton()
    for string, id_ in strings.items():
        automaton.add_word(string, (len(string), id_))
    automaton.make_automaton()

    def scan(text: str) -> list[Match]:
        found = [(end + 1 - length, end + 1, id_) for end, (length, id_) in automaton.iter(text)]
        return _longest(_whole_words(text, found))

    return scan


def _ahocorasick_rs(strings: Mapping[str, str]) -> Scan:
    module = import_module("ahocorasick_rs")
    ids = list(strings.values())
    automaton = module.AhoCorasick(list(strings), store_patterns=False)

    def scan(text: str) -> list[Match]:
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        return _longest(_whole_words(text, [(s, e, ids[at]) for at, s, e in found]))

    return scan


def _phrase_matcher(strings: Mapping[str, str]) -> Scan:
    spacy = import_module("spacy")
    language = spacy.blank("xx")
    language.max_length = 100_000_000
    matcher = import_module("spacy.matcher").PhraseMatcher(language.vocab)
    for id_, group in groupby(strings, key=strings.__getitem__):
        matcher.add(id_, [language.make_doc(string) for string in group])
    name_of = language.vocab.strings

    def scan(text: str) -> list[Match]:
        document = language.make_doc(text)
        spans = [(document[first:last], id_) for id_, first, last in matcher(document)]
        return _longest([(s.start_char, s.end_char, name_of[id_]) for s, id_ in spans])

    return scan


PEERS: dict[str, Peer] = {
    "ahocorasick-rs": Peer("ahocorasick_rs", _ahocorasick_rs),
    "flashtext2": Peer("flashtext2", _flashtext2),
    "pyahocorasick": Peer("ahocorasick", _pyahocorasick),
    "flashtext": Peer("flashtext", _flashtext, share=0.25),
    "spaCy PhraseMatcher": Peer("spacy", _phrase_matcher, share=0.025, most=1_000_000),
}


# ------------------------------------------------------------------ made comparable


def _whole_words(text: str, found: Iterable[Match]) -> list[Match]:
    size = len(text)
    return [
        match
        for match in found
        if (match[0] == 0 or not text[match[0] - 1].isalnum())
        and (match[1] == size or not text[match[1]].isalnum())
    ]


def _longest(found: Sequence[Match]) -> list[Match]:
    """Leftmost first, of those that begin together the longest; none over another."""
    kept: list[Match] = []
    free = 0
    for match in sorted(found, key=_order):
        if match[0] >= free:
            kept.append(match)
            free = match[1]
    return kept


def _order(match: Match) -> tuple[int, int]:
    return match[0], -match[1]
