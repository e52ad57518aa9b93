"""Transliteration: published examples, the interpreter's rules, and the tables themselves."""

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vardynas.language import tables
from vardynas.language.endings import adapt
from vardynas.language.transliteration import system, systems, transliterate

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "transliteration.yaml").read_text("utf-8")
)
ROWS = tables.load("transliteration")["systems"]
IDS = [row["id"] for row in ROWS]


def _pairs(field):
    return [
        pytest.param(case, word, expected, id=f"{case['system']}-{word}")
        for case in CASES
        for word, expected in case.get(field, {}).items()
    ]


@pytest.mark.parametrize(("case", "word", "expected"), _pairs("words"))
def test_published_example_is_the_first_rendering(case, word, expected):
    assert transliterate(word, case["system"])[0].text == expected


@pytest.mark.parametrize(("case", "word", "expected"), _pairs("among"))
def test_published_example_is_among_the_renderings(case, word, expected):
    assert expected in [r.text for r in transliterate(word, case["system"])]


@pytest.mark.parametrize(("case", "word", "expected"), _pairs("endings"))
def test_published_example_with_its_ending(case, word, expected):
    by = system(case["system"])
    base = transliterate(word, by.id)[0].text
    gender = None if case["kind"] == "place" else "male"
    adapted = adapt(base, by.endings, form=word, source=by.source, kind=case["kind"], gender=gender)
    assert adapted[0].text == expected


def test_every_case_names_a_system_and_an_authority():
    assert all(case["system"] in IDS and case["authority"] for case in CASES)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ЛУКАШЭНКА", "LUKASHENKA"),
        ("лукашэнка", "lukashenka"),
        ("Ева", "Yeva"),
        ("Смаленская-Петрашэўская", "Smalenskaya-Petrasheuskaya"),
        ("Дар'я", "Darya"),
        ("Дарʼя", "Darya"),
        ("Ё", "Yo"),
    ],
)
def test_capitals_hyphens_and_apostrophes(word, expected):
    assert transliterate(word, "be-latn-passport-practice")[0].text == expected


def test_alternatives_weigh_less_and_the_status_counts():
    renderings = transliterate("Быкаў", "be-latn-en-media")
    assert [r.text for r in renderings] == ["Bykau", "Bykaw"]
    assert [round(r.weight, 3) for r in renderings] == [0.95, 0.76]
    assert transliterate("Быкаў", "be-latn-national-2007")[0].weight == 1.0
    assert transliterate("Быкаў", "be-latn-national-2000")[0].weight == 0.8


def test_the_limit_keeps_the_best():
    all_renderings = transliterate("Vyachorkienko", "en-be-practical", 500)
    assert transliterate("Vyachorkienko", "en-be-practical", 5) == all_renderings[:5]


def test_what_a_system_does_not_serve_has_no_rendering():
    assert transliterate("Nausėda", "lt-be-slavic") == ()
    assert transliterate("Tichanovskis", "lt-be-slavic")
    assert transliterate("а" * 65, "be-latn-lacinka") == ()
    assert transliterate("", "be-latn-lacinka") == ()


def test_an_unknown_system_names_the_closest():
    with pytest.raises(LookupError, match="be-latn-lacinka"):
        transliterate("Орша", "be-latn-lacinca")


def test_systems_are_found_by_language():
    assert "be-pl-pwn" in [s.id for s in systems("be", "pl")]
    assert {s.source for s in systems("ru")} == {"ru"}
    assert systems("xx") == ()


@given(st.text(max_size=30), st.sampled_from(IDS), st.integers(1, 9))
def test_any_text_is_rendered_within_bounds(text, system_id, limit):
    renderings = transliterate(text, system_id, limit)
    assert len(renderings) <= limit
    assert len({r.text for r in renderings}) == len(renderings)
    weights = [r.weight for r in renderings]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)


@given(st.text(alphabet="абвгдеёйўєяюьіыц’ЙЎЁ", min_size=1, max_size=12))
def test_composed_and_decomposed_words_are_rendered_alike(word):
    split = unicodedata.normalize("NFD", word)
    assert transliterate(split, "be-latn-en-media") == transliterate(word, "be-latn-en-media")


def test_the_table_is_sound():
    assert len(set(IDS)) == len(IDS)
    statuses = tables.load("transliteration")["weights"]["status"]
    for row in ROWS:
        assert row["authority"], row["id"]
        assert row["status"] in statuses, row["id"]
        assert row.get("inherit", row["id"]) in IDS
    text = (Path(tables.__file__).parent / "data" / "transliteration.yaml").read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text.replace("g̀", ""))


def _hides(earlier, later):
    """Whether a rule without conditions stands before a longer rule with the same start."""
    return len(earlier) == 2 and later[0].startswith(earlier[0])


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_no_rule_is_hidden_by_one_before_it(row):
    rules = row.get("rules", [])
    hidden = [
        (later, earlier)
        for place, later in enumerate(rules)
        for earlier in rules[:place]
        if _hides(earlier, later)
    ]
    assert hidden == []
