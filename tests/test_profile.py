"""House style: the file, what it lets be edited, first mentions, glosses, passages left alone."""

import pickle
import re

import pytest

import vardynas
from vardynas.errors import BadValue, ProfileError, UnknownEntry, UnknownLanguage
from vardynas.render import profile as module
from vardynas.render.profile import Profile
from vardynas.text.silences import silences


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


def written(tmp_path, text):
    path = tmp_path / "style.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_of_the_documentation_loads(tmp_path):
    example = re.search(r"::\n\n(.*)", module.__doc__, re.DOTALL)[1]
    found = Profile.load(written(tmp_path, example.replace("\n    ", "\n").strip()))
    assert found.only == ("person", "place")
    assert (found.first_in_full, found.strict, found.gloss) == (True, False, "en")
    assert (found.quotations, found.language, found.decision) == ("leave", "be", "precision")


def test_an_empty_file_gives_the_defaults(tmp_path):
    assert Profile.load(written(tmp_path, "# nothing yet\n")) == Profile()


FAULTS = [
    ("strikt: true", 1, 1, "'strikt'", "Write strict instead."),
    ("to: be\nquotations: keep", 2, 13, "'keep' is no value of quotations", "edit or leave"),
    ("strict: yes", 1, 9, "'yes' is no value of strict", "true or false"),
    ("to: Lithuanian", 1, 5, "'Lithuanian' is no language tag", "preferred or lt"),
    ("only: {a: b}", 1, 7, "only is a list", "[person, hrodna]"),
    ("decision: [recall]", 1, 11, "decision takes one value", "precision"),
    ("- to: lt", 1, 1, "A profile is a list of fields", "to: lt"),
    ("to: be\nto: lt", 2, 1, "stands also in line 1", "once"),
    ("to: 'be", 1, 5, "not YAML", "quotation mark"),
]


@pytest.mark.parametrize(("text", "line", "column", "message", "advice"), FAULTS)
def test_faults_are_told_with_their_place(text, line, column, message, advice, tmp_path):
    with pytest.raises(ProfileError) as raised:
        Profile.load(written(tmp_path, text))
    (problem,) = raised.value.problems
    assert (problem.line, problem.column) == (line, column)
    assert message in problem.message
    assert advice in problem.advice
    assert pickle.loads(pickle.dumps(raised.value)).problems == (problem,)


def test_every_fault_of_a_file_is_told_at_once(tmp_path):
    with pytest.raises(ProfileError) as raised:
        Profile.load(written(tmp_path, "strict: perhaps\ngloss: ''\nnames: x\n"))
    assert [problem.line for problem in raised.value.problems] == [1, 2, 3]


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ProfileError, match="No such file"):
        Profile.load(tmp_path / "absent.yaml")


def test_values_that_cannot_be_are_refused():
    with pytest.raises(UnknownLanguage):
        Profile(to="Lithuanian")
    with pytest.raises(ValueError, match="edit, leave"):
        Profile(quotations="keep")


def test_ids_that_the_glossary_does_not_have_are_told(resolver):
    with pytest.raises(UnknownEntry, match="hrodna"):
        resolver.edits("Minsk", profile=Profile(ignore=("hrodno",)))


@pytest.mark.parametrize(
    ("given", "meant"), [("persona", "person"), ("plase", "place"), ("organise", "organisation")]
)
def test_types_that_are_misspelt_are_suggested(resolver, given, meant):
    with pytest.raises(UnknownEntry, match=f"Did you mean {meant}"):
        resolver.edits("Minsk", profile=Profile(only=(given,)))


TEXT = "Lukashenka arrived in Hrodna. Lukashenka left Hrodna."


def test_arguments_go_before_the_profile(resolver):
    style = Profile(to="lt", language="en")
    assert resolver.normalize(TEXT, profile=style).startswith("Lukašenka arrived in Gardinas.")
    assert resolver.normalize(TEXT, "pl", profile=style).startswith("Łukaszenka arrived in Grodno.")


