"""The command line: what it prints, where, and with which exit code."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from fake_resolver import FakeResolver, proposed

from vardynas import Resolver
from vardynas.cli import COMMANDS, cli, context
from vardynas.documents.proposals import Proposer
from vardynas.model import Entry

STAMP = {"version": "2026.1", "hash": "0123456789abcdef"}


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Call the command line in an empty folder with a resolver of a few forms."""
    monkeypatch.setattr(context, "open_resolver", lambda *_: FakeResolver())
    monkeypatch.setattr(Proposer, "_ask", proposed)
    monkeypatch.chdir(tmp_path)

    def call(*args, stdin=None, code=0):
        result = CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes("Тут Гродна.\r\nO Kalinowskiego!\r\n".encode())
    return path


# lookup


def test_lookup_shows_candidates_with_names_score_and_reason(run):
    lines = run("lookup", "Каліноўскага").stdout.splitlines()
    assert lines[0] == "Каліноўскага"
    assert lines[1].split() == [
        *("→", "kalinouski-kastus", "97", "%", "inflected"),
        *("Кастусь", "Каліноўскі", "[be]"),
    ]
    assert lines[2].strip() == "be Кастусь Каліноўскі · pl Konstanty Kalinowski"
    assert lines[3].strip().startswith("“Кастусь Каліноўскі” is the listed be name")


def test_lookup_separates_names_and_says_what_is_open(run):
    blocks = run("lookup", "Гродна", "Kalinowskiego", "Nobody").stdout.split("\n\n")
    assert blocks[0].startswith("Гродна\n→  hrodna ")
    assert blocks[1].startswith("Kalinowskiego: ambiguous, these are too close to call\n")
    assert "→" not in blocks[1]
    assert blocks[2] == "Nobody: nothing found\n"


def test_lookup_of_nothing_known_exits_with_1(run):
    run("lookup", "Nobody", code=1)


def test_lookup_of_nothing_certain_exits_with_1(run):
    said = run("lookup", "Gradnas", "Nobody", code=1).stdout
    assert said.startswith("Gradnas: nothing is certain enough; the nearest\n   hrodna ")
    run("lookup", "--decision", "recall", "Gradnas", code=0)
    run("lookup", "Gradnas", "Гродна", code=0)
    run("lookup", "Kalinowskiego", code=0)  # found, and too close to call


def test_lookup_explain_has_a_line_for_each_step(run):
    lines = run("lookup", "--explain", "Gardine").stdout.splitlines()
    assert [line.split(": ")[0].strip() for line in lines[3:]] == ["- exact", "- alone"]


def test_lookup_reads_names_from_standard_input(run):
    result = run("lookup", "--format", "jsonl", "-", stdin="Гродна\n\n Nobody \n")
    assert [json.loads(line)["query"] for line in result.stdout.splitlines()] == [
        "Гродна",
        "Nobody",
    ]


def test_lookup_json_names_the_glossary(run):
    whole = json.loads(run("lookup", "--format", "json", "Gardine").stdout)
    assert whole["glossary"] == STAMP
    assert whole["results"][0]["resolved"] == "hrodna"
    assert "evidence" not in whole["results"][0]["candidates"][0]


def test_lookup_csv_has_a_row_a_candidate(run):
    out = run("lookup", "--format", "csv", "--glossary-version", "Kalinowskiego", "Nobody").stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["query"], row["rank"], row["entry"]) for row in rows] == [
        ("Kalinowskiego", "1", "kalinouski-kastus"),
        ("Kalinowskiego", "2", "kalinowski-jaroslaw"),
        ("Nobody", "", ""),
    ]
    assert rows[0]["glossary_hash"] == STAMP["hash"]


# scan


def test_scan_prints_file_line_and_column(run, article):
    assert run("scan", "article.txt").stdout.splitlines() == [
        "article.txt:1:5  Гродна → hrodna (exact, 97 %)",
        "article.txt:2:3  Kalinowskiego → "
        "ambiguous: kalinouski-kastus (97 %) or kalinowski-jaroslaw (97 %)",
    ]


def test_scan_jsonl_has_the_agreed_fields(run, article):
    out = run("scan", "--format", "jsonl", "article.txt").stdout
    first, second = map(json.loads, out.splitlines())
    assert list(first) == [
        *("file", "start", "end", "text", "entry", "name", "score", "method", "language"),
        "candidates",
    ]
    assert (first["file"], first["start"], first["end"]) == ("article.txt", 4, 10)
    assert second["entry"] is None
    assert [c["entry"] for c in second["candidates"]] == [
        "kalinouski-kastus",
        "kalinowski-jaroslaw",
    ]


