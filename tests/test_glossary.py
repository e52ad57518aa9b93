"""Glossaries as wholes: overlay, files, writing, the schema for editors, speed."""

import json
import os
import re
import time
from pathlib import Path
from typing import ClassVar

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas.glossary
from vardynas import Entry, Name, Relative
from vardynas.errors import GlossaryError
from vardynas.glossary import Glossary, builtin_path, dump, dump_entry, fingerprint, read, read_text
from vardynas.glossary.files import glossary_files, listed
from vardynas.glossary.schema import (
    CASES,
    ENTRY_FIELDS,
    FILE_FIELDS,
    NAME_FIELDS,
    RELATIVE_FIELDS,
    schema,
    schema_path,
    schema_text,
)
from vardynas.glossary.spelling import faults
from vardynas.glossary.tags import accepted

ROOT = Path(__file__).parent.parent

BASE = read_text(
    """\
- id: hrodna
  type: place
  about: a town
  names: {be: [Гродна, Горадня], en: [Hrodna, Grodno]}
  refs: {wikidata: Q181376}
  not: [Hrodna Street]
- id: nida
  names: {lt: [Nida]}
""",
    path="base.yaml",
)


def forms(entry, language):
    return [name.form for name in entry.names[language]]


def codes(text, **options):
    with pytest.raises(GlossaryError) as caught:
        read_text(text, **options)
    return [problem.code for problem in caught.value.problems]


# Overlay


def test_an_extension_adds_names_and_fields():
    glossary = read_text(
        """\
- extends: hrodna
  about: a city
  names: {be: [Горадзен], pl: [Grodno]}
  refs: {viaf: 1}
  not: [Grodno Street]
  distinct_from: [nida]
""",
        path="mine.yaml",
        base=BASE,
    )
    entry = glossary.entries["hrodna"]
    assert forms(entry, "be") == ["Гродна", "Горадня", "Горадзен"]
    assert forms(entry, "pl") == ["Grodno"]
    assert (entry.type, entry.about, entry.distinct_from) == ("place", "a city", ("nida",))
    assert dict(entry.refs) == {"wikidata": "Q181376", "viaf": "1"}
    assert entry.not_ == ("Hrodna Street", "Grodno Street")
    assert glossary.places["hrodna"].path == "base.yaml"
    assert glossary.name_places["hrodna", "pl", "Grodno"] == ("mine.yaml", 3, 32)
    assert glossary.entries["nida"] is BASE.entries["nida"]


def test_an_extension_that_repeats_a_form_sets_the_order_and_the_fields():
    text = "- extends: hrodna\n  names: {en: [Grodno, {form: Hrodna, match: never}]}\n"
    names = read_text(text, base=BASE).entries["hrodna"].names["en"]
    assert [(name.form, name.match) for name in names] == [("Grodno", "auto"), ("Hrodna", "never")]


def test_the_source_of_an_extension_goes_to_its_names():
    text = "vardynas: 1\nsource: mine\nentries:\n- extends: hrodna\n  names: {pl: [Grodno]}\n"
    entry = read_text(text, base=BASE).entries["hrodna"]
    assert entry.source is None
    assert (entry.names["pl"][0].source, entry.names["be"][0].source) == ("mine", None)


def test_an_id_of_the_glossary_below_is_taken():
    assert codes("- id: hrodna\n  names: {pl: [Grodno]}\n", base=BASE) == ["duplicate-id"]


def test_without_a_glossary_below_there_is_nothing_to_extend():
    assert codes("- extends: hrodna\n  names: {pl: [Grodno]}\n") == ["unknown-extends"]
    with pytest.raises(GlossaryError, match="--with-builtin "):
        read_text("- extends: hrodna\n  names: {pl: [Grodno]}\n")
    with pytest.raises(GlossaryError) as caught:
        read_text("- extends: hrodno\n  names: {pl: [Grodno]}\n", base=BASE)
    assert "--with-builtin" not in str(caught.value)


def test_glossaries_made_in_code():
    nida, lida = Entry(id="nida", names={"lt": ["Nida"]}), Entry(id="lida", names={"be": ["Ліда"]})
    assert list(Glossary.from_entries([nida, lida]).entries) == ["lida", "nida"]
    with pytest.raises(GlossaryError, match="Two entries"):
        Glossary.from_entries([nida, lida, nida])


# Files


@pytest.fixture
def folder(tmp_path):
    for name in ("people.yaml", "places/lt.yml", "places/notes.txt", ".hidden.yaml"):
        path = tmp_path / "glossary" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        id_ = path.stem.strip(".")
        path.write_text(f"- id: {id_}\n  names: {{lt: [Nida]}}\n", encoding="utf-8")
    return tmp_path / "glossary"


def test_folders_are_read_with_all_yaml_files_each_once(folder):
    glossary = read([folder, folder / "people.yaml", str(folder / "places")])
    assert list(glossary.entries) == ["lt", "people"]
    assert set(glossary.sources) == {str(folder / "people.yaml"), str(folder / "places" / "lt.yml")}


