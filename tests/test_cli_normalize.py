"""Normalizing many documents: folders, previews, writing, reports, several processes."""

import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from vardynas.cli import cli, context, inputs, large
from vardynas.cli.diff import unified
from vardynas.cli.errors import BadInput
from vardynas.cli.jobs import in_order, processes

GLOSSARY = """
- id: hrodna
  type: place
  names: {be: [Гродна], lt: [Gardinas], pl: [Grodno]}
- id: minsk
  type: place
  names: {be: [Мінск], pl: [Mińsk]}
- id: minsk-mazowiecki
  type: place
  names: {pl: [Mińsk]}
"""


@pytest.fixture(scope="module")
def resolver(tmp_path_factory):
    path = tmp_path_factory.mktemp("glossary") / "small.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return context.open_resolver((str(path),))


@pytest.fixture
def run(monkeypatch, tmp_path, resolver):
    """Call the command line in an empty folder with a small glossary."""
    monkeypatch.setattr(context, "open_resolver", lambda *_: resolver)
    monkeypatch.chdir(tmp_path)

    def call(*args, stdin=None, code=0):
        result = CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return call


TEXTS = {
    "texts/a.txt": "Mieszka w Grodnie.\n",
    "texts/b.txt": "Nic tu nie ma.\n",
    "texts/inner/c.txt": "Był w Grodnie.\r\n",
}


@pytest.fixture
def texts(tmp_path):
    for name, text in TEXTS.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return tmp_path / "texts"


