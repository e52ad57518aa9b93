"""Given-name classes: which forms belong together, and the table itself."""

import re
import unicodedata

import pytest

from vardynas.language import tables
from vardynas.language.given_names import classes, forms, full_names, gender, own_classes

ROWS = tables.load("given_names")["names"]
LANGUAGES = tables.load("given_names")["languages"]
LETTERS = {
    "be": "[А-ЯЁІЎа-яёіў’]+",
    "ru": "[А-ЯЁа-яё]+",
    "lt": "[A-ZĄČĘĖĮŠŲŪŽa-ząčęėįšųūž]+",
    "pl": "[A-ZĄĆĘŁŃÓŚŹŻa-ząćęłńóśźż]+",
    "en": "[A-ZŠŽa-ząćęłńóśźżėšž]+",
}


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("Аляксандр", "be", "alexander"),
        ("Аляксандар", "be-tarask", "alexander"),
        ("Сьвятлана", "be-tarask", "svetlana"),
        ("Śviatłana", "be-Latn", "svetlana"),
        ("Uładzimir", "be-Latn", "vladimir"),
        ("Siarhei", "en", "sergius"),
        ("Aliaksandr", "en", "alexander"),
        ("Alyaksandr", "en", "alexander"),
        ("Dzmitry", "en", "demetrius"),
        ("Siarhiej", "pl", "sergius"),
        ("Aliaksandras", "lt", "alexander"),
        ("Yevgeny", "en", "eugene"),
        ("ГАННА", "be", "anne"),
        ("Дар'я", "be", "daria"),
    ],
)
def test_a_form_finds_its_class(form, language, expected):
    assert expected in classes(form, language)
    assert expected in classes(form)


def test_short_forms_stand_for_the_full_name():
    assert classes("Кастусь") == {"kastus", "constantine"}
    assert own_classes("Кастусь") == ("kastus",)
    assert set(full_names("sasha")) == {"alexander", "alexandra"}
    assert full_names("alexander") == ()
    assert classes("Канстанцін") == {"constantine"}


def test_forms_and_gender():
    assert forms("alexander", "lt")[0] == "Aleksandras"
    assert forms("alexander", "be-tarask") == forms("alexander", "be")
    assert "Александр" in forms("alexander")
    assert gender("svetlana") == "female"
    assert gender("sasha") is None


def test_unknown_names_are_in_no_class():
    assert classes("Лукашэнка", "be") == frozenset()
    assert classes("Аляксандр", "ru") == frozenset()
    assert forms("nobody") == ()
    assert gender("nobody") is None


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_row_is_sound(row):
    assert set(row) <= {"id", "g", "short_of", *LANGUAGES}
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", row["id"])
    assert row.get("g") in ("m", "f") or row.get("short_of")
    for language in LANGUAGES:
        of_language = row.get(language, [])
        assert len(set(of_language)) == len(of_language)
        for form in of_language:
            assert unicodedata.is_normalized("NFC", form)
            assert re.fullmatch(LETTERS[language], form), form
    for full in full_names(row["id"]):
        assert full in {other["id"] for other in ROWS}
        assert row.get("g") in (None, {"male": "m", "female": "f"}[gender(full)])


def test_ids_are_unique():
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)


def test_no_form_is_both_a_mans_and_a_womans():
    shared = {
        form
        for form in {form for row in ROWS for form in forms(row["id"])}
        if {gender(c) for c in own_classes(form)} >= {"male", "female"}
    }
    assert shared == set()
