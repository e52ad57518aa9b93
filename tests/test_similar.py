"""Parts that words resemble: many words at once say what each says, and what a slow search says."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

import vardynas
from vardynas import Entry
from vardynas.index.build import build
from vardynas.index.tables import Index
from vardynas.language.keys import keys
from vardynas.match import neighbours, similar, sounds
from vardynas.match.alignment import alignment_similarity
from vardynas.match.phonetic import alike, sounds_of, word_similarity
from vardynas.match.similar import SimilarParts
from vardynas.text import fold_word

LETTERS = "aeiouszkłšėіўаоуыскйь’"


@cache
def index() -> Index:
    entries: list[Entry] = list(vardynas.load().entries.values())
    return Index(build(random.Random(1920).sample(entries, 60)))


@cache
def forms() -> list[str]:
    """Words of the names, some with a letter changed, added or cut, some with an ending."""
    chance = random.Random(1920)
    names = index()
    words = {
        word for number in range(len(names.name_flags)) for word in names.name_text(number).split()
    }
    found = set()
    for word in sorted(map(fold_word, words)):
        at = chance.randrange(len(word) + 1)
        letter = chance.choice(LETTERS)
        found |= {word, word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]}
        found |= {
            word[:at] + word[at + 1 :],
            word + chance.choice(["a", "ім", "ego", "ui", "skaja"]),
        }
    return sorted(found)


def slowly(form: str) -> dict[int, float]:
    """The weights of the parts, by asking every key of the index about every stem."""
    if len(form) < similar.MIN_LETTERS or form.endswith(similar._derivations()):
        return {}
    weights: dict[int, float] = {}
    seen: set[str] = set()
    for cut in range(len(form), max(4, len(form) - 6), -1):
        if cut < len(form) and not index().is_ending(form[cut:]):
            continue
        stem = form[:cut]
        for key in keys(stem):
            if len(key) < 4 or key in seen:
                continue
            seen.add(key)
            distance = similar.allowed_distance(len(stem))
            if cut < len(form):
                distance = min(distance, 1) if len(key) >= similar.LONG_STEM else 0
            distance = min(distance, len(key) // 4)
            for text in index().key_texts:
                away = OSA.distance(key, text)
                if away <= distance and text[0] == key[0]:
                    propose(stem, text, away, weights)
    if form.endswith(similar._adjectives()):
        return {part: weight for part, weight in weights.items() if is_family(part)}
    return weights


def propose(stem: str, text: str, away: int, weights: dict[int, float]) -> None:
    for part in index().same_key(text):
        lemma, language = index().base_form(part)
        likeness = word_similarity(stem, fold_word(lemma), None, language)
        if likeness >= similar.ALIKE[away]:
            weights[part] = max(weights.get(part, 0.0), similar.WEIGHTS[away])


def is_family(part: int) -> bool:
    return any(posting.role == similar.FAMILY for posting in index().postings(part))


def test_words_resemble_the_parts_that_a_slow_search_finds():
    chosen = random.Random(1).sample(forms(), 120)
    for form, hits in zip(chosen, SimilarParts(index()).many(chosen), strict=True):
        weights = {hit.part: hit.weight for hit in hits}
        assert weights == slowly(form), form
        ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        assert [hit.part for hit in hits] == [part for part, _ in ordered]


def test_some_of_these_words_resemble_parts_and_some_do_not():
    found = SimilarParts(index()).many(forms())
    assert 0.2 < sum(map(bool, found)) / len(found) < 0.98


@pytest.mark.parametrize("patience", [-1, float("inf")], ids=["table", "pairs"])
def test_many_words_say_what_each_says(patience, monkeypatch):
    monkeypatch.setattr(neighbours, "_PATIENCE", patience)
    chosen = [*random.Random(2).sample(forms(), 200), "", "аб", "abcde", "abcde"]
    parts = SimilarParts(index())
    assert SimilarParts(index()).many(chosen) == [parts(form) for form in chosen]


def test_many_words_are_looked_at_in_portions(monkeypatch):
    chosen = random.Random(3).sample(forms(), 50)
    whole = SimilarParts(index()).many(chosen)
    monkeypatch.setattr(similar, "_TOGETHER", 7)
    monkeypatch.setattr(sounds, "_KEPT", 20)
    assert SimilarParts(index()).many(chosen) == whole


def test_no_words_resemble_nothing():
    assert SimilarParts(index()).many([]) == []


# ---------------------------------------------------------------- likeness


@given(
    st.sampled_from(["Калиновский", "Kalinowski", "Łukaszenka", "Nausėda", "習", "a", ""]),
    st.sampled_from(["Каліноўскі", "Malinowski", "Lukašenka", "Навуседа", "Гродна", "’"]),
    st.sampled_from([None, "be", "lt", "pl"]),
    st.floats(0, 1.05),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_alike_is_similar_enough(one, other, language, least):
    (a,), (b,) = sounds_of([one], None), sounds_of([other], language)
    for bound in (least, word_similarity(one, other, None, language)):
        assert alike(a, b, bound) == (word_similarity(one, other, None, language) >= bound)


classes = st.text("AIUVKMNSTŠXQ", max_size=9)


@given(classes, classes, st.floats(0, 1))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_an_alignment_that_is_wanted_is_exact(a, b, least):
    exact = alignment_similarity(a, b)
    found = alignment_similarity(a, b, least)
    assert found == exact if exact >= least else found in (exact, 0.0)


@given(classes, classes)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_alignment_is_the_cheapest_way(a, b):
    """The textbook table, with the costs of the classes."""
    from vardynas.match import alignment

    add = {letter: alignment._insertion().get(letter, 1.0) for letter in a + b}
    rows = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = [0.0] if not i and not j else []
            if i:
                ways.append(rows[i - 1][j] + add[a[i - 1]])
            if j:
                ways.append(rows[i][j - 1] + add[b[j - 1]])
            if i and j:
                change = alignment._substitution().get(a[i - 1], {}).get(b[j - 1], 1.2)
                ways.append(rows[i - 1][j - 1] + (0.0 if a[i - 1] == b[j - 1] else change))
            rows[i][j] = min(ways)
    longest = max(sum(add[letter] for letter in text) for text in (a, b))
    wanted = 1.0 if a == b else max(0.0, 1 - rows[-1][-1] / longest)
    assert alignment_similarity(a, b) == pytest.approx(wanted)
