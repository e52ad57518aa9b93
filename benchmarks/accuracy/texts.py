"""Names in running text: treebank sentences, the annotated seeds, and texts without known names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy import baselines
from benchmarks.accuracy.absent import without_names, without_shipped
from benchmarks.accuracy.data import LANGUAGES, part_of, sentences
from benchmarks.accuracy.lookups import OURS, Options
from vardynas import Entry, Resolver, load
from vardynas.editorial.gold import GoldMention, load_gold
from vardynas.match.calibration import THRESHOLDS

__all__ = [
    "Document",
    "Found",
    "TextRun",
    "run_absent",
    "run_absent_shipped",
    "run_seeds",
    "run_sentences",
]

ROOT = Path(__file__).parents[2]
EXACT = "exact string"


class Found(NamedTuple):
    """A predicted mention; `entry` is None where vardynas calls it ambiguous."""

    start: int
    end: int
    entry: str | None
    score: float
    method: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its gold mentions, and what every system found in it.

    `doubtful` is what vardynas finds besides with the decision `recall`.
    """

    id: str
    text: str
    gold: tuple[GoldMention, ...]
    found: dict[str, list[Found]] = field(default_factory=dict)
    doubtful: list[Found] = field(default_factory=list)

    @property
    def part(self) -> str:
        """`fit` or `report`."""
        return part_of(self.id)


@dataclass(frozen=True, slots=True)
class TextRun:
    """Documents of one set and language, scanned with one glossary of `size` entries."""

    set: str
    language: str
    size: int
    documents: tuple[Document, ...]


def run_sentences(language: str, options: Options) -> list[TextRun]:
    """The sentences of a language, with all base forms that occur in them as the glossary."""
    rows = sentences(language)
    lemmas = sorted({base for s in rows for _, _, base in s.mentions})
    documents = _thinned(
        [
            Document(
                s.id,
                s.text,
                tuple(GoldMention(a, b, s.text[a:b], base) for a, b, base in s.mentions),
            )
            for s in rows
        ],
        options,
    )
    return [_scanned("UD", language, lemmas, documents, options)]


def run_absent(language: str, options: Options) -> list[TextRun]:
    """Sentences that name nothing of the glossary: the base forms of the other part."""
    runs = []
    for part in ("fit", "report") if options.part == "all" else (options.part,):
        lemmas, rows = without_names(sentences(language), part)
        documents = _thinned([Document(s.id, s.text, ()) for s in rows], options)
        runs.append(_scanned("absent", language, lemmas, documents, options))
    return runs


def run_absent_shipped(options: Options) -> list[TextRun]:
    """Sentences that name nothing of the glossary that ships with the package."""
    resolver = load()
    runs = []
    for language in LANGUAGES:
        rows = without_shipped(sentences(language), resolver.entries.values())
        documents = _thinned([Document(s.id, s.text, ()) for s in rows], options)
        _scan(resolver, language, documents)
        runs.append(TextRun("absent/shipped", language, len(resolver), documents))
    return runs


def run_seeds(options: Options) -> list[TextRun]:
    """The annotated documents, with the glossary that ships; the sources only where they are."""
    resolver = load()
    runs = []
    for name, path in (
        ("seeds", "seeds/annotations.jsonl"),
        ("samples", "seeds/samples/annotations.jsonl"),
    ):
        if name == "seeds" and "VARDYNAS_SEEDS" not in os.environ:
            continue
        documents: list[Document] = []
        for gold in load_gold(ROOT / path):
            if gold.text is not None:
                document = Document(gold.id, gold.text, gold.mentions)
                _scan(resolver, gold.language, [document])
                documents.append(document)
        if options.baselines:
            _compare(_shipped_names(resolver), documents)
        runs.append(TextRun(name, "all", len(resolver), tuple(documents)))
    return runs


def _shipped_names(resolver: Resolver) -> list[tuple[str, str]]:
    return [(e.id, n.form) for e in resolver.entries.values() for n in e.all_names()]


def _scanned(
    name: str,
    language: str,
    lemmas: Sequence[str],
    documents: tuple[Document, ...],
    options: Options,
) -> TextRun:
    resolver = Resolver(Entry(id=lemma, names={language: [lemma]}) for lemma in lemmas)
    chosen = [d for d in documents if options.part in ("all", d.part)]
    _scan(resolver, language, chosen)
    if options.baselines:
        _compare([(lemma, lemma) for lemma in lemmas], documents)
    return TextRun(name, language, len(lemmas), documents)


def _scan(resolver: Resolver, language: str, documents: Iterable[Document]) -> None:
    for document in documents:
        document.found[OURS] = []
        for m in resolver.scan(document.text, language, decision="recall"):
            sure = m.entry is None or m.score >= THRESHOLDS["balanced"]
            kept = document.found[OURS] if sure else document.doubtful
            kept.append(Found(m.start, m.end, m.entry, m.score, m.method))


def _compare(names: Sequence[tuple[str, str]], documents: Sequence[Document]) -> None:
    """What the baselines find: equal strings, and the nearest names at any similarity."""
    for document in documents:
        document.found[EXACT] = [Found(*s) for s in baselines.exact(names, document.text)]
    for scorer in baselines.TEXT_SCORERS:
        spans = baselines.similar(names, [d.text for d in documents], scorer)
        for document, row in zip(documents, spans, strict=True):
            document.found[scorer] = [Found(*s) for s in row]


def _thinned(documents: list[Document], options: Options) -> tuple[Document, ...]:
    ordered = (
        sorted(documents, key=lambda d: part_of(d.id + "|") + d.id) if options.sample else documents
    )
    return tuple(ordered[: options.sample or None])
