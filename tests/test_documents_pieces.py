"""Edits of an extracted text as changes of the places where it stands."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vardynas.documents import Piece, distribute
from vardynas.documents.pieces import parted
from vardynas.model import Edit
from vardynas.render.replace import apply


def edit(text, start, end, replacement):
    return Edit(start, end, text[start:end], replacement, "a")


CASES = {
    "inside one piece": ("Dla Unii tak", [(0, 12)], (4, 8, "ES"), ["Dla ES tak"]),
    "the first piece takes all": (
        "Łukaszenki",
        [(0, 4), (4, 8), (8, 10)],
        (0, 10, "Lukašenkos"),
        ["Lukašenkos", "", ""],
    ),
    "what stands around stays": (
        "o Łukaszenki i",
        [(0, 6), (6, 14)],
        (2, 12, "Lukašenkos"),
        ["o Lukašenkos", " i"],
    ),
    "a line break between pieces": (
        "Unii\nEuropejskiej",
        [(0, 4), (5, 17)],
        (0, 17, "Europos\nSąjungos"),
        ["Europos", "Sąjungos"],
    ),
    "a line break that is a piece": (
        "Unii\nEuropejskiej",
        [(0, 4), (4, 5), (5, 17)],
        (0, 17, "Europos\nSąjungos"),
        ["Europos", "\n", "Sąjungos"],
    ),
    "a line break too many goes": (
        "Unii\nEuropejskiej",
        [(0, 4), (4, 5), (5, 17)],
        (0, 17, "ES"),
        ["ES", "", ""],
    ),
    "a line break inside a piece is a letter": (
        "Unii\nEuropejskiej i",
        [(0, 17), (17, 19)],
        (0, 17, "Europos\nSąjungos"),
        ["Europos\nSąjungos", " i"],
    ),
    "an edit between pieces changes nothing": ("ab", [(0, 0), (2, 2)], (0, 2, "x"), ["", ""]),
}


@pytest.mark.parametrize("label", CASES)
def test_distribute(label):
    text, spans, (start, end, replacement), expected = CASES[label]
    pieces = [Piece(a, b, slot, 0) for slot, (a, b) in enumerate(spans)]
    slots = [text[a:b] for a, b in spans]
    assert changed(slots, distribute([edit(text, start, end, replacement)], pieces)) == expected


def changed(slots, changes):
    found = list(slots)
    for slot, start, end, replacement, _ in reversed(list(changes)):
        found[slot] = found[slot][:start] + replacement + found[slot][end:]
    return found


@example("a\na", [2], [1, 3], "xyz")
@given(
    st.text("ab\n ", min_size=1, max_size=30),
    st.lists(st.integers(0, 30), max_size=6),
    st.lists(st.integers(0, 30), min_size=2, max_size=6, unique=True),
    st.sampled_from(["", "xyz", "xy zy"]),
)
def test_where_pieces_cover_the_text_nothing_else_is_lost(text, cuts, bounds, replacement):
    cuts = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    spans = list(pairwise(cuts))
    bounds = sorted(bound for bound in bounds if bound <= len(text))
    edits = [edit(text, a, b, replacement) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    pieces = [Piece(a, b, slot, 0) for slot, (a, b) in enumerate(spans)]
    slots = [text[a:b] for a, b in spans]
    assert "".join(changed(slots, distribute(edits, pieces))) == apply(text, edits)


PARTED = [
    ("no border", "Unii Europejskiej", "Europos Sąjungos", [], ["Europos Sąjungos"]),
    ("before a space", "Unii Europejskiej", "Europos Sąjungos", [4], ["Europos", "Sąjungos"]),
    ("behind a space", "Unii Europejskiej", "Europos Sąjungos", [5], ["Europos", "Sąjungos"]),
    ("inside a word", "Unii Europejskiej", "Europos Sąjungos", [8], ["Europos Sąjungos"]),
    ("fewer words", "Unii Europejskiej", "ES", [4], ["ES"]),
    ("one border of two", "ONZ w Wilnie x", "JT ir Vilniuje y", [3, 8], ["JT", "ir Vilniuje y"]),
    ("around it", "Unii Europejskiej", "Europos Sąjungos", [0, 17], ["Europos Sąjungos"]),
]


@pytest.mark.parametrize(("label", "old", "new", "borders", "expected"), PARTED)
def test_parted(label, old, new, borders, expected):
    parts = list(parted(edit(old, 0, len(old), new), borders))
    assert [part.replacement for part in parts] == expected
    assert all(old[part.start : part.end] == part.text for part in parts)