def _all(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# what is shown


def test_one_file_is_printed_and_several_are_previewed(run, texts):
    assert run("normalize", "--to", "lt", "texts/a.txt").stdout == "Mieszka w Gardine.\n"
    shown = run("normalize", "--to", "lt", "texts").stdout
    assert shown.splitlines() == [
        *("--- a/texts/a.txt", "+++ b/texts/a.txt", "@@ -1 +1 @@"),
        *("-Mieszka w Grodnie.", "+Mieszka w Gardine."),
        *("--- a/texts/inner/c.txt", "+++ b/texts/inner/c.txt", "@@ -1 +1 @@"),
        *("-Był w Grodnie.", "+Był w Gardine."),
    ]
    assert run("normalize", "--to", "lt", "texts/a.txt", "texts/inner/c.txt").stdout == shown
    assert run("normalize", "--to", "lt", "texts/**/*.txt").stdout == shown
    assert _all(texts.parent) == TEXTS


def test_check_names_the_files_of_a_folder(run, texts):
    assert run("normalize", "--to", "lt", "--check", "texts", code=1).stdout.splitlines() == [
        "texts/a.txt: would change, 1 edit",
        "texts/inner/c.txt: would change, 1 edit",
    ]
    run("normalize", "--to", "pl", "--check", "texts")


def test_a_preview_applies_as_a_patch(run, texts):
    (texts.parent / "all.diff").write_bytes(run("normalize", "--to", "lt", "texts").stdout_bytes)
    subprocess.run(["git", "apply", "--unsafe-paths", "all.diff"], check=True, cwd=texts.parent)
    assert _all(texts)["inner/c.txt"] == "Był w Gardine.\r\n"


def test_an_empty_folder_is_said(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("normalize", "empty", code=2).stderr == "there are no texts here\n"


def test_what_is_no_text_is_left_out(run, texts):
    (texts / "photo.jpg").write_bytes(b"\xff\xd8\0")
    result = run("normalize", "--check", "--to", "lt", "texts", code=1)
    assert result.stderr == "left out, no text (to have one read, name it): texts/photo.jpg\n"


def test_what_nobody_said_how_to_read_is_left_out_of_folders(run, texts):
    (texts / "a.csv").write_text("name\nGrodno\n", encoding="utf-8")
    (texts / "b.jsonl").write_text('{"name": "Grodno"}\n', encoding="utf-8")
    (texts / "key.bin").write_bytes(b"\x01\x02")
    (texts / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    said = [
        "left out, tables are read with --column NAME: texts/a.csv",
        "left out, JSON lines are read with --field NAME: texts/b.jsonl",
        "left out, no text (to have one read, name it): texts/key.bin, texts/sheet.xlsx",
    ]
    for where in ("texts", "texts/*"):
        assert run("normalize", "--to", "lt", where).stderr.splitlines() == said
        assert run("scan", where).stderr.splitlines() == said
    with_both = run("scan", "--column", "name", "--field", "name", "texts")
    assert with_both.stderr.splitlines() == said[2:]
    assert "texts/a.csv, row 2, column name  Grodno → hrodna" in with_both.stdout
    assert "texts/b.jsonl, line 1, field name  Grodno → hrodna" in with_both.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.csv", "a.csv: say which columns hold names: --column NAME"),
        ("b.jsonl", "b.jsonl: say which fields hold names: --field NAME"),
        ("c.bin", "c.bin: not UTF-8: byte 0x89 at byte 0"),
        ("d.xlsx", "d.xlsx: spreadsheets are not read. Save it as CSV in UTF-8"),
        ("e.rtf", "e.rtf: files of this kind are not read. Save it as .docx or .odt"),
    ],
)
def test_what_is_named_itself_is_an_error(run, tmp_path, name, said):
    (tmp_path / name).write_bytes(b'{"name": 1}\n' if name != "c.bin" else b"\x89PN\x01\xff")
    (tmp_path / "good.txt").write_text("Grodno", encoding="utf-8")
    for command in (("normalize", "--to", "lt", "--diff"), ("scan",)):
        result = run(*command, name, "good.txt", code=2)
        assert f"vardynas: {said}" in result.stderr
        assert "Grodno" in result.stdout


# what is written


def test_write_changes_what_has_changed_and_keeps_backups(run, texts):
    run("normalize", "--to", "lt", "--write", "--backup", "texts")
    assert _all(texts) == {
        "a.txt": "Mieszka w Gardine.\n",
        "a.txt.bak": TEXTS["texts/a.txt"],
        "b.txt": TEXTS["texts/b.txt"],
        "inner/c.txt": "Był w Gardine.\r\n",
        "inner/c.txt.bak": TEXTS["texts/inner/c.txt"],
    }
    before = _all(texts)
    run("normalize", "--to", "lt", "--write", "--backup", "texts")
    assert _all(texts) == before


def test_backups_with_a_suffix_are_no_texts_of_the_folder(run, texts):
    run("normalize", "--to", "lt", "-w", "--backup=.old", "texts")
    assert "a.txt.old" in _all(texts)
    run("normalize", "--to", "lt", "-w", "--backup=.old", "texts")
    assert "a.txt.old.old" not in _all(texts)


def test_an_older_backup_stays_and_the_report_names_the_new_one(run, texts, tmp_path):
    run("normalize", "--to", "lt", "-w", "--backup", "texts/a.txt")
    options = ("-w", "--backup", "--report", "r.json")
    run("normalize", "--to", "be", *options, "texts/a.txt")
    assert (texts / "a.txt.bak").read_text(encoding="utf-8") == TEXTS["texts/a.txt"]
    assert (texts / "a.txt.2.bak").read_text(encoding="utf-8") == "Mieszka w Gardine.\n"
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["documents"][0]["backup"] == "texts/a.txt.2.bak"
    met = ("-w", "--backup", "--report", "texts/a.txt.3.bak", "texts/a.txt")
    said = run("normalize", "--to", "pl", *met, code=2)
    assert "--report would both be written to" in " ".join(said.stderr.split())


def test_an_unchanged_file_is_not_touched(run, texts):
    before = (texts / "b.txt").stat()
    run("normalize", "--to", "lt", "--write", "texts")
    after = (texts / "b.txt").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_output_of_a_folder_has_all_its_texts(run, texts):
    run("normalize", "--to", "lt", "--output", "out/lt", "texts")
    assert _all(texts.parent / "out" / "lt") == {
        "a.txt": "Mieszka w Gardine.\n",
        "b.txt": "Nic tu nie ma.\n",
        "inner/c.txt": "Był w Gardine.\r\n",
    }
    assert _all(texts) == {name.removeprefix("texts/"): text for name, text in TEXTS.items()}
    run("normalize", "--to", "lt", "--output", "out/lt", ".")
    assert sorted(_all(texts.parent / "out" / "lt")) == [
        *("a.txt", "b.txt", "inner/c.txt"),
        *("texts/a.txt", "texts/b.txt", "texts/inner/c.txt"),
    ]


def test_output_of_one_file_is_a_file(run, texts):
    run("normalize", "--to", "lt", "-o", "c.txt", "texts/a.txt")
    assert Path("c.txt").read_text(encoding="utf-8") == "Mieszka w Gardine.\n"
    Path("d").mkdir()
    run("normalize", "--to", "lt", "-o", "d", "texts/a.txt")
    assert Path("d/a.txt").read_text(encoding="utf-8") == "Mieszka w Gardine.\n"
    run("normalize", "--to", "lt", "-o", "e.txt", stdin="Grodno")
    assert Path("e.txt").read_text(encoding="utf-8") == "Gardinas"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-w", "-o", "x", "texts"), "--output leaves them alone"),
        (("--check", "-o", "x", "texts"), "does not go with --output"),
        (("--backup", "texts"), "add --write"),
        (("-w", "--backup=", "texts"), "a backup has the name of its file"),
        (("-o", "texts", "texts/a.txt"), "would overwrite texts/a.txt"),
        (("-o", "x", "texts/a.txt", "texts/inner/../a.txt", "other/a.txt"), "both be written"),
        (("--edits", "texts/a.txt", "texts"), "--edits would overwrite texts/a.txt, an input"),
        (("--report", "texts/a.txt", "texts/a.txt"), "--report would overwrite texts/a.txt"),
        (("-w", "--edits", "texts/../texts/a.txt", "texts"), "--edits would overwrite texts/a.txt"),
        (("--edits", "hard.txt", "texts"), "--edits would overwrite texts/a.txt (as hard.txt)"),
        (("--edits", "same", "--report", "same", "texts"), "--edits and --report would both be"),
        (
            ("-o", "oo", "--edits", "oo", "texts/a.txt"),
            "--output (of texts/a.txt) and --edits would",
        ),
        (
            ("-o", "oo", "--edits", "oo", "texts"),
            "--output and --edits would both be written to oo",
        ),
        (("-o", "oo", "--edits", "oo/b.txt", "texts"), "--edits would both be written to oo/b.txt"),
        (
            ("-w", "--backup=x", "other/a.txt", "other/a.txtx"),
            "--backup would overwrite other/a.txtx",
        ),
        (("-w", "--backup=x", "--report", "other/b.txtx", "other/b.txt"), "--report would both be"),
        (
            ("--glossary", "other/a.txt", "--edits", "other/a.txt", "texts"),
            "--edits would overwrite",
        ),
        (("-o", "d/", "-"), "needs the name of a file"),
        (("-w", "-"), "--write needs files"),
        (("--format", "json", "--diff", "texts"), "does not go with --diff"),
    ],
)
def test_contradictions_are_refused_before_anything_is_written(run, texts, args, said):
    (texts.parent / "other").mkdir()
    (texts.parent / "other" / "a.txt").write_text("Grodno", encoding="utf-8")
    (texts.parent / "other" / "a.txtx").write_text("Grodno", encoding="utf-8")
    (texts.parent / "other" / "b.txt").write_text("Grodno", encoding="utf-8")
    os.link(texts / "a.txt", texts.parent / "hard.txt")
    before = _all(texts.parent)
    said_in_one_line = " ".join(run("normalize", *args, code=2).stderr.split())
    assert said in said_in_one_line
    assert _all(texts.parent) == before


