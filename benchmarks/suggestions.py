"""Time and memory of ``suggest`` on much text: ``python -m benchmarks.suggestions --megabytes 100``.

The texts are sentences of VARDYNAS_SEEDS and of the treebanks in VARDYNAS_DATA, forty to a document, in
which two of three marked names are replaced by coined ones: a few that are frequent, many that are
rare. The same size gives the same texts. What is suggested is not judged here.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

import vardynas
from benchmarks.accuracy.data import LANGUAGES, Sentence, sentences
from benchmarks.synthesis import SEED, Written, forms
from vardynas.language.identify import identify
from vardynas.suggest import Harvest, suggestions

__all__ = ["documents", "main"]

NAMES = 20_000
"""Coined people, places and organisations, the first of them the most frequent."""

LONG = 40
"""Sentences of a document."""


def documents(megabytes: float, names: int = NAMES) -> Iterator[str]:
    """Texts of so many megabytes together, each in one language."""
    random, left = Random(SEED), megabytes * 1_000_000
    coined = forms(names)
    pools = {language: _frames(language) for language in LANGUAGES}
    while left > 0:
        language = random.choice(LANGUAGES)
        chosen = (random.choice(pools[language]) for _ in range(LONG))
        text = " ".join(_varied(frame, language, coined, random) for frame in chosen)
        left -= len(text.encode())
        yield text


def _frames(language: str) -> Sequence[Sentence]:
    """The sentences of the treebanks, and paragraphs of the seeds that have no marks."""
    folder = os.environ.get("VARDYNAS_SEEDS")
    seeds = sorted(Path(folder).glob("*.txt")) if folder else []
    lines = [line.strip() for path in seeds for line in path.read_text("utf-8").splitlines()]
    resolver = vardynas.load()
    marked = [
        Sentence("", language, line, tuple((m.start, m.end, m.text) for m in resolver.scan(line)))
        for line in lines
        if len(line) > 40 and identify(line) == language
    ]
    return (*sentences(language), *marked)


def _varied(frame: Sentence, language: str, coined: Sequence[Written], random: Random) -> str:
    """The sentence with other names."""
    text, ends = frame.text, len(frame.text)
    for start, end, _ in sorted(frame.mentions, reverse=True):
        if end <= ends and random.random() < 2 / 3:
            one = coined[int(len(coined) * random.random() ** 3)]
            written = (one.whole if random.random() < 0.5 else one.alone).get(language)
            if written:
                text = text[:start] + random.choice(written) + text[end:]
            ends = start
    return text


def main(arguments: list[str] | None = None) -> None:
    """Prints how long reading and judging took, how many suggestions there are, and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--least", type=int, default=2)
    chosen = parser.parse_args(arguments)
    resolver, made, read = vardynas.load(), 0.0, 0.0
    harvest, letters, texts = Harvest(resolver), 0, documents(chosen.megabytes)
    while True:
        start = time.perf_counter()
        some = list(islice(texts, 200))
        middle = time.perf_counter()
        harvest.add_many(some)
        made, read = made + middle - start, read + time.perf_counter() - middle
        letters += sum(len(text.encode()) for text in some)
        if not some:
            break
    start = time.perf_counter()
    found = suggestions(harvest, resolver, chosen.least)
    judged = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{letters / 1e6:.1f} MB made in {made:.0f} s; read in {read:.0f} s, "
        f"{len(harvest.unknown):,} forms judged in {judged:.0f} s "
        f"({time.process_time():.0f} s of processor time with the making): "
        f"{len(found):,} suggestions, peak memory {peak:.0f} MB\n"
    )


if __name__ == "__main__":
    main()
