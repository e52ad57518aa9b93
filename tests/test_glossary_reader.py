"""Reading glossaries: every fault in its place; the table is `cases/glossary_errors.yaml`."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas.glossary
from vardynas.errors import GlossaryError
from vardynas.glossary import Place, read, read_text, syntax

CASES = Path(__file__).parent / "cases"
FAULTS = yaml.safe_load((CASES / "glossary_errors.yaml").read_text(encoding="utf-8"))
SOURCE = Path(vardynas.glossary.__file__).parent


def problems(call, *args, **options):
    with pytest.raises(GlossaryError) as caught:
        call(*args, **options)
    return caught.value.problems


def place_in(tmp_path, case):
    """The path of the case: a file with its text or bytes, or a path that has none."""
    if "path" in case:
        return tmp_path / case["path"]
    path = tmp_path / "faulty.yaml"
    data = case.get("text", "").encode("utf-8")
    if "bytes" in case:
        data = re.sub(rb"\\x(..)", lambda m: bytes.fromhex(m[1].decode()), case["bytes"].encode())
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("pure", [False, True], ids=["c", "python"])
@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["label"])
def test_every_fault_is_told_with_its_place(case, pure, tmp_path, monkeypatch):
    if pure:
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    found = problems(read, [place_in(tmp_path, case)])
    assert [[p.line, p.column, p.code] for p in found] == case["expect"]
    assert case.get("advice", "") in found[0].advice
    assert all(p.message and p.severity == "error" for p in found)


def test_every_fault_but_syntax_comes_with_advice(tmp_path):
    mute = {
        p.code
        for case in FAULTS
        for p in problems(read, [place_in(tmp_path, case)])
        if not p.advice
    }
    assert mute <= {"yaml-syntax"}


def test_every_code_has_a_case():
    code = re.compile(r'"((?:[a-z]+-)+[a-z0-9]+)"')
    written = set()
    for path in SOURCE.glob("*.py"):
        written |= set(code.findall(path.read_text(encoding="utf-8")))
    written -= {"be-tarask", "kalinouski-kastus", "utf-8"}
    written -= {"unreadable-file"}  # has its own test
    written |= {f"bad-{name}" for name in ("type", "gender", "role", "match", "case")}
    assert written == {code for case in FAULTS for *_, code in case["expect"]}


def test_a_file_that_cannot_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "a.yaml"
    path.write_text("- id: nida\n  names: {lt: [Nida]}\n", encoding="utf-8")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = problems(read, [path])
    assert (problem.code, problem.path) == ("unreadable-file", str(path))
    assert "Permission denied" in problem.message


def test_all_faults_of_all_files_at_once(tmp_path):
    (tmp_path / "b.yaml").write_text("- id: Nida\n  names: {lt: [Nida]}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("- id: lida\n  tpye: place\n", encoding="utf-8")
    found = problems(read, [tmp_path, tmp_path / "no.yaml"])
    assert [(Path(p.path).name, p.line, p.code) for p in found] == [
        ("a.yaml", 1, "missing-field"),
        ("a.yaml", 2, "unknown-field"),
        ("b.yaml", 1, "bad-id"),
        ("no.yaml", 0, "missing-file"),
    ]


def test_an_id_in_two_files_names_both(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("- id: nida\n  names: {lt: [Nida]}\n", encoding="utf-8")
    first, second = problems(read, [tmp_path])
    assert "b.yaml:1" in first.message
    assert "a.yaml:1" in second.message


EVERY_FIELD = """\
# yaml-language-server: $schema=entry.schema.json
vardynas: 1
licence: CC0-1.0
source: own research
entries:
- id: kalinouski-kastus
  type: person
  gender: male
  origin: be
  names:
    be: [Кастусь Каліноўскі, {form: Вінцэнт Канстанцін Каліноўскі, role: full}]
    be-Latn: [Kastuś Kalinoŭski]
    und: [no, on, 1863, '~']
    pl:
    - form: Konstanty Kalinowski
      given: Konstanty
      family: Kalinowski
      head: Kalinowski
      paradigm: pl-adj-ski
      forms: {gen: Konstantego Kalinowskiego, loc: Konstantym Kalinowskim}
      match: context
      case: exact
      inflect: false
      period: 1838
      source: PSB
      note: see the entry
      unverified: true
  about: leader of the uprising of 1863–1864
  not: [Kalinowski Street]
  distinct_from: [kalinowski-jaroslaw]
  relatives: [{name: Wiktor Kalinowski, relation: brother}, Ludwik]
  refs: {wikidata: Q1234, viaf: 5}
  note: for editors
- id: kalinowski-jaroslaw
  source: the Sejm's own list
  names: {pl: [Jarosław Kalinowski]}
