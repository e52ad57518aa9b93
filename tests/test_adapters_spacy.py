"""The spaCy component: spans, entities and mentions, in any order of components, kept and sent."""

import pickle
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy", reason="needs the extra spacy")

import vardynas.adapters.spacy  # noqa: E402, F401 - after the skip; it makes the factory known
from vardynas.errors import GlossaryError, UnknownLanguage  # noqa: E402
from vardynas.model import Entry  # noqa: E402
from vardynas.resolver import Resolver  # noqa: E402

ROOT = Path(__file__).parent.parent
TEXT = "Łukaszenki nie było w Grodnie."
TWO = """
- {id: petras-1, type: person, gender: male, names: {lt: [Petras Kalinauskas]}}
- {id: petras-2, type: person, gender: male, names: {lt: [Petras Kalinauskas]}}
- {id: sviesa, type: organisation, names: {lt: [Šviesos bendrija]}}
"""


@pytest.fixture
def glossary(tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return str(path)


def _pipeline(lang="xx", *, before=None, after=None, **config):
    """A pipeline with the component, and a ruler before or after it."""
    nlp = spacy.blank(lang)
    if before:
        nlp.add_pipe("entity_ruler", name="before").add_patterns(before)
    nlp.add_pipe("vardynas", config=config)
    if after:
        nlp.add_pipe("entity_ruler", name="after").add_patterns(after)
    return nlp


def _shown(spans):
    return [(span.text, span.label_, span.kb_id_) for span in spans]


def _spans(doc, key="vardynas"):
    return _shown(doc.spans[key])


MARKED = [("Łukaszenki", "PERSON", "lukashenka-aliaksandr"), ("Grodnie", "LOC", "hrodna")]


def test_spans_have_the_entry_and_a_label_by_its_type():
    doc = _pipeline()(TEXT)
    assert _spans(doc) == MARKED
    assert doc.ents == ()


def test_a_span_knows_its_mention():
    doc = _pipeline()(TEXT)
    mention = doc.spans["vardynas"][1]._.vardynas
    assert (mention.text, mention.name, mention.method) == ("Grodnie", "Grodno", "inflected")
    assert mention.score > 0.9
    assert [one.entry for one in mention.candidates] == ["hrodna"]
    assert "Grodno" in str(mention.candidates[0].evidence[0])
    assert doc[0:3]._.vardynas is None


@pytest.mark.parametrize("lang", ["xx", "lt", "en", "de"])
def test_any_pipeline_takes_it(lang):
    doc = _pipeline(lang)("Кастусь Каліноўскі, Gardinas, w Grodnie")
    assert {span.kb_id_ for span in doc.spans["vardynas"]} == {"kalinouski-kastus", "hrodna"}


@pytest.mark.parametrize(
    ("lang", "language", "asked"),
    [
        ("xx", None, None),
        ("pl", None, "pl"),
        ("pl", "xx", None),
        ("pl", "be-tarask", "be-tarask"),
    ],
)
def test_the_language_is_that_of_the_pipeline_unless_said(lang, language, asked):
    finder = _pipeline(lang, language=language).get_pipe("vardynas")
    assert finder.settings.language == asked


def test_ambiguous_mentions_have_candidates_and_no_entry(glossary):
    doc = _pipeline("lt", glossary=glossary, ents=True)("Atvyko Petras Kalinauskas.")
    [span] = doc.spans["vardynas"]
    assert (span.text, span.label_, span.kb_id_) == ("Petras Kalinauskas", "PERSON", "")
    assert {one.entry for one in span._.vardynas.candidates} == {"petras-1", "petras-2"}
    assert span._.vardynas.ambiguous
    assert _shown(doc.ents) == [("Petras Kalinauskas", "PERSON", "")]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("spacy", ["PERSON", "LOC"]),
        ("wikiner", ["PER", "LOC"]),
        ("nkjp", ["persName", "placeName"]),
        ({"place": "GPE"}, ["PERSON", "GPE"]),
    ],
)
def test_labels_are_a_scheme_or_a_map(labels, expected):
    nlp = _pipeline(labels=labels, ents=True)
    assert [one.label_ for one in nlp(TEXT).ents] == expected
    assert set(expected) <= set(nlp.pipe_labels["vardynas"])


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"labels": "ontonotes"}, "'ontonotes' is no scheme of labels; write one of spacy, "),
        ({"labels": {"city": "GPE"}}, "'city' is no type of an entry; write one of person, "),
        ({"min_score": 2}, "min_score is 2"),
        ({"min_score": 0.5, "details": False}, "Scores are details"),
        ({"decision": "bold"}, "'bold' is no value of decision; write one of precision, "),
        ({"language": "zz"}, "'zz' is not a language tag that can be used here. Write one of lt, "),
        ({"language": ""}, "'' is not a language tag"),
        ({"spans_key": ""}, "'' is no value of spans_key; write a name"),
        ({"glossary": []}, "of glossary; write None for the built-in glossary"),
    ],
)
def test_wrong_settings_are_told_at_once(config, said):
    with pytest.raises(ValueError, match=said):
        _pipeline(**config)


