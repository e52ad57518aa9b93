"""Entries added to a glossary file: what stood there stays, what contradicts is told and left out."""

import difflib

import pytest
from exchanged import glossaries
from hypothesis import HealthCheck, given, settings

from vardynas import ExchangeError, GlossaryError
from vardynas.exchange import read, write
from vardynas.exchange.into import merged
from vardynas.glossary import dump, read_text

FILE = """\
vardynas: 1
source: own research
entries:
# cities
- id: hrodna   # on the Neman
  type: place
  names:
    be: [Гродна] # official
    pl:
    - Grodno   # since 1919
    ru: [Гродно,
      "Городно"]
  about: >-
    a city
  refs: {wikidata: Q181376}

# rivers
- {id: nemunas, names: {lt: [Nemunas]}} # long
"""


def _table(*rows, columns="id,type,language,form"):
    return read("a.csv", "\n".join([columns, *rows]).encode())


def _into(text, found, **more):
    return merged("file.yaml", text, found, **more)


def _added(old, new):
    lines = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    return [line[2:] for line in lines if line[0] == "+"]


CASES = [
    (["hrodna,,be,Горадня"], ["    be: [Гродна, Горадня] # official"]),
    (["hrodna,,pl,Horodno"], ["    - Horodno"]),
    (["hrodna,,lt,Gardinas"], ["    lt: [Gardinas]"]),
    (["hrodna,,de,Garten"], ["    de: [Garten]"]),
    (["hrodna,,ru,Гродна"], ['      "Городно", Гродна]']),
    (["hrodna,,be,Гродна"], []),
    (["nemunas,,be,Нёман"], ["- {id: nemunas, names: {lt: [Nemunas], be: [Нёман]}} # long"]),
    (["minsk,place,be,Мінск"], ["- id: minsk", "  type: place", "  names:", "    be: [Мінск]", ""]),
    (["aaa,,be,Мінск"], ["- id: aaa", "  names:", "    be: [Мінск]", ""]),
    (["zelva,,be,Зэльва"], ["", "- id: zelva", "  names:", "    be: [Зэльва]"]),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("rows", "added"), CASES, ids=lambda value: "".join(value)[:20])
def test_names_go_where_they_belong(rows, added, newline):
    old = FILE.replace("\n", newline)
    result = _into(old, _table(*rows))
    assert _added(old, result.text) == added
    assert result.problems == ()
    assert result.text.count("\n") == result.text.count(newline)


def test_fields_and_lists_are_added():
    found = _table(
        "hrodna,be,Grodno Street | a,minsk,be,Гродна,geonames=627904 | wikidata=Q181376",
        "minsk,,,,be,Мінск,",
        columns="id,origin,not,distinct_from,language,form,refs",
    )
    added = _added(FILE, _into(FILE, found).text)
    assert "  origin: be" in added
    assert "  not: [Grodno Street, a]" in added
    assert "  distinct_from: [minsk]" in added
    assert "  refs: {wikidata: Q181376, geonames: '627904'}" in added


def test_an_entry_is_known_by_its_reference():
    found = _table("grodno-city,be,Гродна,wikidata=Q181376", columns="id,language,form,refs")
    assert _into(FILE, found).text == FILE
    found = _table("grodno-city,lt,Gardinas,wikidata=Q181376", columns="id,language,form,refs")
    assert _added(FILE, _into(FILE, found).text) == ["    lt: [Gardinas]"]


CONFLICTS = [
    ("hrodna,person,,be,Гродна,", "hrodna has the type person, hrodna (file.yaml:5) has place."),
    ("hrodna,,,be,Гродна,wikidata=Q1", "has wikidata: Q1, hrodna (file.yaml:5) has Q181376."),
    ("x,place,,be,Мінск,wikidata=Q181376", "is Мінск, and hrodna (file.yaml:5) is Гродна, Grodno"),
    ("nemunas,place,,lt,Nemunas,wikidata=Q181376", "which are two entries."),
]


@pytest.mark.parametrize(("row", "said"), CONFLICTS)
def test_what_contradicts_is_left_out_and_told_with_both_places(row, said):
    found = _table(row, "minsk,place,,be,Мінск,", columns="id,type,gender,language,form,refs")
    result = _into(FILE, found)
    assert "- id: minsk" in result.text
    assert len(_added(FILE, result.text)) == 5
    assert said in " ".join(problem.message for problem in result.plan.conflicts)
    assert result.plan.conflicts[0].path == "a.csv"
    assert result.plan.conflicts[0].line == 2


