"""Compiled glossaries: files of their own, several processes, and starts that read no sources."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import vardynas
from vardynas import Entry, GlossaryError
from vardynas.cli import cli
from vardynas.glossary import dump
from vardynas.index import build, file_state, kept_rows, opening, store, workers
from vardynas.index.columns import Columns, ForeignFile, Packed
from vardynas.index.progress import reported_to
from vardynas.index.tables import Index

PEOPLE = [
    Entry(id="lukashenka", type="person", gender="male", names={"be": ["Аляксандр Лукашэнка"]}),
    Entry(id="nauseda", type="person", gender="male", names={"lt": ["Gitanas Nausėda"]}),
    Entry(id="trump", type="person", gender="male", names={"en": ["Donald J. Trump"]}),
    Entry(id="hrodna", type="place", names={"be": ["Гродна"]}, not_=("Гродна Сіці",)),
]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty cache folder of this test's own."""
    path = tmp_path / "cache" / "vardynas"
    monkeypatch.setattr(store, "cache_folder", lambda: path)
    return path


@pytest.fixture
def people(tmp_path) -> Path:
    path = tmp_path / "people.yaml"
    path.write_text(dump(PEOPLE), encoding="utf-8")
    return path


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(map(str, args)))
    return result.exit_code, result.output


# ---------------------------------------------------------------- files of their own


def test_drafts_of_killed_runs_are_removed(folder, people, tmp_path):
    names = (".people.index.4711-1.part", ".people.index.4711-2.part", ".other.index.4711-1.part")
    for name in names:
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (1, 1))
    os.utime(tmp_path / names[1])  # somebody may be writing it
    run("compile", "-o", tmp_path / "people.index", people)
    assert {path.name for path in tmp_path.glob(".*")} == {*names[1:]}


def test_a_compiled_glossary_answers_as_its_sources_do(folder, people, tmp_path):
    assert run("compile", "-o", tmp_path / "people.index", people) == (0, "")
    compiled, read = vardynas.load(tmp_path / "people.index"), vardynas.load(people)
    assert dict(compiled.entries) == dict(read.entries) == {entry.id: entry for entry in PEOPLE}
    assert compiled.glossary_hash == read.glossary_hash
    text = "Łukaszence i Nausėdzie w Grodnie, D. Trumpas"
    assert compiled.scan(text) == read.scan(text) != []
    people.unlink()
    assert len(vardynas.load(str(tmp_path / "people.index"))) == len(PEOPLE)


def test_it_is_written_whole_with_the_permissions_of_other_files(folder, people, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"")
    target = tmp_path / "people.index"
    target.write_bytes(b"old")
    run("compile", "-o", target, people)
    assert target.stat().st_mode == other.stat().st_mode
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_without_paths_it_is_the_built_in_glossary(folder, tmp_path):
    target = tmp_path / "all.index"
    assert run("compile", "-o", target)[0] == 0
    assert vardynas.load(target).glossary_hash == vardynas.load().glossary_hash


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "x.idx", "people.yaml"], "does not end in .index"),
        (["-o", "x.index", "other.index"], "is compiled already"),
        (["-o", "x.index", "none.yaml"], "There is no such file"),
        (["people.yaml"], "Missing option"),
    ],
)
def test_bad_usage_is_explained(folder, people, tmp_path, monkeypatch, args, said):
    monkeypatch.chdir(tmp_path)
    code, output = run("compile", *args)
    assert (code, said in output) == (2, True), output
    assert not (tmp_path / "x.index").exists()


BAD = {
    "foreign": (b"%PDF-1.7 " * 9, "not a compiled index"),
    "empty": (b"", "an empty file"),
    "another version": (b"VARDYN\x01\n" + bytes(99), "another version"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_none_says_to_compile_again(folder, tmp_path, name):
    path = tmp_path / "bad.index"
    path.write_bytes(BAD[name][0])
    with pytest.raises(GlossaryError, match=BAD[name][1]) as error:
        vardynas.load(path)
    assert "vardynas compile -o" in error.value.problems[0].advice


def test_a_glossary_of_another_vardynas_says_so(folder, people, tmp_path, monkeypatch):
    target = tmp_path / "people.index"
    run("compile", "-o", target, people)
    monkeypatch.setattr(file_state, "FINE", 0)
    vardynas.load(target)
    monkeypatch.setattr(opening, "__version__", "99.0")
    with pytest.raises(GlossaryError, match=r"compiled by vardynas .*; this is vardynas 99\.0"):
        vardynas.load(target)


def test_it_stands_alone(folder, people, tmp_path):
    target = tmp_path / "people.index"
    run("compile", "-o", target, people)
    for paths, builtin in (((target, people), None), ((people, target), None), ((target,), True)):
        with pytest.raises(GlossaryError, match="stands alone"):
            vardynas.load(*paths, builtin=builtin)


# ---------------------------------------------------------------- several processes


@pytest.fixture
def short_runs(monkeypatch) -> None:
    """Runs so short that the names of a few people make many."""
    monkeypatch.setattr(kept_rows, "RUN", 2)
    monkeypatch.setattr(workers, "RUNS_A_WORKER", 1)


def test_any_number_of_processes_makes_the_same_bytes(short_runs):
    one, three = (bytes(build.compiled(PEOPLE, {}, jobs)) for jobs in (1, 3))
    assert one == three


def test_the_length_of_runs_changes_no_answer(monkeypatch):
    whole = Index(build.build(PEOPLE))
    monkeypatch.setattr(kept_rows, "RUN", 1)
    parts = Index(build.build(PEOPLE))
    for form in ("лукашэнкам", "nausėdos", "trumpo", "гродне", "лукашенко", "donaldzie"):
        assert whole.hits(form, form) == parts.hits(form, form)


@pytest.mark.parametrize("program", ["/bin/false", "/bin/cat", "/no/such/python"])
def test_workers_that_fail_cost_time_alone(short_runs, monkeypatch, program):
    expected = bytes(build.compiled(PEOPLE, {}, 1))
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(workers, "_is_python", lambda: True)
    assert bytes(build.compiled(PEOPLE, {}, 2)) == expected


def test_who_asks_is_told_how_far_it_is(short_runs):
    told: list[tuple[int, int]] = []
    with reported_to(lambda done, total: told.append((done, total))):
        build.build(PEOPLE)
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)] != []


