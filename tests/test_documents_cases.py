"""Texts with markup: what is read of them, and what edits make of them, case by case."""

import sys
from pathlib import Path

import pytest
import yaml

from vardynas.documents import open_document
from vardynas.errors import MissingExtra
from vardynas.model import Edit

CASES = Path(__file__).parent / "cases"
FIELDS = {"label", "source", "text", "edits", "expect", "format"}
SUFFIXES = {"markdown": "md", "html": "html", "xml": "xml", "subtitles": None}


def cases():
    for name in SUFFIXES:
        for case in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")):
            suffix = SUFFIXES[name] or case["format"]
            yield pytest.param(suffix, case, id=f"{suffix}: {case['label']}")


def edits(text, pairs):
    """An edit for each pair, of the next occurrence of its first text."""
    at = 0
    for old, new in pairs:
        at = text.find(old, at)
        assert at >= 0, f"{old!r} does not stand there"
        yield Edit(at, at + len(old), old, new, "a")
        at += len(old)


@pytest.mark.parametrize(("suffix", "case"), list(cases()))
def test_case(suffix, case):
    assert set(case) <= FIELDS
    source = case["source"].encode()
    document = open_document(f"tekstas.{suffix}", source)
    assert paragraphs(document.text) == paragraphs("\n\n".join(case["text"]))
    assert document.write(()) == source
    made = list(edits(document.text, case.get("edits", ())))
    assert document.write(made).decode() == case.get("expect", case["source"])


def paragraphs(text):
    """The paragraphs of a text without the line ends around them."""
    return [part for raw in text.split("\n\n") if (part := raw.strip("\r\n"))]


def test_cases_are_many_and_distinct():
    known = [(param.values[0], param.values[1]["label"]) for param in cases()]
    assert len(set(known)) == len(known) >= 60


def test_markdown_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyromark", None)
    with pytest.raises(MissingExtra, match=r"pip install 'vardynas\[documents\]'"):
        open_document("a.md", b"Wilno")
