"""Formats for searching: every form is found, other things are not; real programs read them."""

import json
import re

import pytest
from exchanged import glossaries
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas.exchange import Options, write
from vardynas.exchange.forms import forms, left_alone
from vardynas.exchange.regex import expression
from vardynas.exchange.trie import alternation
from vardynas.model import Entry, Name

GLOSSARY = vardynas.load()
HRODNA = GLOSSARY["hrodna"]
KALINOUSKI = GLOSSARY["kalinouski-kastus"]


@given(st.lists(st.text("аб'’-‑ c]^\\[.*(|", min_size=1, max_size=8), max_size=12))
def test_words_and_nothing_else_match(words):
    found = re.compile(alternation(words) or r"(?!)")
    assert all(found.fullmatch(word) for word in words)
    others = {word[:-1] for word in words} | {word + "я" for word in words}
    plain = {_plain(word) for word in words}
    assert not [one for one in others if found.fullmatch(one) and _plain(one) not in plain]


def _plain(word):
    return re.sub(r" +", " ", word.replace("’", "'").replace("‑", "-"))


@pytest.mark.parametrize("id_", list(GLOSSARY.entries)[::40])
def test_every_form_is_found_and_nothing_of_not(id_):
    entry = GLOSSARY[id_]
    found = re.compile(expression(entry) or r"(?!)")
    for one in forms(entry, inflected=True, derived=True):
        assert found.fullmatch(one.form)
        assert not found.match(f"x{one.form}")
        assert not [m for m in found.finditer(f"{one.form}я") if m.end() > len(one.form) - 1]
    assert not [text for text in left_alone(entry) if found.search(f"({text}).")]


def test_longer_names_of_other_things_are_left_alone():
    entry = Entry(
        id="x",
        type="person",
        gender="male",
        names={"en": ["Kastus Kalinouski", Name("Kalinouski", "en", role="short")]},
        not_=("Kalinouski Street", "Kastus Kalinouski Regiment", "Fort Kalinouski"),
    )
    find = re.compile(expression(entry)).findall
    assert find("Kastus Kalinouski, and Kalinouski’s letters") == [
        "Kastus Kalinouski",
        "Kalinouski’s",
    ]
    assert find("Kalinouski Street; the Kastus Kalinouski Regiment; Fort Kalinouski") == []
    assert find("Kalinouski Streets, Kastus\nKalinouski") == ["Kalinouski", "Kastus\nKalinouski"]
    assert find("Kalinouskiego, Nekalinouski") == []


def test_the_names_of_every_entry_compile():
    chosen = list(GLOSSARY.entries.values())[::5]
    text = write(chosen, "regex", Options(languages=("lt",))).text
    lines = [line.split("\t") for line in text.splitlines()]
    assert len(lines) > 250
    assert all(id_ in GLOSSARY and re.compile(pattern) for id_, pattern in lines)


def _solr(text):
    """A file as SolrSynonymParser of Lucene reads it: left sides, right sides."""
    rules = []
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            sides = [_parted(side, ",") for side in _parted(line, "=>")]
            rules.append([[re.sub(r"\\(.)", r"\1", one).strip() for one in side] for side in sides])
    return rules


def _parted(text, separator):
    pieces, piece, at = [], "", 0
    while at < len(text):
        if text.startswith(separator, at):
            pieces.append(piece)
            piece, at = "", at + len(separator)
            continue
        width = 2 if text[at] == "\\" else 1
        piece, at = piece + text[at : at + width], at + width
    return [one for one in [*pieces, piece] if one]


@given(entries=glossaries)
@settings(deadline=None, max_examples=50)
def test_synonyms_read_back_as_solr_reads_them(entries):
    shown = {
        one.id: sorted({form.form for form in forms(one, inflected=False, derived=False)})
        for one in sorted(entries, key=lambda one: one.id)
    }
    equivalent = [[found] for found in shown.values() if len(found) > 1]
    assert _solr(write(entries, "solr").text) == equivalent
    explicit = [[found, [id_]] for id_, found in shown.items() if found and found != [id_]]
    assert _solr(write(entries, "solr", Options(to="id")).text) == explicit


def test_synonyms_lead_to_the_name_in_a_language():
    text = write([HRODNA, KALINOUSKI], "solr", Options(inflected=True, to="lt")).text
    (left, right), _ = _solr(text)
    assert right == ["Gardinas"]
    assert {"Гродне", "Gardine", "Grodnie", "Hrodna"} <= set(left)


def test_shared_forms_are_said():
    both = [Entry(id="a", names={"lt": ["Nida"]}), Entry(id="b", names={"lt": ["Nida"]})]
    assert write(both, "spacy").remarks[-1].startswith("1 form is a name of several entries")
    assert write(both, "solr").remarks[-1].endswith("Nida (a, b); nothing tells them apart there.")


def test_spacy_finds_names_by_the_patterns(tmp_path):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    path = tmp_path / "patterns.jsonl"
    path.write_text(write([HRODNA], "spacy", Options(inflected=True)).text, encoding="utf-8")
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").from_disk(path)
    found = nlp("Мы былі ў Гродне, potem w Wilnie i Grodnie.").ents
    assert [(one.text, one.label_, one.ent_id_) for one in found] == [
        ("Гродне", "LOC", "hrodna"),
        ("Grodnie", "LOC", "hrodna"),
    ]


def test_patterns_without_cases_are_the_listed_names():
    lines = write([HRODNA], "spacy").text.splitlines()
    assert {json.loads(line)["pattern"] for line in lines} == {
        name.form for name in HRODNA.all_names()
    }


@pytest.mark.parametrize(("name", "syntax"), [("skos", "turtle"), ("skos-xml", "xml")])
def test_rdflib_reads_the_concepts(name, syntax):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    text = write([HRODNA], name, Options(base="https://example.org/names/")).text
    graph = rdflib.Graph().parse(data=text, format=syntax)
    concept = rdflib.URIRef("https://example.org/names/hrodna")
    assert graph.value(concept, rdflib.RDF.type) == rdflib.SKOS.Concept
    labels = set(graph.objects(concept, rdflib.SKOS.prefLabel))
    assert rdflib.Literal("Gardinas", lang="lt") in labels
    assert len({one.language for one in labels}) == len(labels), "one a language (S14)"
    assert labels.isdisjoint(graph.objects(concept, rdflib.SKOS.altLabel)), "S13"
    matches = set(map(str, graph.objects(concept, rdflib.SKOS.exactMatch)))
    assert "http://www.wikidata.org/entity/Q181376" in matches


def test_forms_that_mean_something_else_are_left_out():
    entry = GLOSSARY["kupala-yanka"]
    assert "Иван Купала" in entry.not_
    found = {one.form for one in forms(entry, inflected=True, derived=True)}
    assert "Янка Купала" in found
    assert found.isdisjoint(left_alone(entry))


def test_names_of_one_language_are_derived_from_another():
    lida = Entry(id="lida", type="place", origin="be", names={"be": ["Ліда"]})
    found = write([lida], "regex", Options(languages=("pl",))).text.rstrip("\n").partition("\t")[2]
    assert re.findall(found, "Ліда, Lida, w Lidzie, w Lidze, Lydoje") == ["Lida", "Lidzie"]
    options = Options(languages=("pl",), derived=True)
    assert '"Lida"' in write([lida], "spacy", options).text
    assert write([lida], "spacy", Options(languages=("pl",))).text == ""