def test_scan_offsets_do_not_count_a_byte_order_mark(run, tmp_path):
    (tmp_path / "bom.txt").write_bytes("Гродна".encode("utf-8-sig"))
    assert json.loads(run("scan", "--format", "jsonl", "bom.txt").stdout)["start"] == 0


@pytest.mark.parametrize("args", [(), ("-",)])
def test_scan_reads_standard_input(run, args):
    assert run("scan", *args, stdin="у Гродна").stdout.startswith("-:1:3  Гродна")


def test_scan_stamps_each_record_on_request(run, article):
    out = run("scan", "--format", "jsonl", "--glossary-version", "article.txt").stdout
    assert all(json.loads(line)["glossary"] == STAMP for line in out.splitlines())


def test_scan_of_text_without_names_exits_with_1(run):
    assert run("scan", stdin="nic", code=1).stdout == ""


def test_scan_goes_on_after_a_bad_file_and_exits_with_2(run, article, tmp_path):
    (tmp_path / "bad.txt").write_bytes("Hrodna ir \nĄ".encode() + b"\xe0\xf0")
    result = run("scan", "--encoding", "utf-8", "none.txt", "bad.txt", "article.txt", code=2)
    assert "none.txt: No such file or directory" in result.stderr
    assert "bad.txt: not UTF-8: byte 0xe0 at byte 13 (line 2, column 2)" in result.stderr
    assert "article.txt:1:5  Гродна" in result.stdout


def test_a_byte_order_mark_tells_the_encoding(run, tmp_path):
    (tmp_path / "wide.txt").write_bytes("Гродна".encode("utf-16"))
    assert run("scan", "wide.txt").stdout.startswith("wide.txt:1:1  Гродна")


def test_a_guessed_encoding_is_said(run, tmp_path):
    (tmp_path / "old.txt").write_bytes("Тут Гродна, і больш нічога тут няма.".encode("cp1251"))
    result = run("scan", "old.txt")
    assert result.stderr == "old.txt: not UTF-8, read as windows-1251\n"
    assert result.stdout.startswith("old.txt:1:5  Гродна")


# normalize


def test_normalize_prints_the_text_byte_for_byte(run, article):
    result = run("normalize", "--to", "lt", "article.txt")
    assert result.stdout_bytes == "Тут <lt:hrodna>.\r\nO Kalinowskiego!\r\n".encode()


def test_normalise_is_the_same_command(run, article):
    assert run("normalise", "article.txt").stdout.startswith("Тут <preferred:hrodna>.")


def test_normalize_check_exits_with_1_only_when_something_would_change(run, article):
    before = article.read_bytes()
    assert run("normalize", "--check", "article.txt", code=1).stdout == (
        "article.txt: would change, 1 edit\n"
    )
    assert article.read_bytes() == before
    run("normalize", "--check", stdin="nic")


def test_normalize_check_with_diff_shows_how_and_exits_with_1(run, article):
    result = run("normalize", "--check", "--diff", "article.txt", code=1)
    assert result.stdout.startswith("--- a/article.txt")
    run("normalize", "--diff", "article.txt")
    assert "--check changes no files" in run("normalize", "--check", "-w", "a", code=2).stderr


def test_normalize_refuses_a_language_without_names_and_rules(run, article):
    by = run("normalize", "--to", "by", "article.txt", code=2)
    assert by.stderr.startswith("vardynas: there are no names and no rules for 'by'.")
    assert "Did you mean 'be'?" in by.stderr
    assert "no rules for 'de'" in run("normalize", "--to", "de", "article.txt", code=2).stderr
    assert not run("normalize", "--to", "be-tarask", "article.txt").stderr


def test_normalize_refuses_a_gloss_in_a_language_without_names(run, article, tmp_path):
    (tmp_path / "style.yaml").write_text("gloss: zz\n", encoding="utf-8")
    profile = str(tmp_path / "style.yaml")
    refused = run("normalize", "--profile", profile, "article.txt", code=2)
    assert refused.stderr.startswith("vardynas: there are no names for gloss 'zz'.")
    assert (
        "gloss 'by'. Did you mean"
        in run("normalize", "--gloss", "by", "article.txt", code=2).stderr
    )
    assert not run("normalize", "--gloss", "original", "article.txt").stderr


def test_a_language_hint_without_rules_is_warned_of(run, article):
    hinted = run("normalize", "--language", "by", "article.txt")
    assert hinted.stderr.startswith("warning: no rules for the language 'by'. Did you mean 'be'?")
    assert not run("scan", "--language", "be", "article.txt").stderr


