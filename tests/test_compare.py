"""Comparing two names: the pairs of tests/cases/pairs.yaml, and what holds for any strings."""

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas.evidence import TEMPLATES
from vardynas.match.compare import compare
from vardynas.model import Candidate, Entry

PAIRS = yaml.safe_load((Path(__file__).parent / "cases" / "pairs.yaml").read_text("utf-8"))
VERDICTS = {"same", "family", "different", "unsure"}


def _compared(row):
    return compare(row["a"], row["b"], row.get("a_lang"), row.get("b_lang"), row.get("type"))


def _case(row):
    marks = [pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else []
    return pytest.param(row, id=f"{row['a']} | {row['b']}", marks=marks)


@pytest.mark.parametrize("row", [_case(row) for row in PAIRS])
def test_pair(row):
    result = _compared(row)
    assert result.verdict == row["expect"], [str(step) for step in result.evidence]


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['a']} | {row['b']}")
def test_order_changes_nothing(row):
    one = _compared(row)
    other = compare(row["b"], row["a"], row.get("b_lang"), row.get("a_lang"), row.get("type"))
    assert (one.verdict, one.score) == (other.verdict, other.score)


def test_figures_hold():
    """What has been reached may only rise: one person or place, and what is kept apart."""
    found = [(row["expect"], _compared(row).verdict) for row in PAIRS]
    right = sum(expect == verdict == "same" for expect, verdict in found)
    f1 = 2 * right / sum((expect == "same") + (verdict == "same") for expect, verdict in found)
    apart = [verdict == "different" for expect, verdict in found if expect == "different"]
    family = [verdict == "family" for expect, verdict in found if expect == "family"]
    assert f1 >= 0.975
    assert sum(apart) / len(apart) >= 0.98
    assert sum(family) / len(family) >= 0.97


def test_scores_are_firm():
    """Of the pairs with a score of .9 and more nearly all are one, below .4 nearly none."""
    scored = [(_compared(row).score, row["expect"] == "same") for row in PAIRS]
    high = [same for score, same in scored if score >= 0.9]
    low = [same for score, same in scored if score < 0.4]
    assert sum(high) / len(high) >= 0.98
    assert sum(low) / len(low) <= 0.05


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['a']} | {row['b']}")
def test_composition_changes_nothing(row):
    def again(form):
        a, b = (unicodedata.normalize(form, row[side]) for side in "ab")
        result = compare(a, b, row.get("a_lang"), row.get("b_lang"), row.get("type"))
        return result.verdict, result.score

    assert again("NFC") == again("NFD")


# ------------------------------------------------------------ cases of our own


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("Lukashenko", "Alexander Lukashenko", "same"),
        ("Lukašenka A.", "Аляксандр Лукашэнка", "same"),
        ("lukashenko alexander", "LUKASHENKO Alexander", "same"),
        ("President Alexander Lukashenko", "Аляксандр Лукашэнка", "same"),
        ("Tichanovskaja", "Tichanoskaja", "same"),
        ("w Grodnie", "у Гродне", "same"),
        ("Władimira Putina", "Владимир Путин", "same"),
        ("Kalinauskas", "Kalinowskiego", "same"),
        ("Людмила Путина", "Владимир Путин", "family"),
        ("Landsbergienė", "Landsbergytės", "family"),
        ("Cichanouskiego", "Cichanouska", "family"),
        ("A. Lukashenko", "V. Lukashenko", "different"),
        ("Marija", "Marius", "different"),
        ("Aleksandr Grigorievich Lukashenko", "Aleksandr Ivanovich Lukashenko", "different"),
        ("Jan Mickiewicz", "Jan Mackiewicz", "unsure"),
        ("Сяргей", "Сяргей Ціханоўскі", "unsure"),
        ("Святлана Ціханоўскі", "Святлана Ціханоўская", "unsure"),
        ("", "", "different"),
        ("", "Мінск", "different"),
        (" . ", "Мінск", "different"),
    ],
)
def test_small_case(a, b, verdict):
    assert compare(a, b).verdict == verdict


