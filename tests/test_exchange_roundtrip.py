"""What is written comes back as far as the format carries it, and what it does not carry is said."""

import csv
import io
import os
import subprocess
import sys

import pytest
from exchanged import glossaries
from hypothesis import HealthCheck, given, settings

import vardynas
from vardynas.exchange import FORMATS, Options, read, write
from vardynas.exchange.formats import _module
from vardynas.exchange.losses import losses
from vardynas.model import Entry, Name

BOTH = [one.name for one in FORMATS if one.reads and one.writes]
WRITTEN = [one.name for one in FORMATS if one.writes]
LUKASHENKA = Entry(
    id="lukashenka-aliaksandr",
    type="person",
    gender="male",
    origin="be",
    names={"be": ["Аляксандр Лукашэнка", {"form": "Лукашэнка", "role": "short"}]},
)


def _carried(entries, name):
    module = _module(next(one for one in FORMATS if one.name == name))
    found = (module.carried(entry, Options(format=name)) for entry in entries)
    return sorted((one for one in found if one), key=lambda one: one.id)


@pytest.mark.parametrize("name", BOTH)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(entries=glossaries)
def test_what_a_format_carries_comes_back(name, entries):
    if not (expected := _carried(entries, name)):
        return
    found = read("names", write(entries, name).text.encode(), name)
    assert list(found.entries) == expected
    assert found.problems == ()


@pytest.mark.parametrize("name", BOTH)
def test_the_built_in_glossary_comes_back(name):
    chosen = list(vardynas.load().entries.values())[::9]
    found = read("names", write(chosen, name).text.encode(), name)
    assert list(found.entries) == _carried(chosen, name)
    assert len(found.entries) > 50


def test_tables_carry_everything():
    chosen = list(vardynas.load().entries.values())
    assert list(read("x.csv", write(chosen, "csv").text.encode()).entries) == chosen
    assert write(chosen, "csv").remarks == ()


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(entries=glossaries)
def test_a_loss_is_said_exactly_where_something_is_lost(entries):
    for name in BOTH:
        remarks = write(entries, name).remarks
        back = {entry.id: entry for entry in _carried(entries, name)}
        same = all(_sorted(entry) == _sorted(back.get(entry.id)) for entry in entries)
        # The order of names means something only for the first of a language.
        assert bool(remarks) != same or not same


def _sorted(entry):
    if entry is None:
        return None
    names = {tag: sorted(map(repr, found)) for tag, found in entry.names.items()}
    return {**entry.to_dict(), "names": names, "refs": sorted(entry.refs)}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_order_of_entries_changes_nothing(name):
    chosen = list(vardynas.load().entries.values())[:40]
    assert write(chosen, name) == write(chosen[::-1], name)


@pytest.mark.parametrize("name", ["skos", "skos-xml", "ftm", "regex", "solr"])
def test_two_processes_write_the_same_bytes(name):
    code = (
        "import sys, vardynas\nfrom vardynas.exchange import write\n"
        "chosen = list(vardynas.load().entries.values())[:15]\n"
        f"sys.stdout.write(write(chosen, {name!r}).text)"
    )
    found = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env)
        found.add(run.stdout)
    assert len(found) == 1
    assert found != {b""}


def test_losses_name_fields_and_numbers():
    assert write([LUKASHENKA], "skos").remarks == (
        "skos cannot carry gender, origin: 1 entry.",
        "skos cannot carry role: 1 name.",
    )
    hrodna = Entry(id="hrodna", type="place", names={"be": ["Гродна"]})
    assert write([LUKASHENKA, hrodna], "ftm").remarks[0] == "ftm leaves out 1 entry of type place."
    never = Entry(id="x", names={"be": ["Гродна", Name("Ліда", "be", match="context")]})
    assert write([never], "spacy").remarks[0] == "spacy leaves out 1 name with match: context."
    assert losses("csv", [(hrodna, hrodna)]) == ()


@pytest.mark.parametrize("sign", "=+-@")
def test_cells_that_look_like_formulas_are_data(sign):
    form = f'{sign}HYPERLINK("http://example.org")'
    entry = Entry(id="x", names={"en": [form]})
    text = write([entry], "csv").text
    assert [row["form"] for row in csv.DictReader(io.StringIO(text))] == [form]
    assert read("x.csv", text.encode()).entries == (entry,)


def test_only_the_names_of_some_languages():
    options = Options(languages=("lt",))
    both = [
        Entry(id="a", names={"be": ["Гродна"], "lt": ["Gardinas"]}),
        Entry(id="b", names={"be": ["Ліда"]}),
    ]
    assert write(both, "csv", options).text.splitlines()[1:] == ["a,other,lt,Gardinas,,"]
    data = write(both, "csv").text.encode()
    assert [dict(one.names) for one in read("x.csv", data, options=options).entries] == [
        {"lt": (Name("Gardinas", "lt"),)}
    ]
