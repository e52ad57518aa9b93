"""Running text of any size with known names in it: the same for the same seed.

Documents of about 4 kB in one language each, made of sentences whose words are partly exchanged and
partly coined, so that the vocabulary grows as it does in news. A document has a cast, chosen from
the glossary with few names often and many seldom. People are named in full first, then by family
name; all names stand in any case. One name of five is in no glossary, three of a hundred are
misspelt.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.speed import sources
from benchmarks.speed.sources import Vocabulary, from_data, vocabularies
from benchmarks.synthesis import SEED, Written, cache_folder, forms, state

__all__ = ["Document", "Planted", "Text", "made_text", "streamed"]

DENSITY = 450
"""Characters of text for each name, as in news."""

BYTES = 4_000
"""About the size of a document."""

NAMES = 10_000
"""Entries of which texts speak."""

_UNKNOWN_FROM, _UNKNOWN = 900_000, 0.1
"""Entries that no glossary here has, a tenth of the others: the names that are in none."""

_SHARE_UNKNOWN, _SHARE_MISSPELT = 0.2, 0.03
_EXCHANGED, _COINED, _COINED_NAMES, _PARAGRAPHS = 0.4, 0.06, 0.3, 0.2
_USUAL_FORM = 0.3
_ZIPF, _ZIPF_SHIFT = 1.0, 10


class Planted(NamedTuple):
    """A name put into a text; `entry` is "" for one of no glossary."""

    start: int
    end: int
    entry: str
    misspelt: bool


class Document(NamedTuple):
    """A text in one language, and the names put into it."""

    language: str
    text: str
    names: list[Planted]


class Text(NamedTuple):
    """Documents with their size in UTF-8 bytes."""

    documents: list[Document]
    size: int

    @property
    def texts(self) -> list[str]:
        """The texts alone."""
        return [document.text for document in self.documents]

    def first(self, megabytes: float) -> Text:
        """The first documents that make up at least so much, or all."""
        kept, size = [], 0
        for document in self.documents:
            if size >= megabytes * 1e6:
                break
            kept.append(document)
            size += len(document.text.encode())
        return Text(kept, size)


def made_text(
    megabytes: float, density: int = DENSITY, names: int = NAMES, seed: int = SEED
) -> Text:
    """Documents of `megabytes` (10^6 bytes of UTF-8) in all, kept in the temporary folder."""
    path = _path(megabytes, density, names, seed)
    if not path.exists():
        _save(path, _documents(megabytes, density, names, seed))
    documents = list(_load(path))
    return Text(documents, sum(len(document.text.encode()) for document in documents))


def streamed(megabytes: float, density: int = DENSITY, names: int = NAMES) -> Iterator[Document]:
    """The documents of a made text one by one, never all in memory."""
    path = _path(megabytes, density, names, SEED)
    if not path.exists():
        _save(path, _documents(megabytes, density, names, SEED))
    yield from _load(path)


def _path(megabytes: float, density: int, names: int, seed: int) -> Path:
    source = "data" if from_data() else "samples"
    key = f"{seed}-{megabytes:g}-{density}-{names}-{source}-{state(__file__, sources.__file__)}"
    return cache_folder() / f"text-{key}.jsonl"


def _documents(megabytes: float, density: int, names: int, seed: int) -> Iterator[Document]:
    known = forms(names, seed)
    unknown = forms(max(10, int(_UNKNOWN * names)), seed, start=_UNKNOWN_FROM)
    languages = tuple(vocabularies())
    size, number = 0, 0
    while size < megabytes * 1e6:
        random = Random(f"{seed}/text/{number}")
        language = languages[number % len(languages)]
        document = _Writer(random, language, known, unknown, density).document()
        yield document
        size += len(document.text.encode())
        number += 1


class _Writer:
    """Writes one document."""

    def __init__(
        self,
        random: Random,
        language: str,
        known: Sequence[Written],
        unknown: Sequence[Written],
        density: int,
    ) -> None:
        self._random = random
        self._language = language
        self._vocabulary: Vocabulary = vocabularies()[language]
        self._density = density
        self._parts: list[str] = []
        self._at = self._size = 0
        self._names: list[Planted] = []
        self._cast = self._chosen(known, unknown)
        self._seen: set[str] = set()

    def document(self) -> Document:
        """A document; its names stand apart from each other as evenly as chance has it."""
        wanted = self._random.uniform(0.4, 1.6) * BYTES
        due = self._random.uniform(0, 2 * self._density)
        while self._size < wanted:
            before = ""
            for word in self._sentence():
                if self._at >= due and before.islower() and word.islower():
                    self._plant()
                    due += self._random.uniform(0.5, 1.5) * self._density
                self._add(word)
                before = word
            if self._random.random() < _PARAGRAPHS:
                self._parts[-1] = "\n"
        return Document(self._language, "".join(self._parts).rstrip(), self._names)

    def _add(self, word: str) -> None:
        self._parts += (word, " ")
        self._at += len(word) + 1
        self._size += len(word.encode()) + 1

    def _sentence(self) -> Iterator[str]:
        """The words of a sentence, some exchanged for others, some for coined ones."""
        random, vocabulary = self._random, self._vocabulary
        for at, word in enumerate(random.choice(vocabulary.sentences)):
            if at and word.istitle() and word.isalpha() and random.random() < _COINED_NAMES:
                yield vocabulary.coined(random).capitalize()
            elif not word.islower() or not word.isalpha():
                yield word
            elif len(word) > 4 and random.random() < _COINED:
                yield vocabulary.coined(random)
            elif random.random() < _EXCHANGED:
                yield random.choice(vocabulary.words)
            else:
                yield word

    def _chosen(self, known: Sequence[Written], unknown: Sequence[Written]) -> list[Written]:
        """The cast: about one entry for two mentions."""
        random = self._random
        count = max(2, BYTES // self._density // 2)
        return [
            random.choice(unknown)
            if random.random() < _SHARE_UNKNOWN
            else known[_popular(len(known), random.random())]
            for _ in range(count)
        ]

    def _plant(self) -> None:
        one = self._cast[int(len(self._cast) * self._random.random() ** 2)]
        choices = one.whole.get(self._language) or next(iter(one.whole.values()))
        alone = one.alone.get(self._language)
        if alone and one.id in self._seen and self._random.random() < 0.8:
            choices = alone
        self._seen.add(one.id)
        usual = self._random.random() < _USUAL_FORM
        name = choices[0] if usual else self._random.choice(choices)
        misspelt = self._random.random() < _SHARE_MISSPELT
        name = _misspelt(name, self._random) if misspelt else name
        entry = one.id if int(one.id.rpartition("-")[2]) < _UNKNOWN_FROM else ""
        self._names.append(Planted(self._at, self._at + len(name), entry, misspelt))
        self._add(name)


def _popular(count: int, chance: float) -> int:
    """An entry, the first ones often and the later ones seldom (Zipf)."""
    weights = _weights(count)
    return bisect_left(weights, chance * weights[-1])


@lru_cache(4)
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (rank + _ZIPF_SHIFT) ** _ZIPF for rank in range(count)))


def _misspelt(name: str, random: Random) -> str:
    """The name with one slip inside its last word: a letter left out, doubled, swapped, wrong."""
    start = name.rfind(" ") + 1
    if len(name) - start < 4:
        return name
    at = random.randrange(start + 1, len(name) - 1)
    slip = random.randrange(4)
    if slip == 0:
        return name[:at] + name[at + 1 :]
    if slip == 1:
        return name[:at] + name[at] + name[at:]
    if slip == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + random.choice(name[start:].lower()) + name[at + 1 :]


def _save(path: Path, documents: Iterator[Document]) -> None:
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    unfinished.replace(path)


def _load(path: Path) -> Iterator[Document]:
    with path.open(encoding="utf-8") as lines:
        for language, text, names in map(json.loads, lines):
            yield Document(language, text, [Planted(*name) for name in names])
