"""Documents of every format through the command line, with the built-in glossary."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import vardynas
from vardynas.cli import cli, context

SAMPLES = Path(__file__).parent / "documents"
READ_ONLY = (".pdf",)


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


@pytest.fixture
def run(monkeypatch, tmp_path, resolver):
    monkeypatch.setattr(context, "open_resolver", lambda *_: resolver)
    monkeypatch.chdir(tmp_path)
    for folder in ("markup", "word"):
        shutil.copytree(SAMPLES / folder, tmp_path / "texts" / folder)
    (tmp_path / "texts" / "a.txt").write_text("Jechał z Grodna do Wilna.", encoding="utf-8")

    def call(*args, stdin=None, code=0):
        result = CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return call


def _bytes(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_folder_of_all_formats_is_written_once(run, tmp_path):
    before = _bytes(tmp_path / "texts")
    result = run("normalize", "--to", "be", "--write", "--backup", "texts")
    assert "never written: texts/word/visit.pdf" in result.stderr
    after = _bytes(tmp_path / "texts")
    changed = {path for path in before if before[path] != after[path]}
    assert {path.suffix for path in before} - {path.suffix for path in changed} == {*READ_ONLY}
    assert all(after[path.with_name(f"{path.name}.bak")] == before[path] for path in changed)
    run("normalize", "--to", "be", "--write", "--backup", "texts")
    assert _bytes(tmp_path / "texts") == after


def test_reviewed_edits_make_what_normalize_makes(run, tmp_path):
    run("normalize", "--to", "be", "--output", "wanted", "--edits", "edits.jsonl", "texts")
    run("apply", "--all", "--write", "edits.jsonl")
    wanted = _bytes(tmp_path / "wanted")
    assert len(wanted) > 10
    for path, data in wanted.items():
        now = tmp_path / "texts" / path.relative_to(tmp_path / "wanted")
        assert now.read_bytes() == data, now.name


def test_tracked_changes(run, tmp_path):
    path = "texts/word/pandoc.docx"
    run("normalize", "--to", "be", "--tracked", "-o", "tracked.docx", path)
    run("normalize", "--to", "be", "--edits", "edits.jsonl", "--check", path, code=1)
    run("apply", "--all", "--tracked", "--write", "edits.jsonl")
    assert (tmp_path / path).read_bytes() == (tmp_path / "tracked.docx").read_bytes()


def test_scan_says_where_in_each_format(run):
    out = run("scan", "--format", "jsonl", "texts").stdout
    found = [json.loads(line) for line in out.splitlines()]
    places = {Path(one["file"]).suffix: one["place"].split()[0] for one in found}
    assert {*places} >= {".docx", ".odt", ".pdf", ".html", ".md", ".srt", ".vtt", ".xml"}
    assert places[".pdf"] == "page"
    assert places[".md"] == "line"
    assert run("scan", "texts/word/visit.pdf").stdout.startswith("texts/word/visit.pdf, page 1  ")


def test_what_is_no_such_document_is_said(run, tmp_path):
    said = run("normalize", "--from", "docx", stdin="W Grodnie", code=2).stderr
    assert said.startswith("vardynas: standard input: it is damaged")
    pdf = run("normalize", "--check", "texts/word/visit.pdf", code=2).stderr
    assert "a PDF is only searched, not written" in pdf
