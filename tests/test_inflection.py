"""Inflection: forms of real names, what the index needs, and what the tables promise."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vardynas.language import paradigm_table, tables
from vardynas.language.inflection import (
    agreeing,
    ending_set,
    form,
    inflect,
    longest_ending,
    paradigms,
    stems,
)

TABLE = yaml.safe_load((Path(__file__).parent / "cases" / "inflection.yaml").read_text("utf-8"))
LANGUAGES = ("lt", "pl", "be", "ru", "en")
WORDS = [pytest.param(lemma, *row, id=f"{row[0]}-{lemma}") for lemma, row in TABLE["words"].items()]


@pytest.mark.parametrize(
    ("lemma", "language", "kind", "gender", "gen", "dat", "acc", "ins", "loc"), WORDS
)
def test_first_paradigm_writes_the_right_form(
    lemma, language, kind, gender, gen, dat, acc, ins, loc
):
    first = paradigms(lemma, language, kind=kind, gender=gender or None)[0]
    for case, expected in zip(TABLE["cases"], (gen, dat, acc, ins, loc), strict=True):
        assert form(lemma, first.id, case)[0] in expected.split("|"), (case, first.id)


def _phrase(row, case):
    """The phrase in a case: the head by its first paradigm, the others in agreement with it."""
    head = paradigms(row["head"], row["language"], kind="word")[0]
    for word in row["name"].split():
        if word in row.get("frozen", ()):
            yield word
        else:
            paradigm = head if word == row["head"] else agreeing(word, head)[0]
            yield form(word, paradigm.id, case)[0]


@pytest.mark.parametrize("row", TABLE["phrases"], ids=lambda row: row["name"])
def test_words_of_a_name_agree(row):
    for case, expected in zip(TABLE["cases"], row["forms"], strict=True):
        assert " ".join(_phrase(row, case)) in expected.split("|"), case


@given(st.sampled_from(WORDS))
def test_forms_are_stems_and_endings(param):
    lemma, language = param.values[:2]
    for paradigm in paradigms(lemma, language):
        written = {(f.text.lower(), slot) for f in inflect(lemma, paradigm.id) for slot in f.slots}
        factored = {
            (stem + ending, slot)
            for stem, number in stems(lemma, paradigm.id)
            for ending, slots in ending_set(number).items()
            for slot in slots
        }
        assert written == factored


@given(st.text(alphabet="abcęłćšžėįąиійўьюяабвгдк’'-ßİ", max_size=12), st.sampled_from(LANGUAGES))
def test_any_word_inflects(word, language):
    for paradigm in paradigms(word, language):
        assert all(f.text for f in inflect(word, paradigm.id))


@pytest.mark.parametrize("lemma", ["ŁUKASZENKA", "Łukaszenka", "łukaszenka", "McKinley", "Дар'я"])
def test_base_form_comes_first_as_it_was_written(lemma):
    language = "be" if lemma.startswith("Д") else "pl"
    for paradigm in paradigms(lemma, language):
        assert inflect(lemma, paradigm.id)[0].text == lemma


def test_capitals_are_kept():
    assert form("ŁUKASZENKA", "pl-ka", "dat") == ("ŁUKASZENCE",)
    assert form("McDonald", "pl-hard", "ins") == ("McDonaldem",)


def test_composed_and_decomposed_letters_are_one():
    assert form("Ślęza", "pl-a-hard", "gen") == ("Ślęzy",)
    assert paradigms("Łódź", "pl") == paradigms("Łódź", "pl")


def test_kind_and_gender_leave_out_what_cannot_be():
    assert "pl-ska" not in [p.id for p in paradigms("Wiśniewska", "pl", gender="male")]
    assert all(p.kind != "place" for p in paradigms("Trakai", "lt", kind="family"))
    assert {p.kind for p in paradigms("Гродна", "be", kind="place")} <= {"any", "place"}


def test_unknown_language_has_no_paradigms():
    assert paradigms("Лукашенко", "sv") == ()


def test_unknown_paradigm_is_named():
    with pytest.raises(KeyError, match="pl-nothing"):
        inflect("Duda", "pl-nothing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prior_is_a_weight(language):
    for row in paradigm_table.rows(language):
        assert 0 < row.prior <= 1, row.id
        assert row.id.startswith(f"{language}-")


def test_paradigm_ids_are_unique():
    ids = [
        row["id"]
        for table in tables.load("inflection")["languages"].values()
        for row in table["paradigms"]
    ]
    assert not [name for name, times in Counter(ids).items() if times > 1]


def test_endings_are_short_enough_to_try():
    assert longest_ending() <= 10


def test_a_language_is_data_alone(tmp_path):
    (tmp_path / "inflection.yaml").write_text(
        """
languages:
  eo:
    cases: [nom, acc]
    paradigms:
      - {id: eo-o, g: x, kind: any, lemma: o, sg: {acc: "on"}, pl: {nom: oj, acc: ojn}}
""",
        "utf-8",
    )
    with tables.search_path(tmp_path):
        (paradigm,) = paradigms("Vilno", "eo")
        assert [f.text for f in inflect("Vilno", paradigm.id)] == [
            "Vilno",
            "Vilnon",
            "Vilnoj",
            "Vilnojn",
        ]
    assert paradigms("Vilno", "eo") == ()


def test_an_ending_that_yaml_takes_for_a_boolean_is_refused(tmp_path):
    (tmp_path / "inflection.yaml").write_text(
        "languages: {eo: {cases: [nom, acc], paradigms: "
        "[{id: eo-o, g: x, kind: any, lemma: o, sg: {acc: on}}]}}",
        "utf-8",
    )
    with tables.search_path(tmp_path), pytest.raises(ValueError, match="quotes"):
        paradigms("Vilno", "eo")
