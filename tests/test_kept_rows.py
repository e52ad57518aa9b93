"""What was compiled before is read again, changes nothing, and does no harm when it is damaged."""

from __future__ import annotations

import os

import pytest

from vardynas.index import build, kept_rows, workers
from vardynas.model import Entry

NAMES = (
    "Лукашэнка",
    "Каліноўскі",
    "Ціханоўская",
    "Быкаў",
    "Купала",
    "Скарына",
    "Колас",
    "Багдановіч",
)
GIVEN = ("Аляксандр", "Кастусь", "Святлана", "Васіль", "Янка", "Францыск", "Якуб", "Максім")


def people(count):
    pairs = [(given, family) for family in NAMES for given in GIVEN][:count]
    return [
        Entry(id=f"p{at:02}", type="person", names={"be": [" ".join(pair)]}, gender="male")
        for at, pair in enumerate(pairs)
    ]


@pytest.fixture(autouse=True)
def kept(monkeypatch, tmp_path):
    """A cache folder of its own, runs of few parts, and how many parts were worked out."""
    monkeypatch.setattr(kept_rows, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(kept_rows, "FEWEST", 1)
    monkeypatch.setattr(kept_rows, "LENGTH", 3)
    asked = []
    whole = workers.part_rows
    monkeypatch.setattr(workers, "part_rows", lambda run: asked.append(len(run)) or whole(run))
    return asked


@pytest.fixture
def files(tmp_path):
    return lambda: sorted((tmp_path / "rows").glob("*"))


def compiled(entries):
    return bytes(build.compiled(entries, {}, 1))


def test_the_second_time_nothing_is_worked_out(kept, monkeypatch):
    once = compiled(people(40))
    assert sum(kept) > 10
    kept.clear()
    assert compiled(people(40)) == once
    assert kept == []
    monkeypatch.setattr(kept_rows, "FEWEST", 1000)
    assert compiled(people(40)) == once
    assert len(kept) == 1, "few parts are one run, of which nothing is kept"


def test_a_further_entry_changes_few_runs(kept, monkeypatch):
    compiled(people(63))
    before = sum(kept)
    kept.clear()
    more = [
        *people(63),
        Entry(id="a", type="person", names={"be": ["Рыгор Барадулін"]}, gender="male"),
    ]
    found = compiled(more)
    assert 0 < sum(kept) < before / 2
    monkeypatch.setattr(kept_rows, "FEWEST", 1000)
    assert compiled(more) == found


DAMAGE = [lambda data: b"", lambda data: data[:-7], lambda data: data[:200], lambda data: b"x" * 99]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_files_are_made_again(damage, kept, files):
    once = compiled(people(40))
    for path in files():
        path.write_bytes(damage(path.read_bytes()))
    kept.clear()
    assert compiled(people(40)) == once
    assert kept
    kept.clear()
    assert compiled(people(40)) == once
    assert not kept


def test_a_flipped_bit_is_noticed(kept, files):
    once = compiled(people(40))
    path = files()[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    kept.clear()
    assert compiled(people(40)) == once
    assert len(kept) == 1


def test_files_are_bounded(monkeypatch, files):
    monkeypatch.setattr(kept_rows, "KEPT", 2)
    compiled(people(63))
    assert len(files()) == 2


def test_what_is_used_stays(monkeypatch, files, kept, tmp_path):
    compiled(people(40))
    used = files()
    for path in used:
        os.utime(path, (0, 0))
    (tmp_path / "rows" / "another.rows").write_bytes(b"")
    monkeypatch.setattr(kept_rows, "KEPT", len(used))
    kept.clear()
    compiled(people(40))
    assert kept == []
    assert files() == used


def test_without_a_folder_to_write_to_nothing_is_kept(tmp_path, kept):
    (tmp_path / "rows").write_text("a file", encoding="utf-8")
    once = compiled(people(40))
    count = len(kept)
    assert compiled(people(40)) == once
    assert len(kept) == 2 * count
