"""The words that texts are made of: sentences of treebanks and of the samples, by language."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.synthesis import LANGUAGES

__all__ = ["Vocabulary", "from_data", "vocabularies"]

SAMPLES = Path(__file__).parents[2] / "seeds" / "samples"

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_LONG_ENOUGH = 6
"""Letters from which on a word can lend its stem or its ending to a coined one."""


def from_data() -> bool:
    """Whether the evaluation data are at hand; else texts are made of the samples alone."""
    return "VARDYNAS_DATA" in os.environ


@cache
def vocabularies() -> dict[str, Vocabulary]:
    """Sentences and words of each language of which there are any."""
    found = {tag: sorted(set(_sentences(tag))) for tag in LANGUAGES}
    return {tag: Vocabulary.of(texts) for tag, texts in found.items() if texts}


class Vocabulary(NamedTuple):
    """Sentences as words; plain words, beginnings and ends of long words in their frequency."""

    sentences: list[list[str]]
    words: list[str]
    beginnings: list[str]
    ends: list[str]

    @classmethod
    def of(cls, texts: list[str]) -> Vocabulary:
        """What the sentences hold."""
        sentences = [text.split() for text in texts]
        words = [w for sentence in sentences for w in sentence if w.isalpha() and w.islower()]
        long = [w for w in words if len(w) >= _LONG_ENOUGH]
        beginnings = sorted({w[:cut] for w in long for cut in (4, 5) if cut < len(w) - 1})
        ends = [w[at:] for w in long for at in (4, 5)]
        usual = {end for end, count in Counter(ends).items() if count > 1} or set(ends)
        return cls(sentences, words, beginnings, [end for end in ends if end in usual])

    def coined(self, random: Random) -> str:
        """A word that looks like one of the language: the beginning of one, the end of another."""
        return random.choice(self.beginnings) + random.choice(self.ends)


def _sentences(tag: str) -> Iterator[str]:
    for path in sorted(SAMPLES.glob(f"{tag}-*.txt")):
        yield from _split(path)
    if "VARDYNAS_DATA" in os.environ:
        path = Path(os.environ["VARDYNAS_DATA"]) / "documents_ud.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["lang"] == tag:
                    yield row["text"]
    if tag == "en" and "VARDYNAS_SEEDS" in os.environ:
        for path in sorted(Path(os.environ["VARDYNAS_SEEDS"]).glob("*.txt")):
            yield from _split(path)


def _split(path: Path) -> list[str]:
    return [s for s in _SENTENCE_END.split(path.read_text(encoding="utf-8")) if s.strip()]
