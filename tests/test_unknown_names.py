"""Names that nobody found: what counts as one, and that every mention is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vardynas.documents.unknown import unknown_names
from vardynas.model import Mention


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Вчера приехал Пётр Иванов.", ["Пётр Иванов"]),
        ("Petras atvyko. Petras ir vėl išvyko.", []),
        ("Petras Petraitis atvyko.", ["Petras Petraitis"]),
        ("— Добры дзень! «Шкада», сказаў ён.", []),
        ("A. Petraitis ir B.", ["A. Petraitis"]),
        ("NIEKO NĖRA. LR Seimas ir LRT", ["Seimas"]),
        ("vakar Petras\n\nJonas buvo", ["Petras"]),
        ("vakar Petras, Jonas ir Ona", ["Jonas", "Ona", "Petras"]),
        ("buvo Nowy-Targ ir Saint\nJohn", ["Nowy-Targ", "Saint John"]),
        ("rašykite Petras@example.com", []),
        ("", []),
    ],
)
def test_words_with_capitals_inside_sentences(text, names):
    assert sorted(unknown_names(text, [])) == names


def _mention(text, start, end):
    return Mention(start, end, text[start:end], "x", 1.0, "exact", "lt")


def test_mentions_are_left_out_and_part_names():
    text = "vakar Jonas Vilnius Petras"
    at = text.index("Vilnius")
    assert unknown_names(text, [_mention(text, at, at + 7)]) == {"Jonas": 1, "Petras": 1}


@given(st.text(alphabet="Aąb .,-\n'Ž", max_size=40), st.data())
def test_nothing_that_a_mention_covers_is_unknown(text, data):
    assert not unknown_names(text, [_mention(text, 0, len(text))])
    cut = data.draw(st.integers(0, len(text)))
    some = unknown_names(text, [_mention(text, 0, cut)] if cut else [])
    assert all(part in " ".join(text.split()) for part in some)