# many


def test_a_bad_file_does_not_stop_the_others(run, texts):
    (texts / "a0.txt").write_bytes("Гродна".encode() + b"\xff\xfe\x00\x81" * 3)
    for jobs in ("1", "2"):
        result = run("normalize", "--encoding", "utf-8", "--to", "lt", "-j", jobs, "texts", code=2)
        assert "texts/a0.txt: not UTF-8: byte 0xff" in result.stderr
        assert "+Był w Gardine." in result.stdout


def test_processes_give_the_same_in_the_same_order(run, tmp_path):
    (tmp_path / "many").mkdir()
    for number in range(20):
        text = f"{number}: z Grodna\n" * (1 + 7 * (number % 5))
        (tmp_path / "many" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    alone = run("normalize", "--to", "lt", "many").stdout
    assert run("normalize", "--to", "lt", "-j", "3", "many").stdout == alone
    assert alone.count("+++") == 20
    run("normalize", "--to", "lt", "-j", "3", "-w", "many")
    run("normalize", "--to", "lt", "--check", "many")


def test_jobs_go_on_in_order_and_end_with_their_process():
    assert list(in_order(abs, range(-20, 0), 3)) == list(range(20, 0, -1))
    assert list(in_order(abs, range(-3, 0), 1)) == [3, 2, 1]
    assert processes(0, 1000) == os.cpu_count()
    code = (
        "import os, signal, sys, time\n"
        "from vardynas.cli.jobs import in_order\n"
        "def work(n): print(os.getpid(), flush=True); time.sleep(60)\n"
        "for _ in in_order(work, range(2), 2): pass\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    workers = [int(program.stdout.readline()) for _ in range(2)]
    program.kill()
    program.communicate()
    wait_until(lambda: not any(map(_lives, workers)))


def wait_until(true, seconds=10):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def _lives(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


# what is told


def test_the_report_has_sums_entries_and_every_document(run, texts):
    (texts / "d.txt").write_text("Nie było go w Mińsku, był w Pińsku. Pińsk!\n", encoding="utf-8")
    run("normalize", "--to", "lt", "--report", "report.json", "texts", "none.txt", code=2)
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["choices"] == {"to": "lt"}
    assert report["entries"] == {"hrodna": 2}
    assert report["unknown"] == {"Pińsku": 1}
    totals = report["totals"]
    assert (totals["documents"], totals["changed"], totals["failed"]) == (4, 2, 1)
    assert (totals["names"], totals["edits"], totals["ambiguous"]) == (3, 2, 1)
    a, b, d, c, e = report["documents"]
    assert (a["file"], a["format"], a["edits"], a["written"]) == ("texts/a.txt", "txt", 1, None)
    assert not b["changed"]
    (question,) = d["questions"]
    assert (question["place"], question["text"]) == ("line 1, column 15", "Mińsku")
    assert sorted(question["candidates"]) == ["minsk", "minsk-mazowiecki"]
    assert e == {"file": "none.txt", "error": "none.txt: No such file or directory"}
    assert len(c["sha256"]) == 64


def test_a_profile_is_overruled_by_options(run, texts):
    Path("style.yaml").write_text("to: be\nignore: [person]\n", encoding="utf-8")
    assert run("normalize", "--profile", "style.yaml", "texts/a.txt").stdout == (
        "Mieszka w Гродне.\n"
    )
    assert run("normalize", "--profile", "style.yaml", "--to", "lt", "texts/a.txt").stdout == (
        "Mieszka w Gardine.\n"
    )
    assert run("normalize", "--to", "lt", "--ignore", "place", "texts/a.txt").stdout == (
        "Mieszka w Grodnie.\n"
    )
    assert "nosuch" in run("normalize", "--only", "nosuch", "texts/a.txt", code=2).stderr
    Path("style.yaml").write_text("too: be\n", encoding="utf-8")
    assert "style.yaml:1:1" in run("normalize", "--profile", "style.yaml", "x", code=2).stderr


def test_the_format_can_be_named(run):
    page = "<p title='Grodno'>Grodno</p>"
    assert run("normalize", "--to", "lt", "--from", "html", stdin=page).stdout != page
    unknown = run("normalize", "--from", "nosuch", stdin=page, code=2)
    assert "'nosuch' is no known format" in unknown.stderr


# diffs


def _numbered(lines, changed):
    return "".join(f"{n}!\n" if n in changed else f"{n}\n" for n in range(lines))


def _patched(old, diff, tmp_path):
    (tmp_path / "a.txt").write_bytes(old.encode())
    (tmp_path / "a.diff").write_bytes(("\n".join(diff) + "\n").encode())
    subprocess.run(["git", "apply", "--unsafe-paths", "a.diff"], check=True, cwd=tmp_path)
    return (tmp_path / "a.txt").read_bytes().decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb\nc", "a\nB\nc"),
        ("a\nb\nc", "a\nb\nC"),
        (
            "".join(f"{n}\n" for n in range(40)),
            "".join(f"{n + 50 * (n in (0, 7, 16, 39))}\n" for n in range(40)),
        ),
        ("a\nb\n", "a\n\nb\n"),
        ("a\r\nb\x0cc\u2028d\n", "A\r\nb\x0cc\u2028D\n"),
    ],
)
def test_diffs_apply(old, new, tmp_path):
    assert _patched(old, unified(old, new, "a.txt"), tmp_path) == new


def test_near_changes_share_a_hunk():
    for distance, hunks in ((7, 1), (8, 2)):
        lines = list(unified(_numbered(30, ()), _numbered(30, (5, 5 + distance)), "a"))
        assert sum(line.startswith("@@") for line in lines) == hunks


# large documents


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(large, "LARGE", 100)


ROWS = "id,miestas\n" + "".join(f"{n},Grodno\n{n},Nic\n" for n in range(20))


def test_large_tables_are_written_piece_by_piece(run, tmp_path, small_limit):
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    new = ROWS.replace("Grodno", "Gardinas")
    options = ("--to", "lt", "--column", "miestas")
    assert run("normalize", *options, "a.csv").stdout == new
    assert run("normalize", *options, "--from", "csv", stdin=ROWS).stdout == new
    few = "id,miestas\n0,Grodno\n"
    assert run("normalize", *options, "--from", "csv", stdin=few).stdout == few.replace(
        "Grodno", "Gardinas"
    )
    assert run("normalize", *options, "--check", "a.csv", code=1).stdout == (
        "a.csv: would change, 20 edits\n"
    )
    run("normalize", *options, "-o", "b.csv", "--report", "r.json", "a.csv")
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == new
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["entries"] == {"hrodna": 20}
    assert report["documents"][0]["unknown"] == {}
    run("normalize", *options, "-w", "--backup", "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == new
    assert (tmp_path / "a.csv.bak").read_text(encoding="utf-8") == ROWS
    before = (tmp_path / "a.csv").stat()
    run("normalize", *options, "-w", "a.csv")
    assert (tmp_path / "a.csv").stat() == before
    assert not list(tmp_path.glob(".vardynas*"))


def test_ids_of_cells_get_a_column(run, tmp_path):
    (tmp_path / "a.csv").write_text("miestas\nGrodno\nNic\n", encoding="utf-8")
    shown = run("normalize", "--to", "lt", "--column", "1", "--id-columns", "a.csv").stdout
    assert shown == "miestas,miestas_id\nGardinas,hrodna\nNic,\n"


def test_large_texts_with_what_must_be_held_are_held(run, tmp_path, small_limit):
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    shown = run("normalize", "--to", "lt", "--column", "miestas", "--diff", "a.csv").stdout
    assert shown.count("+") == 20 + 3 + 1


def test_a_small_file_that_unpacks_to_much_is_read_piece_by_piece(run, tmp_path, monkeypatch):
    line = b"Jedzie do Grodna. " * 2_000
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(line))
    assert (tmp_path / "a.txt.gz").stat().st_size < 1_000
    monkeypatch.setattr(large, "LARGE", 10_000)
    monkeypatch.setattr(inputs, "read", None)  # what would hold it
    run("normalize", "--to", "lt", "-w", "a.txt.gz")
    written = gzip.decompress((tmp_path / "a.txt.gz").read_bytes())
    assert written == line.replace(b"Grodna", b"Gardino")
    assert run("scan", "a.txt.gz").stdout.count("hrodna") == 2_000


def test_a_process_that_is_ended_is_said():
    with pytest.raises(BadInput, match="ended from outside"):
        list(in_order(os._exit, [1, 1, 1], 2))


def test_scanning_piece_by_piece_finds_the_same(run, tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "a.txt").write_text("Był w Grodnie.\n\n" * 20, encoding="utf-8")
    for arguments in (("--column", "miestas", "a.csv"), ("a.txt",)):
        held = run("scan", "--format", "jsonl", *arguments).stdout
        with monkeypatch.context() as patched:
            patched.setattr(large, "LARGE", 100)
            assert run("scan", "--format", "jsonl", *arguments).stdout == held
        assert held.count("\n") == 20
    piped = run("scan", "--column", "miestas", "--from", "csv", stdin=ROWS).stdout
    assert piped.splitlines()[-1].startswith("-, row 40, column miestas")


# signs that steer a terminal


STEERING = "\x1b[31mByl w\x1b]0;x\x07 Grodnie.\r\n"


def test_a_diff_for_programs_has_every_sign_of_the_text(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(STEERING.encode())
    shown = run("normalize", "--to", "lt", "--diff", "a.txt").stdout
    old = STEERING.replace("\r\n", "\n")  # as the runner of tests reads it
    assert f"-{old}" in shown
    assert f"+{old.replace('Grodnie', 'Gardine')}" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize("command", [("normalize", "--to", "lt", "--diff"), ("scan", "--explain")])
def test_no_text_steers_a_terminal(tmp_path, command):
    (tmp_path / "a.txt").write_bytes(STEERING.encode())
    master, terminal = os.openpty()
    with os.fdopen(master, "rb") as seen:
        program = (sys.executable, "-m", "vardynas", *command, "a.txt")
        env = {**os.environ, "NO_COLOR": "1"}
        done = subprocess.run(program, stdout=terminal, cwd=tmp_path, env=env, check=False)
        assert done.returncode == 0
        shown = seen.read1(1 << 16).decode()
        os.close(terminal)
    assert not set(shown) & {"\x1b", "\x07"}
    assert ("\\x1b[31mByl w\\x1b]0;x\\x07 Gardine." in shown) == ("--diff" in command)
