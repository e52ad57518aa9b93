"""Adjectives of known places: seen, told with their place, never changed."""

import pytest

import vardynas
from vardynas.render.profile import Profile

SEEN = [
    ("pl", "Grają wileński teatr i krakowskie chóry.", ["vilnius", "krakow"]),
    ("pl", "W mińskim metrze i w grodzieńskiej hucie.", ["minsk", "hrodna"]),
    ("be", "Гродзенскі і віленскага паходжання, мінскія вуліцы.", ["vilnius", "minsk"]),
    ("be", "У варшаўскім і брэсцкім тэатрах.", ["warsaw", "brest"]),
    (
        "lt",
        "Baltarusiškas ir lietuviškų knygų mugė, vilnietiškas humoras.",
        ["lithuania", "vilnius"],
    ),
    ("ru", "В московских и минских газетах.", ["moscow", "minsk"]),
    ("ru", "Английский и славянские языки.", []),
    ("pl", "To był angielski, ludzki, miejski i wiejski królewski zwyczaj.", []),
    ("be", "Гарадскі, сельскі і марскі клімат, вялікі і лёгкі.", []),
    ("lt", "Žmogiškas, kariškas ir viešas, vyriškos dainos.", []),
    ("en", "A Vilnius theatre and Belarusian poets.", []),
]


@pytest.fixture(scope="module")
def resolver():
    return vardynas.load()


@pytest.mark.parametrize(("language", "text", "entries"), SEEN)
def test_adjectives_of_places_are_seen(language, text, entries, resolver):
    found = resolver.remarks(text, profile=Profile(language=language))
    assert [remark.entry for remark in found] == entries
    assert all(text[one.start : one.end] == one.text for one in found)
    assert not {one.start for one in found} & {
        edit.start for edit in resolver.edits(text, "en", language=language)
    }


def test_passages_are_read_in_their_own_language(resolver):
    text = "Wystawa jest w wileńskim muzeum.\n\nВыстава ідзе ў мінскім музеі.\n"
    assert [one.text for one in resolver.remarks(text)] == ["wileńskim", "мінскім"]


def test_the_profile_says_which_places_count(resolver):
    text = "Grają wileński teatr i krakowskie chóry."
    style = Profile(language="pl", ignore=("vilnius",))
    assert [one.entry for one in resolver.remarks(text, profile=style)] == ["krakow"]


def test_family_names_in_the_plural_are_told_and_not_written():
    resolver = vardynas.load()
    text = "Sapiehowie i Kaczyńscy mieszkali obok. Kaczyński wyjechał."
    found = [(one.text, one.kind) for one in resolver.remarks(text)]
    assert found == [("Sapiehowie", "family"), ("Kaczyńscy", "family")]
    assert resolver.remarks("Jarosław Kaczyński i Jan Sapieha.") == []
    style = vardynas.Profile(only=("place",))
    assert resolver.remarks(text, profile=style) == []
