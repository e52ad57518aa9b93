"""Suggestions judged key by key: the files after any keys, undo, going on, and a real terminal."""

from __future__ import annotations

import difflib
import json
import os
import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vardynas import DocumentError
from vardynas.cli import cli
from vardynas.cli.review_page import page
from vardynas.cli.reviewing import Neighbors, SafeFile, Session
from vardynas.glossary import read_text
from vardynas.suggest.rejected import Rejections, beside
from vardynas.suggest.written import read

TABLE = yaml.safe_load(Path(__file__).with_name("cases").joinpath("review.yaml").read_text("utf-8"))
START = TABLE["start"]
BASE = read_text(TABLE["base"])
SUGGESTIONS = json.dumps({"suggestions": TABLE["suggestions"]}, ensure_ascii=False)
ANY_KEY = "adlxtsuq?ADX z\n\r\x1b\x7fГ\u0301"


class Beside(Neighbors):
    """Entries nearby as the table says."""

    def __init__(self):
        super().__init__(None)

    def near(self, one):
        return TABLE["near"][one.id]


def session_in(folder, start=START):
    file = folder / "mine.yaml"
    if start is not None and not file.exists():
        file.write_bytes(start.encode())
    found = read("new.json", SUGGESTIONS)
    return Session(SafeFile(file), SafeFile(beside(file)), found, known=Beside(), base=BASE)


def pressed(session, keys):
    for key in keys:
        session.press(key)
    return session


def text_in(folder):
    return (folder / "mine.yaml").read_bytes().decode()


def rejections_in(folder):
    path = folder / "mine.rejected.json"
    return Rejections.read([path]) if path.exists() else Rejections()


def names(rows):
    return [name for row in rows for _, name in sorted(row.names)]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: repr(case["keys"]))
def test_keys(case, tmp_path):
    session = pressed(session_in(tmp_path), case["keys"])
    lines = list(difflib.ndiff(START.splitlines(), text_in(tmp_path).splitlines()))
    assert [line[2:] for line in lines if line[0] == "+"] == case.get("+", [])
    assert [line[2:] for line in lines if line[0] == "-"] == case.get("-", [])
    found = rejections_in(tmp_path)
    assert names(found.rejected) == case.get("rejected", [])
    assert names(found.skipped) == case.get("skipped", [])
    state = session.state
    assert state.message == case.get("message", "")
    assert case.get("left", 4 - len(state.done)) == len(state.todo) - len(state.done)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(ANY_KEY, max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_any_keys_keep_comments_and_are_taken_back_whole(tmp_path, keys, newline):
    start = START.replace("\n", newline)
    for file in tmp_path.iterdir():
        file.unlink()
    session = pressed(session_in(tmp_path, start), keys)
    text = text_in(tmp_path)
    read_text(text, base=BASE)
    for comment in re.findall(r"# [^\r\n]+", start):
        assert comment in text
    assert text.count("\n") == text.count(newline)
    judged = len(session.state.done)
    if session.state.ended:
        return
    pressed(session, "\x1b" + "u" * judged)
    assert text_in(tmp_path) == start
    assert rejections_in(tmp_path) == Rejections()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text("adlxs\nqu", max_size=10), st.text("adlxs\n", max_size=12))
def test_stopping_anywhere_and_going_on_is_as_if_nothing_was(tmp_path, first, then):
    for file in tmp_path.iterdir():
        file.unlink()
    before = pressed(session_in(tmp_path), first).state
    again = session_in(tmp_path)
    skipped = [done.suggestion for done in before.done if done.verb == "skip"]
    assert again.state.todo == (*before.todo[len(before.done) :], *skipped)
    pressed(again, then)
    read_text(text_in(tmp_path), base=BASE)


def test_a_new_file(tmp_path):
    pressed(session_in(tmp_path, None), "xs")
    assert not (tmp_path / "mine.yaml").exists()
    pressed(session_in(tmp_path, None), "xa")
    assert text_in(tmp_path).startswith("vardynas: 1\nentries:\n- id: darguzis-mantvydas\n")


def test_somebody_else_changes_the_file(tmp_path):
    session = pressed(session_in(tmp_path), "a")
    (tmp_path / "mine.yaml").write_text(START + "# changed\n", "utf-8")
    with pytest.raises(DocumentError, match="changed by someone else"):
        pressed(session, "a")
    assert text_in(tmp_path) == START + "# changed\n"


def test_what_would_not_load_is_said_and_not_written(tmp_path):
    rows = [{**TABLE["suggestions"][0], "names": {"be": ["Лiда"]}}]  # a Latin i
    (tmp_path / "mine.yaml").write_text(START, "utf-8")
    found = read("new.json", json.dumps({"suggestions": rows}))
    file = tmp_path / "mine.yaml"
    known = Beside()
    session = Session(SafeFile(file), SafeFile(beside(file)), found, known=known, base=BASE)
    pressed(session, "ta")
    assert "mixes scripts" in session.state.message
    assert (session.state.done, session.state.type) == ((), "person")
    assert text_in(tmp_path) == START


