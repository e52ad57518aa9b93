"""What ``lint --fix`` mends: only the intended lines change, and nothing the second time."""

import difflib
import re
import unicodedata

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vardynas.editorial.examine import examine
from vardynas.editorial.lint import RULES, chosen
from vardynas.editorial.mend import mend
from vardynas.editorial.sorting import sorted_by_id
from vardynas.glossary import read_text

ALL = chosen(groups=["complete", "derivable"])

CASES = {
    "entries are sorted with their comments; the gaps stay": (
        "# top\nvardynas: 1\nentries: # all\n# about nida\n- id: nida # n\n  names: {lt: [Nida]}\n"
        "  # inside\n\n\n- id: hrodna\n  names:\n    be: ['Гродна']   # h\n\n# the end\n",
        "# top\nvardynas: 1\nentries: # all\n- id: hrodna\n  names:\n    be: ['Гродна']   # h\n\n\n"
        "# about nida\n- id: nida # n\n  names: {lt: [Nida]}\n  # inside\n\n# the end\n",
    ),
    "a bare list keeps its head, a file without line break at the end has none": (
        "# head\n\n- id: b\n  names: {lt: [Nida]}\n- {id: a, names: {be: [Гродна]}}",
        "# head\n\n- {id: a, names: {be: [Гродна]}}\n- id: b\n  names: {lt: [Nida]}",
    ),
    "what is said to editors stays at the top": (
        "# yaml-language-server: $schema=entry.schema.json\n- id: b\n  names: {lt: [Nida]}\n"
        "- {id: a, names: {be: [Гродна]}}\n",
        "# yaml-language-server: $schema=entry.schema.json\n- {id: a, names: {be: [Гродна]}}\n"
        "- id: b\n  names: {lt: [Nida]}\n",
    ),
    "the comment above the first entry of a bare list goes with it": (
        "# head\n\n# about nida\n- id: nida\n  names: {lt: [Nida]}\n# about mir\n- id: mir\n"
        "  names: {be: [{form: Мір, match: context}]}\n",
        "# head\n\n# about mir\n- id: mir\n  names: {be: [{form: Мір, match: context}]}\n"
        "# about nida\n- id: nida\n  names: {lt: [Nida]}\n",
    ),
    "fields behind the entries; extensions among them": (
        "vardynas: 1\nentries:\n  - id: c\n    names: {lt: [Nida]}\n  - extends: c\n"
        "    names: {be: [Ніда]}\n  - id: a\n    names: {be: [Гродна]}\nlicence: CC0-1.0\n",
        "vardynas: 1\nentries:\n  - id: a\n    names: {be: [Гродна]}\n  - id: c\n"
        "    names: {lt: [Nida]}\n  - extends: c\n    names: {be: [Ніда]}\nlicence: CC0-1.0\n",
    ),
    "the other half of a distinction, where the writer puts it": (
        "- id: a\n  about: >-\n    first\n\n  # hm\n  note: x\n  names: {pl: [Adam]} # n\n"
        "- id: b\n  names: {pl: [Barbara]}\n  distinct_from: [a]\n",
        "- id: a\n  about: >-\n    first\n\n  # hm\n  note: x\n  names: {pl: [Adam]} # n\n"
        "  distinct_from: [b]\n- id: b\n  names: {pl: [Barbara]}\n  distinct_from: [a]\n",
    ),
    "more of them behind the first, in a list with lines of their own, in braces": (
        "- id: a\n  names: {pl: [Adam]}\n  distinct_from: [ 'b' ] # b\n"
        "- id: b\n  names: {pl: [Barbara]}\n  distinct_from:\n  - a # a\n  note: x\n"
        "- {id: c, names: {pl: [Cezary]}}\n"
        "- id: d\n  names: {pl: [Dorota]}\n  distinct_from: [a, b, c]\n",
        "- id: a\n  names: {pl: [Adam]}\n  distinct_from: [ 'b', d ] # b\n"
        "- id: b\n  names: {pl: [Barbara]}\n  distinct_from:\n  - a # a\n  - d\n  note: x\n"
        "- {id: c, names: {pl: [Cezary]}, distinct_from: [d]}\n"
        "- id: d\n  names: {pl: [Dorota]}\n  distinct_from: [a, b, c]\n",
    ),
    "lines that end as in Windows": (
        "- id: a\r\n  names: {pl: [Adam]}\r\n- id: b\r\n  names: {pl: [Barbara]}\r\n"
        "  distinct_from: [a]\r\n",
        "- id: a\r\n  names: {pl: [Adam]}\r\n  distinct_from: [b]\r\n- id: b\r\n"
        "  names: {pl: [Barbara]}\r\n  distinct_from: [a]\r\n",
    ),
    "letters of another script, in their quotes": (
        "- id: mir\n  names: {be: ['Mip', \"Лiда\", {form: Mip Стары, head: Mip}]} # Лiда\n"
        "  about: 'town''s castle, Лiда'\n",
        "- id: mir\n  names: {be: ['Мір', \"Ліда\", {form: Мір Стары, head: Мір}]} # Лiда\n"
        "  about: 'town''s castle, Ліда'\n",
    ),
    "letters in two parts, odd spaces": (
        f"- id: siauliai\n  names: {{lt: [{unicodedata.normalize('NFD', 'Šiauliai')}]}}\n"
        "  about: big\u00a0city\n",
        "- id: siauliai\n  names: {lt: [Šiauliai]}\n  about: big city\n",
    ),
    "forms that follow from others, in a row, and with a comment": (
        "- id: kalinouski-kastus\n  type: person\n  gender: male\n  origin: be\n  names:\n"
        "    be: [Кастусь Каліноўскі]\n    en: [Kastus Kalinouski, # the usual one\n"
        "      Kastuś Kalinoŭski, Karl Marx] # and Marx\n",
        "- id: kalinouski-kastus\n  type: person\n  gender: male\n  origin: be\n  names:\n"
        "    be: [Кастусь Каліноўскі]\n    en: [Kastus Kalinouski # the usual one\n"
        "      , Karl Marx] # and Marx\n",
    ),
    "forms that follow from others, in lines of their own": (
        "- id: kalinouski-kastus\n  type: person\n  gender: male\n  origin: be\n  names:\n"
        "    be: [Кастусь Каліноўскі]\n    en:\n    - Kastus Kalinouski\n    - form: Kastuś Kalinoŭski\n"
        "    - Kastuś Kalinouski # why\n    - Karl Marx\n",
        "- id: kalinouski-kastus\n  type: person\n  gender: male\n  origin: be\n  names:\n"
        "    be: [Кастусь Каліноўскі]\n    en:\n    - Kastus Kalinouski\n"
        "    # why\n    - Karl Marx\n",
    ),
}