def test_the_sexes_of_a_bare_name_are_those_of_its_base_form():
    assert compare("Толстой", "Толстая", "ru", "ru").verdict == "family"
    assert compare("Ивановой", "Иванова", "ru", "ru").verdict == "same"


def test_every_row_explains_itself():
    silent = [row for row in PAIRS if not _compared(row).evidence]
    assert silent == []


def test_nothing_to_compare_scores_nothing():
    assert compare("", "").score == compare("?!", "Мінск").score == 0


@pytest.mark.parametrize("text", ["Łukaszenka", "J.", "…", "Вялікае Княства Літоўскае", "1863"])
def test_a_name_is_itself(text):
    assert compare(text, text).verdict == "same"
    assert compare(text, text).score >= 0.99


def test_long_texts_are_no_names():
    long = "Ян Кавальскі " * 2000
    assert compare(long, long + "х").verdict == "different"
    assert compare(long, long).verdict == "same"


names = st.text(max_size=40) | st.text(
    alphabet="ABCZaceijknoszАБВЯабвгіўьякск .,-’'\u0301\u00ad\ud800", max_size=30
)
languages = st.sampled_from([None, "lt", "be", "pl", "en", "ru", "be-tarask", "xx", "und"])
types = st.sampled_from([None, "person", "place", "organisation", "other"])


@settings(max_examples=150, deadline=None)
@given(names, names, languages, languages, types)
def test_any_strings(a, b, language_a, language_b, kind):
    result = compare(a, b, language_a, language_b, kind)
    turned = compare(b, a, language_b, language_a, kind)
    assert result.verdict in VERDICTS
    assert 0 <= result.score <= 1
    assert (turned.verdict, turned.score) == (result.verdict, result.score)
    assert all(step[0] in TEMPLATES for step in result.steps)
    assert all(str(step) for step in result.evidence)


@settings(max_examples=50, deadline=None)
@given(names)
def test_any_name_is_itself(text):
    if text.strip():
        assert compare(text, text).score >= 0.99


# ------------------------------------------------------------ with a glossary

ENTRIES = {
    "kalinouski-kastus": ("Кастусь Каліноўскі", "person"),
    "kalinowski-jaroslaw": ("Jarosław Kalinowski", "person"),
    "tsikhanouski-siarhei": ("Сяргей Ціханоўскі", "person"),
    "tsikhanouskaya-sviatlana": ("Святлана Ціханоўская", "person"),
    "vilnius": ("Vilnius", "place"),
}
METHODS = {"Wilno": ("vilnius", "exact"), "Vilnia": ("vilnius", "similar")}


class Known:
    """Resolves the names of `ENTRIES`, exactly, and those of `METHODS`."""

    def resolve(self, name, language=None):
        listed = {form: (id_, "exact") for id_, (form, _) in ENTRIES.items()} | METHODS
        if name not in listed:
            return None
        entry, method = listed[name]
        return Candidate(entry, 0.97, method, name, "und")

    def __getitem__(self, entry):
        form, kind = ENTRIES[entry]
        return Entry(id=entry, type=kind, names={"und": [form]})


@pytest.mark.parametrize(
    ("a", "b", "verdict", "step"),
    [
        ("Wilno", "Vilnius", "same", "same-entry"),
        ("Кастусь Каліноўскі", "Jarosław Kalinowski", "different", "distinct"),
        ("Сяргей Ціханоўскі", "Святлана Ціханоўская", "family", "distinct"),
        ("Кастусь Каліноўскі", "Konstanty Kalinowski", "same", "given-classes"),
        ("Vilnia", "Кастусь Каліноўскі", "different", "different"),
    ],
)
def test_the_glossary_comes_first(a, b, verdict, step):
    from vardynas.match.compare import compare_with

    result = compare_with(Known(), a, b)
    assert result.verdict == verdict
    assert result.steps[0][0] == step


def test_a_resolver_compares():
    resolver = vardynas.Resolver(
        [Entry(id="vilnius", type="place", names={"lt": ["Vilnius"], "pl": ["Wilno"]})]
    )
    assert resolver.compare("Wilnie", "Vilniuje").steps == (("same-entry", "vilnius"),)
    assert vardynas.compare("Cichanouskaja", "Тихановская").same