@pytest.mark.parametrize("width", [12, 20, 40, 100])
def test_no_line_is_wider_than_the_window(tmp_path, width):
    session = session_in(tmp_path)
    for key in "t?sas?xq":
        entries = session.known.entries
        for line in page(session.state, [], entries, width):
            assert len(re.sub(r"\x1b\[[0-9;]*m", "", line)) <= width
        session.press(key)


# ------------------------------------------------------------------ the command


TEXT = """Rašytojas Mantvydas Dargužis pristatė knygą. Apie Mantvydą Dargužį rašė ir lenkai.
Vakar Gardynas švietė. Vakar lijo, o Gardyne – ne."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(START, "utf-8")
    Path("new.json").write_text(SUGGESTIONS, "utf-8")
    Path("base.yaml").write_text(TABLE["base"], "utf-8")
    Path("a.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run(*args, **more):
    return CliRunner().invoke(cli, ["review", *args], **more)


ARGS = ("new.json", "--into", "mine.yaml", "--glossary", "base.yaml")


def test_keys_from_a_pipe(folder):
    result = run(*ARGS, "--keys", "-", input="alhrodna\nx")
    assert result.exit_code == 0, result.output
    assert "Alias of which entry" in result.stdout
    assert result.stdout.endswith("1 added, 1 added to an entry, 1 rejected, 1 left.\n")
    again = run(*ARGS, "--keys", "xq")
    assert again.stdout.endswith("1 rejected, 0 left.\n")
    last = run(*ARGS, "--keys", "x")
    assert (last.exit_code, last.stdout) == (1, "There is nothing to judge.\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (ARGS, "no terminal"),
        (("-", "--into", "mine.yaml", "--keys", "-"), "name a file of suggestions"),
        (("mine.yaml", "--keys", "a"), "--into"),
        (("a.txt", "--into", "mine.yaml", "--keys", "a"), "it is no mapping with entries"),
        (("none.json", "--into", "mine.yaml", "--keys", "a"), "No such file"),
    ],
)
def test_refusals(folder, args, said):
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.output
    assert Path("mine.yaml").read_text("utf-8") == START


def test_entries_that_are_not_loaded_are_told(folder):
    Path("mine.yaml").write_text("- id: mir\n  names: {be: [Мір]}\n", "utf-8")
    result = run("new.json", "--into", "mine.yaml", "--keys", "sa")
    assert "such as hrodna" in result.stderr
    assert "There is no entry 'hrodna' in this glossary" in result.stdout.replace("\n   ", " ")


def test_the_file_may_stand_in_the_folder_that_it_adds_to(folder):
    Path("all").mkdir()
    Path("mine.yaml").rename("all/mine.yaml")
    Path("base.yaml").rename("all/base.yaml")
    result = run("new.json", "--into", "all/mine.yaml", "--glossary", "all", "--keys", "lmir\n")
    assert result.exit_code == 0, result.output
    assert "- extends: mir\n" in Path("all/mine.yaml").read_text("utf-8")


def test_odd_suggestions_do_no_harm(folder):
    rows = [
        {**TABLE["suggestions"][0], "names": {}},  # in a language that nobody could tell
        {**TABLE["suggestions"][0], "id": "odd", "names": {"x_y!": ["Nidda"]}, "forms": []},
        {**TABLE["suggestions"][0], "id": "red", "names": {"lt": ["Nida \x1b[31m"]}},
    ]
    Path("new.json").write_text(json.dumps({"suggestions": rows}), "utf-8")
    result = run(*ARGS, "--keys", "aasa")
    assert result.exit_code == 0, result.output
    assert "    und: [Lidzie]" in Path("mine.yaml").read_text("utf-8")
    assert "'x_y!' is no language tag" in result.stdout
    assert "\x1b" not in result.stdout
    assert "1 added, 1 skipped, 1 left." in result.stdout


def test_damaged_rejections_are_left_alone(folder):
    Path("mine.rejected.json").write_text("[1", "utf-8")
    result = run(*ARGS, "--keys", "x")
    assert result.exit_code == 2
    assert "mine.rejected.json: it is no file of rejected names" in result.output
    assert Path("mine.rejected.json").read_text("utf-8") == "[1"


@pytest.mark.parametrize("format_", ["json", "yaml"])
def test_what_suggest_writes_is_judged_and_not_suggested_again(folder, format_):
    suggest = ["suggest", "a.txt", "--least", "1", "--format", format_, "--glossary", "mine.yaml"]
    found = CliRunner().invoke(cli, suggest).stdout
    rows = read("x", found)
    assert {one.count for one in rows} >= {2}
    assert all(one.contexts and one.forms for one in rows)
    Path("out").write_text(found, "utf-8")
    result = run("out", "--into", "mine.yaml", "--keys", "x" * len(rows))
    assert result.exit_code == 0, result.output
    again = CliRunner().invoke(cli, suggest)
    assert read("x", again.stdout) == [], again.output
    assert again.exit_code == 1
    Path("mine.rejected.json").rename("gone.json")
    assert read("x", CliRunner().invoke(cli, suggest).stdout) == rows
    other = CliRunner().invoke(cli, [*suggest, "--rejected", "gone.json"])
    assert read("x", other.stdout) == []


def test_a_spelling_that_is_not_the_entry_is_not_suggested_again(folder):
    Path("mine.yaml").write_text("- id: kalinkavicius\n  names: {lt: [Kalinkavičius]}\n", "utf-8")
    Path("a.txt").write_text("Jau kalba Kallinkavičius, o Kallinkavičiaus nėra.", "utf-8")
    suggest = ["suggest", "a.txt", "--format", "json", "--glossary", "mine.yaml"]
    Path("out").write_text(CliRunner().invoke(cli, suggest).stdout, "utf-8")
    assert [one.extends for one in read("out", Path("out").read_text("utf-8"))] == [True]
    run("out", "--into", "mine.yaml", "--keys", "d\n")
    assert "  not: [Kallinkavičius]" in Path("mine.yaml").read_text("utf-8")
    assert read("x", CliRunner().invoke(cli, suggest).stdout) == []
    Path("mine.rejected.json").unlink()
    assert read("x", CliRunner().invoke(cli, suggest).stdout) == []


# ------------------------------------------------------------------ a terminal


class Terminal:
    """The command at a pseudo terminal."""

    def __init__(self, *args):
        import pty

        self.text = ""
        self.pid, self._fd = pty.fork()
        if not self.pid:
            os.environ["NO_COLOR"] = "1"
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the runner may be one that ignores it
            os.execv(sys.executable, [sys.executable, "-m", "vardynas", *args])

    def wait(self, said):
        """Read until something is said that was not before."""
        begin, until = len(self.text), time.monotonic() + 60
        while said not in self.text[begin:]:
            assert time.monotonic() < until, self.text
            if select.select([self._fd], [], [], 1)[0]:
                try:
                    data = os.read(self._fd, 1 << 16)
                except OSError:  # the other end is closed
                    data = b""
                assert data, self.text
                self.text += data.decode(errors="replace")
        return self.text[begin:]

    def send(self, keys):
        time.sleep(0.1)  # what is typed before the question is dropped
        os.write(self._fd, keys.encode())

    def end(self):
        """The exit status; everything is closed."""
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._fd)
        return status


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
def test_at_a_terminal(folder):
    terminal = Terminal("review", *ARGS)
    assert "new entry, seen 3" in terminal.wait("[?] help")
    terminal.send("a")
    assert "added: Lida" in terminal.wait("[?] help")
    assert "- id: lida" in text_in(folder)
    terminal.send("l")
    terminal.wait("which entry, by id or name?")
    terminal.send("Гродна\n")
    terminal.wait("[?] help")
    assert "    - Grodnno" in text_in(folder)
    terminal.send("u")
    terminal.wait("[?] help")
    assert "Grodnno" not in text_in(folder)
    terminal.send("q")
    terminal.wait("1 added, 3 left.")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.text


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
@pytest.mark.parametrize(("key", "status"), [("\x03", 130), ("\x04", 0)])
def test_control_keys_call_a_question_off_and_then_end(folder, key, status):
    terminal = Terminal("review", *ARGS)
    terminal.wait("[?] help")
    terminal.send("d")
    terminal.wait("which entry, by id or name?")
    terminal.send(key)
    terminal.wait("[?] help")
    terminal.send("x" + key)  # only the first: nobody has seen the next suggestion
    terminal.wait("[?] help")
    terminal.send(key)
    assert terminal.end() == status
    assert names(rejections_in(folder).rejected) == ["Lida"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
@pytest.mark.parametrize(("sign", "status"), [(signal.SIGKILL, -9), (signal.SIGHUP, -1)])
def test_killed_at_a_terminal(folder, sign, status):
    terminal = Terminal("review", *ARGS)
    terminal.wait("[?] help")
    terminal.send("a")
    terminal.wait("[?] help")
    terminal.send("x")
    terminal.wait("[?] help")
    os.kill(terminal.pid, sign)
    assert terminal.end() == status
    assert "- id: lida" in text_in(folder)
    assert names(rejections_in(folder).rejected) == ["Grodnno"]
    assert len(session_in(folder).state.todo) == 2