@pytest.mark.parametrize(
    ("fields", "expect"),
    [
        ({"only": ("person",)}, "Lukashenko arrived in Hrodna. Lukashenko left Hrodna."),
        ({"only": ("hrodna",)}, "Lukashenka arrived in Grodno. Lukashenka left Grodno."),
        ({"ignore": ("place",)}, "Lukashenko arrived in Hrodna. Lukashenko left Hrodna."),
        ({"only": ("place",), "ignore": ("hrodna",)}, TEXT),
        (
            {"first_in_full": True, "only": ("person",)},
            "Alexander Lukashenko arrived in Hrodna. Lukashenko left Hrodna.",
        ),
        (
            {"gloss": "original", "only": ("place",)},
            "Lukashenka arrived in Grodno (Hrodna). Lukashenka left Grodno.",
        ),
        (
            {"gloss": "be", "only": ("place",)},
            "Lukashenka arrived in Grodno (Гродна). Lukashenka left Grodno.",
        ),
    ],
)
def test_a_profile_says_what_is_written(fields, expect, resolver):
    style = Profile(language="en", **fields)
    once = resolver.normalize(TEXT, profile=style)
    assert once == expect
    assert resolver.normalize(once, profile=style) == once


QUOTED = [
    ("“I was in Hrodna,” she said in Hrodna.", "“I was in Hrodna,” she said in Grodno."),
    ("The film “Hrodna” is shown in Hrodna.", "The film “Grodno” is shown in Grodno."),
]


def test_no_gloss_repeats_what_is_written(resolver):
    style = Profile(to="en", gloss="original", language="pl")
    found = resolver.normalize("Przyjechał z Grodna, mieszka w Wilnie.", profile=style)
    assert found == "Przyjechał z Grodno, mieszka w Vilnius (Wilno)."


@pytest.mark.parametrize(("text", "expect"), QUOTED)
def test_speech_is_left_alone_when_asked(text, expect, resolver):
    style = Profile(language="en", quotations="leave")
    assert resolver.normalize(text, profile=style) == expect


def test_a_missing_profile_has_no_line(tmp_path):
    with pytest.raises(ProfileError) as caught:
        Profile.load(tmp_path / "nope.yaml")
    assert str(caught.value).startswith(f"{tmp_path / 'nope.yaml'}: No such file or directory.")


SILENCED = [
    ("Hrodna # vardynas: ignore\nHrodna", "Hrodna # vardynas: ignore\nGrodno"),
    (
        "<!-- vardynas: ignore -->\nHrodna\nHrodna\n\nHrodna",
        "<!-- vardynas: ignore -->\nHrodna\nHrodna\n\nGrodno",
    ),
    (
        "Hrodna\nvardynas: off\nHrodna\n\nHrodna\nvardynas: on\nHrodna",
        "Grodno\nvardynas: off\nHrodna\n\nHrodna\nvardynas: on\nGrodno",
    ),
    ("Hrodna\n% vardynas: off\nHrodna\n", "Grodno\n% vardynas: off\nHrodna\n"),
    ("Hrodna is vardynas: ignored", "Grodno is vardynas: ignored"),
]


@pytest.mark.parametrize(("text", "expect"), SILENCED)
def test_what_the_text_asks_to_leave_alone_stays(text, expect, resolver):
    assert resolver.normalize(text, language="en") == expect


def test_silences_are_spans_of_the_text():
    assert silences("vardynas: ignore") == [(0, 16)]
    assert silences("nothing") == []


SLIPS = [
    ("persons", "person"),
    ("persn", "person"),
    ("Person", "person"),
    ("people", "person"),
    ("plcae", "place"),
    ("organizations", "organisation"),
    ("organization", "organisation"),
    ("otherr", "other"),
]


