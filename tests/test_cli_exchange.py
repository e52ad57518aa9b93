"""``vardynas import`` and ``vardynas export``: what is printed where, what is written, exit codes."""

import codecs
import stat

import pytest
from click.testing import CliRunner

from vardynas.cli import cli, exporting, importing
from vardynas.exchange import FORMATS
from vardynas.exchange.formats import Options

FILE = "# mine\n- id: lida\n  names: {be: [Ліда]} # as in the register\n"
TABLE = "id,type,language,form\nlida,,lt,Lyda\nnida,place,lt,Nida\n"


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(FILE, encoding="utf-8", newline="")
    (tmp_path / "new.csv").write_text(TABLE, encoding="utf-8")

    def call(*args, code=0, stdin=None):
        result = CliRunner().invoke(cli, args, input=stdin)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    return call


def test_the_command_line_knows_every_format():
    assert tuple(one.name for one in FORMATS if one.reads) == importing.FORMATS
    assert sorted(exporting.FORMATS) == sorted(one.name for one in FORMATS if one.writes)
    (base,) = (one for one in exporting.command.params if one.name == "base")
    assert base.default == Options().base


def test_export_and_import_are_inverse(run):
    table = run("export", "--glossary", "mine.yaml").stdout
    assert table == "id,type,language,form,role,match\nlida,other,be,Ліда,,\n"
    text = run("import", "--from", "csv", stdin=table).stdout
    assert text == "vardynas: 1\nentries:\n- id: lida\n  names:\n    be: [Ліда]\n"


def test_losses_go_to_standard_error(run):
    result = run("export", "--format", "ftm", "--glossary", "mine.yaml")
    assert result.stdout == ""
    assert result.stderr == "ftm leaves out 1 entry of type other.\n"


def test_entries_are_chosen_by_type_and_id(run):
    assert (
        run("export", "--glossary", "mine.yaml", "--type", "place", code=1).stdout.count("\n") == 1
    )
    assert "Did you mean lida?" in run("export", "--glossary", "mine.yaml", "lda", code=2).stderr


def test_into_shows_a_diff_and_writes_nothing(run, tmp_path):
    result = run("import", "--into", "mine.yaml", "new.csv")
    assert "+  names: {be: [Ліда], lt: [Lyda]} # as in the register\n" in result.stdout
    assert (tmp_path / "mine.yaml").read_text("utf-8") == FILE


def test_write_keeps_mark_mode_and_backup(run, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(codecs.BOM_UTF8 + FILE.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    before = path.read_bytes()
    run("import", "--into", "mine.yaml", "--write", "--backup", "new.csv")
    after = path.read_bytes()
    assert after.startswith(codecs.BOM_UTF8 + b"# mine\r\n- id: lida\r\n")
    assert after.count(b"\n") == after.count(b"\r\n") == 7
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (tmp_path / "mine.yaml.bak").read_bytes() == before
    assert run("import", "--into", "mine.yaml", "--write", "new.csv").stdout == ""
    assert path.read_bytes() == after


def test_conflicts_are_told_and_the_rest_is_written(run, tmp_path):
    (tmp_path / "mine.yaml").write_text(FILE + "  type: place\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text(TABLE.replace("lida,,", "lida,person,"), encoding="utf-8")
    result = run("import", "--into", "mine.yaml", "-w", "new.csv", code=1)
    assert "new.csv:2:1: lida has the type person, lida (mine.yaml:2) has place." in result.stderr
    text = (tmp_path / "mine.yaml").read_text("utf-8")
    assert "nida" in text
    assert "Lyda" not in text


def test_bad_input_is_refused(run, tmp_path):
    (tmp_path / "new.csv").write_bytes(TABLE.encode() + b"\xff")
    assert "new.csv:4:1: The byte 0xff is not UTF-8" in run("import", "new.csv", code=2).stderr
    assert "no such file" in run("import", "none.csv", code=2).stderr.lower()
    assert "need --into" in run("import", "-w", "new.csv", code=2).stderr
    (tmp_path / "new.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "mine.yaml").write_bytes(b"- id: lida\n  names: {be: [\xff]}\n")
    assert "mine.yaml:2:16" in run("import", "--into", "mine.yaml", "new.csv", code=2).stderr
    assert "begins no address" in run("export", "--base", "a b", code=2).stderr


def test_a_missing_extra_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rdflib", None)
    result = run("export", "--format", "skos", "--glossary", "mine.yaml", code=2)
    assert "pip install 'vardynas[skos]'" in result.stderr
