"""The annotated texts: well formed, offsets right, entries known, hashes as published."""

import hashlib
import json
import os
from itertools import pairwise
from pathlib import Path

import pytest

from vardynas.editorial.gold import LEVELS, load_gold
from vardynas.errors import DocumentError

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "seeds/annotations.jsonl"
SAMPLES = ROOT / "seeds/samples/annotations.jsonl"
GOLD = [SOURCES, SAMPLES]
PARAPHRASED = {
    "United Nations Excessive Commissioner for Human Rights",
    "Migration Division",
    "Second World Warfare",
}
FIELDS = {
    "document": {"doc", "file", "language", "title", "author", "publisher", "date", "sha256"},
    "mention": {
        *("doc", "start", "end", "surface", "entry", "level", "type", "note", "paraphrased"),
    },
}
TYPES = {"person", "place", "organisation", "other"}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def mentions(path):
    return [(d, m) for d in load_gold(path) for m in d.mentions]


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.parent.name)
def test_fields(path):
    for row in rows(path):
        kind = "mention" if "start" in row else "document"
        assert set(row) <= FIELDS[kind], row
        assert "" not in row.values(), row
        assert None not in row.values(), row


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.parent.name)
def test_mentions_are_sorted_and_core_ones_do_not_overlap(path):
    for document in load_gold(path):
        starts = [(m.start, -m.end) for m in document.mentions]
        assert starts == sorted(starts)
        core = [m for m in document.mentions if m.level == "core"]
        assert all(a.end <= b.start for a, b in pairwise(core))


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.parent.name)
def test_levels_types_and_surfaces(path):
    for _, mention in mentions(path):
        assert mention.level in LEVELS
        assert mention.type in TYPES
        assert mention.surface == mention.surface.strip()
        assert len(mention.surface) == mention.end - mention.start


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.parent.name)
def test_nested_mentions_lie_in_core_ones(path):
    for document in load_gold(path):
        core = [m for m in document.mentions if m.level == "core"]
        for nested in (m for m in document.mentions if m.level == "nested"):
            assert any(c.start <= nested.start and nested.end <= c.end for c in core), nested


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.parent.name)
def test_one_type_an_entry(path):
    types = {}
    for _, mention in mentions(path):
        assert types.setdefault(mention.entry, mention.type) == mention.type, mention


def test_counts_of_the_source_documents():
    found = [m for _, m in mentions(SOURCES)]
    levels = {level: sum(m.level == level for m in found) for level in LEVELS}
    assert levels == {"core": 524, "nested": 17, "optional": 16}
    assert len(load_gold(SOURCES)) == 5


def test_paraphrased_mentions():
    marked = [m for _, m in mentions(SOURCES) if m.paraphrased]
    assert {m.surface for m in marked} == PARAPHRASED
    assert all(m.level == "core" for m in marked)


def test_samples_are_at_hand_and_match():
    documents = load_gold(SAMPLES)
    assert sorted(d.id for d in documents) == sorted(
        f"{language}-{n}" for language in ("lt", "be", "pl", "en") for n in (1, 2)
    )
    for document in documents:
        assert document.text is not None
        assert document.title in document.text
        assert 150 <= len(document.text.split()) <= 300


def test_no_text_of_the_sources_in_the_repository():
    assert [p.name for p in SOURCES.parent.glob("*.txt")] == []
    assert all("text" not in row for row in rows(SOURCES))


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.parent.name)
def test_entries_are_in_the_glossary(path):
    reader = pytest.importorskip("vardynas.glossary.reader")
    files = sorted((ROOT / "glossary").glob("**/*.yaml"))
    if not files:
        pytest.skip("there is no glossary yet")
    known = reader.read(files).entries
    assert {m.entry for _, m in mentions(path)} - set(known) == set()


@pytest.mark.seeds
@pytest.mark.skipif(
    "VARDYNAS_SEEDS" not in os.environ,
    reason="VARDYNAS_SEEDS does not name the folder of the source documents",
)
def test_the_source_documents_match():
    documents = load_gold(SOURCES)
    assert all(d.text is not None for d in documents)
    assert all(d.title in d.text for d in documents)


def gold_file(folder, *lines):
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


TEXT = "Lukašenka ir Nausėda"
MENTION = {"doc": "a", "start": 13, "end": 20, "surface": "Nausėda", "entry": "nauseda-gitanas"}


def test_text_from_a_folder(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    path = gold_file(tmp_path, {"doc": "a", "file": "a.txt", "sha256": digest}, MENTION)
    (document,) = load_gold(path, texts)
    assert (document.text, document.language, document.title) == (TEXT, "und", "")
    assert load_gold(path, tmp_path)[0].text is None


def test_text_from_the_environment(tmp_path, monkeypatch):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    path = gold_file(tmp_path, {"doc": "a", "file": "a.txt"}, MENTION)
    monkeypatch.delenv("VARDYNAS_SEEDS", raising=False)
    assert load_gold(path)[0].text is None
    monkeypatch.setenv("VARDYNAS_SEEDS", str(texts))
    assert load_gold(path)[0].text == TEXT


def test_another_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT + "\n", encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    path = gold_file(tmp_path, {"doc": "a", "file": "a.txt", "sha256": digest}, MENTION)
    with pytest.raises(DocumentError, match=f"need {digest}.*byte for byte") as caught:
        load_gold(path)
    assert caught.value.path.endswith("a.txt")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([MENTION], "Describe 'a' in a line of its own"),
        ([{"doc": "a"}, {"doc": "a"}], "described twice"),
        (
            [{"doc": "a", "text": TEXT}, MENTION | {"start": 12, "end": 19}],
            "The text has ' Nausėd'",
        ),
        ([{"doc": "a"}, MENTION | {"end": 21}], "end is exclusive"),
        ([{"doc": "a"}, MENTION | {"start": -7, "end": 0}], "from 0"),
        ([{"doc": "a"}, MENTION | {"start": "13"}], "'start' is '13'; it must be a whole number"),
        ([{"doc": "a"}, MENTION | {"level": "maybe"}], "core, nested, optional"),
        ([{"language": "lt"}], "'doc' is missing"),
        ([["a"]], "one JSON object a line"),
    ],
)
def test_errors_say_where_and_what(tmp_path, lines, message):
    path = gold_file(tmp_path, *lines)
    with pytest.raises(DocumentError) as caught:
        load_gold(path)
    assert message in str(caught.value)
    assert caught.value.path == f"{path}:{len(lines)}"


def test_broken_json_missing_file_and_wrong_encoding(tmp_path):
    path = tmp_path / "gold.jsonl"
    with pytest.raises(DocumentError, match="cannot be read"):
        load_gold(path)
    path.write_text('\n{"doc": \n', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"gold\.jsonl:2: This line is no JSON"):
        load_gold(path)
    path.write_bytes('{"doc": "ą"}'.encode("cp1257"))
    with pytest.raises(DocumentError, match="not UTF-8"):
        load_gold(path)