def _mended(text, rules=ALL):
    return mend({"a.yaml": text}, rules=rules).get("a.yaml", text)


@pytest.mark.parametrize("label", CASES)
def test_what_is_mended(label):
    before, after = CASES[label]
    assert _mended(before) == after
    assert _mended(after) == after


@pytest.mark.parametrize(
    "text",
    [
        "entries: [",
        "- id: b\n  nmaes: {}\n- id: a\n  names: {pl: [Adam]}\n",
        "[{id: b, names: {lt: [Nida]}}, {id: a, names: {be: [Гродна]}}]\n",
        '- id: lida\n  names: {be: ["\\u041bi\\u0434а"]}\n',
        "- id: b\n  names: {lt: [Nida]}\n# vardynas: ignore unsorted-file\n- id: a\n"
        "  names: {be: [Гродна]}\n",
        "",
    ],
    ids=["no YAML", "does not load", "in one line", "escaped", "may stand", "empty"],
)
def test_what_is_left_alone(text):
    assert _mended(text) == text


def test_only_rules_that_are_asked_for_mend():
    before, _ = CASES["entries are sorted with their comments; the gaps stay"]
    rules = [code for code in RULES if code != "unsorted-file"]
    assert _mended(before, rules) == before


def test_halves_in_another_file_and_none_below():
    base = read_text("- id: below\n  names: {pl: [Zofia]}\n")
    texts = {
        "a.yaml": "- id: a\n  names: {pl: [Adam]}\n",
        "b.yaml": "- id: b\n  names: {pl: [Barbara]}\n  distinct_from: [a, below]\n",
    }
    found = mend(texts, base=base, rules=ALL)
    assert found == {"a.yaml": texts["a.yaml"] + "  distinct_from: [b]\n"}