def test_what_the_file_has_otherwise_stays_and_is_told():
    found = _table("hrodna,be,Гродна,historical,a town", columns="id,language,form,role,about")
    result = _into(FILE, found)
    assert result.text == FILE
    assert [one.message for one in result.plan.kept] == [
        "role of Гродна in hrodna (file.yaml:5) stays 'variant', not 'historical'.",
        "about of hrodna (file.yaml:5) stays 'a city', not 'a town'.",
    ]


def test_links_to_nowhere_are_left_out():
    found = _table("x,place,be,Мінск,minsk", columns="id,type,language,form,distinct_from")
    result = _into(FILE, found)
    assert "distinct_from" not in result.text
    assert [one.code for one in result.plan.kept] == ["unknown-id"]


def test_sources_are_not_mixed_up():
    found = _table(
        "hrodna,lt,Gardinas,paper", "x,lt,Nida,paper", columns="id,language,form,entry_source"
    )
    text = _into(FILE, found).text
    assert "lt: [{form: Gardinas, source: paper}]" in text
    assert read_text(text).entries["x"].source == "paper"


def test_long_lists_are_broken():
    rows = [f"hrodna,,be,Горадня {number}" for number in range(30)]
    text = _into(FILE, _table(*rows)).text
    assert max(map(len, text.splitlines())) <= 112  # the comment stays behind the bracket
    assert len(read_text(text).entries["hrodna"].names["be"]) == 31


@pytest.mark.parametrize(
    "text",
    [
        "vardynas: 1\nentries: [] # none\n",
        "vardynas: 1\nentries: []",
        "vardynas: 1\nentries:\n  []\nlicence: CC0-1.0\n",
        "[]\n",
        "# mine\n- id: a\n  names: {lt: [A]}",
        "- id: a\n  names:\n    lt:\n    - A\n\n\n# end\n",
        "vardynas: 1\nentries:\n  - id: a\n    names:\n      lt: [A]\nlicence: CC0-1.0\n",
    ],
)
def test_files_of_every_layout(text):
    result = _into(text, _table("nida,place,lt,Nida", "a,,be,А"))
    assert set(read_text(result.text).entries) == {"a", "nida"}
    assert all(
        line in result.text for line in text.splitlines() if "[]" not in line and "}" not in line
    )


def test_entries_in_brackets_are_refused_with_advice():
    with pytest.raises(ExchangeError, match=r"file.yaml:1:1: .* Write each of them as - id"):
        _into("[{id: a, names: {lt: [A]}}]", _table("nida,place,lt,Nida"))


def test_a_file_that_does_not_load_is_not_touched():
    with pytest.raises(GlossaryError):
        _into("- id: A\n", _table("nida,place,lt,Nida"))


def test_files_that_extend():
    base = read_text(
        "- id: hrodna\n  names: {be: [Гродна]}\n- id: lida\n  names: {be: [Ліда]}\n", path="base"
    )
    text = "- extends: hrodna\n  note: ours # yes\n"
    rows = ["hrodna,,lt,Gardinas", "lida,,lt,Lyda"]
    result = _into(text, _table(*rows), base=base)
    assert result.text == "- extends: hrodna\n  names:\n    lt: [Gardinas]\n  note: ours # yes\n"
    assert "which is in another file" in result.plan.conflicts[0].message
    assert "write - extends: lida" in result.plan.conflicts[0].advice
    text = "- extends: lida\n  names: {pl: [Lida]}\n"
    result = _into(text, _table("lida,,lt,Lyda"), base=base)
    assert (result.text, result.plan.conflicts) == (text.replace("}", ", lt: [Lyda]}"), ())


def test_only_formats_that_are_read_are_offered():
    with pytest.raises(ExchangeError) as raised:
        read("/dev/null", b"")
    assert "csv" in str(raised.value)
    assert "regex" not in str(raised.value)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(old=glossaries, new=glossaries)
def test_nothing_is_lost_and_nothing_happens_twice(old, new):
    ids = {entry.id for entry in old}
    text = dump(entry for entry in map(_without_links, old))
    found = read("a.csv", write(map(_without_links, new), "csv").text.encode())
    result = _into(text, found)
    after = read_text(result.text).entries
    for entry in old:
        for tag, names in entry.names.items():
            assert set(names) <= set(after[entry.id].names[tag])
    assert set(after) == ids | {entry.id for entry in result.plan.new}
    assert _into(result.text, found).text == result.text
    kept = difflib.SequenceMatcher(
        None, text.splitlines(), result.text.splitlines(), autojunk=False
    )
    if not result.plan.additions and old:
        assert sum(block.size for block in kept.get_matching_blocks()) == len(text.splitlines())


def _without_links(entry):
    from dataclasses import replace

    return replace(entry, distinct_from=())
