"""The speed benchmark makes the same names and texts each time, and runs from end to end."""

import doctest
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import coined, synthesis
from benchmarks.speed import __main__ as program
from benchmarks.speed import (
    cells,
    fuzzy,
    peers,
    phases,
    processes,
    results,
    similar,
    sources,
    texts,
    timing,
)
from benchmarks.speed.parts import parts
from benchmarks.speed.settings import SIZES, Settings, Size

import vardynas

SMALL = Size(30, 4)
STRINGS = {"Jan": "jan", "Jan Kowalski": "kowalski", "Гродне": "hrodna", "Łódź": "lodz"}
TEXT = "Jan Kowalskiego i Jan Kowalski byli w Гродне, nie w Łódź. Łódźka! Jan"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Nothing is kept from run to run, nothing is read but the samples."""
    monkeypatch.setattr(synthesis.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in ("VARDYNAS_DATA", "VARDYNAS_SEEDS"):
        monkeypatch.delenv(name, raising=False)
    sources.vocabularies.cache_clear()
    yield tmp_path
    sources.vocabularies.cache_clear()


@pytest.mark.parametrize(
    "module", [cells, coined, synthesis, timing, results], ids=lambda m: m.__name__
)
def test_examples(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


def test_entries_are_the_same_whatever_the_count_and_differ_by_seed():
    few = list(synthesis.entries(20))
    assert few == list(synthesis.entries(40))[:20]
    assert few[10:] == list(synthesis.entries(10, start=10))
    assert few != list(synthesis.entries(20, seed=1))


def test_entries_have_the_shape_of_a_glossary():
    rows = list(synthesis.entries(1000, names_per_entry=12))
    kinds = [row["type"] for row in rows]
    assert (kinds.count("person"), kinds.count("place"), kinds.count("organisation")) == (
        600,
        300,
        100,
    )
    assert all({row["origin"], "en"} <= row["names"].keys() for row in rows)
    assert 9.5 < sum(len(list(synthesis.listed(row))) for row in rows) / 1000 < 11
    families = {next(synthesis.listed(row)).split()[-1] for row in rows if row["type"] == "person"}
    assert len(families) > 590


def test_a_written_glossary_loads(folder):
    path = synthesis.write_glossary(folder / "some.yaml", 60, names_per_entry=12)
    resolver = vardynas.load(path)
    rows = list(synthesis.entries(60, names_per_entry=12))
    assert list(resolver.entries) == sorted(row["id"] for row in rows)
    read = [name.form for name in resolver[rows[3]["id"]].all_names()]
    assert sorted(read) == sorted(synthesis.listed(rows[3]))


def test_forms_are_listed_inflected_and_derived_ones():
    row = {
        "id": "x",
        "type": "person",
        "gender": "male",
        "names": {"be": ["Ян Кавальскі"]},
        "origin": "be",
    }
    one = synthesis.written(row)
    assert {"Ян Кавальскі", "Яна Кавальскага"} <= set(one.whole["be"])
    assert "Кавальскага" in one.alone["be"]
    assert "pl" in one.whole


def test_texts_hold_the_names_put_in(folder):
    text = texts.made_text(0.06, names=30)
    assert text.size >= 60_000
    assert {document.language for document in text.documents} == {"be", "lt", "pl", "en"}
    by_id = {one.id: one for one in synthesis.forms(30)}
    names = [(d, name) for d in text.documents for name in d.names]
    assert 60_000 / 900 < len(names) < 60_000 / 300
    for document, name in names:
        written = document.text[name.start : name.end]
        assert written == written.strip()
        if name.entry and not name.misspelt:
            one = by_id[name.entry]
            known = [*one.whole.values(), *one.alone.values()]
            assert any(written in one_language for one_language in known)
    assert texts.made_text(0.06, names=30) == text
    assert list(texts.streamed(0.06, names=30)) == text.documents
    assert sum(not name.entry for _, name in names) > 0.1 * len(names)


def test_the_first_part_of_a_text_is_no_smaller_than_asked(folder):
    text = texts.made_text(0.06, names=30)
    part = text.first(0.02)
    assert 20_000 <= part.size < 35_000
    assert part.documents == text.documents[: len(part.documents)]


@pytest.mark.parametrize("name", peers.PEERS)
def test_peers_find_whole_words_leftmost_longest(name):
    peer = peers.PEERS[name]
    pytest.importorskip(peer.module)
    found = peer.make(STRINGS)(TEXT)
    wanted = [
        (0, 3, "jan"),
        (18, 30, "kowalski"),
        (38, 44, "hrodna"),
        (52, 56, "lodz"),
        (66, 69, "jan"),
    ]
    if name == "flashtext2":  # it gives some spans wrongly
        assert [id_ for _, _, id_ in found] == [id_ for _, _, id_ in wanted]
    else:
        assert found == wanted


@pytest.mark.parametrize("name", fuzzy.FUZZY)
def test_fuzzy_peers_find_misspelt_words(name):
    read = fuzzy.FUZZY[name].make(["Kowalski", "Grodno"])
    if read is None:
        pytest.skip("not installed")
    assert read(["Kowalsky w Gordno, nie Warszawa"]) == [[(0, 8, "Kowalski"), (11, 17, "Grodno")]]


def test_queries_are_no_names():
    names = similar.names_of(SMALL)
    queries = similar.asked(names, 60)
    assert len(queries) == 60
    assert not set(queries) & set(names)
    assert similar.asked(names, 60) == queries


def test_rounds_begin_with_another_each_time():
    order = []
    times = timing.interleaved({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 3)
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert {name: len(seconds) for name, seconds in times.items()} == {"a": 3, "b": 3}


def test_time_in_c_counts_for_its_callers():
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    resolver = vardynas.Resolver([vardynas.Entry("hrodna", {"be": ["Гродна"]}, type="place")])
    profiler.runcall(resolver.scan, "Быў у Гродне.")
    spent = phases.by_module(pstats.Stats(profiler))
    assert "match.scan" in spent
    assert "~" not in spent


def test_memory_of_this_process():
    found = processes.memory_of_this()
    assert found["VmRSS"] != found["VmRSS"] or 5 < found["VmRSS"] <= found["VmHWM"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.01234, "0.0123"), (12345.6, "12,300"), (1.0, "1"), (float("nan"), "–"), (999.9, "1000")],
)
def test_numbers_have_three_figures(value, text):
    assert cells.number(value) == text


def test_every_part_is_reported():
    assert {name.partition("-")[0] for name in parts(Settings(names=tuple(SIZES)))} == {
        "limits", "scan", "names", "growth", "jobs", "similar", "lookup", "short", "open", "memory",
        "start", "scale", "profile",
    }  # fmt: skip


def test_a_small_run(folder, capsys):
    """Parts that need no process of their own; results outlive the run and fill page and plots."""
    json_file, page = folder / "results.json", folder / "page.md"
    page.write_text(
        "# Speed\n\n<!-- table: scan -->\n<!-- end -->\n<!-- table: short -->\n<!-- end -->\n"
    )
    small = ["--megabytes", "0.02", "--entries", "30", "--rounds", "1", "--names", "1k"]
    small += ["--json", str(json_file), "--here", "--no-peers"]
    assert program.main([*small, "--only", "scan", "limits", "growth"]) == 0
    assert program.main([*small, "--only", "short", "--page", str(page)]) == 0
    assert json.loads(json_file.read_text()).keys() == {
        "scan", "scan-dense", "limits", "growth", "short",
    }  # fmt: skip
    shown = capsys.readouterr().out
    assert "## Scan" in shown
    assert "| vardynas, similar=False |" in page.read_text(encoding="utf-8")
    pytest.importorskip("matplotlib")
    assert program.main(["--report", "--json", str(json_file), "--plots", str(folder)]) == 0
    assert (folder / "speed-growth.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_a_part_that_fails_is_said_and_the_others_are_kept(folder, capsys, monkeypatch):
    def broken(name, settings):
        raise MemoryError(name)

    monkeypatch.setattr(program, "measured", broken)
    arguments = ["--here", "--only", "limits", "--json", str(folder / "results.json")]
    assert program.main(arguments) == 1
    assert "not measured, for an error: limits" in capsys.readouterr().err


def test_an_unknown_part_is_told(folder):
    with pytest.raises(SystemExit, match="No part has one of"):
        program.main(["--only", "nothing", "--json", str(folder / "results.json")])
