"""Neighbours are those that measuring every pair finds, whichever way they are looked for."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import osa

from vardynas.match import neighbours
from vardynas.match.neighbours import Neighbours

table = neighbours.SegmentTable

KEYS = [
    "LUKAŠANK", "TIXANAVSK", "KALINAVSK", "MALINAVSK", "GRADNA", "GARADN", "VILN", "MINSK", "PINSK",
    "VARŠAV", "KRAKAV", "BABRUISK", "PALATSK", "NAVASED", "STANKAVIČ", "STATKAVIČ", "ŠUŠKAVIČ",
]  # fmt: skip


def brute_force(texts: list[str], text: str, distance: int) -> list[tuple[str, int]]:
    away = ((other, osa(text, other)) for other in texts)
    return [(other, edits) for other, edits in away if 0 < edits <= distance]


@pytest.fixture(params=["each", "joined"], autouse=True)
def way(request, monkeypatch):
    """Both ways of `Neighbours`: measuring every pair, and the table of segments."""
    patience = float("inf") if request.param == "each" else -1
    monkeypatch.setattr(neighbours, "_PATIENCE", patience)
    return request.param


def damaged(text: str, edits: int, chance: random.Random) -> str:
    for _ in range(edits):
        at = chance.randrange(len(text))
        letter = chance.choice("AKLNSTR")
        text = chance.choice(
            [
                text[:at] + letter + text[at + 1 :],
                text[:at] + letter + text[at:],
                text[:at] + text[at + 1 :] or letter,
                text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
            ]
        )
    return text


@pytest.mark.parametrize("distance", [1, 2])
def test_misspelt_keys_find_what_they_were_and_all_else_that_is_near(distance):
    chance = random.Random(distance)
    texts = KEYS + [damaged(key, 3, chance) for key in KEYS for _ in range(20)]
    found = Neighbours(texts)
    for key in KEYS:
        for _ in range(5):
            query = damaged(key, distance, chance)
            assert found.find(query, distance) == brute_force(texts, query, distance), query


@pytest.mark.parametrize("text", KEYS)
def test_two_transpositions_anywhere_are_two_edits(text):
    """Also over the borders of segments, which both break."""
    found = Neighbours([text])
    for i in range(len(text) - 1):
        once = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
        assert found.find(once, 1) == brute_force([text], once, 1)
        for j in range(len(text) - 1):
            twice = once[:j] + once[j + 1] + once[j] + once[j + 2 :]
            assert found.find(twice, 2) == brute_force([text], twice, 2)


@pytest.mark.parametrize("text", KEYS[:6])
def test_a_transposition_beside_any_other_edit_is_two_edits(text):
    found = Neighbours([text])
    for i in range(len(text) - 1):
        once = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
        for j in range(len(text) + 1):
            for other in (once[:j] + "X" + once[j:], once[:j] + once[j + 1 :]):
                assert found.find(other, 2) == brute_force([text], other, 2)


few_letters = st.text("abc", max_size=9)
any_letters = st.text(st.sampled_from("aąЖў😀\udc80"), max_size=7)


@pytest.mark.parametrize("words", [few_letters, any_letters], ids=["few", "any"])
def test_nothing_is_missed_or_invented(words):
    @given(st.lists(words, max_size=12), st.lists(st.tuples(words, st.integers(0, 2)), max_size=6))
    @settings(max_examples=300, deadline=None, derandomize=True)
    def check(texts, questions):
        answers = Neighbours(texts).find_many([q for q, _ in questions], [d for _, d in questions])
        assert answers == [brute_force(texts, text, distance) for text, distance in questions]

    check()


@given(st.lists(few_letters, min_size=1, max_size=40), st.integers(1, 2))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_many_questions_are_answered_like_each_alone(texts, distance):
    found = Neighbours(texts)
    each = [found.find(text, distance) for text in texts]
    assert found.find_many(texts, [distance] * len(texts)) == each


def test_the_empty_string_has_neighbours_too():
    assert Neighbours(["a", "ab", "abc"]).find("", 1) == [("a", 1)]
    assert Neighbours(["", "a"]).find("ab", 2) == [("", 2), ("a", 1)]


def test_among_no_strings_there_is_nothing():
    assert Neighbours([]).find("GRADNA", 2) == []
    assert Neighbours(KEYS).find_many([], []) == []


@given(st.lists(few_letters, max_size=12), st.lists(few_letters, max_size=6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_string_is_found_itself_where_that_is_wanted(texts, questions):
    distances = [len(question) % 3 for question in questions]
    answers = Neighbours(texts).find_many(questions, distances, equal=True)
    for question, distance, answer in zip(questions, distances, answers, strict=True):
        away = ((text, osa(question, text)) for text in texts)
        assert answer == [row for row in away if row[1] <= distance]


def test_equal_strings_are_all_answered_and_the_string_itself_never():
    assert Neighbours(["ab", "b", "ab", "b"]).find("b", 1) == [("ab", 1), ("ab", 1)]


def test_more_edits_are_refused():
    with pytest.raises(ValueError, match="0 to 2 edits"):
        Neighbours(KEYS).find("GRADNA", 3)


def test_pairs_are_sorted_out_in_bounded_portions(monkeypatch, way):
    monkeypatch.setattr(neighbours, "_PAIRS", 5)
    chance = random.Random(3)
    queries = [damaged(key, 2, chance) for key in KEYS * 3]
    answers = Neighbours(KEYS).find_many(queries, [2] * len(queries))
    assert answers == [brute_force(KEYS, query, 2) for query in queries]


def test_the_table_is_made_when_it_pays(monkeypatch):
    monkeypatch.setattr(neighbours, "_PATIENCE", 3 * len(KEYS))
    made: list[int] = []
    monkeypatch.setattr(neighbours, "SegmentTable", lambda *args: made.append(1) or table(*args))
    found = Neighbours(KEYS)
    for question in range(6):
        assert found.find("GRADN", 2) == brute_force(KEYS, "GRADN", 2)
        assert len(made) == (question >= 3)