def test_what_is_listed_is_what_is_read(folder):
    names = [Path(name) for name, _ in listed([folder, folder / "people.yaml", folder / "none"])]
    assert set(names) == set(glossary_files([folder], [])) == set(map(Path, read([folder]).sources))


def test_a_folder_without_yaml_says_so(tmp_path):
    with pytest.raises(GlossaryError, match="No YAML file"):
        read([tmp_path])


def test_fingerprint_follows_name_time_and_content(folder):
    path = folder / "people.yaml"
    quick, exact = fingerprint([folder]), fingerprint([folder], content=True)
    os.utime(path, ns=(1, 1))
    assert fingerprint([folder]) != quick
    assert fingerprint([folder], content=True) == exact
    path.write_text(
        path.read_text(encoding="utf-8").replace("Nida", "Juodkrantė"), encoding="utf-8"
    )
    assert fingerprint([folder], content=True) != exact


def test_fingerprint_does_not_depend_on_where_the_folder_stands(folder, tmp_path):
    before = fingerprint([folder], content=True)
    assert fingerprint([folder.rename(tmp_path / "other")], content=True) == before


def test_the_shipped_glossary_is_found_beside_the_source():
    assert builtin_path() == ROOT / "glossary"


def test_the_shipped_glossary_is_found_in_the_package(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "vardynas"
    (package / "glossary").mkdir(parents=True)
    monkeypatch.setattr(vardynas.glossary.files, "__file__", str(package / "glossary" / "files.py"))
    with pytest.raises(GlossaryError, match="missing"):
        builtin_path()
    (package / "data" / "glossary").mkdir(parents=True)
    assert builtin_path() == package / "data" / "glossary"


# Writing

WORDS = ["Ab", "Гродна", "Łódź", "x:", "#b", "{c}", "d'", '"e"', "-", "&f", "g,", "no", "1", "\\n"]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
LETTERS = st.sampled_from("абвАБіўёłŁšŽéaBnoyeE0189 .,:;-–'\"’#&*!|>%@`?~{}[]\\/()=<+«»中")
ANY_TEXT = st.one_of(
    st.sampled_from(["no", "on", "1863", "1.5", "null", "~", "true", "2020-01-01", "<<", "=", "-"]),
    st.text(LETTERS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())),
).filter(lambda text: text and not list(faults(text)))
MAYBE = st.none() | TEXT
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
LANGUAGES = st.sampled_from(
    ["be", "be-tarask", "be-Latn", "lt", "pl", "en", "ru", "und", "no", "uk"]
)


@st.composite
def names(draw, language):
    form = draw(TEXT)
    words = st.none() | st.just(form)
    return Name(
        form,
        language,
        draw(st.sampled_from(NAME_FIELDS["role"].choices)),
        draw(st.sampled_from(NAME_FIELDS["match"].choices)),
        draw(st.sampled_from(NAME_FIELDS["case"].choices)),
        draw(st.booleans()),
        draw(words),
        draw(words),
        draw(words),
        draw(MAYBE),
        tuple(draw(st.dictionaries(st.sampled_from(CASES), TEXT, max_size=2)).items()),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(st.booleans()),
    )


@st.composite
def entries(draw, id_):
    languages = draw(st.lists(LANGUAGES, min_size=1, max_size=3, unique=True))
    listed = {
        tag: draw(
            st.lists(
                TEXT.map(lambda form, tag=tag: Name(form, tag)) | names(tag),
                min_size=1,
                max_size=2,
                unique_by=lambda name: name.form,
            )
        )
        for tag in languages
    }
    return Entry(
        id=id_,
        names=listed,
        type=draw(st.sampled_from(ENTRY_FIELDS["type"].choices)),
        gender=draw(st.sampled_from([None, *ENTRY_FIELDS["gender"].choices])),
        origin=draw(st.none() | LANGUAGES),
        about=draw(MAYBE),
        not_=tuple(draw(st.lists(TEXT, max_size=2))),
        relatives=tuple(draw(st.lists(st.builds(Relative, TEXT, st.just("") | TEXT), max_size=2))),
        refs=tuple(draw(st.dictionaries(IDS, TEXT, max_size=2)).items()),
        source=draw(MAYBE),
        note=draw(MAYBE),
    )


GLOSSARIES = st.lists(IDS, max_size=3, unique=True).flatmap(
    lambda ids: st.tuples(*(entries(id_) for id_ in ids))
)


@settings(max_examples=40)
@given(GLOSSARIES)
def test_what_is_written_reads_back(written):
    text = dump(written, licence="CC0-1.0", schema="entry.schema.json")
    assert read_text(text).entries == {entry.id: entry for entry in written}
    assert (
        dump(read_text(text).entries.values(), licence="CC0-1.0", schema="entry.schema.json")
        == text
    )


@given(ANY_TEXT)
def test_other_yaml_readers_see_the_same_text(text):
    entry = Entry(id="a", names={"be": [text]}, about=text)
    content = yaml.safe_load(dump_entry(entry))[0]
    assert (content["names"]["be"], content["about"]) == ([text], text)


