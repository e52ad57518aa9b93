"""How well scan agrees with the annotated texts, and with the table of sentences."""

import os
from functools import cache
from pathlib import Path

import pytest
import yaml

import vardynas
from vardynas.editorial.gold import load_gold
from vardynas.editorial.scores import evaluate, pool

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "seeds/annotations.jsonl"
SAMPLES = ROOT / "seeds/samples/annotations.jsonl"
CASES = yaml.safe_load((ROOT / "tests/cases/scan.yaml").read_text(encoding="utf-8"))
needs_sources = pytest.mark.skipif(
    "VARDYNAS_SEEDS" not in os.environ,
    reason="VARDYNAS_SEEDS does not name the folder of the source documents",
)


@cache
def resolver():
    return vardynas.load()


def report(score):
    """Every miss and false alarm, one a line, for the message of a failing test."""
    lines = [f"strict {score.strict}, macro recall {score.macro_recall:.3f}"]
    lines += [f"missed {finding}" for finding in score.misses]
    lines += [f"false  {finding}" for finding in score.false_alarms]
    return "\n".join(lines)


@pytest.mark.parametrize("document", load_gold(SAMPLES), ids=lambda d: d.id)
def test_samples(document):
    score = evaluate(document.mentions, resolver().scan(document.text), document.text)
    assert score.strict.f1 >= 0.97, report(score)


@pytest.mark.seeds
@needs_sources
def test_source_documents():
    score = pool(
        evaluate(d.mentions, resolver().scan(d.text), d.text, paraphrased=False)
        for d in load_gold(SOURCES)
    )
    assert score.strict.correct + score.strict.missed == 521
    assert score.strict.f1 >= 0.99, report(score)
    assert score.macro_recall >= 0.97, report(score)


def surfaces():
    """Each (surface, entry) of the source documents once; the distorted ones are left out."""
    found = {
        (m.surface, m.entry)
        for d in load_gold(SOURCES)
        for m in d.mentions
        if m.level == "core" and not m.paraphrased
    }
    return sorted(found)


def needs_context(surface, entry):
    """Whether the glossary leaves it to the context what this form, standing alone, means."""
    names = resolver()[entry].all_names()
    return not any(name.form == surface and name.match == "auto" for name in names)


@pytest.mark.parametrize(("surface", "entry"), surfaces(), ids=lambda value: value)
def test_surfaces_of_the_source_documents(surface, entry):
    if needs_context(surface, entry):
        candidates = resolver().lookup(surface, language="en")
        assert entry in [c.entry for c in candidates]
    else:
        assert getattr(resolver().resolve(surface, language="en"), "entry", None) == entry


def expected(case):
    """The mentions of a case as (start, end, entry)."""
    for surface, entry, *n in case["expect"]:
        start = -1
        for _ in range(*n or [1]):
            start = case["text"].index(surface, start + 1)
        yield start, start + len(surface), entry


def cases():
    """The cases; those that are known to fail must go on failing until the table says otherwise."""
    for case in CASES:
        marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
        yield pytest.param(case, id=f"{case['language']}: {case['label']}", marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_sentences(case):
    found = [(m.start, m.end, m.entry) for m in resolver().scan(case["text"])]
    shown = [(case["text"][start:end], entry) for start, end, entry in found]
    assert found == sorted(expected(case)), f"{shown}: {case['why']}"
