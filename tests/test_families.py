"""Surnames of one family: both ways, and where there is nothing to say."""

from pathlib import Path

import pytest
import yaml

from vardynas.language import tables
from vardynas.language.families import Relative, feminine_family, masculine_family

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "families.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("language", "man", "woman", "relation"), CASES)
def test_both_ways(language, man, woman, relation):
    assert Relative(woman, relation) in feminine_family(man, language)
    assert Relative(man, relation) in masculine_family(woman, language)


@pytest.mark.parametrize(
    ("surname", "language"),
    [("Лукашэнка", "be"), ("Лукашенко", "ru"), ("Алексіевіч", "be"), ("Merkel", "sv")],
)
def test_a_surname_that_men_and_women_share_has_no_other(surname, language):
    assert feminine_family(surname, language) == ()


def test_the_longest_ending_holds():
    forms = {relative.form for relative in feminine_family("Kubilius", "lt")}
    assert "Kubiliutė" not in forms
    assert "Kubiliienė" not in forms


def test_relations_are_known():
    relations = {row[2] for rows in tables.load("families")["languages"].values() for row in rows}
    assert relations == {"woman", "unmarried", "married", "neutral"}
