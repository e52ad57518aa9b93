"""Derivation: attested spellings that must be reached, the chains, a language added by data."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vardynas.language import tables
from vardynas.language.derive import derive
from vardynas.language.given_names import classes, forms
from vardynas.language.systems import system
from vardynas.language.transliteration import transliterate

ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "name_tuples.yaml").read_text("utf-8"))[
    "rows"
]
DERIVATION = tables.load("derivation")
TARGETS = DERIVATION["targets"]

# (sources, kind, own languages of the name, target) → attested spellings reached, of how many.
# The first number is a floor: it only ever rises.
FLOORS = [
    (("be", "ru"), "family", ("be", "ru"), "en", 105, 106),
    (("be", "ru"), "family", ("be", "ru"), "pl", 82, 84),
    (("be", "ru"), "family", ("be", "ru"), "lt", 59, 62),
    (("be", "ru"), "given", ("be", "ru"), "en", 103, 104),
    (("be", "ru"), "given", ("be", "ru"), "pl", 77, 78),
    (("be", "ru"), "given", ("be", "ru"), "lt", 59, 59),
    (("be",), "family", ("be",), "en", 98, 101),
    (("be",), "family", ("be",), "ru", 60, 61),
    (("lt",), "family", ("lt",), "en", 14, 14),
    (("lt",), "family", ("lt",), "pl", 12, 12),
    (("lt",), "family", ("lt",), "be", 12, 13),
    (("lt",), "family", ("lt",), "ru", 11, 11),
    (("pl",), "family", ("pl",), "en", 29, 35),
    (("pl",), "family", ("pl",), "lt", 17, 20),
    (("pl",), "family", ("pl",), "be", 18, 20),
    (("pl",), "family", ("pl",), "ru", 18, 20),
    (("pl",), "given", ("pl",), "be", 10, 10),
    (("en",), "family", ("be", "ru"), "be", 63, 67),
    (("en",), "family", ("be", "ru"), "ru", 61, 65),
    (("en",), "family", ("be", "ru"), "pl", 73, 79),
    (("en",), "family", ("be", "ru"), "lt", 57, 62),
    (("lt",), "family", ("be", "ru"), "be", 48, 49),
    (("lt",), "family", ("be", "ru"), "en", 75, 86),
    (("pl",), "family", ("be", "ru"), "be", 64, 67),
    (("pl",), "family", ("be", "ru"), "ru", 61, 61),
    (("en",), "given", ("be", "ru"), "be", 54, 54),
    (("en",), "given", ("be", "ru"), "lt", 59, 59),
]


def _reached(row, sources, target):
    return {
        d.text
        for source in sources
        for word in row.get(source, ())
        for d in derive(word, source, kind=row["kind"], gender=row["gender"], targets=[target])
    }


@pytest.mark.parametrize(
    ("sources", "kind", "own", "target", "floor", "total"),
    FLOORS,
    ids=[f"{'+'.join(s)}-{k}-{'+'.join(o)}-{t}" for s, k, o, t, _, _ in FLOORS],
)
def test_attested_spellings_are_reached(sources, kind, own, target, floor, total):
    asked = [row for row in ROWS if row["kind"] == kind and row["own"] in own]
    pairs = [
        (row, spelling)
        for row in asked
        if any(source in row for source in sources)
        for spelling in row.get(target, ())
    ]
    missed = [
        f"{row['be'][0]} → {spelling}"
        for row, spelling in pairs
        if spelling not in _reached(row, sources, target)
    ]
    reached = len(pairs) - len(missed)
    print(f"{reached} of {len(pairs)}; missed:", *missed, sep="\n  ")
    assert len(pairs) == total
    assert reached >= floor


@pytest.mark.parametrize(
    ("word", "source", "kind", "gender", "target", "expected"),
    [
        ("Лукашэнка", "be", "family", "male", "lt", "Lukašenka"),
        ("Лукашэнка", "be", "family", "male", "ru", "Лукашенко"),
        ("Лукашэнка", "be", "family", "male", "en", "Lukashenko"),
        ("Lukashenko", "en", "family", "male", "be", "Лукашэнка"),
        ("Lukashenko", "en", "family", "male", "ru", "Лукашенко"),
        ("Lukashenko", "en", "family", "male", "lt", "Lukašenka"),
        ("Lukashenko", "en", "family", "male", "pl", "Łukaszenka"),
        ("Tikhanovskaya", "en", "family", "female", "be", "Ціханоўская"),
        ("Ціханоўская", "be", "family", "female", "pl", "Cichanouska"),
        ("Ціханоўская", "be", "family", "female", "en", "Tikhanovskaya"),
        ("Вонсович", "ru", "family", "female", "lt", "Vonsovič"),
        ("Вонсович", "ru", "family", "male", "lt", "Vonsovičius"),
        ("Аляксандр", "be", "given", "male", "lt", "Aleksandras"),
        ("Аляксандр", "be", "given", "male", "en", "Alexander"),
        ("Аляксандр", "be", "given", "male", "en", "Aliaksandr"),
        ("Аляксандр", "be", "given", "male", "en", "Alyaksandr"),
        ("Аляксандр", "be", "given", "male", "en", "Aleksandr"),
        ("Кастусь", "be", "given", "male", "pl", "Konstanty"),
        ("Siarhei", "en", "given", "male", "ru", "Сергей"),
        ("Сьвятлана", "be-tarask", "given", "female", "be", "Святлана"),
        ("Святлана", "be", "given", "female", "be-Latn", "Śviatłana"),
        ("Śviatłana", "be-Latn", "given", "female", "be", "Святлана"),
        ("Kalinoŭski", "be-Latn", "family", "male", "be", "Каліноўскі"),
        ("Kalinoŭski", "be-Latn", "family", "male", "ru", "Калиновский"),
        ("Nausėda", "lt", "family", "male", "ru", "Науседа"),
        ("Nausėda", "lt", "family", "male", "en", "Nauseda"),
        ("Landsbergis", "lt", "family", "male", "pl", "Landsbergis"),
        ("Wałęsa", "pl", "family", "male", "lt", "Valensa"),
        ("Malczewski", "pl", "family", "male", "lt", "Malczewskis"),
        ("Гомель", "be", "place", None, "lt", "Homelis"),
        ("Kalinoŭski", "und", "family", "male", "be", "Каліноўскі"),
        ("Тихановский", "und", "family", "male", "en", "Tikhanovsky"),
        ("Ціханоўскі", "und", "family", "male", "en", "Tsikhanouski"),
        ("Купала", "und", "family", "male", "pl", "Kupała"),
        ("Смаленская-Петрашэўская", "be", "family", "female", "pl", "Smalenska-Petraszeuska"),
    ],
)
def test_a_spelling_is_derived(word, source, kind, gender, target, expected):
    spellings = derive(word, source, kind=kind, gender=gender, targets=[target])
    assert expected in [d.text for d in spellings]


@pytest.mark.parametrize(
    ("word", "source", "gender", "target", "unexpected"),
    [
        ("Вонсович", "ru", "female", "lt", "Vonsovičius"),
        ("Вонсович", "ru", "male", "lt", "Vonsovič"),
        ("Ціханоўскі", "be", "male", "pl", "Cichanouska"),
        ("Nausėda", "lt", "male", "pl", "Nausiada"),
        ("Brazauskas", "lt", "male", "be", "Бразоўск"),
    ],
)
def test_a_spelling_is_not_derived(word, source, gender, target, unexpected):
    spellings = derive(word, source, kind="family", gender=gender, targets=[target])
    assert unexpected not in [d.text for d in spellings]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("lt", "Kalinouskis"),
        ("be-Latn", "Kalinoŭski"),
        ("pl", "Kalinouski"),
        ("en", "Kalinouski"),
        ("ru", "Калиновский"),
    ],
)
def test_the_first_spelling_is_the_usual_one(target, expected):
    spellings = derive("Каліноўскі", "be", kind="family", gender="male", targets=[target])
    assert spellings[0].text == expected


def test_the_chain_its_status_and_weight():
    spellings = {d.text: d for d in derive("Быкаў", "be", kind="family", gender="male")}
    assert spellings["Bykau"].rules in (("be-latn-en-media",), ("be-pl-nominalised",))
    chain = spellings["Bykov"]
    assert chain.rules == ("be-ru-counterpart", "ru-latn-en-media")
    assert chain.status == "practice"
    assert 0 < chain.weight < spellings["Быков"].weight


def test_the_word_itself_is_left_out():
    assert "Купала" not in [d.text for d in derive("Купала", "be") if d.language == "be"]
    assert "Купала" in [d.text for d in derive("Купала", "be") if d.language == "ru"]


def test_limits_and_targets():
    spellings = derive("Вячорка", "be", kind="family", limit=3)
    assert all(sum(d.language == t for d in spellings) <= 3 for t in TARGETS)
    only = derive("Вячорка", "be", kind="family", targets=["pl", "lt"])
    assert {d.language for d in only} == {"pl", "lt"}
    assert derive("Вячорка", "be", targets=[]) == ()


def test_nothing_comes_of_nothing():
    assert derive("", "be") == ()
    assert derive("а" * 65, "be") == ()
    assert derive("Kowalski", "xx") == ()


@given(
    st.text(max_size=20),
    st.sampled_from([*DERIVATION["direct"], "und"]),
    st.sampled_from(["given", "family", "patronymic", "place", "word"]),
    st.sampled_from(["male", "female", None]),
)
def test_any_word_is_derived_in_order(word, source, kind, gender):
    spellings = derive(word, source, kind=kind, gender=gender)
    assert len({(d.language, d.text) for d in spellings}) == len(spellings)
    assert all(
        0 < d.weight <= 1 and d.rules and d.status in DERIVATION["statuses"] for d in spellings
    )
    order = [(TARGETS.index(d.language), -d.weight) for d in spellings]
    assert order == sorted(order)


def _named_systems():
    for by_target in DERIVATION["direct"].values():
        for target, ids in by_target.items():
            yield from ((target, system_id) for system_id in ids)
    for rows in DERIVATION["through"].values():
        for row in rows:
            for target, ids in row["to"].items():
                yield from ((target, system_id) for system_id in ids)


def test_the_routes_lead_where_their_systems_lead():
    for target, system_id in _named_systems():
        by = system(system_id)
        if target in ("be", "ru", "lt", "pl"):
            assert by.target == target, system_id
    assert {system(i).id for i in DERIVATION["use"]} == set(DERIVATION["use"])


TOY = {
    "transliteration": """
