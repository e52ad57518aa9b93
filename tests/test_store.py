"""Compiled indexes on disk: found again, made again when anything changed, never trusted blindly."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vardynas
from vardynas import Entry, glossary
from vardynas.glossary import files
from vardynas.index import store
from vardynas.index.build import build
from vardynas.index.columns import ForeignFile
from vardynas.index.tables import Index
from vardynas.language import tables

HRODNA = Entry(id="hrodna", type="place", names={"be": ["Гродна"], "lt": ["Gardinas"]})
DATA = build([HRODNA], {"version": "1", "hash": "x"})
YAML = "- {id: hrodna, type: place, names: {be: [Гродна], lt: [Gardinas]}}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty cache folder of this test's own."""
    path = tmp_path / "cache" / "vardynas"
    monkeypatch.setattr(store, "cache_folder", lambda: path)
    return path


class Maker:
    """Makes the index and counts how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> bytes:
        self.calls += 1
        return DATA


def kept(folder: Path) -> Path:
    """The one file of the cache."""
    (path,) = folder.iterdir()
    return path


def ids(index: Index) -> list[str]:
    return list(index.entry_ids)


# ---------------------------------------------------------------- kept and found


def test_what_was_made_is_found_again(folder):
    make = Maker()
    for _ in range(3):
        assert ids(store.stored("one", make)) == ["hrodna"]
    assert make.calls == 1
    assert kept(folder).read_bytes() == DATA


def test_other_sources_are_another_file(folder):
    make = Maker()
    store.stored("one", make)
    store.stored("two", make)
    assert make.calls == 2
    assert len(list(folder.iterdir())) == 2


def test_what_cannot_be_made_leaves_nothing_behind(folder):
    def fail() -> bytes:
        raise KeyError("no")

    with pytest.raises(KeyError):
        store.stored("one", fail)
    assert not folder.exists() or not list(folder.iterdir())


def test_an_opened_index_outlives_its_file(folder):
    store.stored("one", Maker())
    index = store.stored("one", Maker())
    kept(folder).unlink()
    assert index.entry(0) == HRODNA


def test_another_process_opens_the_same_file_or_the_same_bytes(folder):
    store.stored("one", Maker())
    mapped = store.stored("one", Maker())
    assert ids(store.from_handle(store.handle(mapped))) == ["hrodna"]
    assert len(pickle.dumps(store.handle(mapped))) < 1000 < len(DATA)
    assert ids(store.from_handle(store.handle(Index(DATA)))) == ["hrodna"]
    kept(folder).unlink()
    with pytest.raises(FileNotFoundError):
        store.from_handle(store.handle(mapped))


# ---------------------------------------------------------------- damaged files

HEADER = int.from_bytes(DATA[8:12], "little") + 16


def flipped(at: int) -> bytes:
    return DATA[:at] + bytes([DATA[at] ^ 0x55]) + DATA[at + 1 :]


BROKEN = {
    "empty": b"",
    "one byte": b"V",
    "magic alone": DATA[:8],
    "no header": DATA[:16],
    "half a header": DATA[: HEADER // 2],
    "no columns": DATA[:HEADER],
    "half": DATA[: len(DATA) // 2],
    "last byte missing": DATA[:-1],
    "a byte too many": DATA + b"\0",
    "twice": DATA * 2,
    "other magic": b"VARDYN\x01\n" + DATA[8:],
    "another file": b"%PDF-1.7\n" * 100,
    "zeros": bytes(len(DATA)),
    "huge header": DATA[:8] + b"\xff" * 4 + DATA[12:],
    "text": "vardynas: 1\nentries: []\n".encode("utf-16"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_made_again(folder, name):
    store.stored("one", Maker())
    kept(folder).write_bytes(BROKEN[name])
    make = Maker()
    assert ids(store.stored("one", make)) == ["hrodna"]
    assert make.calls == 1
    assert kept(folder).read_bytes() == DATA


@pytest.mark.parametrize("at", sorted({*range(16), *range(16, HEADER, 37), HEADER - 1}))
def test_a_byte_flipped_in_the_header_is_noticed(folder, at):
    with pytest.raises(ForeignFile):
        Index(flipped(at))


def test_every_cut_is_noticed():
    for size in random.Random(1863).sample(range(len(DATA)), 200):
        with pytest.raises(ForeignFile):
            Index(DATA[:size])


def test_a_byte_flipped_in_a_column_is_noticed():
    places = random.Random(1863).sample(range(HEADER + 8, len(DATA) - 8), 20)
    for at in places:
        with pytest.raises(ForeignFile):
            Index(flipped(at))


def test_a_folder_in_the_place_of_the_file_does_no_harm(folder):
    store.stored("one", Maker())
    path = kept(folder)
    path.unlink()
    path.mkdir()
    assert ids(store.stored("one", Maker())) == ["hrodna"]


def test_a_file_that_could_not_be_renamed_is_not_left_behind(folder):
    store.stored("one", Maker())
    path = kept(folder)
    path.unlink()
    path.mkdir()
    store.stored("one", Maker())
    assert list(folder.iterdir()) == [path]


# ---------------------------------------------------------------- writing


def test_a_file_appears_whole_or_not_at_all(folder, monkeypatch):
    """What is written stands under another name until it is complete."""
    seen = []
    replace = Path.replace

    def watch(self, target):
        seen.append((self.read_bytes() == DATA, Path(target).exists(), self.parent == folder))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watch)
    store.stored("one", Maker())
    assert seen == [(True, False, True)]
    assert kept(folder).suffix == ".index"


def test_a_full_disk_costs_the_cache_and_nothing_else(folder, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    assert ids(store.stored("one", Maker())) == ["hrodna"]


@pytest.mark.parametrize("blocked", ["file", "under a file"])
def test_without_a_folder_to_write_to_it_still_works(tmp_path, monkeypatch, blocked):
    """Root may write everywhere, so a file stands where the folder should."""
    path = tmp_path / "file"
    path.write_text("in the way")
    folder = path if blocked == "file" else path / "vardynas"
    monkeypatch.setattr(store, "cache_folder", lambda: folder)
    make = Maker()
    for _ in range(2):
        assert ids(store.stored("one", make)) == ["hrodna"]
    assert make.calls == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_is_write_protected_is_no_obstacle(folder):
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    make = Maker()
    assert ids(store.stored("one", make)) == ["hrodna"]
    assert make.calls == 1
    assert list(folder.iterdir()) == []


def test_old_indexes_make_room(folder):
    for number in range(store.KEPT + 3):
        store.stored(str(number), Maker())
        for path in folder.iterdir():
            os.utime(path, (path.stat().st_mtime - 10,) * 2)  # each is newer than those before
    assert len(list(folder.iterdir())) == store.KEPT
    make = Maker()
    store.stored(str(store.KEPT + 2), make)
    assert make.calls == 0
    store.stored("0", make)
    assert make.calls == 1


# ---------------------------------------------------------------- processes

_LOAD = """
import sys
import vardynas
resolver = vardynas.load(sys.argv[1])
print([mention.entry for mention in resolver.scan("Паехалі ў Гродна.")])
"""

xdg = pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is a habit of Linux")


def started(path: Path, cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", _LOAD, str(path)],
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@xdg
def test_processes_that_start_at_once_share_an_empty_cache(tmp_path):
    path = tmp_path / "places.yaml"
    path.write_text(YAML, encoding="utf-8")
    cache = tmp_path / "cache"
    for process in [started(path, cache) for _ in range(2)]:
        out, error = process.communicate(timeout=120)
        assert (out, error) == ("['hrodna']\n", "")
    names = [one.suffix for one in (cache / "vardynas").iterdir() if one.is_file()]
    assert names.count(".index") == 2  # the glossary and the given names
    assert set(names) <= {".index", ".start"}


@xdg
def test_a_process_without_a_cache_folder_says_the_same(tmp_path):
    path = tmp_path / "places.yaml"
    path.write_text(YAML, encoding="utf-8")
    cache = tmp_path / "cache"
    cache.write_text("in the way")
    out, error = started(path, cache).communicate(timeout=120)
    assert (out, error) == ("['hrodna']\n", "")


# ---------------------------------------------------------------- what an index is made from


def forms_of(*paths: Path) -> list[str]:
    return [name.form for name in vardynas.load(*paths)["hrodna"].all_names()]


def test_an_edited_file_is_seen_at_the_next_load(folder, tmp_path):
    path = tmp_path / "places.yaml"
    path.write_text(YAML, encoding="utf-8")
    assert forms_of(path) == ["Гродна", "Gardinas"]
    path.write_text(YAML.replace("Гродна", "Горадня"), encoding="utf-8")
    assert forms_of(path) == ["Горадня", "Gardinas"]


def test_an_added_and_a_removed_file_are_seen(folder, tmp_path):
    mine = tmp_path / "glossary"
    mine.mkdir()
    (mine / "one.yaml").write_text(YAML, encoding="utf-8")
    assert list(vardynas.load(mine).entries) == ["hrodna"]
    two = mine / "deeper" / "two.yaml"
    two.parent.mkdir()
    two.write_text(YAML.replace("hrodna", "horadnia"), encoding="utf-8")
    assert list(vardynas.load(mine).entries) == ["horadnia", "hrodna"]
    two.unlink()
    assert list(vardynas.load(mine).entries) == ["hrodna"]


def test_an_edit_that_keeps_size_and_time_is_seen(folder, tmp_path):
    path = tmp_path / "places.yaml"
    for form in ("Гродна", "Городн"):
        path.write_text(YAML.replace("Гродна", form), encoding="utf-8")
        os.utime(path, (1, 1))
        assert forms_of(path)[0] == form


def test_files_of_one_name_in_two_folders_are_two(folder, tmp_path):
    found = []
    for name, form in (("a", "Гродна"), ("b", "Городн")):
        path = tmp_path / name / "places.yaml"
        path.parent.mkdir()
        path.write_text(YAML.replace("Гродна", form), encoding="utf-8")
        os.utime(path, (1, 1))
        found.append(forms_of(path)[0])
    assert found == ["Гродна", "Городн"]


@pytest.fixture
def builtin(folder, tmp_path, monkeypatch) -> Path:
    """A built-in glossary of one entry."""
    path = tmp_path / "builtin"
    path.mkdir()
    (path / "places.yaml").write_text(YAML, encoding="utf-8")
    (path / "VERSION").write_text("2026.1\n", encoding="utf-8")
    monkeypatch.setattr(glossary, "builtin_path", lambda: path)
    monkeypatch.setattr(files, "builtin_path", lambda: path)
    return path


def test_with_and_without_the_built_in_glossary_are_two_indexes(builtin, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("- {id: lota, names: {be: [Лота]}}\n", encoding="utf-8")
    assert list(vardynas.load(path).entries) == ["lota"]
    assert list(vardynas.load(path, builtin=True).entries) == ["hrodna", "lota"]
    assert list(vardynas.load(path, builtin=False).entries) == ["lota"]
    assert list(vardynas.load().entries) == ["hrodna"]
    assert list(vardynas.load(builtin=False).entries) == []


def test_a_new_version_of_the_built_in_glossary_is_seen(builtin):
    assert vardynas.load().glossary_version == "2026.1"
    (builtin / "VERSION").write_text("2026.2\n", encoding="utf-8")
    assert vardynas.load().glossary_version == "2026.2"


@pytest.fixture
def package(tmp_path, monkeypatch) -> Path:
    """A copy of the package, so that its code can be changed."""
    copy = tmp_path / "package"
    shutil.copytree(store._PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "data"))
    monkeypatch.setattr(store, "_PACKAGE", copy)
    return copy


@pytest.mark.parametrize(
    "changed", ["language/inflection.py", "index/build.py", "text/fold.py", "model/entries.py"]
)
def test_an_index_is_made_again_when_the_code_changes(folder, package, changed):
    make = Maker()
    store.stored("one", make)
    store.stored("one", make)
    assert make.calls == 1
    with (package / changed).open("a", encoding="utf-8") as file:
        file.write("# more\n")
    store.stored("one", make)
    assert make.calls == 2


def test_an_index_is_made_again_when_a_table_changes(folder, tmp_path):
    table = tmp_path / "inflection.yaml"
    table.write_text("languages: {}\n", encoding="utf-8")
    make = Maker()
    with tables.search_path(tmp_path):
        store.stored("one", make)
        store.stored("one", make)
        assert make.calls == 1
        table.write_text("languages: {}\n# more\n", encoding="utf-8")
        store.stored("one", make)
    assert make.calls == 2


def test_tables_of_another_directory_are_another_index(folder, tmp_path):
    (tmp_path / "inflection.yaml").write_text("languages: {}\n", encoding="utf-8")
    make = Maker()
    store.stored("one", make)
    with tables.search_path(tmp_path):
        store.stored("one", make)
    assert make.calls == 2
