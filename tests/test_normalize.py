"""Normalizing: tables of texts and what becomes of them, and the invariants of edits."""

from pathlib import Path

import pytest
import yaml

import vardynas
from vardynas.render.replace import apply

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "normalize.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['to']}: {c['text'][:30]}")
def test_normalize(case, resolver):
    text, to, language = case["text"], case["to"], case["language"]
    written = resolver.normalize(text, to, language=language)
    assert written == case["expect"], case["why"]
    assert apply(text, resolver.edits(text, to, language=language)) == written
