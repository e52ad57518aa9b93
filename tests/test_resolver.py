"""The object that users hold: ties, tags, decisions, pickling, many texts."""

import pickle
from functools import cache

import pytest

import vardynas
from vardynas import Entry, Failure, Resolver, UnknownEntry, UnknownLanguage


@cache
def resolver():
    return vardynas.load()


def test_two_that_fit_equally_are_no_answer():
    smiths = [Entry(id=i, type="person", names={"en": ["John Smith"]}) for i in ("a", "b")]
    for decision in ("precision", "balanced", "recall"):
        assert Resolver(smiths).resolve("John Smith", decision=decision) is None
        assert resolver().resolve("Congo", decision=decision) is None


@pytest.mark.parametrize("word", ["Zzzzz", "Nnn", "Qwertyuiop", "Jan Kowalski"])
def test_nonsense_and_strangers_are_no_answer(word):
    assert resolver().resolve(word) is None


@pytest.mark.parametrize("language", ["pl", "pl-PL", "PL", "pl_pl"])
def test_a_region_changes_nothing(language):
    found = resolver().scan("Byłem w Wilnie, Mińsku i Brześciu", language)
    assert [mention.entry for mention in found] == ["vilnius", "minsk", "brest"]


def test_one_text_is_not_many():
    with pytest.raises(TypeError, match=r"scan_many\(\[text\]\)"):
        resolver().scan_many("Wilno")


@pytest.mark.parametrize("language", ["", "polish", "!!"])
def test_what_is_no_tag_is_refused(language):
    with pytest.raises(UnknownLanguage):
        resolver().lookup("Wilno", language)


def test_an_unknown_decision_is_refused():
    with pytest.raises(ValueError, match="precision, balanced, recall"):
        resolver().scan("Wilno", decision="bold")


def test_a_resolver_pickles():
    assert pickle.loads(pickle.dumps(resolver())).resolve("Łukaszenki") == resolver().resolve(
        "Łukaszenki"
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_texts_come_back_in_order_and_a_poisoned_one_fails_alone(jobs):
    texts = ["Łukaszenki nie było w Grodnie.", None, "", "Vilniuje"] * 20
    found = list(resolver().scan_many(texts, jobs=jobs))
    assert [isinstance(one, Failure) for one in found] == [text is None for text in texts]
    assert [m.entry for m in found[0]] == ["lukashenka-aliaksandr", "hrodna"]
    assert found[1].index == 1
    assert found[0] == list(resolver().scan(texts[0]))


@pytest.mark.parametrize("whole", [True, False])
def test_workers_send_what_is_read(whole, monkeypatch):
    """Whole mentions, or numbers from which this process works the mentions out."""
    texts = ["Łukaszenki nie było w Grodnie.", "Vilniuje"] * 5
    alone = [list(one) for one in resolver().scan_many(texts)]
    found = list(resolver().scan_many(texts, jobs=2, whole=whole))
    assert [one.spans for one in found] == [one.spans for one in resolver().scan_many(texts)]
    scans = []
    scan = resolver()._scanner.scan
    monkeypatch.setattr(
        resolver()._scanner, "scan", lambda *a, **k: (scans.append(a), scan(*a, **k))[1]
    )
    assert [list(one) for one in found] == alone
    assert len(scans) == (0 if whole else len(texts))


@pytest.mark.parametrize(
    ("phrase", "entry"),
    [("w Wilnie", "vilnius"), ("у Менску", "minsk"), ("from Grodno", "hrodna"),
     ("lotnisko Wilno", "vilnius-airport")],
)  # fmt: skip
def test_small_words_beside_a_name_say_little(phrase, entry):
    assert resolver().lookup(phrase)[0].entry == entry


def test_an_entry_with_a_wrong_field_is_refused():
    with pytest.raises(ValueError, match="person, place, organisation, other"):
        Entry(id="x", type="persn", names={})
    with pytest.raises(ValueError, match="write a list"):
        Entry(id="x", names={"be": "Янка"})


def test_an_unknown_entry_has_close_ids():
    with pytest.raises(UnknownEntry) as caught:
        resolver()["hrodno"]
    assert "hrodna" in caught.value.close


def test_a_table_with_tabs_keeps_its_cells():
    found = resolver().scan("Imię\tMiasto\nŁukaszenka A.\tMińsk\n")
    assert [mention.text for mention in found] == ["Łukaszenka A.", "Mińsk"]


def test_a_misspelt_family_name_is_whose_full_name_stands_before_it():
    text = "Alexander Lukashenko spoke. Then Viktar Lukashenka came, and Lukaschenka left."
    found = resolver().scan(text, "en")
    assert [mention.text for mention in found] == ["Alexander Lukashenko"]


def test_family_names_that_begin_with_other_sounds_are_two():
    lookup = vardynas.load().lookup
    assert all(one.score < 0.5 for one in lookup("Jonas Jonaitis"))
    assert lookup("Jonas Žemaitis")[0].entry == "zemaitis-jonas"
    assert lookup("Jonas Žemaytis")[0].entry == "zemaitis-jonas"
    assert lookup("Jonas Žemaytis")[0].score > 0.85


def test_a_plural_that_only_rules_make_is_no_sure_answer():
    best = vardynas.load().lookup("Vilnus")[0]
    assert (best.entry, best.method) == ("vilnius", "similar")
    assert 0.5 < best.score < 0.85
