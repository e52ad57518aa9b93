"""What documents say of their languages is heard, where it can be true."""

import time
from pathlib import Path

import pytest
import yaml

import vardynas
from vardynas.documents.formats import open_document
from vardynas.documents.languages import language_said
from vardynas.documents.proposals import Proposer
from vardynas.render.profile import Profile

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "document_languages.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_languages_of_documents(case, resolver):
    opened = open_document(f"a.{case['suffix']}", case["source"].encode())
    found = [[opened.text[start:end].strip(), tag] for start, end, tag in opened.languages]
    found = [row for row in found if row[0]]
    assert found == case["languages"]
    edits = Proposer(resolver, Profile()).of_document(opened).edits
    assert opened.write(edits).decode() == case["expect"]


def test_a_language_that_is_asked_for_goes_before_what_a_page_says(resolver):
    opened = open_document("a.html", b"<p lang=pl>Hrodna</p>")
    edits = Proposer(resolver, Profile(language="lt")).of_document(opened).edits
    assert opened.write(edits) == b"<p lang=pl>Gardinas</p>"


@pytest.mark.parametrize("lang", ["en", "pl", "lt"])
def test_long_texts_and_single_mentions_have_the_languages_that_are_told(resolver, lang):
    text = "Hrodna. " + "Nobody was there at all. " * 4000
    told = [(0, 6, lang)]
    (mention, *_) = resolver.scan(text, languages=told)
    assert (mention.text, mention.language) == ("Hrodna", lang)
    (mention,) = resolver.scan("\tHrodna", languages=[(1, 7, lang)])
    assert mention.language == lang


def test_tags_that_are_meant():
    said = ["pl-PL", "be-tarask", "be-Latn", "by", "xx", "", "Polish language"]
    found = ["pl", "be-tarask", "be-Latn", "be", None, None, None]
    assert [language_said(tag) for tag in said] == found


def test_elements_without_end_take_linear_time():
    def took(size):
        source = "<p lang=pl>" + "<b><i><li><hr>" * size + "</u></i>" * size
        start = time.perf_counter()
        open_document("a.html", source.encode())
        return time.perf_counter() - start

    took(100)
    assert took(16_000) < 20 * took(2_000) + 0.5
