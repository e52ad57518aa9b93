"""The program as people run it: a glossary file, a text, nothing replaced."""

import json
import os
import subprocess
import sys

import pytest

GLOSSARY = """
- id: hrodna
  type: place
  names: {be: [Гродна], lt: [Gardinas], pl: [Grodno]}
- id: lukashenka-aliaksandr
  type: person
  gender: male
  origin: be
  names:
    be: [Аляксандр Лукашэнка, {form: Лукашэнка, role: short}]
    lt: [Aliaksandras Lukašenka, {form: Lukašenka, role: short}]
    pl: [Alaksandr Łukaszenka, {form: Łukaszenka, role: short}]
"""
TEXT = "O Łukaszence mówiono w Grodnie.\r\n"


def _program(folder, *args, code=0):
    """Standard output and standard error of the program, called in `folder`."""
    result = subprocess.run(
        [sys.executable, "-m", "vardynas.cli", *args],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        check=False,
    )
    assert result.returncode == code, result.stderr.decode()
    return result.stdout.decode(), _without_waiting(result.stderr.decode())


def _without_waiting(said):
    """Standard error without the line that a slow machine makes the program say."""
    return said.replace("Compiling the glossary, once; later starts open it.\n", "")


@pytest.fixture
def run(tmp_path):
    (tmp_path / "mine.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "tekst.txt").write_bytes(TEXT.encode())

    def call(command, *args, code=0):
        return _program(tmp_path, command, "--glossary", "mine.yaml", *args, code=code)[0]

    return call


def test_lookup(run):
    whole = json.loads(run("lookup", "--format", "json", "Gardine", "Лукашэнкам"))
    assert [result["resolved"] for result in whole["results"]] == [
        "hrodna",
        "lukashenka-aliaksandr",
    ]
    assert len(whole["glossary"]["hash"]) == 64


def test_scan(run):
    mentions = [
        json.loads(line) for line in run("scan", "--format", "jsonl", "tekst.txt").splitlines()
    ]
    assert [(m["text"], m["entry"], m["language"]) for m in mentions] == [
        ("Łukaszence", "lukashenka-aliaksandr", "pl"),
        ("Grodnie", "hrodna", "pl"),
    ]
    assert all(TEXT[m["start"] : m["end"]] == m["text"] for m in mentions)


def test_normalize_keeps_the_case(run):
    assert run("normalize", "--to", "lt", "tekst.txt").startswith("O Lukašenkai mówiono")


def test_normalize_check(run):
    run("normalize", "--to", "lt", "--check", "tekst.txt", code=1)
    run("normalize", "--to", "pl", "--check", "tekst.txt")


def test_variants(run):
    forms = json.loads(run("variants", "--inflected", "--format", "json", "hrodna"))["variants"]
    assert {"Гродне", "Gardine", "Grodnie"} <= {variant["form"] for variant in forms}


def test_compare(run):
    assert run("compare", "Gardinas", "Гродна").startswith("same")
    run("compare", "Gardinas", "Вільня", code=1)


BROKEN = "- id: x\n  namez: {}\n"


def test_a_broken_glossary_is_reported_with_its_places(run, tmp_path):
    (tmp_path / "mine.yaml").write_text(BROKEN, encoding="utf-8")
    assert "mine.yaml:2:3: " in _program(tmp_path, "stats", "--glossary", "mine.yaml", code=2)[1]


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        ("text", "mine.yaml:2:3: error: "),
        ("csv", "mine.yaml,2,3,error,"),
        ("jsonl", '{"path": "mine.yaml", "line": 2, "column": 3, '),
        ("github", "::error file=mine.yaml,line=2,col=3,title="),
    ],
)
def test_lint_reports_what_does_not_load(tmp_path, format_, said):
    (tmp_path / "mine.yaml").write_text(BROKEN, encoding="utf-8")
    assert said in _program(tmp_path, "lint", "--format", format_, "mine.yaml", code=1)[0]


def test_lint_of_a_good_glossary_says_nothing(run, tmp_path):
    assert _program(tmp_path, "lint", "mine.yaml") == ("", "")


def test_lint_with_the_builtin_glossary_is_about_the_given_files(tmp_path):
    entries = "- id: mine\n  type: place\n  names: {be: [Гродна]}\n"
    (tmp_path / "mine.yaml").write_text(entries, encoding="utf-8")
    out, _ = _program(tmp_path, "lint", "--with-builtin", "mine.yaml")
    assert out
    assert all(line.startswith("mine.yaml:") for line in out.splitlines())