# ---------------------------------------------------------------- properties

NAMES = ["Гродна", "'Мір'", '"Mip"', "Nida", "{form: Janka Kupala, role: full}", "Mip", "Лiда"]
ID = st.from_regex(r"[a-e]{1,2}", fullmatch=True)
GAP = st.sampled_from(["", "\n", "# a comment\n", "\n# two\n# lines\n", "\n\n# far\n\n"])


@st.composite
def files(draw):
    """A file with entries in any order and layout, with comments, of ids that it has."""
    ids = draw(st.lists(ID, min_size=1, max_size=5, unique=True))
    lines = [draw(st.sampled_from(["", "# top\n", "# top\n\n"])), "vardynas: 1\nentries:\n"]
    for id_ in ids:
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        others = [o for o in draw(st.lists(st.sampled_from(ids), unique=True)) if o != id_]
        lines.append(draw(GAP))
        lines.append(f"- id: {id_}{draw(st.sampled_from(['', ' # remark']))}\n  names:\n")
        if draw(st.booleans()):
            lines.append(f"    be: [{', '.join(names)}] # 'names'\n")
        else:
            lines += ["    be:\n", *(f"    - {name} # one\n" for name in names)]
        if others and draw(st.booleans()):
            lines.append(f"  distinct_from: [{', '.join(others)}]\n")
        elif others:
            lines += ["  distinct_from:\n", *(f"  - {other}\n" for other in others)]
        lines.append(draw(st.sampled_from(["", "  # inside\n", "  note: 'no'\n"])))
    text = "".join([*lines, draw(GAP)])
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


RULES_OF_SOURCE = [code for code in chosen() if RULES.get(code) and RULES[code].mends]


@given(files())
@settings(max_examples=150, deadline=None)
def test_what_is_mended_is_found_no_more_and_the_rest_stays(text):
    new = _mended(text, RULES_OF_SOURCE)
    found = examine({"a.yaml": new}, rules=RULES_OF_SOURCE)
    spelling = {"duplicate-form"}  # Mip and Мір are one once they are mended
    assert {problem.code for problem in found.problems} <= spelling
    if found.glossary is not None:
        assert _mended(new, RULES_OF_SOURCE) == new
        assert [entry["id"] for entry in yaml.safe_load(new)["entries"]] == sorted(
            entry["id"] for entry in yaml.safe_load(text)["entries"]
        )
    assert _comments(new) == _comments(text)
    assert new.count("\r\n") == new.count("\n") * (text.count("\r\n") > 0)


def _comments(text):
    return sorted(re.findall(r"#[^\r\n]*", text))


@given(files())
@settings(max_examples=150, deadline=None)
def test_sorting_moves_lines_and_changes_none(text):
    new = sorted_by_id(text)
    assert sorted(new.splitlines()) == sorted(text.splitlines())
    assert sorted_by_id(new) == new


@given(files())
@settings(max_examples=100, deadline=None)
def test_a_distinction_adds_lines_and_rewrites_only_lists_of_ids(text):
    text = text.replace("Лiда", "Ліда")
    new = _mended(text, ["one-sided-distinction"])
    changes = [
        line for line in difflib.ndiff(text.splitlines(), new.splitlines()) if line[0] in "+-"
    ]
    assert all(re.match(r"[+-] +(distinct_from: \[|- [a-e]+$)", line) for line in changes)
