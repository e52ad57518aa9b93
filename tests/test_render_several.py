"""Family names in the plural: written in the plural, or left alone, and never as one person."""

import pytest

import vardynas

TEXTS = [
    ("be", "lt", "Лукашэнкі прыехалі.", None),  # Lukašenkos, or Lukašenkai
    ("be", "ru", "Лукашэнкі прыехалі.", None),  # Лукашенко has no plural
    ("be", "en", "Лукашэнкі прыехалі.", "Lukashenkos прыехалі."),
    ("be", "pl", "Лукашэнкі прыехалі.", None),  # Łukaszenkowie, or Łukaszenki
    ("be", "en", "Лукашэнкі няма.", "Lukashenko няма."),
    ("be", "en", "Паплечнікі Лукашэнкі прыехалі.", "Паплечнікі Lukashenko прыехалі."),
    ("be", "en", "Браты Лукашэнкі прыехалі.", None),  # his brothers, or all of them
    ("pl", "lt", "Lech i Jarosław Kaczyńscy byli tu.", None),
    ("pl", "lt", "Był Lech Kaczyński.", "Był Lechas Kaczynskis."),
]


@pytest.mark.parametrize(("language", "to", "text", "expect"), TEXTS)
def test_family_names_in_the_plural(language, to, text, expect):
    edits = vardynas.load().edits(text, to, language=language)
    if expect is None:
        plural = [edit for edit in edits if edit.text.split()[-1][-2:] in ("cy", "кі")]
        assert not plural
    else:
        assert vardynas.load().normalize(text, to, language=language) == expect


def test_what_is_written_of_several_says_so():
    (edit,) = vardynas.load().edits("Лукашэнкі прыехалі.", "en", language="be")
    assert edit.why.endswith("of several people")