def test_a_place_that_is_not_known_is_left_out(tmp_path):
    _, said = _program(tmp_path, "lookup", "--glossary", "nosuch.yaml", "X", code=2)
    assert "nosuch.yaml: There is no such file." in said


def test_nothing_improbable_is_shown(run):
    assert run("lookup", "Qwertyuiop", code=1) == "Qwertyuiop: nothing found\n"


def test_lint_warns_of_shared_forms(tmp_path):
    entries = "".join(f"- id: {id_}\n  names: {{pl: [Mir Nowy]}}\n" for id_ in ("a", "b"))
    (tmp_path / "mine.yaml").write_text(entries, encoding="utf-8")
    out, _ = _program(tmp_path, "lint", "mine.yaml")
    assert "mine.yaml:2:" in out
    assert "warning: 'Mir Nowy' of a is also a name of b" in out
    _program(tmp_path, "lint", "--strict", "mine.yaml", code=1)
    assert _program(tmp_path, "lint", "--rule", "unsorted-file", "mine.yaml") == ("", "")
    assert "There is no rule 'no'" in _program(tmp_path, "lint", "--rule", "no", code=2)[1]


UNSORTED = "- id: mir # castle\r\n  names: {be: [Мір]}\r\n- id: b\r\n  names: {be: [Брэст]}\r\n"


@pytest.fixture
def unsorted(tmp_path):
    """A file with a byte order mark, a common word and entries in the wrong order."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + UNSORTED.encode())
    return path


def test_lint_chooses_rules(unsorted):
    def codes(*options):
        out, _ = _program(unsorted.parent, "lint", *options, "mine.yaml")
        return [line.rpartition("[")[2].rstrip("]") for line in out.splitlines()]

    assert codes() == ["common-word", "unsorted-file"]
    assert codes("--select", "unsorted-file,shared-form") == ["unsorted-file"]
    assert codes("--ignore", "unsorted-file", "--ignore", "common-word") == []
    assert codes("--complete").count("missing-english-name") == 2
    assert codes("--complete", "--select", "missing-source") == ["missing-source"] * 2


def test_lint_shows_what_it_would_mend_and_mends_it(unsorted):
    before = unsorted.read_bytes()
    out, _ = _program(unsorted.parent, "lint", "--fix", "--diff", "mine.yaml", code=1)
    assert "-- id: mir # castle\n" in out.replace("\r", "")
    assert "[common-word]" not in out
    assert unsorted.read_bytes() == before
    out, _ = _program(unsorted.parent, "lint", "--fix", "mine.yaml")
    assert out.splitlines()[0].endswith("[common-word]")
    half = len(UNSORTED.encode()) - len("- id: b\r\n  names: {be: [Брэст]}\r\n".encode())
    old = UNSORTED.encode()
    assert unsorted.read_bytes() == b"\xef\xbb\xbf" + old[half:] + old[:half]
    stamp = unsorted.stat().st_mtime_ns
    assert _program(unsorted.parent, "lint", "--diff", "mine.yaml") == ("", "")
    _program(unsorted.parent, "lint", "--fix", "mine.yaml")
    assert unsorted.stat().st_mtime_ns == stamp


def test_lint_mends_what_does_not_load(tmp_path):
    (tmp_path / "mine.yaml").write_text("- id: x\n  names: {be: [Лiда]} # town\n", "utf-8")
    assert "[mixed-scripts]" in _program(tmp_path, "lint", "mine.yaml", code=1)[0]
    assert _program(tmp_path, "lint", "--fix", "mine.yaml") == ("", "")
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "- id: x\n  names: {be: [Ліда]} # town\n"


def test_lint_does_not_mend_the_built_in_glossary_unasked(tmp_path):
    assert "--fix changes files" in _program(tmp_path, "lint", "--fix", code=2)[1]


def test_lint_of_files_that_cannot_be_read(tmp_path):
    (tmp_path / "bad.yaml").write_bytes(b"- id: x\xff\n")
    (tmp_path / "good.yaml").write_text(UNSORTED, "utf-8", newline="")
    out, _ = _program(tmp_path, "lint", "--fix", "bad.yaml", "good.yaml", "no.yaml", code=1)
    assert [line.rpartition("[")[2] for line in out.splitlines()] == ["not-utf8]", "missing-file]"]
    assert (tmp_path / "good.yaml").read_bytes() == UNSORTED.encode()


def test_lint_resolves_every_name_on_request(run, tmp_path):
    assert "resolves to" not in _program(tmp_path, "lint", "--resolve", "mine.yaml")[0]
