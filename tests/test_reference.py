"""The index and its searches say the same as slow and simple ones."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import Reference, readings

import vardynas
from vardynas import Entry
from vardynas.index.build import build, build_given_names
from vardynas.index.tables import Index
from vardynas.match.analysis import Analyzer
from vardynas.match.sequences import find_sequences
from vardynas.text import fold_word, plain, tokenize

SAMPLE = 150
FORMS = 8_000
"""Of about half a million forms of the sample: what can be asked in a few seconds."""


@cache
def shipped() -> tuple[Entry, ...]:
    return tuple(vardynas.load().entries.values())


@cache
def sample() -> tuple[tuple[Entry, ...], Index, Reference]:
    entries = tuple(random.Random(1863).sample(shipped(), SAMPLE))
    return entries, Index(build(entries)), Reference(entries)


@cache
def written_forms() -> list[str]:
    """A fixed choice of the forms that the reference wrote out."""
    forms = sorted({form.letters for rows in sample()[2].forms.values() for form in rows})
    return random.Random(1863).sample(forms, FORMS)


def assert_same_readings(index: Index, reference: Reference, form: str) -> None:
    bare = plain(form)
    assert readings(index, index.hits(form, bare)) == reference.hits(form, bare), form


# ---------------------------------------------------------------- readings


def test_shipped_names_read_as_their_written_out_forms():
    _, index, reference = sample()
    for form in written_forms():
        assert_same_readings(index, reference, form)


def test_every_written_out_form_has_a_reading():
    index = sample()[1]
    for form in written_forms():
        assert any(hit.exact for hit in index.hits(form, plain(form))), form


def test_forms_without_diacritics_read_as_without_diacritics():
    _, index, reference = sample()
    bare = [plain(form) for form in written_forms()[:2000]]
    for form in bare:
        assert_same_readings(index, reference, form)


def test_other_words_read_the_same():
    """Forms with a letter changed, cut or added; most of them are nothing."""
    _, index, reference = sample()
    chance = random.Random(1863)
    letters = "aeiouszkłšėіўаоуыскйь’"
    for form in written_forms()[:3000]:
        at = chance.randrange(len(form) + 1)
        change = chance.choice(letters)
        for other in (form[:at] + change + form[at:], form[:at] + change + form[at + 1 :]):
            assert_same_readings(index, reference, fold_word(other))
        assert_same_readings(index, reference, form[:-1])


NAMES = [
    ("be", "Аляксандр Лукашэнка"), ("be", "Святлана Ціханоўская"), ("be", "Гродна"),
    ("be", "Беларускі дзяржаўны ўніверсітэт"), ("be", "Ўладзімір Караткевіч"), ("be", "Слуцак"),
    ("lt", "Gitanas Nausėda"), ("lt", "Vilnius"), ("lt", "Trakai"), ("lt", "Žemoji Panemunė"),
    ("pl", "Kraków"), ("pl", "Ruda Śląska"), ("pl", "Aleksander Łukaszenka"), ("pl", "Łódź"),
    ("en", "Kastus Kalinouski"), ("en", "Hrodna"), ("en", "Mary O’Brien"), ("en", "NATO"),
    ("ru", "Фёдор Достоевский"), ("ru", "Санкт-Петербург"), ("ru", "Орёл"), ("und", "Stadnicki"),
    ("be-tarask", "Менск"), ("be-Latn", "Ihnat Dvarčanin"), ("de", "Königsberg"), ("lt", "Ąžuolai"),
]  # fmt: skip
"""Names in all languages, with every kind of letter that folding touches."""


@st.composite
def glossaries(draw):
    count = draw(st.integers(1, 4))
    return [draw(entries_of(f"e{number}")) for number in range(count)]


@st.composite
def entries_of(draw, entry_id):
    kind = draw(st.sampled_from(["person", "place", "organisation", "other"]))
    gender = draw(st.sampled_from([None, "male", "female"])) if kind == "person" else None
    rows = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    names: dict[str, list[dict[str, object]]] = {}
    for language, form in rows:
        row: dict[str, object] = {"form": form, "inflect": draw(st.booleans())}
        row["case"] = draw(st.sampled_from(["any", "any", "exact"]))
        row["match"] = draw(st.sampled_from(["auto", "auto", "context", "never"]))
        names.setdefault(language, []).append(row)
    not_ = tuple(draw(st.lists(st.sampled_from(["Вуліца Гродна", "Kraków Główny"]), max_size=1)))
    return Entry(id=entry_id, type=kind, gender=gender, names=names, not_=not_)


@given(glossaries(), st.randoms(use_true_random=False))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_made_up_glossaries_read_as_their_written_out_forms(entries, chance):
    index, reference = Index(build(entries)), Reference(entries)
    forms = sorted({form.letters for rows in reference.forms.values() for form in rows})
    for form in chance.sample(forms, min(300, len(forms))):
        assert_same_readings(index, reference, form)
        assert_same_readings(index, reference, plain(form))


# ---------------------------------------------------------------- sequences


@cache
def given_names() -> Index:
    return Index(build_given_names())


def found_sequences(index: Index, text: str) -> set[tuple[int, int, str, str]]:
    proposals = find_sequences(tokenize(text), Analyzer(index, given_names()), similar=False)
    return {(p.first, p.last, index.entry_ids[p.entry], index.name_text(p.name)) for p in proposals}


@cache
def phrases() -> list[str]:
    """Listed names of the sample and single words of them, capitals as listed."""
    forms = sorted({name.form for entry in sample()[0] for name in entry.all_names()})
    return forms + sorted({word for form in forms for word in form.split()})


JOINS = [" ", "-", " – ", "\n", ", ", ". ", "\n\n", " «", "/", ": "]


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(JOINS)), min_size=1, max_size=8),
    st.booleans(),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_tree_finds_what_a_search_for_each_name_finds(pieces, lower):
    _, index, reference = sample()
    text = "".join(phrases()[at % len(phrases())] + join for at, join in pieces)
    text = text.lower() if lower else text
    assert found_sequences(index, text) == reference.sequences(tokenize(text))


def test_every_fixed_name_of_the_sample_is_found_in_itself():
    _, index, reference = sample()
    for name in reference.names:
        spans = {(row[0], row[2], row[3]) for row in found_sequences(index, name.form)}
        assert (0, name.entry, name.form) in spans
