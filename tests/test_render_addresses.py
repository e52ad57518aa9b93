"""Names of people who are called: right vocatives stay, others are written in the form of address."""

import pytest

import vardynas
from vardynas.render.replace import apply


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


@pytest.mark.parametrize(
    ("to", "text", "expected"),
    [
        ("preferred", "Panie Łukaszenko, proszę wyjść.", "Panie Łukaszenko, proszę wyjść."),
        ("preferred", "Dziękuję, panie prezydencie Łukaszenko.", None),
        ("preferred", "Panie Lukaszenko!", "Panie Łukaszenko!"),
        ("preferred", "Decyzję Łukaszenko skrytykowano.", "Decyzję Łukaszenki skrytykowano."),
        ("lt", "Panie Putin!", "Panie Putinai!"),
        ("lt", "panie Łukaszenko!", "panie Lukašenka!"),
        ("be", "Panie Putin!", "Panie Пуцін!"),
        ("ru", "panie Łukaszenko!", "panie Лукашенко!"),
    ],
)
def test_addresses(to, text, expected, resolver):
    edits = resolver.edits(text, to, language="pl")
    assert apply(text, edits) == (text if expected is None else expected)
