"""What texts suggest for a glossary, on texts with planted names."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas.cli import cli
from vardynas.suggest import Harvest, suggestions
from vardynas.suggest.lemmas import endings_of, lemmas

RESOLVER = vardynas.load()
CASES = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("suggest.yaml").read_text("utf-8")
)
SAMPLES = sorted(Path(__file__).parents[1].glob("seeds/**/*.txt"))
KNOWN = [e for e in RESOLVER.entries.values() if e.type in ("person", "place")]
ENDINGS = endings_of(name for entry in KNOWN for name in entry.all_names())


def found_in(texts):
    harvest = Harvest(RESOLVER)
    for text in texts:
        harvest.add(text)
    return suggestions(harvest, RESOLVER, 1)


def planted():
    """The names planted in the texts: their entry, if they are spellings of one, and base forms."""
    for row in [*CASES["planted"], *CASES["spellings"]]:
        yield row.get("entry"), {tag: name for tag, name in row.items() if tag != "entry"}


def has_a_form(one, names):
    return all(
        any(tag == language and name.split()[0][:4] in text for text, language, _ in one.forms)
        for tag, name in names.items()
    )


def test_planted_names_are_suggested_and_little_else():
    found = found_in(CASES["texts"].values())
    used, missed, other_base = set(), [], []
    for entry, names in planted():
        hits = [one for one in found if has_a_form(one, names) and entry in (None, one.id)]
        used.update(one.id for one in hits)
        missed += [] if hits else [names]
        right = any(name in one.names.get(tag, ()) for one in hits for tag, name in names.items())
        other_base += [] if right else list(names.values())
    assert missed == []
    assert other_base == CASES["other_base"]
    assert [one.id for one in found if one.id not in used] == []


WORDS = [
    ("lt", ["Petrausko", "Petrauskui"], "Petrauskas"),
    ("lt", ["Baranaučių", "Baranaučiuose"], "Baranaučiai"),
    ("lt", ["Kirmelienės", "Kirmelienę"], "Kirmelienė"),
    ("be", ["Калінкавічам", "Калінкавічу"], "Калінкавіч"),
    ("pl", ["Kalinkowskiej", "Kalinkowską"], "Kalinkowska"),
    ("pl", ["Kalinkowicza"], "Kalinkowicz"),
    ("pl", ["Nowakowska"], "Nowakowska"),
]


@pytest.mark.parametrize(("language", "forms", "lemma"), WORDS)
def test_lemmas(language, forms, lemma):
    found = lemmas(dict.fromkeys(forms, 1), language, (), ENDINGS)
    assert found == dict.fromkeys(forms, lemma)


def test_bare_letters_count_for_the_name_with_its_marks():
    texts = [
        "wczoraj wysłano długi list do Lukaševičiusa, który już odpowiedział.",
        "czytano artykuł Lukaseviciusa.",
        "pisano o Lukaseviciusie.",
    ]
    (one,) = found_in(texts)
    assert (one.id, one.names, one.count) == ("lukasevicius", {"pl": ("Lukaševičius",)}, 3)


def test_words_that_begin_sentences_are_no_part_of_a_misspelt_name():
    text = "Kalbėjo Ingryda Šimonitė. Su Ingryda Šimonite ėjo. Apie Ingrydą Šimonitę rašė."
    (one,) = found_in([text])
    assert (one.id, one.extends, one.count) == ("simonyte-ingrida", True, 3)
    assert one.names == {"lt": ("Ingryda Šimonitė",)}
    assert sorted(text for text, _, _ in one.forms) == [
        "Ingryda Šimonite",
        "Ingryda Šimonitė",
        "Ingrydą Šimonitę",
    ]
    assert "Kalbėjo [Ingryda Šimonitė]." in " ".join(one.contexts)


def test_ids_have_the_family_name_first_also_after_an_unknown_given_name():
    (one,) = found_in(["a wygrał Gościwit Marchelak; nikt Marchelaka nie widział."])
    assert (one.id, one.type) == ("marchelak-gosciwit", None)


def test_many_texts_at_once_are_the_same_as_one_after_the_other():
    one, other = Harvest(RESOLVER), Harvest(RESOLVER)
    other.add_many(CASES["texts"].values())
    for text in CASES["texts"].values():
        one.add(text)
    assert (one.unknown, one.spellings, one.small) == (other.unknown, other.spellings, other.small)


def test_samples_have_few_unknown_names():  # the one is in no entry, but as somebody's relative
    found = found_in(path.read_text("utf-8") for path in SAMPLES)
    assert [one.id for one in found if one.count > 2] == ["lukashenka-viktar"]


def test_the_order_of_texts_changes_no_count():
    texts = list(CASES["texts"].values())
    one, other = found_in(texts), found_in(texts[::-1])
    assert {(s.id, s.count) for s in one} == {(s.id, s.count) for s in other}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=3))
def test_no_text_breaks_it(texts):
    found_in(texts)


def test_what_is_printed_is_a_glossary(tmp_path):
    for tag, text in CASES["texts"].items():
        (tmp_path / f"{tag}.txt").write_text(text, "utf-8")
    run = CliRunner().invoke(cli, ["suggest", "--least", "1", str(tmp_path)])
    assert run.exit_code == 0, run.output
    out = tmp_path / "new.yaml"
    out.write_text(run.stdout, "utf-8")
    resolver = vardynas.load(out, builtin=True)
    assert resolver.resolve("Mantvydo Dargužio").entry not in RESOLVER
    assert resolver.resolve("Lukašenkkos").entry == "lukashenka-aliaksandr"


def test_nothing_to_suggest(tmp_path):
    (tmp_path / "a.txt").write_text("namas stovi prie kelio", "utf-8")
    run = CliRunner().invoke(cli, ["suggest", str(tmp_path)])
    assert run.exit_code == 1
    assert run.stdout == "vardynas: 1\nentries: []\n"
