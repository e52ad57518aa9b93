"""Texts with markup: what is read of them, and what edits make of them, case by case."""

import gzip
import re
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

COMMENTS = yaml.safe_load((CASES / "comments.yaml").read_text(encoding="utf-8"))


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


@pytest.mark.parametrize("case", COMMENTS, ids=lambda case: f"{case['format']}: {case['label']}")
def test_what_comments_ask_to_leave_alone(case):
    document = open_document(f"a.{case['format']}", case["source"].encode())
    spans = document.silences
    made = [
        Edit(found.start(), found.end(), "Wilno", "Vilnius", "vilnius")
        for found in re.finditer("Wilno", document.text)
        if not any(start < found.end() and found.start() < end for start, end in spans)
    ]
    assert document.write(made).decode() == case["expect"]


def test_comments_are_heard_where_documents_are_written():
    import vardynas
    from vardynas.documents.proposals import Proposer

    proposer = Proposer(vardynas.load(), vardynas.Profile(to="lt"))
    page = gzip.compress(b"<p>Wilno <!-- vardynas: ignore --></p>\n<p>Wilno</p>")
    document = open_document("a.html.gz", page)
    found = proposer.of_document(document)
    assert [mention.text for mention in found.mentions] == ["Wilno", "Wilno"]
    assert [document.place(edit.start) for edit in found.edits] == ["line 2, column 4"]


def test_many_comments_take_little_time():
    source = "<p>Wilno</p>\n<!-- vardynas: ignore -->\n" * 20_000
    assert len(open_document("a.html", source.encode()).silences) == 19_999


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