def test_normalize_write_keeps_mode_newlines_and_byte_order_mark(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Гродна\r\nГродна2\n".encode("utf-8-sig"))
    path.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    run("normalize", "--to", "id", "--write", "link.txt")
    assert path.read_bytes() == "<id:hrodna>\r\nГродна2\n".encode("utf-8-sig")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "link.txt"]


def test_normalize_write_needs_a_file(run):
    assert "--write needs files" in run("normalize", "-w", stdin="Гродна", code=2).stderr


def test_normalize_diff_is_a_unified_diff(run, tmp_path):
    (tmp_path / "a.txt").write_text("eins\nу Гродна\n", encoding="utf-8")
    assert run("normalize", "--diff", "a.txt").stdout.splitlines() == [
        *("--- a/a.txt", "+++ b/a.txt", "@@ -1,2 +1,2 @@"),
        *(" eins", "-у Гродна", "+у <preferred:hrodna>"),
    ]


def test_normalize_diff_applies_to_the_file(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Гродна\r\neins\u2028zwei\x0c\r\nдалей".encode("utf-8-sig"))
    (tmp_path / "a.diff").write_bytes(run("normalize", "--diff", "a.txt").stdout_bytes)
    subprocess.run(["git", "apply", "--unsafe-paths", "a.diff"], check=True, cwd=tmp_path)
    assert path.read_bytes() == (
        "<preferred:hrodna>\r\neins\u2028zwei\x0c\r\nдалей".encode("utf-8-sig")
    )


def test_normalize_logs_its_edits(run, article, tmp_path):
    run("normalize", "--edits", "log.jsonl", "article.txt")
    (line,) = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    edit = json.loads(line)
    assert (edit["file"], edit["start"], edit["replacement"]) == (
        *("article.txt", 4),
        "<preferred:hrodna>",
    )


def test_normalize_explains_on_standard_error(run, article):
    result = run("normalize", "--explain", "article.txt")
    assert "article.txt:1:5  'Гродна' → '<preferred:hrodna>' (hrodna) listed" in result.stderr
    assert "listed" not in result.stdout


def test_normalize_json_has_text_and_edits(run, article):
    whole = json.loads(run("normalize", "--format", "json", "article.txt").stdout)
    (document,) = whole["documents"]
    assert document["text"].startswith("Тут <preferred:hrodna>.\r\n")
    assert len(document["edits"]) == 1


# variants, compare, stats


def test_variants_are_grouped_by_language_with_rules(run):
    lines = run("variants", "hrodna").stdout.splitlines()
    assert lines[0] == "hrodna (place): city on the Neman"
    assert lines[2:4] == ["be", "  Гродна    attested"]
    assert lines[5:] == ["be-Latn", "  Hrodna    official  be-geo-2023"]


def test_variants_says_that_there_are_none(run):
    assert (
        "There are no forms in de." in run("variants", "--language", "de", "hrodna", code=1).stdout
    )


def test_variants_takes_a_name(run):
    whole = json.loads(run("variants", "--format", "json", "Gardine").stdout)
    assert [variant["form"] for variant in whole["variants"]] == ["Гродна", "Hrodna"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hrodno", "no entry with the id 'hrodno'. Did you mean hrodna?"),
        ("Kalinowskiego", "Name one of these ids: kalinouski-kastus, kalinowski-jaroslaw"),
    ],
)
def test_variants_of_what_is_no_entry(run, name, said):
    assert said in run("variants", name, code=1).stderr


def test_compare_says_the_verdict_by_its_exit_code(run):
    assert run("compare", "Wilno", "Wilno").stdout.startswith("same: the same name (99 %")
    whole = json.loads(run("compare", "--format", "json", "Wilno", "Wolno", code=1).stdout)
    assert (whole["verdict"], whole["same"], whole["glossary"]) == ("different", False, STAMP)


def test_stats_counts_entries_and_names(run):
    whole = json.loads(run("stats", "--format", "json").stdout)
    numbers = {(row["count"], row["value"]): row["number"] for row in whole["counts"]}
    assert numbers[("entries by type", "person")] == 2
    assert numbers[("names by language", "be")] == 3
    assert numbers[("names by role", "historical")] == 1
    assert numbers[("names by source", "own research")] == 3
    assert "3 entries, 6 names" in run("stats").stdout


