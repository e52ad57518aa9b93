"""Inflection and identification measured on treebanks and dictionaries (VARDYNAS_DATA)."""

import csv
import gzip
import json
import os
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from vardynas.language.identify import identify
from vardynas.language.inflection import form, inflect, paradigms
from vardynas.language.keys import keys

DATA = os.environ.get("VARDYNAS_DATA")
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA, reason="VARDYNAS_DATA does not name the evaluation data"),
]
SOURCES = {
    "UD_Belarusian-HSE": "ud",
    "UD_Lithuanian-ALKSNIS": "ud",
    "UD_Lithuanian-HSE": "ud",
    "UD_Polish-PUD": "ud",
    "UD_Russian-GSD": "ud",
    "UD_Russian-Taiga": "ud",
}
KINDS = {"given": "given", "surname": "family", "place": "place", "org": "word"}
CASES = {"inst": "ins"}


@cache
def _rows():
    with gzip.open(Path(DATA) / "inflection.tsv.gz", "rt", encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _of(language, source):
    return [
        row
        for row in _rows()
        if row["lang"] == language and SOURCES.get(row["source"], row["source"]) == source
    ]


def _folded(text):
    return text.lower().replace("ё", "е").replace("'", "’")


@cache
def _all_forms(lemma, language):
    return {
        _folded(inflected.text)
        for paradigm in paradigms(lemma, language)
        for inflected in inflect(lemma, paradigm.id)
    }


@pytest.mark.parametrize(
    ("language", "source", "floor"),
    [
        ("be", "ud", 0.985),
        ("be", "hunspell-be", 0.997),
        ("lt", "ud", 0.996),
        ("lt", "hunspell-lt", 0.999),
        ("pl", "ud", 0.98),
        ("pl", "sgjp", 0.996),
        ("ru", "ud", 0.996),
    ],
)
def test_the_form_is_generated_from_its_base_form(language, source, floor):
    rows = _of(language, source)
    assert len(rows) > 200
    found = sum(
        _folded(row["form"]) in _all_forms(row["lemma"], language) | {_folded(row["lemma"])}
        for row in rows
    )
    assert found / len(rows) >= floor


def _by_lemma(language, source):
    """The rows that name a case, by base form and kind, with the forms that stand for each case."""
    lemmas = defaultdict(lambda: defaultdict(set))
    for row in _of(language, source):
        for case in filter(None, row["case"].lower().split(".")):
            lemmas[row["lemma"], row["type"]][CASES.get(case, case)].add(_folded(row["form"]))
    return lemmas


def _written(lemma, language, kind, gender, cells):
    """How many of the cells the first paradigm of a kind and gender writes as they stand."""
    fitting = paradigms(lemma, language, kind=kind, gender=gender)
    first = [form(lemma, fitting[0].id, case)[:1] if fitting else (lemma,) for case in cells]
    return sum(
        _folded("".join(text)) in expected
        for text, expected in zip(first, cells.values(), strict=True)
    )


def _settings(kind):
    """The kinds and genders that a glossary could name for rows of this type."""
    kinds = [KINDS[kind]] if kind in KINDS else ["given", "family", "place", "word"]
    for name in kinds:
        genders = ("male", "female") if name in ("given", "family") else (None,)
        yield from ((name, gender) for gender in genders)


@pytest.mark.parametrize(
    ("language", "source", "floor"),
    [
        ("lt", "ud", 0.97),
        ("ru", "ud", 0.97),
        ("be", "ud", 0.95),
        ("pl", "ud", 0.91),
        ("pl", "sgjp", 0.98),
    ],
)
def test_base_form_and_case_give_the_right_form(language, source, floor):
    """The kind and gender are the ones that fit the base form's rows best: the data names few.

    Rows in the plural (Панятоўскіх), which the data does not mark in UD, and slips stay counted.
    """
    right = total = 0
    for (lemma, kind), cells in _by_lemma(language, source).items():
        total += len(cells)
        right += max(_written(lemma, language, *setting, cells) for setting in _settings(kind))
    assert right / total >= floor


def test_sentences_are_identified():
    right, total = Counter(), Counter()
    with gzip.open(Path(DATA) / "documents_ud.jsonl.gz", "rt", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            total[document["lang"]] += 1
            right[document["lang"]] += identify(document["text"]) == document["lang"]
    assert sum(right.values()) / sum(total.values()) >= 0.99
    assert all(right[language] / total[language] >= 0.98 for language in total)


def test_cyrillic_and_latin_spellings_of_a_name_part_share_a_key():
    groups = defaultdict(lambda: defaultdict(set))
    with gzip.open(Path(DATA) / "variants_nameparts.tsv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["script"] == "Latn" or row["lang"] in ("be", "ru", "be_tarask"):
                groups[row["group"]][row["script"]].add(row["name"])
    pairs = [
        (cyrillic, latin)
        for names in groups.values()
        for cyrillic in names["Cyrl"]
        for latin in names["Latn"]
    ]
    assert len(pairs) > 500
    assert sum(bool(set(keys(a)) & set(keys(b))) for a, b in pairs) / len(pairs) >= 0.82