def test_a_wrong_language_is_told():
    with pytest.raises(UnknownLanguage):
        _pipeline(language="!")


def test_a_missing_glossary_is_told_with_the_first_document():
    nlp = _pipeline(glossary="no/such.yaml")
    with pytest.raises(GlossaryError, match=r"no/such\.yaml"):
        nlp("Vilnius")


def test_scores_below_the_least_are_left_out():
    nlp = _pipeline(min_score=0.985)
    assert _spans(nlp(TEXT)) == MARKED[1:]


def test_without_details_spans_are_the_same(glossary):
    for config, text in (({}, TEXT), ({"glossary": glossary}, "Petras Kalinauskas.")):
        bare = _pipeline(details=False, ents=True, **config)(text)
        assert _spans(bare) == _shown(bare.ents) == _spans(_pipeline(**config)(text))
        assert [span._.vardynas for span in bare.ents] == [None] * len(bare.ents)


def test_names_cover_whole_tokens_and_may_share_one(glossary):
    doc = _pipeline("lt", glossary=glossary, ents=True)("xPetras Kalinauskasx")
    assert not doc.spans["vardynas"]
    nlp = _pipeline(ents=True)
    nlp.tokenizer = spacy.tokenizer.Tokenizer(nlp.vocab)  # by spaces alone
    doc = nlp("Wilno/Grodno")
    assert _spans(doc) == [
        ("Wilno/Grodno", "LOC", "vilnius"),
        ("Wilno/Grodno", "LOC", "hrodna"),
    ]
    assert [span._.vardynas.text for span in doc.spans["vardynas"]] == ["Wilno", "Grodno"]
    assert _shown(doc.ents) == [("Wilno/Grodno", "LOC", "vilnius")]


WIDE = [{"label": "EVENT", "pattern": "w Grodnie"}, {"label": "X", "pattern": "nie"}]


@pytest.mark.parametrize(
    ("where", "overwrite", "expected"),
    [
        ("before", False, ["PERSON", "X", "EVENT"]),
        ("before", True, ["PERSON", "X", "LOC"]),
        ("after", False, ["PERSON", "X", "LOC"]),
    ],
)
def test_other_components_may_stand_before_and_after(where, overwrite, expected):
    nlp = _pipeline(**{where: WIDE}, ents=True, overwrite_ents=overwrite)
    doc = nlp(TEXT)
    assert [one.label_ for one in doc.ents] == expected
    assert _spans(doc) == MARKED


def test_it_may_stand_beside_a_recognizer_that_was_trained():
    """One that was not, in truth: what it says is arbitrary, so only what is ours is certain."""
    for before in (True, False):
        nlp = spacy.blank("xx")
        nlp.add_pipe("ner").add_label("PER")
        place = {"before": "ner"} if before else {"after": "ner"}
        nlp.add_pipe("vardynas", config={"ents": True, "overwrite_ents": True}, **place)
        nlp.initialize()
        doc = nlp(TEXT)
        assert set(MARKED) <= set(_shown(doc.ents))
        assert _spans(doc) == MARKED


def test_two_components_keep_to_themselves(glossary):
    nlp = _pipeline("lt", glossary=glossary)
    entry = Entry(id="bridge", type="place", names={"lt": ["Šviesos bendrija"]})
    other = nlp.add_pipe("vardynas", name="places", config={"spans_key": "places"})
    other.resolver = Resolver([entry])
    doc = nlp("Šviesos bendrija")
    for key, found in (("vardynas", "sviesa"), ("places", "bridge")):
        assert [span._.vardynas.entry for span in doc.spans[key]] == [found]


def test_a_document_may_pass_twice():
    nlp = _pipeline(ents=True)
    finder = nlp.get_pipe("vardynas")
    doc = finder(nlp(TEXT))
    assert _spans(doc) == _shown(doc.ents) == MARKED
    assert doc.ents[0]._.vardynas.entry == "lukashenka-aliaksandr"


def test_strange_texts_pass():
    nlp = _pipeline(ents=True)
    for text in ("", " ", "\n\n", "😀 Wilno 👩‍👩‍👧", "Wi\u00adlno", "a" * 5000):
        assert nlp(text).text == text


def test_documents_keep_what_spans_know():
    nlp = _pipeline(ents=True)
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    mentions = [span._.vardynas for span in doc.spans["vardynas"]]
    assert [span._.vardynas for span in again.spans["vardynas"]] == mentions
    assert [span._.vardynas for span in again.ents] == mentions


def test_a_stored_pipeline_needs_no_other_files(glossary, tmp_path):
    nlp = _pipeline("lt", glossary=glossary, ents=True, spans_key="names")
    before = _spans(nlp("Šviesos bendrijoje."), "names")
    nlp.to_disk(tmp_path / "stored")
    data = nlp.to_bytes()
    Path(glossary).unlink()
    for again in (spacy.load(tmp_path / "stored"), _pipeline("lt").from_bytes(data)):
        doc = again("Šviesos bendrijoje.")
        key = again.get_pipe("vardynas").settings.spans_key
        assert _spans(doc, key) == before == [("Šviesos bendrijoje", "ORG", "sviesa")]