def test_stats_say_what_is_covered(tmp_path, monkeypatch):
    entries = [
        Entry("a", {"be": ["А"], "en": ["A"]}, "place", source="s", refs=(("wikidata", "Q1"),)),
        Entry("b", {"be": [{"form": "Б", "source": "map"}]}, "place", about="town"),
        Entry("c", {"be": ["В"]}, "person"),
    ]
    monkeypatch.setattr(context, "open_resolver", lambda *_: Resolver(entries))
    result = CliRunner().invoke(cli, ["stats", "--format", "json"])
    rows = json.loads(result.output)["counts"]
    numbers = {(row["count"], row["value"]): row["number"] for row in rows}
    assert {value: n for (count, value), n in numbers.items() if count == "entries with"} == {
        **{"source": 2, "about": 1, "refs": 1, "refs: wikidata": 1},
    }
    assert numbers["place entries with", "be"] == numbers["place entries with", "source"] == 2
    assert numbers["place entries with", "en"] == numbers["person entries with", "be"] == 1
    assert numbers["entries by source", "(none given)"] == 2
    text = CliRunner().invoke(cli, ["stats"]).output
    assert "  2   67 %  source\n" in text
    assert "  1   50 %  en\n" in text.partition("place entries with")[2]


# the whole program


def test_every_command_has_help_with_examples(run):
    for name in COMMANDS:
        text = run(name, "--help").stdout
        assert f"vardynas {name}" in text.split("Examples:")[1]
    assert "normalise" not in run("--help").stdout


def test_a_mistyped_command_is_suggested(run):
    assert "Did you mean 'scan'?" in run("scam", code=2).stderr


@pytest.mark.parametrize("args", [("lookup", "--format", "xml", "a"), ("compare", "a"), ("--no",)])
def test_bad_usage_exits_with_2(run, args):
    run(*args, code=2)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (RuntimeError("no such thing"), 2, "internal error, RuntimeError: no such thing"),
        (FileNotFoundError(2, "No such file or directory", "mine.yaml"), 2, "mine.yaml: No such"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
    ],
)
def test_no_error_ends_in_a_traceback(run, monkeypatch, error, code, said):
    def fail(*_):
        raise error

    monkeypatch.setattr(context, "open_resolver", fail)
    monkeypatch.delenv("VARDYNAS_DEBUG", raising=False)
    result = run("lookup", "Гродна", code=code)
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
def test_no_color_is_honored(run, monkeypatch, no_color, colored):
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(click.utils, "should_strip_ansi", lambda *_: False)
    result = CliRunner().invoke(cli, ["lookup", "Гродна"], color=None if no_color else True)
    assert ("\x1b[" in result.stdout) is colored


def _program(*args, **options):
    command = [sys.executable, "-m", "vardynas.cli", *args]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.mark.parametrize("redirection", ["| true", "| head -c 0"])
def test_a_reader_that_goes_away_is_no_error(redirection):
    line = f"{sys.executable} -m vardynas.cli --help {redirection}; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
    assert result.returncode in (0, 141)
    assert result.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device to write to")
def test_a_full_disk_is_reported():
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "vardynas.cli", "--help"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert b"No space left on device" in result.stderr
    assert b"Traceback" not in result.stderr


def test_the_shell_completes_commands():
    env = {
        **os.environ,
        "_VARDYNAS_COMPLETE": "bash_complete",
        "COMP_WORDS": "vardynas nor",
        "COMP_CWORD": "1",
    }
    assert _program(env=env).stdout.decode().split() == ["plain,normalize"]


def test_help_loads_no_command_dependency():
    code = (
        "import sys; from vardynas.cli import cli; cli(['--help'], standalone_mode=False);"
        "print({'numpy', 'rapidfuzz', 'yaml', 'unidecode'} & set(sys.modules), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stderr.decode().strip() == "set()"


def test_names_are_utf_8_in_any_locale():
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = _program("--help", env=env)
    assert "Каліноўскага" in result.stdout.decode("utf-8")


# waiting


@pytest.mark.parametrize(("watched", "said"), [(False, "once; later starts"), (True, "next time")])
def test_a_long_wait_is_told(monkeypatch, capsys, watched, said):
    monkeypatch.setattr("vardynas.cli.output.is_watched", lambda: watched)
    monkeypatch.setattr(context, "LOG_PATIENCE", 0.01)
    monkeypatch.setattr(context, "PATIENCE", 0.01)
    with context.explained_wait():
        time.sleep(0.2)
    assert said in capsys.readouterr().err


def test_a_short_wait_is_not_told(capsys):
    with context.explained_wait():
        pass
    assert capsys.readouterr().err == ""
