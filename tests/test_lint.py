"""Findings in glossaries: every rule with what it finds and what it leaves alone."""

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from vardynas import Resolver
from vardynas.editorial.derivable import derivable
from vardynas.editorial.examine import examine
from vardynas.editorial.findings import FORMATS, as_github, as_json, as_text
from vardynas.editorial.lint import CODES, RULES, chosen, lint
from vardynas.editorial.rules import Subject
from vardynas.errors import Problem
from vardynas.glossary import builtin_path, read_text
from vardynas.language import tables
from vardynas.model import Candidate

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "lint.yaml").read_text("utf-8"))
PAGE = (Path(__file__).parent.parent / "docs" / "glossary-rules.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### `([a-z-]+)`\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S))


def _found(text, rules=None):
    return examine({"a.yaml": text}, rules=rules).problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_rules(case):
    findings = _found(case["text"], case.get("rules"))
    assert [[f.line, f.column, f.code] for f in findings] == case["expect"]
    assert all(f.severity == "warning" and f.path == "a.yaml" and f.advice for f in findings)


def test_every_rule_has_a_case_that_finds_and_one_that_does_not():
    assert len({case["label"] for case in CASES}) == len(CASES)
    found = {code for case in CASES for *_, code in case["expect"]}
    assert found == set(CODES) - {"resolves-elsewhere"}


@pytest.mark.parametrize("code", CODES)
def test_the_page_shows_what_a_rule_finds_and_what_not(code):
    bad, good = re.findall(r"```yaml\n(.*?)```", SECTIONS[code], re.S)
    rules = [code, "common-word"] if code == "unused-ignore" else [code]
    assert code in {finding.code for finding in _found(bad, rules)}
    assert _found(good, rules) == ()


def test_the_page_names_no_other_rule_and_says_what_is_mended():
    assert list(SECTIONS) == list(CODES)
    mends = {code for code, section in SECTIONS.items() if "`--fix`" in section}
    assert mends == {code for code, rule in RULES.items() if rule.mends}
    groups = {
        code: re.findall(r"`--(complete|resolve|derivable)`", text)
        for code, text in SECTIONS.items()
    }
    assert groups == {
        code: [RULES[code].group] if code in RULES and RULES[code].group else [] for code in CODES
    }


def test_a_shared_form_names_the_other_place():
    first, second = _found(CASES[0]["text"], ["shared-form"])
    assert "b (a.yaml:4)" in first.message
    assert "a (a.yaml:2)" in second.message


def test_rules_are_chosen():
    assert set(chosen()) == {code for code in RULES if not RULES[code].group} | {"unused-ignore"}
    assert set(chosen(groups=["complete"])) - set(chosen()) == {
        "missing-about",
        "missing-english-name",
        "missing-source",
    }
    assert chosen(select=["derivable-form"]) == ("derivable-form",)
    assert "unused-ignore" not in chosen(ignore=["unused-ignore"])


def test_rules_that_are_asked_for_run_alone():
    glossary = read_text("- id: mir\n  names: {be: [Мір], en: [Mir], lt: [Myras]}\n")
    assert lint(glossary, rules=["unsorted-file"]) == ()
    assert len(lint(glossary, rules=["common-word"])) == 2


class Answers:
    """A resolver that knows by heart what a form means."""

    def __init__(self, **answers):
        self._answers = answers

    def resolve(self, form, language):
        entry = self._answers.get(form)
        return entry and Candidate(entry, 1.0, "exact", form, language)


def test_forms_that_resolve_to_another_entry():
    text = "- id: a\n  names: {pl: [Nowak, Nowy, {form: Nikt, match: never}]}\n"
    answers = Answers(Nowak="b", Nowy="a", Nikt="b")
    rules = ["resolves-elsewhere"]
    (finding,) = lint(read_text(text), rules=rules, resolver=lambda: answers)
    assert (finding.line, finding.column, finding.code) == (2, 16, "resolves-elsewhere")
    assert lint(read_text(text), rules=[], resolver=lambda: answers) == ()


def test_findings_of_the_glossary_below_are_left_out():
    base = read_text("- id: mir\n  names: {be: [Мір]}\n", path="below.yaml")
    text = "- extends: mir\n  names: {en: [Mir]}\n"
    found = examine({"a.yaml": text}, base=base).problems
    assert [(f.path, f.line, f.code) for f in found] == [("a.yaml", 2, "common-word")]


def test_what_does_not_load_is_told_instead():
    found = examine({"a.yaml": "- id: b\n  names: {be: [Мip]}\n- id: a\n  names: {be: [Я]}\n"})
    assert found.glossary is None
    assert [problem.code for problem in found.problems] == ["mixed-scripts"]


def test_a_form_is_derivable_where_all_its_cases_are_found_without_it():
    case = next(one for one in CASES if one["label"].startswith("forms that follow"))
    kept = read_text(case["text"])
    gone = derivable(Subject(kept))["kalinouski-kastus"]
    assert [name.form for name in gone] == ["Kastuś Kalinoŭski"]
    entry = kept.entries["kalinouski-kastus"]
    names = {"be": entry.names["be"], "en": [n for n in entry.names["en"] if n not in gone]}
    found = Resolver([replace(entry, names=names)]).scan("O Kastusiu Kalinoŭskim.", "pl")
    assert [mention.entry for mention in found] == ["kalinouski-kastus"]


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


def test_the_glossary_that_ships_has_no_findings():
    files = sorted(builtin_path().rglob("*.yaml"))
    texts = {str(path): path.read_text("utf-8") for path in files}
    found = examine(texts, rules=chosen(groups=["complete"])).problems
    assert not found, "\n".join(map(str, found))
