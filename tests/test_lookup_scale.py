"""Look-ups stay the same and stay short where a name stands in very many entries."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas import Entry, Resolver
from vardynas.index.codes import EXACT
from vardynas.index.tables import Index
from vardynas.language.keys import keys
from vardynas.match import lookup, near_names
from vardynas.match.near_names import NearNames
from vardynas.match.neighbours import Neighbours
from vardynas.match.postings import postings_of
from vardynas.match.proposal import strength
from vardynas.match.roles import GIVEN, roles_of
from vardynas.text import tokenize

FAMILIES = ["Kazlauskas", "Petrauskas", "Jankauskas", "Butkus", "Žukauskas", "Paulauskas"]
GIVEN_NAMES = ["Jonas", "Petras", "Vytautas"]


@cache
def crowd() -> Resolver:
    """Every given name with every family name, and one man whom the glossary only sets apart."""
    rows = [(given, family) for family in FAMILIES for given in GIVEN_NAMES]
    return Resolver(
        Entry(
            id=f"{given}-{family}".lower(),
            type="person",
            gender="male",
            names={"lt": [f"{given} {family}"]},
            not_=(f"Jonas {family}-Namesake",) if given == "Petras" else (),
        )
        for given, family in rows
    )


@cache
def shipped() -> Resolver:
    entries = list(vardynas.load().entries.values())
    return Resolver(random.Random(1009).sample(entries, 120))


@cache
def queries() -> list[str]:
    index = shipped()._index
    names = sorted({index.name_text(number) for number in range(len(index.name_flags))})
    chance = random.Random(1009)
    found = []
    for name in chance.sample(names, 120):
        at = chance.randrange(len(name))
        found += [
            name,
            name[:at] + chance.choice("aikšłыў") + name[at + 1 :],
            name[:at] + name[at:],
        ]
    return found + [word for name in found[::5] for word in name.split()]


# ---------------------------------------------------------------- answers are kept


def test_a_kept_answer_is_the_callers_own():
    resolver = crowd()
    first = resolver.lookup("Jonas Kazlauskas")
    wanted = list(first)
    first.clear()
    assert resolver.lookup("Jonas Kazlauskas") == wanted != []


def test_answers_are_kept_by_name_language_and_limit(monkeypatch):
    resolver = crowd()
    asked: list[str] = []
    raw = lookup.Lookup.raw
    monkeypatch.setattr(
        lookup.Lookup, "raw", lambda self, name, *rest: asked.append(name) or raw(self, name, *rest)
    )
    for _ in range(3):
        resolver.lookup("Petras Butkaus")
        resolver.lookup("Petras Butkaus", "lt")
        resolver.lookup("Petras Butkaus", "lt", 1)
    assert asked == ["Petras Butkaus"] * 3


def test_no_more_answers_are_kept_than_allowed(monkeypatch):
    monkeypatch.setattr(lookup, "KEPT", 4)
    finder = Resolver(list(crowd().entries.values()))._lookup
    answers = [finder.find(family) for family in FAMILIES]
    assert 0 < len(finder._answers) <= 4
    assert [finder.find(family) for family in FAMILIES] == answers


def test_what_is_longer_than_a_name_is_not_kept():
    finder = crowd()._lookup
    before = len(finder._answers)
    assert finder.find("Jonas Kazlauskas " * 100) == []
    assert len(finder._answers) == before


# ---------------------------------------------------------------- given names of many


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_a_given_name_alone_is_that_of_the_first_entries(limit):
    found = [candidate.entry for candidate in crowd().lookup("Jonas", limit=limit)]
    wanted = sorted(f"jonas-{family.lower()}" for family in FAMILIES)[:limit]
    assert found[: len(wanted)] == wanted  # behind them are those whose names are like it


def test_those_who_are_only_set_apart_bear_no_name():
    assert all("namesake" not in c.name.lower() for c in crowd().lookup("Jonas", limit=50))


@pytest.mark.parametrize("resolver", [crowd, shipped])
def test_roles_are_those_of_each_posting(resolver):
    index, analyze = resolver()._index, resolver()._analyze
    for token in tokenize(" ".join([*queries(), *GIVEN_NAMES, *FAMILIES])):
        hits = analyze(token).hits
        roles: dict[int, set[int]] = defaultdict(set)
        for hit in hits:
            for posting in index.postings(hit.part):
                roles[posting.entry].add(posting.role)
        found = roles_of(hits, index)
        assert found.by_entry == roles
        assert set(found.given_of) == {entry for entry, known in roles.items() if GIVEN in known}
        assert found.given == bool(found.given_of)
        for entry, hit in found.given_of.items():
            bearing = [h for h in hits if (entry, GIVEN) in of_part(index, h.part)]
            assert strength(hit) == max(map(strength, bearing))


def of_part(index: Index, part: int) -> set[tuple[int, int]]:
    return {(posting.entry, posting.role) for posting in index.postings(part)}


def test_postings_are_those_of_the_index():
    index = shipped()._index
    postings = postings_of(index)
    for part in range(0, 400):
        rows = postings.rows(part)
        found = [(postings.entries[r], postings.names[r], postings.roles[r]) for r in rows]
        assert found == [(p.entry, p.name, p.role) for p in index.postings(part)]
    for number, key in enumerate(index.key_texts):
        assert postings.parts(number) == index.same_key(key)


# ---------------------------------------------------------------- names like a query


def slowly(resolver: Resolver, text: str, limit: int) -> list[int]:
    """The names by what they share with the words, with every key of the index looked at."""
    index, analyze = resolver._index, resolver._analyze
    totals: dict[int, float] = defaultdict(float)
    for token in words_of(text):
        near = {hit.part: 1.0 for hit in analyze(token).hits}
        for key in keys(token.form) if token.kind == "word" else ():
            best = Neighbours(index.key_texts).nearest(key, near_names.KEYS_PER_WORD, 0.5)
            for number, likeness in best:
                for part in index.same_key(index.key_texts[number]):
                    near[part] = max(near.get(part, 0.0), likeness)
        shares: dict[int, float] = defaultdict(float)
        for part, likeness in near.items():
            for posting in index.postings(part):
                shares[posting.name] = max(shares[posting.name], likeness)
        for name, share in shares.items():
            totals[name] += share * len(token.form)
    seen = [
        name
        for name in totals
        if index.entry_hidden[index.name_entry[name]] < 0 and not index.name_flags[name] & EXACT
    ]
    return sorted(seen, key=lambda name: (-totals[name], name))[:limit]


def words_of(text: str):
    return [token for token in tokenize(text) if token.kind in ("word", "initial", "number")]


@pytest.mark.parametrize("few", [0, 10**9], ids=["together", "one by one"])
@pytest.mark.parametrize("limit", [5, 40])
def test_names_like_a_query_are_those_that_share_most(few, limit, monkeypatch):
    monkeypatch.setattr(near_names, "_FEW", few)
    find = NearNames(shipped()._analyze)
    for query in queries()[::4]:
        assert find(words_of(query), None, limit) == slowly(shipped(), query, limit), query


def test_no_word_is_like_no_name():
    assert NearNames(shipped()._analyze)([], None, 40) == []


@pytest.mark.parametrize("few", [0, 10**9], ids=["together", "one by one"])
def test_of_parts_in_very_many_names_the_likest_are_taken(few, monkeypatch):
    monkeypatch.setattr(near_names, "_FEW", few)
    monkeypatch.setattr(near_names, "_MOST", 1)
    index = crowd()._index
    found = NearNames(crowd()._analyze)(words_of("Jonas Butkus"), None, 40)
    assert index.name_text(found[0]) == "Jonas Butkus"
    assert all({"Jonas", "Butkus"} & set(index.name_text(name).split()) for name in found)


# ---------------------------------------------------------------- nearest strings

texts = st.lists(st.text("abc", max_size=7), max_size=30, unique=True)


@given(texts, st.text("abc", min_size=1, max_size=7), st.integers(1, 8))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_nearest_of_few_strings_are_those_of_all(choices, text, count):
    from rapidfuzz.distance import OSA

    alike = sorted(
        (-OSA.normalized_similarity(text, other), at) for at, other in enumerate(choices)
    )
    wanted = [(at, -minus) for minus, at in alike if -minus >= 0.5][:count]
    assert Neighbours(choices).nearest(text, count, 0.5) == wanted


@given(texts, st.text("abc", min_size=1, max_size=7))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_nearest_of_many_strings_have_all_within_two_edits(choices, text):
    from vardynas.match import neighbours

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "_SCANNED", 0)
        many = Neighbours(choices)
        found = many.nearest(text, 30, 0.5)
        near = {choices.index(other) for other, _ in many.find_many([text], [2], equal=True)[0]}
    wanted = dict(Neighbours(choices).nearest(text, 30, 0.5))
    assert near & wanted.keys() <= dict(found).keys()
    assert dict(found).items() <= wanted.items()
    assert [likeness for _, likeness in found] == sorted((s for _, s in found), reverse=True)
