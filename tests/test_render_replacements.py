"""Replacements in sentences: the gold table, what still fails, and edits that stay apart."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

import vardynas
from vardynas.render.replace import apply

CASES = Path(__file__).parent / "cases"


def table(name):
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


GOLD = table("replacements.yaml") + table("replacements_second.yaml")
FAILURES = {(row["to"], row["text"]): row["why"] for row in table("replacements_failures.yaml")}


def _marked(case):
    why = FAILURES.get((case["to"], case["text"]))
    marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
    return pytest.param(
        case, marks=marks, id=f"{case['language']}-{case['to']}-{case['text'][:24]}"
    )


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


@pytest.mark.parametrize("case", [_marked(case) for case in GOLD])
def test_replacements(case, resolver):
    expected = case.get("expect", case["text"])
    edits = resolver.edits(case["text"], case["to"], language=case["language"])
    assert apply(case["text"], edits) in ([expected] if isinstance(expected, str) else expected)


def test_every_failure_is_a_sentence_of_the_table():
    assert {(case["to"], case["text"]) for case in GOLD} >= FAILURES.keys()


def test_the_table_is_large_and_has_doubtful_sentences():
    assert len(GOLD) >= 500
    assert sum("doubtful" in case for case in GOLD) >= 40
    assert {case["language"] for case in GOLD} == {"lt", "be", "pl", "en", "ru"}


@pytest.mark.parametrize("to", ["preferred", "lt", "be", "pl", "en", "ru"])
def test_edits_never_overlap_and_change_a_text_once(to, resolver):
    for case in GOLD:
        edits = resolver.edits(case["text"], to, language=case["language"])
        assert all(one.end <= other.start for one, other in pairwise(edits))
        assert all(case["text"][edit.start : edit.end] == edit.text for edit in edits)
        if to == "preferred":
            once = apply(case["text"], edits)
            assert resolver.normalize(once, to, language=case["language"]) == once


def test_ambiguous_mentions_are_never_edited(resolver):
    for case in GOLD:
        for mention in resolver.scan(case["text"], case["language"]):
            if mention.ambiguous:
                edits = resolver.edits(case["text"], case["to"], language=case["language"])
                spans = [(edit.start, edit.end) for edit in edits]
                assert not any(a < mention.end and mention.start < b for a, b in spans)
