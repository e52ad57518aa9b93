"""The filter over many words never loses one that the index knows, and lets few others through."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from vardynas import Entry
from vardynas.index.build import build
from vardynas.index.hashing import BLOCK, digest, digests, prefix_digests, stem_digest
from vardynas.index.tables import Index
from vardynas.language.inflection import inflect, paradigms
from vardynas.text import plain

NAMES = {
    "lukashenka": ("person", "be", "Аляксандр Лукашэнка"),
    "tsikhanouskaya": ("person", "be", "Святлана Ціханоўская"),
    "university": ("organisation", "be", "Універсітэт"),
    "hrodna": ("place", "lt", "Gardinas"),
    "lodz": ("place", "pl", "Łódź"),
    "trakai": ("place", "lt", "Trakai"),
}


@cache
def index() -> Index:
    entries = [Entry(id=i, type=t, names={tag: [form]}) for i, (t, tag, form) in NAMES.items()]
    return Index(build(entries))


@cache
def known() -> list[str]:
    """Every form of the base forms of the parts, without diacritics."""
    forms = set()
    for part in range(len(set(index()._columns.numbers("spelling.part")))):
        lemma, language = index().base_form(part)
        for paradigm in paradigms(lemma, language):
            forms.update(plain(form.text) for form in inflect(lemma, paradigm.id))
    return sorted(form for form in forms if index().hits(form, form))


def test_known_forms_pass():
    assert len(known()) > 50
    assert all(index().may_hit(known()))


def test_the_two_letters_u_are_one_at_the_beginning():
    assert index().may_hit(["універсітэта", "ўніверсітэта", "ніверсітэта"]) == [True, True, False]
    assert index().hits("ўніверсітэта", "ўніверсітэта")


def test_other_words_hardly_pass():
    chance = random.Random(1863)
    words = ["".join(chance.choices("abcdefghijklmnoprstuwyz", k=7)) for _ in range(BLOCK + 100)]
    passed = sum(index().may_hit(words))
    assert passed - sum(bool(index().hits(word, word)) for word in words) < 5


@given(st.lists(st.one_of(st.text(max_size=80), st.sampled_from(known())), max_size=30))
@settings(deadline=None, derandomize=True)
def test_what_does_not_pass_has_no_reading(words):
    answers = index().may_hit(words)
    assert len(answers) == len(words)
    assert not any(index().hits(w, w) for w, may in zip(words, answers, strict=True) if not may)


def test_no_words_and_an_index_without_names():
    assert index().may_hit([]) == []
    assert Index(build([])).may_hit(["", "gardinas", "x" * 65]) == [False, False, True]


@given(st.text(max_size=40))
def test_one_pass_gives_the_hash_of_every_beginning(word):
    assert prefix_digests(word) == [stem_digest(word[:cut]) for cut in range(len(word) + 1)]


@given(st.lists(st.text(max_size=40), max_size=20))
@settings(deadline=None)
def test_hashes_of_many_words_are_those_of_each(words):
    assert digests(words).tolist() == [digest(word) for word in words]


def test_hashes_of_similar_words_differ():
    chance = random.Random(1863)
    words = {"".join(chance.choices("abu", k=chance.randrange(1, 14))) for _ in range(50_000)}
    assert len({digest(word) for word in words}) == len(words)


def test_what_a_hash_finds_is_compared_by_its_letters():
    """Every stem gets the hash of the word that is asked for."""
    entries = [Entry(id="hrodna", type="place", names={"lt": ["Gardinas"]})]
    forged = Index(build(entries))
    forged._readings._hashes = [digest("vilni")] * len(forged._readings._hashes)
    assert forged.hits("vilnius", "vilnius") == []
    forged._readings._hashes = [digest("gardin")] * len(forged._readings._hashes)
    assert forged.hits("gardinas", "gardinas")
