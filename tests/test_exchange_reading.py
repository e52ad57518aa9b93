"""What is read of other people's files, what is left out, and how bad ones are refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vardynas import ExchangeError
from vardynas.exchange import FORMATS, incoming, read, write
from vardynas.glossary import dump, read_text
from vardynas.model import Entry, Name

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "exchange_faults.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['format']} {case['faults'][0][2]}")
def test_faults_have_a_place_and_advice(case):
    if case["format"].startswith("skos"):
        pytest.importorskip("rdflib", reason="rdflib is not installed")
    with pytest.raises(ExchangeError) as error:
        read("names", case["text"].encode(), case["format"])
    found = error.value.problems
    assert [[one.line, one.column, one.code] for one in found] == case["faults"]
    assert all(one.advice and one.message.endswith(".") for one in found)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("id,form\nx,Žemaitė".encode("cp1257"), (2, 3)),
        (b"\xff\xfei\x00d\x00\x00\xd8", (1, 3)),
        (b"id,form\nx,\xc5", (2, 3)),
    ],
)
def test_other_encodings_are_refused_with_the_place(data, place):
    with pytest.raises(ExchangeError) as error:
        read("a.csv", data)
    (problem,) = error.value.problems
    assert (problem.line, problem.column, problem.code) == (*place, "not-utf8")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", ",;\t")
def test_tables_as_spreadsheets_save_them(codec, newline, delimiter):
    rows = [("id", "language", "form", "inflect"), ("x", "be", "Гродна", "FALSE")]
    text = newline.join(delimiter.join(row) for row in rows) + newline
    (entry,) = read("a.csv", text.encode(codec)).entries
    assert entry.names == {"be": (Name("Гродна", "be", inflect=False),)}


def test_huge_lines_and_cells_are_refused(monkeypatch):
    with pytest.raises(ExchangeError, match=r"a.csv:2:1: A cell is longer than 131,072 letters"):
        read("a.csv", b"id,form\nx," + b"a" * 200_000)
    monkeypatch.setattr(incoming, "MAX_LINE", 1000)
    with pytest.raises(ExchangeError, match=r"a.json:2:1: This line has more than 1,000 letters"):
        read("a.json", b"{\n" + b"a" * 2000)


@pytest.mark.parametrize("name", ["wikidata", "ftm"])
def test_deep_nesting_is_refused(name):
    with pytest.raises(ExchangeError, match="nested too deep"):
        read("a", b"[" * 200_000, name)


@pytest.mark.parametrize("name", ["x.pdf", "-"])
def test_unknown_formats_are_named(name):
    with pytest.raises(ExchangeError, match="Name one of these with --from: csv, tsv, wikidata"):
        read(name, b"")
    with pytest.raises(ExchangeError, match="spacy is written and not read"):
        read(name, b"", "spacy")


ITEM = {
    "id": "Q181376",
    "labels": {
        "be": {"language": "be", "value": "Гродна"},
        "be-tarask": {"language": "be-tarask", "value": "Горадня"},
        "lt": {"language": "lt", "value": "Gardinas"},
        "en": {"language": "en", "value": "Grodno"},
        "de": {"language": "de", "value": "Hrodna"},
    },
    "aliases": {
        "en": [
            {"language": "en", "value": "Hrodna"},
            {"language": "en", "value": "Grodno"},
            {"language": "en", "value": "Grоdno"},  # a Cyrillic letter
        ]
    },
    "claims": {
        "P31": [
            {"rank": "deprecated", "mainsnak": {"datavalue": {"value": {"id": "Q5"}}}},
            {"rank": "normal", "mainsnak": {"snaktype": "somevalue"}},
            {"rank": "normal", "mainsnak": {"datavalue": {"value": {"id": "Q515"}}}},
        ]
    },
    "sitelinks": {"bewiki": {"title": "Гродна"}},
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ITEM),
        json.dumps({"entities": {"Q181376": ITEM}}, indent=2, ensure_ascii=False),
        json.dumps([ITEM]),
        f"[\n{json.dumps(ITEM)},\n]\n",
        f"{json.dumps(ITEM)}\n{json.dumps(ITEM)}\n",
    ],
)
def test_entities_of_wikidata(text):
    found = read("a.json", text.encode())
    (entry,) = found.entries
    assert (entry.id, entry.type, entry.refs) == ("grodno", "place", (("wikidata", "Q181376"),))
    assert {tag: [name.form for name in names] for tag, names in entry.names.items()} == {
        "be": ["Гродна"],
        "be-tarask": ["Горадня"],
        "lt": ["Gardinas"],
        "en": ["Grodno", "Hrodna"],
    }
    assert {one.code for one in found.problems} == {"mixed-scripts"}


def test_people_of_wikidata():
    value = [{"rank": "normal", "mainsnak": {"datavalue": {"value": {"id": "Q6581072"}}}}]
    human = [{"rank": "normal", "mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}]
    item = {
        "id": "Q3481049",
        "labels": {"en": {"value": "Sviatlana Tsikhanouskaya"}},
        "claims": {"P31": human, "P21": value},
    }
    (entry,) = read("a.json", json.dumps(item).encode()).entries
    assert (entry.id, entry.type, entry.gender) == (
        "tsikhanouskaya-sviatlana",
        "person",
        "female",
    )


def test_unknown_classes_are_said():
    item = {"id": "Q1", "labels": {"lt": {"value": "Nida"}}, "claims": {"P31": "no list"}}
    found = read("a.json", json.dumps(item).encode())
    assert [one.code for one in found.problems] == ["unknown-class"]
    assert found.entries[0].type == "other"


def test_answers_of_sparql():
    text = (
        "item,label,language,role,class\n"
        "http://www.wikidata.org/entity/Q181376,Hrodna,en,alias,http://www.wikidata.org/entity/Q515\n"
        "http://www.wikidata.org/entity/Q181376,Grodno,en,label,http://www.wikidata.org/entity/Q515\n"
        "http://www.wikidata.org/entity/Q181376,Garten,de,label,http://www.wikidata.org/entity/Q515\n"
    )
    (entry,) = read("a.csv", text.encode(), "sparql").entries
    assert [name.form for name in entry.names["en"]] == ["Grodno", "Hrodna"]
    assert (entry.id, entry.type, list(entry.names)) == ("grodno", "place", ["en"])


def test_alternate_names_of_geonames():
    rows = [
        "1\t627904\tbe\tГродно-стары\t\t\t\t1\t1500\t1795",
        "2\t627904\tbe\tГародня\t\t\t\t\t\t",
        "3\t627904\tbe\tГродна\t1\t\t\t\t\t",
        "4\t627904\tlink\thttps://en.wikipedia.org/wiki/Grodno\t\t\t\t\t\t",
        "5\t627904\tpost\t230000\t\t\t\t\t\t",
        "6\t627904\tiata\tGNA\t\t\t\t\t\t",
        "7\t627904\twkdt\tQ181376\t\t\t\t\t\t",
        "8\t627904\tabbr\tGRD",
        "9\t627904\ten\tGrodno\t\t1\t\t",
        "10\t627904\ten\tGarden City\t\t\t1\t",
        "11\t627904\t\tGrodno",
        "12\t627904\tzh-Hant\t格羅德諾",
        "13\t627904\tnot a tag\tX",
    ]
    found = read("BY.txt", "\n".join(rows).encode())
    (entry,) = found.entries
    assert [name.form for name in entry.names["be"]] == ["Гродна", "Гародня", "Гродно-стары"]
    assert entry.names["be"][2].period == "1500–1795"
    assert entry.names["be"][2].role == "historical"
    assert entry.names["en"] == (
        Name("Grodno", "en", role="short"),
        Name("Garden City", "en", match="context"),
    )
    assert set(entry.names["und"]) == {
        Name("GRD", role="short", case="exact", match="context"),
        Name("Grodno"),
    }
    assert entry.refs == (("geonames", "627904"),)
    assert [one.code for one in found.problems] == ["bad-language"]


def test_entities_of_opensanctions():
    rows = [
        {
            "id": "NK-abc",
            "schema": "Person",
            "caption": "Aliaksandr Lukashenka",
            "properties": {
                "name": ["Aliaksandr Lukashenka", "Аляксандр  Лукашэнка"],
                "weakAlias": ["Бацька"],
                "previousName": ["Łukaszenko"],
                "gender": ["male"],
                "wikidataId": ["Q2866"],
                "topics": ["sanction"],
            },
        },
        {"id": "a-1", "schema": "Address", "properties": {"full": ["Minsk"]}},
        {"id": "b-1", "schema": "Company", "properties": {"name": ["Belaruskali"]}},
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    found = read("a.jsonl", text.encode())
    company, person = found.entries
    assert (person.id, person.gender) == ("lukashenka-aliaksandr", "male")
    assert person.refs == (("followthemoney", "NK-abc"), ("wikidata", "Q2866"))
    assert person.names["und"] == (
        Name("Aliaksandr Lukashenka"),
        Name("Аляксандр Лукашэнка"),
        Name("Łukaszenko", role="historical"),
        Name("Бацька", match="context"),
    )
    assert (company.id, company.type) == ("b-1", "organisation")
    assert [one.message.rpartition(": ")[2] for one in found.problems] == ["1 Address."]


def test_concepts_of_others():
    pytest.importorskip("rdflib", reason="rdflib is not installed")
    text = """
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <http://example.org/t/7> skos:prefLabel "Vilnius"@lt, "Вільня"@BE ;
        skos:altLabel "Wilno"@pl, "Vilnia" ; skos:hiddenLabel "Vilnus"@lt ;
        skos:exactMatch <https://www.wikidata.org/entity/Q216>, <http://sws.geonames.org/593116/> ;
        skos:broader <http://example.org/t/1> .
    """
    (entry,) = read("a.ttl", text.encode()).entries
    assert entry.id == "wilno"
    assert entry.refs == (("geonames", "593116"), ("wikidata", "Q216"))
    assert entry.names["lt"] == (Name("Vilnius", "lt"), Name("Vilnus", "lt", role="misspelling"))
    assert sorted(entry.names) == ["be", "lt", "pl", "und"]


def test_values_that_are_none_are_nobodys_business(caplog):
    pytest.importorskip("rdflib", reason="rdflib is not installed")
    text = """
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <http://example.org/7 7> skos:prefLabel "Nida"@lt ;
        skos:notation "x"^^<http://www.w3.org/2001/XMLSchema#integer> .
    """
    assert [one.id for one in read("a.ttl", text.encode()).entries] in (["nida"], ["x"])
    assert caplog.records == []


def test_ids_are_unique_and_the_result_loads():
    items = [
        {"id": f"Q{number}", "labels": {"en": {"value": form}}}
        for number, form in enumerate(["Nida", "Nida", "Ніда", "Nida!"], 1)
    ]
    found = read("a.json", json.dumps(items).encode())
    assert [one.id for one in found.entries] == ["nida", "nida-q2", "nida-q4", "q3"]
    assert read_text(dump(found.entries)).entries == {one.id: one for one in found.entries}


SEEDS = {
    "wikidata": json.dumps(ITEM, ensure_ascii=False),
    "sparql": "item,label,language,role,class\nQ181376,Гродна,be,label,Q515\nQ1,a,en,alias,\n",
    "geonames": "1\t627904\tbe\tГродна\t1\t\t\t\n2\t627904\tlt\tGardinas\n3\t9\tiata\tGNA\n",
}
READ = [one.name for one in FORMATS if one.reads]


def _seed(name):
    entry = Entry(
        id="x",
        type="person",
        names={"be": ["Ян", {"form": "Янка", "role": "short"}], "lt": ['J "J", jr.']},
        not_=("a|b", "c=d"),
        refs=(("wikidata", "Q1"),),
    )
    return SEEDS[name] if name in SEEDS else write([entry], name).text


@pytest.mark.parametrize("name", READ)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files_are_read_or_refused(name, data):
    if name.startswith("skos"):
        pytest.importorskip("rdflib", reason="rdflib is not installed")
    damaged = bytearray(_seed(name).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        width = data.draw(st.sampled_from((0, 0, 1, 5)))
        damaged[at : at + width] = data.draw(st.sampled_from(PIECES))
    try:
        found = read("names", bytes(damaged), name)
    except ExchangeError:
        return
    entries = {one.id: _without_links(one) for one in found.entries}
    assert read_text(dump(entries.values())).entries == entries


PIECES = (
    b"",
    b'"',
    b",",
    b"\n",
    b"\t",
    b"{",
    b"]",
    b"<",
    b"\x00",
    b"\xff",
    b"null",
    b'"""',
    b"a\n\n",
    b"|",
    b"\\",
)


def _without_links(entry):
    return replace(entry, distinct_from=())