_LOAD = "import sys, vardynas; print(sorted(vardynas.load(sys.argv[1]).entries))"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is a habit of Linux")
def test_processes_that_compile_at_once_do_not_disturb_each_other(people, tmp_path):
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-W", "error", "-c", _LOAD, str(people)]
    pipe = subprocess.PIPE
    started = [subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe) for _ in "1234"]
    expected = f"{sorted(entry.id for entry in PEOPLE)}\n".encode()
    assert [process.communicate(timeout=300) for process in started] == [(expected, b"")] * 4
    suffixes = {path.suffix for path in (tmp_path / "cache" / "vardynas").iterdir()}
    assert suffixes <= {".index", ".start"}


# ---------------------------------------------------------------- starts


@pytest.fixture
def settled(monkeypatch) -> None:
    """Files count as settled as soon as the clock of the file system has gone on."""
    monkeypatch.setattr(file_state, "FINE", 0)


def wait() -> None:
    time.sleep(0.03)


def test_a_second_start_reads_no_source(folder, people, settled, monkeypatch):
    expected = dict(vardynas.load(people).entries)
    wait()
    monkeypatch.setattr(opening, "_found", None)
    assert dict(vardynas.load(people).entries) == expected


def test_a_start_right_after_a_change_is_not_remembered(folder, people, monkeypatch):
    monkeypatch.setattr(file_state, "FINE", 3600)
    vardynas.load(people)
    assert list(folder.glob("*.start")) == []


@pytest.mark.parametrize("keep_time", [False, True])
def test_an_edit_is_seen_by_the_next_start(folder, people, settled, keep_time):
    vardynas.load(people)
    wait()
    times = people.stat()
    people.write_text(people.read_text("utf-8").replace("Гродна", "Гродно"), encoding="utf-8")
    if keep_time:
        os.utime(people, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert people.stat().st_size == times.st_size
    assert vardynas.load(people)["hrodna"].preferred("be").form == "Гродно"


def test_a_start_that_cannot_be_read_is_none(folder, people, settled):
    vardynas.load(people)
    (start,) = folder.glob("*.start")
    for content in (b"", b"{", b"[]", b'["a"]', b"\xff", b"[1, 2, 3, 4]"):
        start.write_bytes(content)
        assert len(vardynas.load(people)) == len(PEOPLE)


def test_damage_after_the_checksum_was_compared_is_noticed(folder, people, settled):
    chance = random.Random(1863)
    vardynas.load(people)
    (path,) = folder.glob("*.index")
    data = path.read_bytes()
    for at in chance.sample(range(len(data)), 12):
        vardynas.load(people)
        wait()
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        assert dict(vardynas.load(people).entries) == {entry.id: entry for entry in PEOPLE}
    for size in chance.sample(range(len(data)), 5):
        wait()
        path.write_bytes(data[:size])
        assert dict(vardynas.load(people).entries) == {entry.id: entry for entry in PEOPLE}


# ---------------------------------------------------------------- columns


def test_every_flip_is_noticed_or_changes_nothing():
    data = build.build(PEOPLE)
    whole = Index(data)._columns._views
    chance = random.Random(1863)
    for at in chance.sample(range(len(data)), 300):
        flipped = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        try:
            views = Index(flipped)._columns._views
        except ForeignFile:
            continue
        assert views == whole, f"the flip at {at} changed a column unnoticed"


def test_the_parts_of_a_name_are_those_whose_postings_name_it():
    index = Index(build.build(PEOPLE))
    wanted: dict[int, list[tuple[int, int, int]]] = {}
    for part, posting in index.all_postings():
        wanted.setdefault(posting.name, []).append((part, posting.role, posting.position))
    assert len(wanted) == len(index.name_entry) == 5  # one of them is a longer name
    for name, parts in wanted.items():
        assert index.name_parts(name) == sorted(parts, key=lambda row: row[2])


@pytest.mark.parametrize(
    "items", [[], [""], ["a", "", "б"], ["a\0b", "c"], ["\ud800", "x" * 70_000]]
)
def test_strings_read_as_they_were_written(items):
    packed = Packed({})
    packed.strings("s", iter(items))
    strings = Columns(bytes(packed)).strings("s")
    assert list(strings) == strings[:] == [strings[i] for i in range(len(strings))] == items
    assert strings[1:] == items[1:]
    assert strings[::2] == items[::2]
