"""The tables of cases are well formed: a slip in one of them would test nothing."""

from pathlib import Path

import pytest
import yaml

CASES = Path(__file__).parent / "cases"
LANGUAGES = {"lt", "be", "pl", "en", "ru"}


def cases(name):
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def occurrence(text, surface, n=1):
    """Where the n-th occurrence of `surface` starts; -1 when there are fewer."""
    at = -1
    for _ in range(n):
        at = text.find(surface, at + 1)
        if at < 0:
            break
    return at


SCAN = cases("scan.yaml")
NORMALIZE = cases("normalize.yaml")


@pytest.mark.parametrize("case", SCAN, ids=lambda c: f"{c['language']}: {c['label']}")
def test_scan_case(case):
    fields = {"language", "label", "text", "expect", "why", "quality"}
    assert fields <= set(case) <= {*fields, "fails"}
    assert case["language"] in LANGUAGES
    assert case["quality"] in {"strong", "medium", "weak"}
    end = 0
    for surface, _, *n in case["expect"]:
        start = occurrence(case["text"], surface, *n)
        assert start >= end, surface
        end = start + len(surface)


def test_scan_cases_are_many_and_distinct():
    assert len({(c["language"], c["label"]) for c in SCAN}) == len(SCAN) >= 120
    assert len({c["text"] for c in SCAN}) == len(SCAN)
    assert sum(not c["expect"] for c in SCAN) >= 50
    assert {c["language"] for c in SCAN} == LANGUAGES


@pytest.mark.parametrize("case", NORMALIZE, ids=lambda c: f"{c['to']}: {c['text'][:30]}")
def test_normalize_case(case):
    assert set(case) == {"category", "language", "to", "text", "expect", "why"}
    assert case["category"] in {"basic", "case"}
    assert case["language"] in LANGUAGES
    assert case["to"] in {"preferred", "lt", "be", "pl", "en", "id"}
    assert case["text"]


def test_normalize_cases_are_many_and_distinct():
    assert len({(c["to"], c["text"]) for c in NORMALIZE}) == len(NORMALIZE) >= 40
    assert sum(c["text"] != c["expect"] for c in NORMALIZE) >= 40
