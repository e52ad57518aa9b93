"""Which files folders and patterns mean, and that a file is replaced as a whole."""

import os
import stat
import subprocess
import sys

import pytest

from vardynas.documents import atomic
from vardynas.documents.atomic import backup_of, is_draft, replace, replacing, state_of, sweep
from vardynas.documents.files import Skipped, find
from vardynas.errors import DocumentError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with what folders have in them."""
    monkeypatch.chdir(tmp_path)
    texts = {
        "texts/b.txt": b"b",
        "texts/a.md": b"a",
        "texts/Гродна/c.txt": b"c",
        "texts/notes": b"no suffix",
        "texts/wide": "Гродна".encode("utf-16"),
        "texts/a.txt.bak": b"backup",
        "texts/a.txt~": b"backup",
        "texts/.hidden.txt": b"hidden",
        "texts/.git/config.txt": b"hidden",
        "texts/photo.jpg": b"\xff\xd8\xff\0\0",
        "texts/d.csv.gz": b"\x1f\x8b\0",
        "texts/e.tar.gz": b"\x1f\x8b\0",
        "texts/word.docx": b"PK\0\0",
        "texts/macro.DOCM": b"PK\0\0",
        "texts/old": "Žemaitė iš Gardino".encode("cp1257"),
        "texts/damaged": "Žemaitė iš Gardino".encode() + b"\xff",
        "texts/key": b"\x01\x02key",
        "texts/noise": b"\xed\x95jP",
        "texts/sheet.xlsx": b"PK",
        "texts/letter.rtf": b"{\\rtf1 Grodno}",
        "other/z.txt": b"z",
    }
    for name, data in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "texts" / "link.txt").symlink_to(tmp_path / "other" / "z.txt")
    (tmp_path / "texts" / "loop").symlink_to(tmp_path / "texts")
    return tmp_path


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _paths(*arguments, **options):
    return [found.path for found in find(arguments, **options) if not isinstance(found, Skipped)]


def test_a_folder_means_the_texts_below_it_in_order(folder):
    assert _paths("texts") == [
        *("texts/a.md", "texts/b.txt", "texts/d.csv.gz", "texts/damaged", "texts/macro.DOCM"),
        *("texts/notes", "texts/old", "texts/wide", "texts/word.docx", "texts/Гродна/c.txt"),
    ]


def test_what_is_no_text_is_named(folder):
    skipped = [found for found in find(["texts"]) if isinstance(found, Skipped)]
    assert [(one.path, one.error) for one in skipped] == [
        ("texts/e.tar.gz", None),
        ("texts/key", None),
        ("texts/letter.rtf", None),
        ("texts/noise", None),
        ("texts/photo.jpg", None),
        ("texts/sheet.xlsx", None),
    ]


def test_places_are_below_the_folder_or_pattern(folder):
    assert [found.place for found in find(["texts/Гродна"])] == ["c.txt"]
    assert [found.place for found in find(["te*ts/Гр*"])] == ["texts/Гродна/c.txt"]
    assert [found.place for found in find(["texts/Гродна/c.txt"])] == ["c.txt"]


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        (["texts/*.md"], ["texts/a.md"]),
        (["**/c.txt"], ["texts/Гродна/c.txt"]),
        (["texts/.hidden.txt"], ["texts/.hidden.txt"]),
        (["texts/a.txt.bak"], ["texts/a.txt.bak"]),
        (["texts/b.txt", "./texts/b.txt", "texts/b*"], ["texts/b.txt"]),
        (["nosuch.txt", "-"], ["nosuch.txt", "-"]),
        (["texts/link.txt", "other"], ["texts/link.txt"]),
    ],
)
def test_arguments(folder, arguments, paths):
    assert _paths(*arguments) == paths


def test_the_folder_of_the_results_and_other_backups_are_left_out(folder):
    assert _paths(".", without="texts") == ["other/z.txt"]
    assert "texts/notes" not in _paths("texts", backup="tes")


def test_a_pattern_that_fits_nothing_is_an_error(folder):
    (skipped,) = find(["texts/*.odt"])
    assert str(skipped.error) == "texts/*.odt: no file fits this pattern"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_is_an_error(folder):
    (folder / "other").chmod(0)
    (skipped,) = find(["other"])
    (folder / "other").chmod(0o700)
    assert isinstance(skipped.error, PermissionError)


# replacing


def test_replace_keeps_the_mode_and_leaves_nothing_behind(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace(path, b"new", backup="~")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)
    kept = tmp_path / "a.txt~"
    assert (kept.read_bytes(), stat.S_IMODE(kept.stat().st_mode)) == (b"old", 0o640)
    assert _names(tmp_path) == ["a.txt", "a.txt~"]


def test_no_backup_is_lost(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"first")
    for new in (b"second", b"third", b"fourth"):
        replace(path, new, backup=".bak")
    kept = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert kept == {
        "a.txt": b"fourth",
        "a.txt.bak": b"first",
        "a.txt.2.bak": b"second",
        "a.txt.3.bak": b"third",
    }


def test_a_backup_that_holds_the_file_already_is_enough(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    (tmp_path / "a.txt.bak").write_bytes(b"old")  # what a run that was killed leaves behind
    replace(path, b"new", backup=".bak")
    assert _names(tmp_path) == ["a.txt", "a.txt.bak"]


@pytest.mark.parametrize("taken", ["folder", "link"])
def test_a_name_of_a_backup_that_something_else_has(tmp_path, taken):
    path, name = tmp_path / "a.txt", tmp_path / "a.txt.bak"
    path.write_bytes(b"old")
    name.mkdir() if taken == "folder" else name.symlink_to("nowhere")
    assert backup_of(path, ".bak") == tmp_path / "a.txt.2.bak"
    replace(path, b"new", backup=".bak")
    assert (tmp_path / "a.txt.2.bak").read_bytes() == b"old"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    os.chown(path, 4711, 4712)
    path.chmod(0o2750)
    replace(path, b"new", backup="~")
    for one in (path, tmp_path / "a.txt~"):
        found = one.stat()
        assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (4711, 4712, 0o2750)


def test_a_new_file_has_the_mode_of_new_files(tmp_path):
    replace(tmp_path / "a", b"new")
    (tmp_path / "b").write_bytes(b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_extended_attributes_stay(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.note", b"Hrodna")
    except (OSError, AttributeError):
        pytest.skip("this file system has no extended attributes")
    replace(path, b"new")
    assert os.getxattr(path, "user.note") == b"Hrodna"


def test_a_file_that_was_changed_meanwhile_stays(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    before = state_of(path)
    path.write_bytes(b"changed by hand")
    with pytest.raises(DocumentError, match="changed by someone else"):
        replace(path, b"new", backup="~", expected=before)
    assert path.read_bytes() == b"changed by hand"
    assert _names(tmp_path) == ["a.txt"]


def test_what_fails_while_it_is_written_changes_nothing(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail():
        with replacing(path) as draft:
            draft.write(b"ne")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail()
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_what_must_not_be_written_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o400)
    with pytest.raises(DocumentError, match="must not be written"):
        replace(path, b"new")


def test_a_device_is_refused():
    with pytest.raises(DocumentError, match="no ordinary file"):
        replace("/dev/null", b"new")


def test_a_full_disk_names_the_file(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(DocumentError, match=r"a\.txt: it cannot be written: No space left"):
        replace(tmp_path / "a.txt", b"new")
    assert _names(tmp_path) == []


def test_drafts_of_dead_processes_are_removed_and_no_others(tmp_path):
    program = subprocess.run([sys.executable, "-c", ""], check=True)
    assert program.returncode == 0
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    names = [
        f".vardynas-{atomic._host()}-{gone.pid}-0.tmp",
        f".vardynas-{atomic._host()}-{os.getpid()}-7.tmp",
        f".vardynas-{atomic._host()}-{os.getppid()}-0.tmp",
        ".vardynas-00000000-1-0.tmp",
        ".vardynas-notes.tmp",
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    assert [is_draft(name) for name in names] == [True, True, True, True, False]
    assert sweep(tmp_path) == 1
    assert _names(tmp_path) == sorted(names[1:])
    os.utime(tmp_path / names[3], (0, 0))
    assert sweep(tmp_path) == 1