"""


def test_every_field_arrives():
    glossary = read_text(EVERY_FIELD, path="people.yaml")
    entry = glossary.entries["kalinouski-kastus"]
    name = entry.names["pl"][0]
    assert [n.form for n in entry.names["und"]] == ["no", "on", "1863", "~"]
    assert (entry.names["be"][0].role, entry.names["be"][1].role) == ("variant", "full")
    assert (name.given, name.family, name.head) == ("Konstanty", "Kalinowski", "Kalinowski")
    assert (name.match, name.case, name.inflect, name.unverified) == (
        "context",
        "exact",
        False,
        True,
    )
    assert dict(name.forms)["loc"] == "Konstantym Kalinowskim"
    assert (name.paradigm, name.period, name.source) == ("pl-adj-ski", "1838", "PSB")
    assert (entry.type, entry.gender, entry.origin) == ("person", "male", "be")
    assert entry.not_ == ("Kalinowski Street",)
    assert [(r.name, r.relation) for r in entry.relatives] == [
        ("Wiktor Kalinowski", "brother"),
        ("Ludwik", ""),
    ]
    assert dict(entry.refs) == {"wikidata": "Q1234", "viaf": "5"}
    assert entry.source == "own research"
    assert glossary.entries["kalinowski-jaroslaw"].source == "the Sejm's own list"
    assert glossary.sources["people.yaml"].licence == "CC0-1.0"


def test_places_of_entries_and_names():
    glossary = read_text(EVERY_FIELD, path="people.yaml")
    assert glossary.places["kalinouski-kastus"] == Place("people.yaml", 6, 7)
    place = glossary.name_places["kalinouski-kastus", "be", "Вінцэнт Канстанцін Каліноўскі"]
    assert place == Place("people.yaml", 11, 30)


@pytest.mark.parametrize(
    "tag", ["lt", "be-tarask", "be-Latn", "sr-Cyrl-RS", "gsw", "und", "de-1901", "en-x-press"]
)
def test_well_formed_tags_are_accepted(tag):
    assert read_text(f"- id: a\n  names: {{{tag}: [Aa]}}\n").entries["a"].preferred(tag)


# Every string that has no fault: nothing is reported, and the form arrives as it is written.
CLEAN = [
    "ААН", "Аб’яднаныя Нацыі", "O’Brien", "Ёд", "Й", "Łódź", "Šiaulių", "x-ray", "Ž. Ė.", "3M",
    "Радыё «Свабода» / RFE", "Kaunas–Vilnius", "Вітамін C", "G7-краіны", "中国", "नेपाल", "می‌روم",
]  # fmt: skip


@pytest.mark.parametrize("form", CLEAN)
def test_clean_forms_pass(form):
    assert (
        next(read_text(f"- id: a\n  names: {{und: ['{form}']}}\n").entries["a"].all_names()).form
        == form
    )


GLOSSARY_LIKE = st.text(
    st.sampled_from("-:[]{},\n \t'\"#&*!|>%@`?~aidnmesформаі1ё\u0301\u00a0\x00\x85\ufeff\ud800")
)
LINES = st.lists(
    st.sampled_from(
        ["- id: a", "- extends: a", "  names: {be: [А]}", "  names:", "    lt: [Aa, {form: B}]",
         "  type: x", "vardynas: 1", "entries:", "entries: []", "  distinct_from: [a, b]", "---",
         "  not: [", "  ]", "- - -", "\t", "  about:",
         "  refs: {a: b}", "  names: {be: [А], be: [Б]}"]
    )
).map("\n".join)  # fmt: skip


@pytest.mark.parametrize("pure", [False, True], ids=["c", "python"])
@settings(max_examples=300)
@given(text=st.one_of(st.text(), GLOSSARY_LIKE, LINES))
def test_no_text_crashes(pure, text):
    loader = yaml.CBaseLoader
    if pure:
        del yaml.CBaseLoader
    try:
        read_text(text)
    except GlossaryError as error:
        assert error.problems  # noqa: PT017 - a text may also be right
    finally:
        yaml.CBaseLoader = loader


@given(st.binary())
def test_no_bytes_crash(data):
    report = vardynas.glossary.nodes.Report("x")
    text = syntax.decode(data, report)
    assert (text is None) == bool(report.problems)


@pytest.mark.parametrize("open_", ["[", "- ", "{a: ", "? ", "&a ", "!a ", "'", "a: &a [*a"])
def test_deep_and_long_texts_end_soon(open_):
    assert problems(read_text, open_ * 100_000)


def test_messages_stay_short():
    found = problems(
        read_text, "- id: " + "Ы" * 100_000 + "\n  names: {be: [" + "Ыs" * 50_000 + "]}"
    )
    assert len(found) == 2
    assert all(len(str(problem)) < 400 for problem in found)


ENTRIES = [
    "- id: hrodna\n  names: {be: [Гродна, Горадня], lt: [Gardinas]}\n",
    "- id: nida\n  type: place\n  names: {lt: [Nida]}\n  distinct_from: [hrodna]\n",
    "- extends: hrodna\n  about: a town\n  names: {pl: [Grodno], be: [Гародня]}\n",
    "- extends: hrodna\n  names: {en: [Grodno, Hrodna], be: [Горадзен]}\n  note: seen\n",
    "- id: vilnius\n  names: {lt: [Vilnius], pl: [Wilno]}\n",
]


@settings(max_examples=50)
@given(order=st.permutations(ENTRIES), cuts=st.lists(st.integers(0, len(ENTRIES)), max_size=3))
def test_order_of_files_and_entries_changes_nothing(order, cuts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("glossary")
    bounds = [0, *sorted(cuts), len(order)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        if start < end:
            (folder / f"{number}.yaml").write_text("".join(order[start:end]), encoding="utf-8")
    glossary = read([folder])
    expected = read_text("".join(ENTRIES))
    assert glossary.entries == expected.entries
    assert list(glossary.entries) == sorted(glossary.entries)
    assert [n.form for n in glossary.entries["hrodna"].names["be"]] == [
        n.form for n in expected.entries["hrodna"].names["be"]
    ]
