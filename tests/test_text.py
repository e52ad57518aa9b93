"""Folding, tokens, passages and quotations: tables of cases."""

from pathlib import Path
from unicodedata import normalize

import pytest
import yaml

from vardynas.text import (
    Token,
    fold_ocr,
    fold_text,
    fold_word,
    passages,
    plain,
    quotes,
    tokenize,
)

CASES = Path(__file__).parent / "cases"


def read(name: str):
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", read("fold.yaml"), ids=lambda c: ascii(c["word"]))
def test_fold(case):
    assert fold_word(case["word"]) == case["fold"]
    assert plain(case["word"]) == case["plain"]
    if "ocr" in case:
        assert fold_ocr(case["word"]) == case["ocr"]


@pytest.mark.parametrize("case", read("tokens.yaml"), ids=lambda c: ascii(c["text"])[:40])
def test_tokens(case):
    text, expected = case["text"], case["tokens"]
    tokens = tokenize(text)
    assert [t.text for t in tokens] == [e if isinstance(e, str) else e[0] for e in expected]
    for token, item in zip(tokens, expected, strict=True):
        fields = {} if isinstance(item, str) else item[1]
        assert {name: getattr(token, name) for name in fields} == fields, token
        assert text[token.start : token.end] == token.text


LETTERS = {
    "lt": "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźżqvx",
    "be-Latn": "abcćčdefghijklłmnńoprsśštuŭvyzźž",
    "be": "абвгґдеёжзійклмнопрстуўфхцчшыьэюя’",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’",
    "en": "abcdefghijklmnopqrstuvwxyzéïöçñ",
}


@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_is_covered_by_our_own_tables(language, monkeypatch):
    monkeypatch.setattr("vardynas.text.fold._plain_slowly", lambda word: f"<{word}>")
    for letter in LETTERS[language]:
        folded = fold_word(letter.upper() + letter)
        assert folded == fold_word(normalize("NFD", letter.upper() + letter)) == letter * 2
        assert "<" not in plain(letter.upper() + letter)


def test_quick_and_slow_folding_agree():
    from vardynas.text.fold import _cyrillic_only, _fold_slowly, _latin_only

    for code in range(0x2000):
        letter = chr(code)
        if _latin_only(letter) or _cyrillic_only(letter):
            assert letter.lower() == _fold_slowly(letter), hex(code)


def test_folded_text_leads_back_to_the_original():
    text = "Ŭ Łuka\u00adszenki: Nause\u0307da, ﬁlm, Großmann"
    folded = fold_text(text)
    assert folded.text == "ŭ łukaszenki: nausėda, film, grossmann"
    assert len(folded.offsets) == len(folded.text) + 1
    for word, original in (
        ("łukaszenki", "Łuka\u00adszenki"),
        ("nausėda", "Nause\u0307da"),
        ("film", "ﬁlm"),
        ("f", "ﬁ"),
        ("grossmann", "Großmann"),
    ):
        at = folded.text.index(word)
        start, end = folded.original(at, at + len(word))
        assert text[start:end] == original


def test_a_folded_text_has_the_words_of_one_script():
    assert fold_text("Лу\u00adкашэнк\u0069 \u0430nd").text == "лукашэнкі and"


PASSAGES = [
    ("", []),
    (" \n\n ", []),
    ("Adzin", ["Adzin"]),
    ("Антон.\nPrezydent.", ["Антон.", "Prezydent."]),
    ("Загаловак\nPrezydent Nausėda", ["Загаловак", "Prezydent Nausėda"]),
    ("Minsk\nir Vilnius", ["Minsk\nir Vilnius"]),
    (f"{'x' * 60} Adam\nMickiewicz", [f"{'x' * 60} Adam\nMickiewicz"]),
    (f"{'x' * 60} Adam\n\nMickiewicz", [f"{'x' * 60} Adam", "Mickiewicz"]),
    ("Raz.\r\n\r\nDwa\r\ntrzy", ["Raz.", "Dwa\r\ntrzy"]),
]


@pytest.mark.parametrize(("text", "expected"), PASSAGES)
def test_passages(text, expected):
    assert [text[start:end] for start, end in passages(text)] == expected


QUOTES = [
    ("", []),
    ("„Gerai“, – sakė. „Dobrze”", ["„Gerai“", "„Dobrze”"]),
    ("“good” i «добра» i \"so\"", ["“good”", "«добра»", '"so"']),
    ("«Ён „Беларусь“ і „Літва“ казаў»", ["«Ён „Беларусь“ і „Літва“ казаў»"]),
    ("«Ён “Беларусь” казаў»", ["«Ён “Беларусь” казаў»"]),
    ("„Nie zamknięty\n\ni dalej“ «так»", ["«так»"]),
    ("„Nie zamknięty «так» dalej", ["«так»"]),
    ("«Ён „не закрыў»", ["«Ён „не закрыў»"]),
    ("zamknięty» tylko“", []),
    ("Belarus’ ‘so’ it's", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), QUOTES)
def test_quotes(text, expected):
    assert [text[start:end] for start, end in quotes(text)] == expected


def test_a_token_is_a_plain_tuple_of_eleven_fields():
    assert Token._fields == (
        "start", "end", "text", "form", "plain", "kind", "shape", "gap", "sentence_start",
        "possessive_end", "alternative",
    )  # fmt: skip
