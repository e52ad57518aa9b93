"""Normalizing: tables of texts and what becomes of them, and the invariants of edits."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

import vardynas
from vardynas.errors import UnknownLanguage
from vardynas.render.replace import apply

FOLDER = Path(__file__).parent
TARGETS = ("preferred", "lt", "be", "pl", "en", "ru", "id")
ENTRIES = [
    vardynas.Entry(
        id="znak-maksim",
        type="person",
        gender="male",
        origin="be",
        names={
            "be": ["Максім Знак"],
            "lt": [{"form": "Maksimas Znakas", "unverified": True}],
            "en": ["Maksim Znak"],
        },
    )
]


def cases(name):
    return yaml.safe_load((FOLDER / "cases" / name).read_text(encoding="utf-8"))


CASES = cases("normalize.yaml") + cases("rendering.yaml")
SAMPLES = sorted((FOLDER.parent / "seeds" / "samples").glob("*.txt"))


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['to']}: {c['text'][:30]}")
def test_normalize(case, resolver):
    options = {"language": case["language"], "strict": case.get("strict", False)}
    edits = resolver.edits(case["text"], case["to"], **options)
    assert apply(case["text"], edits) == case["expect"], case["why"]
    if "note" in case:
        assert [edit.note for edit in edits] == [case["note"]]


@pytest.mark.parametrize("to", TARGETS)
def test_the_texts_of_the_table_change_only_once(to, resolver):
    wrong = []
    for case in CASES:
        once = resolver.normalize(case["text"], to, language=case["language"])
        twice = resolver.normalize(once, to, language=case["language"])
        wrong += [(once, twice)] if once != twice else []
    assert wrong == []


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples_change_only_once(path, to, resolver):
    once = resolver.normalize(path.read_text(encoding="utf-8"), to)
    assert resolver.normalize(once, to) == once


@pytest.mark.parametrize("to", TARGETS)
def test_edits_slice_the_text_and_never_overlap(to, resolver):
    text = "\n\n".join(case["text"] for case in CASES)
    edits = resolver.edits(text, to)
    assert edits
    assert all(text[edit.start : edit.end] == edit.text != edit.replacement for edit in edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    assert all(edit.why and edit.entry in resolver for edit in edits)


def test_names_in_an_unknown_language_are_left_alone(resolver):
    assert resolver.edits("Minsk", "preferred") == []
    assert resolver.normalize("Minsk", "lt") == "Minskas"


def test_what_is_no_language_tag_is_refused(resolver):
    with pytest.raises(UnknownLanguage, match="Lithuanian"):
        resolver.edits("Minsk", "Lithuanian")


@pytest.mark.parametrize(
    ("how", "allowed"),
    [({"to": "xx"}, "preferred, id"), ({"profile": vardynas.Profile(gloss="de-AT")}, "original")],
)
def test_a_language_without_rules_and_names_is_refused(how, allowed, resolver):
    with pytest.raises(
        UnknownLanguage, match=rf"can be used here\. Write one of lt, .*{allowed}\.$"
    ):
        resolver.normalize("Minsk", **how)
    with pytest.raises(ValueError, match=allowed):
        resolver.edits("nothing here", **how)


def test_a_language_that_only_the_glossary_has_is_written():
    resolver = vardynas.Resolver([vardynas.Entry("x", {"pl": ["Wilno"], "de": ["Wilna"]})])
    assert resolver.normalize("Wilno", "de") == "Wilna"


def test_unverified_names_are_never_written():
    resolver = vardynas.Resolver(ENTRIES)
    (edit,) = resolver.edits("Maksim Znak spoke.", "lt", language="en")
    assert edit.why.startswith("the lt name of znak-maksim, derived by ")
    assert resolver.edits("Maksim Znak spoke.", "lt", language="en", strict=True) == []


def test_variants_are_few_and_each_stands_once(resolver):
    for entry in ("lukashenka-aliaksandr", "hrodna", "european-union"):
        found = resolver.variants(entry)
        assert len({(v.form, v.language) for v in found}) == len(found)
        derived = [v.language for v in found if v.rules]
        assert all(derived.count(language) <= 5 for language in derived)
        assert [bool(v.rules) for v in found] == sorted(bool(v.rules) for v in found)


def test_variants_inflect_what_the_glossary_lists(resolver):
    forms = {v.form: v for v in resolver.variants("european-union", "lt", inflected=True)}
    assert [slot.case for slot in forms["Europos Sąjungos"].slots] == ["gen"]
    assert "Europų Sąjungos" not in forms


def test_names_that_repeat_are_worked_out_once(monkeypatch):
    """What a name is and how it is written is asked once, not again for each mention."""
    import vardynas
    from vardynas.language import names
    from vardynas.render import edits

    resolver = vardynas.load()
    sentence = "Swietłana Tichanowska była w Wilnie u Gitanasa Nausedy. "
    asked = []
    whole = names.tokenize
    monkeypatch.setattr(names, "tokenize", lambda text: asked.append(text) or whole(text))
    counts = []
    for text in (sentence, sentence * 50):
        mentions = list(resolver.scan(text))
        asked.clear()
        made = edits.plan(resolver.__getitem__, mentions, text, vardynas.Profile())
        counts.append((len(made), len(asked)))
    assert counts[0][0] * 50 == counts[1][0] > 0
    assert counts[1][1] <= counts[0][1]


ALONE = [
    ("Nauseda", "Nausėda"),  # so in English, Polish and Lithuanian
    ("Wilno", "Wilno"),
    ("Hrodna", "Hrodna"),
    ("Nausedos", "Nausėdos"),  # a form that tells its language
]


@pytest.mark.parametrize(("title", "expect"), ALONE)
def test_where_no_language_can_be_told_only_what_all_write_alike_is_written(title, expect):
    from vardynas.documents import open_document
    from vardynas.documents.proposals import Proposer

    page = open_document("a.html", f"<title>{title}</title><p>1990".encode())
    proposer = Proposer(vardynas.load(), vardynas.Profile())
    found = proposer.of_document(page)
    assert [mention.text for mention in found.mentions] == [title]
    assert page.write(found.edits).decode() == f"<title>{expect}</title><p>1990"
