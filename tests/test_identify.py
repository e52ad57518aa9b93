"""Language identification: headlines, what cannot be told, hints, and limits."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vardynas.language.identify import identify, scores

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "languages.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("language", "text"), CASES)
def test_short_text(language, text):
    assert identify(text) == language


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("Minsk 2020", "pl", "pl"),
        ("2020", "lt", "lt"),
        ("Лукашенко приехал в Гродно", "be", "ru"),
        ("Łukaszenka przyjechał do Grodna", "lt", "pl"),
    ],
)
def test_a_hint_decides_only_what_the_text_leaves_open(text, hint, expected):
    assert identify(text, hint) == expected


def test_addresses_and_markup_are_not_read():
    assert identify("Тут <a href='https://www.the-news.com/of/the'>і там</a> ужо") == "be"


def test_names_in_latin_letters_do_not_make_a_text_english():
    assert identify("Фестиваль September Fest начался") == "ru"


def test_decomposed_letters_count():
    assert identify("Лукашэнка прыехаў") == identify("Лукашэнка прыехаў") == "be"


@given(st.text())
def test_shares_are_shares(text):
    shares = scores(text)
    assert not shares or sum(shares.values()) == pytest.approx(1)
    assert all(share > 0 for share in shares.values())
    assert identify(text) == "und" or identify(text) in {"lt", "pl", "en", "be", "be-Latn", "ru"}
