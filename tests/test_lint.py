"""Findings in glossaries: every rule with what it finds and what it leaves alone."""

import json
import unicodedata

import pytest

from vardynas.editorial.findings import FORMATS, as_github, as_json, as_text
from vardynas.editorial.lint import RULES, lint
from vardynas.errors import Problem
from vardynas.glossary import read_text
from vardynas.language import tables

CASES = {
    "shared in two languages": (
        "- id: a\n  names: {pl: [Jan Nowak]}\n- id: b\n  names: {en: [JAN NOWAK, Other]}\n",
        [(2, 16, "shared-form"), (4, 16, "shared-form")],
    ),
    "shared, one side without context": (
        "- id: a\n  names: {pl: [{form: Nowak, match: context}]}\n"
        "- id: b\n  names: {pl: [Nowak]}\n",
        [(4, 16, "shared-form")],
    ),
    "shared, context on both sides": (
        "- id: a\n  names: {pl: [{form: Nowak, match: context}]}\n"
        "- id: b\n  names: {pl: [{form: Nowak, match: context}]}\n",
        [],
    ),
    "shared, but one is never matched": (
        "- id: a\n  names: {pl: [{form: Nowak, match: never}]}\n- id: b\n  names: {pl: [Nowak]}\n",
        [],
    ),
    "one entry, several languages": ("- id: a\n  names: {pl: [Nowak], en: [Nowak]}\n", []),
    "common word": (
        "- id: mir\n  names: {be: [Мір], en: [Mir], lt: [Myras]}\n",
        [(2, 16, "common-word"), (2, 27, "common-word")],
    ),
    "common word of another language": ("- id: mir\n  names: {lt: [Мір]}\n", []),
    "common word with context": (
        "- id: mir\n  names: {be-tarask: [{form: Мір, match: context}]}\n",
        [],
    ),
    "common word in the classical spelling": (
        "- id: mir\n  names: {be-tarask: [Мір]}\n",
        [(2, 23, "common-word")],
    ),
    "common word told apart by its capitals": (
        "- id: usa\n  names: {en: [{form: US, case: exact}, Us]}\n",
        [(2, 41, "common-word")],
    ),
    "common word as a part": ("- id: mz\n  names: {be: [Максім Знак]}\n", []),
    "not sorted; told once": (
        "- id: b\n  names: {pl: [B]}\n- id: a\n  names: {pl: [A]}\n- id: aa\n  names: {pl: [AA]}\n",
        [(3, 7, "unsorted-file")],
    ),
}


@pytest.mark.parametrize("label", CASES)
def test_rules(label):
    text, expected = CASES[label]
    findings = lint(read_text(text, path="a.yaml"))
    assert [(f.line, f.column, f.code) for f in findings] == expected
    assert all(f.severity == "warning" and f.path == "a.yaml" and f.advice for f in findings)


def test_every_rule_has_a_case():
    assert {code for _, expected in CASES.values() for *_, code in expected} == set(RULES)


def test_a_shared_form_names_the_other_place():
    first, second = lint(read_text(CASES["shared in two languages"][0], path="a.yaml"))
    assert "b (a.yaml:4)" in first.message
    assert "a (a.yaml:2)" in second.message


def test_rules_can_be_chosen():
    glossary = read_text(CASES["common word"][0])
    assert lint(glossary, rules=["unsorted-file"]) == ()
    assert len(lint(glossary, rules=["common-word"])) == 2


def test_forms_that_resolve_to_another_entry():
    text = "- id: a\n  names: {pl: [Nowak, Nowy, {form: Nikt, match: never}]}\n"
    answers = {("Nowak", "pl"): "b", ("Nowy", "pl"): "a", ("Nikt", "pl"): "b"}
    (finding,) = lint(read_text(text), resolve=lambda *asked: answers.get(asked))
    assert (finding.line, finding.column, finding.code) == (2, 16, "resolves-elsewhere")
    assert lint(read_text(text), rules=[], resolve=lambda *asked: answers.get(asked)) == ()


@pytest.mark.parametrize("language", ["lt", "be", "pl", "en", "ru"])
def test_common_words_are_clean(language):
    words = tables.load("common_words")["words"][language].split()
    assert len(words) >= 30
    assert len(words) == len(set(words))
    assert all(word == unicodedata.normalize("NFC", word.lower()) for word in words)


PROBLEMS = [
    Problem("a,b.yaml", 3, 5, "bad-id", "100 % wrong:\nno id.", "Write nida instead."),
    Problem("", 0, 0, "shared-form", "Shared.", "", "warning"),
]


def test_text_has_a_line_for_each():
    assert as_text(PROBLEMS[1:]) == ": Shared. [shared-form]\n"
    assert as_text([]) == ""


def test_json_reads_back():
    assert [Problem(**values) for values in json.loads(as_json(PROBLEMS))] == PROBLEMS


def test_github_commands_are_one_line_each_and_escaped():
    assert as_github(PROBLEMS).splitlines() == [
        "::error file=a%2Cb.yaml,line=3,col=5,title=bad-id::"
        "100 %25 wrong:%0Ano id. Write nida instead.",
        "::warning title=shared-form::Shared.",
    ]


def test_formats_are_known_by_name():
    assert set(FORMATS) == {"text", "json", "github"}