def test_the_built_in_glossary_is_not_copied(tmp_path):
    nlp = _pipeline()
    nlp.to_disk(tmp_path / "stored")
    assert (tmp_path / "stored" / "vardynas" / "glossary.index").stat().st_size == 0
    assert _spans(spacy.load(tmp_path / "stored")(TEXT)) == MARKED


def test_stored_bytes_that_are_unfit_are_told(glossary):
    finder = _pipeline(glossary=glossary).get_pipe("vardynas")
    with pytest.raises(GlossaryError, match="Make the pipeline again"):
        finder.from_bytes(b"something else")


def test_a_resolver_of_your_own_goes_with_the_pipeline(tmp_path):
    nlp = _pipeline()
    entry = Entry(id="x", type="place", names={"lt": ["Paberžė"]})
    nlp.get_pipe("vardynas").resolver = Resolver([entry])
    nlp.to_disk(tmp_path)
    for one in (nlp, _pipeline().from_bytes(nlp.to_bytes()), spacy.load(tmp_path)):
        assert _spans(one("Paberžėje")) == [("Paberžėje", "LOC", "x")]


def test_the_component_pickles(glossary):
    finder = _pipeline("lt", glossary=glossary).get_pipe("vardynas")
    doc = spacy.blank("lt")("Šviesos bendrija")
    assert _spans(pickle.loads(pickle.dumps(finder))(doc))[0][2] == "sviesa"
    builtin = _pipeline().get_pipe("vardynas")
    assert len(pickle.dumps(builtin)) < 2000, "the built-in glossary is there anyway"


@pytest.mark.parametrize("used", [False, True], ids=["new", "used"])
def test_a_pickled_pipeline_needs_no_other_files(glossary, used):
    nlp = _pipeline("lt", glossary=glossary)
    if used:
        nlp("Šviesos bendrija")
    data = pickle.dumps(nlp)
    Path(glossary).unlink()
    again = pickle.loads(data)
    assert _spans(again("Šviesos bendrijoje.")) == [("Šviesos bendrijoje", "ORG", "sviesa")]
    assert _spans(pickle.loads(pickle.dumps(again))("Šviesos bendrija"))[0][2] == "sviesa"


def test_a_language_that_only_ones_own_glossary_has_may_be_told(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("- {id: x, type: place, names: {fi: [Vilna]}}\n", encoding="utf-8")
    nlp = _pipeline(glossary=str(path), language="fi")
    assert _spans(nlp("Vilna")) == [("Vilna", "LOC", "x")]


@pytest.mark.parametrize("processes", [1, 2])
def test_streams_give_what_single_documents_give(processes):
    nlp = _pipeline(ents=True)
    texts = [TEXT, "", "Nothing.", "W Wilnie.", *[f"Mińsk {n}" for n in range(5)]]
    alone = [_spans(nlp(text)) for text in texts]
    docs = list(nlp.pipe(texts, batch_size=4, n_process=processes))
    assert [_spans(doc) for doc in docs] == alone
    assert [doc.ents[0]._.vardynas.entry for doc in docs if doc.ents][:2] == [
        "lukashenka-aliaksandr",
        "vilnius",
    ]


def test_a_document_that_fails_goes_to_the_error_handler(monkeypatch):
    from vardynas.model import Failure

    nlp = _pipeline()
    finder = nlp.get_pipe("vardynas")
    finder.resolver = type("Failing", (), {"scan_many": lambda *_, **__: [Failure(0, "no")]})()
    with pytest.raises(RuntimeError, match="no"):
        nlp("Vilnius")
    seen = []
    nlp.set_error_handler(lambda name, component, docs, error: seen.append((name, docs[0].text)))
    assert list(nlp.pipe(["Vilnius"])) == []
    assert seen == [("vardynas", "Vilnius")]


def test_displacy_shows_the_entities():
    doc = _pipeline(ents=True)(TEXT)
    options = {"kb_url_template": "https://example.org/entries/{}"}
    shown = spacy.displacy.render(doc, style="ent", options=options, jupyter=False)
    assert "https://example.org/entries/hrodna" in shown
    spans = {"spans_key": "vardynas"}
    assert "LOC" in spacy.displacy.render(doc, style="span", options=spans, jupyter=False)


def _python(code):
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


def test_spacy_finds_the_factory_by_itself():
    names = {one.name: one.value for one in entry_points(group="spacy_factories")}
    if "vardynas" not in names:
        pytest.skip("vardynas is not installed, or was before it had this component")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["spacy_factories"]["vardynas"] == names["vardynas"]
    done = _python("import spacy; print(spacy.blank('xx').add_pipe('vardynas').name)")
    assert (done.stdout, done.stderr) == ("vardynas\n", "")


def test_without_spacy_it_says_what_to_install():
    done = _python("import sys; sys.modules['spacy'] = None; import vardynas.adapters.spacy")
    assert "pip install 'vardynas[spacy]'" in done.stderr