def test_the_canonical_form():
    entry = Entry(
        id="hrodna",
        names={
            "lt": ["Gardinas"],
            "be": [f"Гродна{'аб' * 12}{number}" for number in range(4)],
            "und": [{"form": "No: 5", "unverified": True}],
        },
        type="place",
        relatives=(Relative("A b", "c"), Relative("D")),
        source="own",
    )
    assert dump([entry]).splitlines() == [
        "vardynas: 1",
        "source: own",
        "entries:",
        "- id: hrodna",
        "  type: place",
        "  names:",
        "    be: [Гроднаабабабабабабабабабабабаб0, Гроднаабабабабабабабабабабабаб1,",
        "      Гроднаабабабабабабабабабабабаб2, Гроднаабабабабабабабабабабабаб3]",
        "    lt: [Gardinas]",
        "    und: [{form: 'No: 5', unverified: true}]",
        "  relatives: [{name: A b, relation: c}, D]",
    ]


# The schema for editors


class Yaml12(yaml.SafeLoader):
    """The core schema of YAML 1.2 (§10.3.2), as editors read: no is text, true and 1863 are not."""

    yaml_implicit_resolvers: ClassVar = {}


for tag, pattern, first in [
    ("null", "~|null|Null|NULL|$", [*"~nN", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", "[-+]?[0-9]+", [*"-+0123456789"]),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
]:
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)

Yaml12.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value, 10))


def is_valid(text):
    try:
        content = yaml.load(text, Loader=Yaml12)
    except yaml.constructor.ConstructorError:
        return False  # a list as a key
    return jsonschema.Draft7Validator(schema()).is_valid(content)


def test_the_schema_file_is_up_to_date():
    assert schema_path().read_text(encoding="utf-8") == schema_text(), (
        "write it again: python -c 'from vardynas.glossary.schema import *; "
        'schema_path().write_text(schema_text(), encoding="utf-8")\''
    )
    jsonschema.Draft7Validator.check_schema(json.loads(schema_text()))


FAULTS = yaml.safe_load((ROOT / "tests/cases/glossary_errors.yaml").read_text(encoding="utf-8"))
BEYOND = {  # what a schema cannot see: spelling, other places, layout, meaning
    "bad-space", "control-character", "mixed-scripts", "not-nfc", "duplicate-form", "duplicate-id",
    "duplicate-key", "part-not-in-form", "self-reference", "unknown-id", "unknown-extends",
    "yaml-alias", "yaml-syntax", "yaml-tag", "not-utf8", "missing-file",
}  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [case for case in FAULTS if not {code for *_, code in case["expect"]} & BEYOND],
    ids=lambda case: case["label"],
)
def test_the_schema_refuses_what_the_reader_refuses(case):
    assert not is_valid(case["text"])


@settings(max_examples=40)
@given(GLOSSARIES)
def test_the_schema_accepts_what_is_written(written):
    assert is_valid(dump(written))


@pytest.mark.parametrize("tag", ["no", "08"])
def test_words_that_mean_more_are_quoted_as_ids_and_keys_too(tag):
    entry = Entry(id=tag, names={"no": ["Oslo"]}, refs=((tag, "x"),))
    written = dump([entry])
    assert f"id: '{tag}'" in written
    assert "'no': [Oslo]" in written
    assert f"refs: {{'{tag}': x}}" in written
    assert read_text(written).entries[tag] == entry


def test_the_reader_knows_every_kind_and_the_model_every_field():
    kinds = vardynas.glossary.entries.EntryReader(None)._kinds
    tables = (ENTRY_FIELDS, NAME_FIELDS, RELATIVE_FIELDS)
    assert {field.kind for table in tables for field in table.values()} <= kinds.keys()
    attributes = set(Entry.__dataclass_fields__) | {"extends"}
    assert {field.target for field in ENTRY_FIELDS.values()} == attributes
    assert {field.target for field in NAME_FIELDS.values()} == set(Name.__dataclass_fields__) - {
        "language"
    }


def test_every_field_and_choice_is_documented():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for table in (FILE_FIELDS, ENTRY_FIELDS, NAME_FIELDS, RELATIVE_FIELDS):
        for field in table.values():
            assert f"| `{field.name}` |" in text, field.name
            assert all(f"`{choice}`" in text for choice in field.choices), field.choices


def test_slips_in_tags_lead_to_tags():
    slips = vardynas.language.tables.load("language_tags")["slips"]
    assert all(accepted(tag) for tag in slips.values())


# Speed


def test_a_glossary_of_everyday_size_loads_at_once():
    listed = {
        "be": ["Кастусь Каліноўскі", "Вінцэнт Канстанцін Каліноўскі"],
        "lt": ["Konstantinas Kalinauskas", "Kostas Kalinauskas"],
        "pl": ["Konstanty Kalinowski"],
        "en": ["Kastus Kalinouski"],
        "ru": ["Константин Калиновский"],
    }
    text = dump(Entry(id=f"entry-{number}", names=listed) for number in range(500))
    times = []
    for _ in range(3):
        start = time.process_time()
        assert len(read_text(text)) == 500
        times.append(time.process_time() - start)
    assert min(times) < 0.3, "twice the target, for slow machines"
