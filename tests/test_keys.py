"""Comparison keys: spellings of one name meet, different names mostly do not."""

from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vardynas.language.keys import coarse, codes, keys, keys_of_many, readings_of_many, skeleton

TUPLES = yaml.safe_load((Path(__file__).parent / "cases" / "name_tuples.yaml").read_text("utf-8"))
LANGUAGES = ("be", "ru", "en", "pl", "lt")


def _pairs(kind):
    """All pairs of spellings in two languages of the rows of a kind."""
    for row in TUPLES["rows"]:
        if row["kind"] == kind:
            spelled = [(word, lang) for lang in LANGUAGES for word in row.get(lang, ())]
            yield from (pair for pair in combinations(spelled, 2) if pair[0][1] != pair[1][1])


def _recall(kind, known, coarser=str):
    pairs = list(_pairs(kind))
    found = 0
    for pair in pairs:
        first, second = (
            {coarser(key) for key in keys(word, lang if known else None)} for word, lang in pair
        )
        found += bool(first & second)
    return found / len(pairs)


@pytest.mark.parametrize("known", [True, False], ids=["language known", "language unknown"])
@pytest.mark.parametrize(
    ("kind", "coarser", "floor"),
    [
        ("family", str, 0.965),
        ("family", skeleton, 0.975),
        ("family", coarse, 0.985),
        # given names also have counterparts (Mikołaj, Nicholas): the table of classes links those
        ("given", str, 0.84),
        ("given", coarse, 0.89),
    ],
)
def test_spellings_of_one_name_share_a_key(kind, known, coarser, floor):
    assert _recall(kind, known, coarser) >= floor


def test_different_surnames_rarely_share_a_key():
    rows = [row for row in TUPLES["rows"] if row["kind"] == "family"]
    by_row = [
        {key for lang in LANGUAGES for word in row.get(lang, ()) for key in keys(word, lang)}
        for row in rows
    ]
    shared = {
        (rows[i].get("be", [""])[0], rows[j].get("be", [""])[0])
        for i, j in combinations(range(len(rows)), 2)
        if by_row[i] & by_row[j] and rows[i].get("be") != rows[j].get("be")
    }
    assert shared == {("Ціханоўская", "Ціханоўскі")}


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Лукашэнка", "be", ("LUKAŠANKA",)),
        ("Lukašenka", "be-Latn", ("LUKAŠANKA",)),
        ("Cichanoŭskaja", "be-Latn", ("TIXANAVSKA",)),
        ("Ščučyn", "be-Latn", ("ŠČUČIN",)),
        ("Пазьняк", "be-tarask", ("PAZNAK",)),
        ("Wałęsa", "pl", ("VALANSA",)),
        ("Józef", "pl", ("UZAF", "DŽUZAF")),
        ("Юзаф", "be", ("UZAF",)),
        ("Уладзімір", "be", ("VLADIMIR",)),
        ("Влади́мир", "ru", ("VLADIMIR",)),
        ("Дар'я", "be", ("DARA",)),
        ("Göring", "pl", ("GARING",)),
    ],
)
def test_codes(word, language, expected):
    assert codes(word, language) == expected


@pytest.mark.parametrize(
    ("romanized", "cyrillic"),
    [
        ("Tichanowskaja", "Тихановская"),
        ("Gurewitsch", "Гуревич"),
        ("Petrouchevski", "Петрушевский"),
    ],
)
def test_german_and_french_spellings_meet_the_name(romanized, cyrillic):
    assert set(keys(romanized)) & set(keys(cyrillic))


@pytest.mark.parametrize("word", ["", "習近平", "نام", "2020", "-"])
def test_other_scripts_have_no_key(word):
    assert codes(word) == keys(word) == ()


def test_a_language_of_the_other_script_does_not_matter():
    assert keys("Łukaszenka", "be") == keys("Łukaszenka")


@pytest.mark.parametrize(("one", "other"), [("Kalinowski", "Malinowski"), ("Wilno", "Wolno")])
def test_similar_names_differ(one, other):
    assert not set(keys(one, "pl")) & set(keys(other, "pl"))


@given(st.text(max_size=30))
def test_any_text_has_clean_keys(text):
    for key in keys(text):
        assert key
        assert skeleton(skeleton(key)) == skeleton(key)
        assert not set(coarse(key)) & set("AIUŠŽČ")


@given(st.sampled_from([word for pair in _pairs("family") for word, _ in pair]))
def test_case_does_not_matter(word):
    assert keys(word) == keys(word.upper()) == keys(word.lower())


LETTERS = "abcehijosuyząłšäауўшюяʹ’-\n\u0301"


@pytest.mark.parametrize("language", [None, *LANGUAGES, "be-Latn", "uk"])
@given(words=st.lists(st.text(LETTERS, max_size=8), max_size=8))
def test_many_words_have_the_keys_of_each(language, words):
    read = [(codes(word, language), keys(word, language)) for word in words]
    assert readings_of_many(words, language) == read
    assert keys_of_many(words, language) == [found for _, found in read]


def test_the_keys_of_many_names_are_those_of_each():
    words = [word for row in TUPLES["rows"] for lang in LANGUAGES for word in row.get(lang, ())]
    assert keys_of_many(words) == [keys(word) for word in words]