alphabets: {xx: {vowels: "aeiou", consonants: "bcdfghjklmnpqrstvwxyz"}}
systems:
- {id: xx-be-toy, from: xx, to: be, name: toy, authority: this test, status: official, rules: [
    [q, [к, г]], [a, я, {after: "^"}], [a, а], [r, р], [o, о, {before: "$"}], [o, а], [n, н]]}
""",
    "derivation": """
direct: {xx: {be: [xx-be-toy]}}
through: {xx: [{language: be, take: 2, factor: 0.5, to: {pl: [be-pl-pwn]}}]}
""",
    "given_names": """
languages: [xx]
names: [{id: toyname, g: m, xx: [Qoran], be: [Корань]}]
""",
}


def test_a_language_is_added_by_data_alone(tmp_path):
    for name, text in TOY.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    with tables.search_path(tmp_path):
        renderings = transliterate("Aroqo", "xx-be-toy")
        assert [r.text for r in renderings] == ["Ярако", "Яраго"]
        polish = derive("Qano", "xx", kind="family", targets=["pl"])
        assert [(d.text, d.rules) for d in polish] == [
            ("Kano", ("xx-be-toy", "be-pl-pwn")),
            ("Hano", ("xx-be-toy", "be-pl-pwn")),
        ]
        assert classes("Qoran", "xx") == {"toyname"}
        assert "Корань" in [d.text for d in derive("Qoran", "xx", kind="given")]
    assert derive("Qano", "xx", kind="family") == ()
    assert forms("toyname") == ()


@pytest.mark.parametrize(
    ("word", "source", "targets", "expected"),
    [
        ("Kõlvart", "lt", ["be", "ru"], {"Колварт", "Кольварт"}),
        ("Müller", "en", ["be"], {"Муллер"}),
        ("Kõlvart", "pl", ["ru"], {"Кольварт"}),
        ("KÕLVART", "und", ["be"], {"КОЛВАРТ"}),
    ],
)
def test_letters_that_a_language_does_not_have_are_written_in_the_other_script(
    word, source, targets, expected
):
    found = {spelling.text for spelling in derive(word, source, targets=targets)}
    assert found >= expected
    assert not [text for text in found if re.search("[a-zõü]", text.lower())]


@given(st.text("aąbcčdõüéqwxvšžğłyz", min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_spelling_mixes_scripts(word):
    for source in ("lt", "pl", "en"):
        for spelling in derive(word.title(), source, targets=["be", "ru"]):
            letters = spelling.text.lower()
            assert not (re.search("[a-zà-ɏ]", letters) and re.search("[а-яёіў]", letters)), spelling


@pytest.mark.parametrize(("target", "expected"), [("pl", "Vytautas"), ("ru", "Витаутас")])
def test_people_keep_their_given_names(target, expected):
    found = [one.text for one in derive("Vytautas", "lt", kind="given", targets=[target])]
    assert found[0] == expected
    assert len(found) > 1, "counterparts are derived, too"
