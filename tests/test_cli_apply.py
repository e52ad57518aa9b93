"""Reviewing edits: records written, approved, corrected, applied; what no longer fits is refused."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from vardynas.cli import cli, context

GLOSSARY = """
- id: hrodna
  type: place
  names: {be: [Гродна], lt: [Gardinas], pl: [Grodno]}
- id: vilnius
  type: place
  names: {be: [Вільня], lt: [Vilnius], pl: [Wilno]}
"""
TEXT = "Był w Grodnie\r\ni w Wilnie, potem\nznów w Grodnie.\n"


@pytest.fixture(scope="module")
def resolver(tmp_path_factory):
    path = tmp_path_factory.mktemp("glossary") / "small.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return context.open_resolver((str(path),))


@pytest.fixture
def run(monkeypatch, tmp_path, resolver):
    monkeypatch.setattr(context, "open_resolver", lambda *_: resolver)
    monkeypatch.chdir(tmp_path)

    def call(*args, stdin=None, code=0):
        result = CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def review(run, tmp_path):
    """Propose edits for files, change the records, and write them back."""

    def propose(change, *files, options=()):
        run("normalize", "--to", "lt", "--edits", "edits.jsonl", "--diff", *options, *files)
        path = tmp_path / "edits.jsonl"
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for number, record in enumerate(records):
            record.update(change(number, record) or {})
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        path.write_text("".join(lines), encoding="utf-8")
        return records

    return propose


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    return path


def _approved(number, record):
    return {"approved": True}


def test_records_say_what_where_and_why(review, article):
    first, second, third = review(lambda *_: None, "a.txt")
    assert list(first) == [
        *("file", "place", "start", "end", "text", "replacement", "entry", "why", "note"),
        *("before", "after", "method", "score", "evidence", "sha256", "approved"),
    ]
    assert (first["file"], first["place"]) == ("a.txt", "line 1, column 7")
    assert (first["before"], first["after"]) == (
        "Był w ",
        "\r\ni w Wilnie, potem\nznów w Grodnie.\n",
    )
    assert (first["entry"], first["method"], first["approved"]) == ("hrodna", "inflected", None)
    assert "loc sg" in first["evidence"][0]
    assert second["place"] == "line 2, column 5"
    assert {record["sha256"] for record in (first, second, third)} == {first["sha256"]}


def test_only_approved_edits_are_made_as_corrected(run, review, article):
    answers = [{"approved": True}, {"approved": False}, {"approved": True, "replacement": "Гродне"}]
    review(lambda number, _: answers[number], "a.txt")
    shown = run("apply", "edits.jsonl").stdout
    assert "+znów w Гродне." in shown
    assert article.read_bytes() == TEXT.encode("utf-8-sig")
    run("apply", "--write", "--backup", "edits.jsonl")
    assert article.read_bytes() == (
        "Był w Gardine\r\ni w Wilnie, potem\nznów w Гродне.\n".encode("utf-8-sig")
    )
    assert Path("a.txt.bak").read_bytes() == TEXT.encode("utf-8-sig")


def test_all_leaves_out_what_is_rejected(run, review, article):
    review(lambda number, _: {"approved": False} if number == 1 else None, "a.txt")
    run("apply", "--all", "-w", "edits.jsonl")
    assert article.read_bytes().decode("utf-8-sig") == TEXT.replace("Grodnie", "Gardine")


def test_everything_approved_is_what_normalize_writes(run, review, article):
    review(_approved, "a.txt")
    wanted = run("normalize", "--to", "lt", "a.txt").stdout_bytes
    run("apply", "-w", "edits.jsonl")
    assert article.read_bytes() == wanted


def test_check_and_nothing_approved(run, review, article):
    review(lambda *_: None, "a.txt")
    nothing = run("apply", "edits.jsonl", code=1)
    assert nothing.stderr == 'None of 3 edits is approved. Set "approved": true, or add --all.\n'
    assert run("apply", "--all", "--check", "edits.jsonl", code=1).stdout == (
        "a.txt: would change, 3 edits\n"
    )
    run("apply", "-", stdin="", code=1)
    piped = Path("edits.jsonl").read_text(encoding="utf-8")
    run("apply", "--all", "-w", "-", stdin=piped)
    assert "Gardine" in article.read_text(encoding="utf-8")


def test_a_file_that_has_changed_is_refused_and_the_others_are_done(run, review, article):
    Path("b.txt").write_text("W Grodnie.", encoding="utf-8")
    Path("c.txt").write_text("W Grodnie.", encoding="utf-8")
    review(_approved, "a.txt", "b.txt", "c.txt")
    article.write_text("Coś innego w Grodnie.", encoding="utf-8")
    Path("c.txt").unlink()
    result = run("apply", "-w", "edits.jsonl", code=2)
    assert "a.txt: it has changed since its edits were written" in result.stderr
    assert "vardynas normalize --edits" in result.stderr
    assert "c.txt: No such file or directory" in result.stderr
    assert article.read_text(encoding="utf-8") == "Coś innego w Grodnie."
    assert Path("b.txt").read_text(encoding="utf-8") == "W Gardine."


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
@pytest.mark.parametrize("later", ["", "\nParašyta vėliau."])
def test_edits_that_are_made_already_are_told(run, review, tmp_path, name, later):
    path = tmp_path / name
    path.write_text("text,n\nBył w Grodnie,1\nw Wilnie,2\n", encoding="utf-8", newline="")
    options = ("--column", "text") if name == "a.csv" else ()
    review(_approved, name, options=options)
    run("apply", "--write", "edits.jsonl")
    once = path.read_bytes() + later.encode()
    path.write_bytes(once)
    for asked in ((), ("--check",), ("--write",)):
        result = run("apply", *asked, "edits.jsonl")
        assert f"{name}: these edits are made already; nothing is left to do" in result.stderr
        assert result.stdout == ""
    assert path.read_bytes() == once


CHANGED = ["w Gardine ir Vilniuj", "w Grodnie i w Wilnie!", "Gardine", "", "i Gardine, Vilniuje"]


@pytest.mark.parametrize("text", CHANGED)
def test_what_differs_otherwise_has_changed(run, review, tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_text("w Grodnie i w Wilnie", encoding="utf-8")
    review(_approved, "a.txt")
    path.write_text(text, encoding="utf-8")
    assert "it has changed since" in run("apply", "--write", "edits.jsonl", code=2).stderr
    assert path.read_text(encoding="utf-8") == text


def test_the_old_text_is_no_replacement_that_it_begins_like(run, review, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Nowa Wilno", encoding="utf-8")
    review(lambda *_: {"approved": True, "replacement": "Wil"}, "a.txt")
    path.write_text("Nowa Wilno.", encoding="utf-8")
    assert "it has changed since" in run("apply", "edits.jsonl", code=2).stderr


def test_a_document_is_read_again_as_it_was(run, review):
    Path("a.csv").write_text('id;kur\n1;"w Grodnie"\n2;w Wilnie\n', encoding="cp1257")
    options = ("--column", "kur", "--delimiter", ";", "--encoding", "windows-1257")
    records = review(lambda number, _: {"approved": number == 1}, "a.csv", options=options)
    assert records[1]["place"].startswith("row 3")
    assert records[1]["read_as"] == {
        "columns": ["kur"],
        "encoding": "windows-1257",
        "delimiter": ";",
    }
    run("apply", "-w", "edits.jsonl")
    assert Path("a.csv").read_text(encoding="cp1257") == ('id;kur\n1;"w Grodnie"\n2;w Vilniuje\n')


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": 7, "end": 14}, "'Grodnie' does not stand where its record says"),
        ({"text": "Wilnie"}, "'Wilnie' does not stand where its record says"),
        ({"end": 500}, "lines 1 and 2 are about the same words"),
        ({"approved": "yes"}, "line 1: 'yes' is no value of approved"),
        ({"start": "0"}, "line 1: '0' is no value of start"),
        ({"start": True}, "line 1: True is no value of start"),
        ({"replacement": None}, "line 1: None is no value of replacement"),
        ({"start": -3, "end": 2}, "is no value of start"),
        ({"read_as": {"columns": ["1"]}}, "lines 1 and 2 are about different states of a.txt"),
        ({"sha256": "0"}, "lines 1 and 2 are about different states of a.txt"),
    ],
)
def test_records_that_cannot_be_are_refused(run, review, article, change, said):
    review(lambda number, _: {"approved": True, **(change if number == 0 else {})}, "a.txt")
    result = run("apply", "-w", "edits.jsonl", code=2)
    assert said in result.stderr
    assert "internal error" not in result.stderr
    assert article.read_bytes() == TEXT.encode("utf-8-sig")


@pytest.mark.parametrize(
    ("read_as", "said"),
    [
        ({"nosuch": 1}, "line 1: 1 is no value of read_as.nosuch"),
        ({"columns": 5}, "line 1: 5 is no value of read_as.columns"),
        ({"header": "no"}, "line 1: 'no' is no value of read_as.header"),
        ("csv", "line 1: 'csv' is no value of read_as"),
        ({"encoding": "nosuch"}, "a.txt: 'nosuch' is no known encoding"),
        ({"format": "nosuch"}, "a.txt: 'nosuch' is no known format"),
    ],
)
def test_a_way_of_reading_that_cannot_be_is_refused(run, review, article, read_as, said):
    review(lambda *_: {"approved": True, "read_as": read_as}, "a.txt")
    assert said in run("apply", "edits.jsonl", code=2).stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "edits.jsonl: line 2: no JSON"),
        ("[]", "edits.jsonl: line 2: no JSON object"),
        ("{}", "edits.jsonl: line 2: it has no file, start, end, text, replacement, sha256"),
    ],
)
def test_other_files_are_refused(run, tmp_path, line, said):
    (tmp_path / "edits.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    assert said in run("apply", "edits.jsonl", code=2).stderr


def test_files_elsewhere_are_refused_unless_they_are_meant(
    run, review, article, tmp_path, monkeypatch
):
    review(_approved, str(article))
    (tmp_path / "inner").mkdir()
    (tmp_path / "edits.jsonl").rename(tmp_path / "inner" / "moved.jsonl")
    assert "Był w Gardine" in run("apply", "inner/moved.jsonl").stdout
    monkeypatch.chdir(tmp_path / "inner")
    refused = run("apply", "--write", "moved.jsonl", code=2).stderr
    assert str(article) in refused
    assert "--anywhere" in refused
    (tmp_path / "inner" / "a.txt").symlink_to(article)
    records = (tmp_path / "inner" / "moved.jsonl").read_text(encoding="utf-8")
    Path("linked.jsonl").write_text(records.replace(str(article), "a.txt"), encoding="utf-8")
    assert "--anywhere" in run("apply", "--write", "linked.jsonl", code=2).stderr
    assert article.read_bytes() == TEXT.encode("utf-8-sig")
    run("apply", "--write", "--anywhere", "moved.jsonl")
    assert "Gardine" in article.read_text(encoding="utf-8-sig")


def test_pipes_and_devices_are_refused(run, review, article):
    review(_approved, "a.txt")
    article.unlink()
    os.mkfifo(article)
    assert "a.txt: it is no ordinary file" in run("apply", "edits.jsonl", code=2).stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--write", "--backup=sonl"), "--backup would overwrite edits.jsonl, an input"),
        (("--write", "--backup=x"), "--backup would overwrite a.txtx, an input"),
    ],
)
def test_backups_over_inputs_are_refused(run, review, article, options, said):
    for name in ("edits.j", "a.txtx"):
        Path(name).write_bytes(article.read_bytes())
    review(_approved, "edits.j", "a.txt", "a.txtx")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    assert said in " ".join(run("apply", *options, "edits.jsonl", code=2).stderr.split())
    assert {path: path.read_bytes() for path in Path().iterdir()} == before