@pytest.mark.parametrize(("given", "meant"), SLIPS)
@pytest.mark.parametrize("field", ["only", "ignore"])
def test_slips_for_types_are_refused_with_what_is_meant(given, meant, field, tmp_path):
    with pytest.raises(BadValue, match=f"{given!r} is no value of {field}; write {meant}") as bad:
        Profile(**{field: ("place", given)})
    assert isinstance(bad.value, ValueError)
    assert "person, place, organisation, other" in str(bad.value)
    assert str(pickle.loads(pickle.dumps(bad.value))) == str(bad.value)
    with pytest.raises(ProfileError) as raised:
        Profile.load(written(tmp_path, f"to: lt\n{field}: [place, {given}]\n"))
    (problem,) = raised.value.problems
    assert (problem.line, problem.column) == (2, len(f"{field}: [place, ") + 1)
    assert problem.advice.startswith(f"Write {meant} instead. Types are person, place,")


@pytest.mark.parametrize("id_", ["palace", "mother", "peace", "persson-goran", "poland", "hrodna"])
def test_ids_that_look_like_types_may_be_given(id_):
    assert Profile(only=(id_,)).only == (id_,)


def test_ids_of_a_file_that_the_glossary_does_not_have_are_told_with_their_place(
    resolver, tmp_path
):
    path = written(tmp_path, "only:\n  - place\n  - hrodno\n")
    style = pickle.loads(pickle.dumps(Profile.load(path)))
    assert style == Profile(only=("place", "hrodno"))
    with pytest.raises(ProfileError) as raised:
        resolver.edits("Minsk", profile=style)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line, problem.column) == (str(path), 3, 5)
    assert "hrodna" in problem.message
    with pytest.raises(UnknownEntry):
        resolver.edits("Minsk", profile=style.with_values(only=("hrodno",)))


BAD = [
    ({"only": "person"}, "only=('person',)"),
    ({"only": (5,)}, "5 is no value of only"),
    ({"ignore": 5}, "it takes several"),
    ({"strict": "yes"}, "True or False"),
    ({"to": 5}, "a language tag"),
    ({"gloss": None}, "a language tag"),
    ({"language": 5}, "a tag such as lt"),
    ({"decision": 1}, "precision, balanced, recall"),
    ({"onyl": ("person",)}, "Write only"),
    ({"path": "x"}, "one of to, strict"),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_a_mapping_is_a_profile_with_the_same_checks(fields, message, resolver):
    with pytest.raises(ValueError, match=re.escape(message)):
        resolver.normalize("Hrodna", profile=fields)


def test_mappings_and_lists_are_taken(resolver):
    fields = {"to": "lt", "only": ["place"]}
    assert resolver.normalize(TEXT, profile=fields) == resolver.normalize(
        TEXT, profile=Profile(to="lt", only=("place",))
    )
    with pytest.raises(TypeError, match=r"Profile\.load"):
        resolver.normalize("Hrodna", profile="style.yaml")


NO_TEXTS = [None, b"Grodno", 5, ["Grodno"]]
ASKED = {
    "normalize": lambda resolver, text: resolver.normalize(text),
    "edits": lambda resolver, text: resolver.edits(text),
    "scan": lambda resolver, text: resolver.scan(text),
    "lookup": lambda resolver, text: resolver.lookup(text),
    "resolve": lambda resolver, text: resolver.resolve(text),
    "variants": lambda resolver, text: resolver.variants(text),
    "remarks": lambda resolver, text: resolver.remarks(text),
    "compare a": lambda resolver, text: resolver.compare(text, "Wilno"),
    "compare b": lambda resolver, text: vardynas.compare("Wilno", text),
}


@pytest.mark.parametrize("text", NO_TEXTS, ids=str)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_no_text_is_refused_in_words(asked, text, resolver):
    with pytest.raises(TypeError, match=f"text.*str.*{type(text).__name__}"):
        ASKED[asked](resolver, text)


@pytest.mark.parametrize("tag", [5, b"lt", ["lt"]])
def test_what_is_no_language_is_refused_in_words(tag, resolver):
    with pytest.raises(TypeError, match="tag such as lt"):
        resolver.scan("Grodno", tag)
