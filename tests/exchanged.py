"""Entries at random, as a glossary file may have them."""

import unicodedata

from hypothesis import strategies as st

from vardynas.glossary.schema import CASES
from vardynas.glossary.spelling import faults
from vardynas.model import Entry, Name, Relative

LANGUAGES = ("lt", "be", "be-tarask", "be-Latn", "pl", "en", "ru", "uk", "und", "de")
LETTERS = "abcxyzĄŁšž" + "абвўіЁ" + "0129 .,;:!?()[]{}«»„“”\"'’ʼ–—/&+-=>#@|\\*%<~`$^_"


def _clean(text):
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text if text and text != "~" and not list(faults(text)) else None


texts = st.text(LETTERS, min_size=1, max_size=12).map(_clean).filter(bool)
ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(str.isascii)
refs_ = st.one_of(st.integers(1, 10**8).map(str), texts)
some = st.one_of(st.none(), texts)


@st.composite
def names(draw, language):
    form = draw(texts)
    part = st.one_of(st.none(), st.just(form))
    cases = st.dictionaries(st.sampled_from(CASES), texts, max_size=2)
    return Name(
        form,
        language,
        role=draw(st.sampled_from(("full", "variant", "historical", "short", "misspelling"))),
        match=draw(st.sampled_from(("auto", "auto", "context", "never"))),
        case=draw(st.sampled_from(("any", "exact"))),
        inflect=draw(st.booleans()),
        given=draw(part),
        family=draw(part),
        head=draw(part),
        paradigm=draw(some),
        forms=tuple(draw(cases).items()),
        period=draw(some),
        source=draw(some),
        note=draw(some),
        unverified=draw(st.booleans()),
    )


@st.composite
def entries(draw):
    tags = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True))
    refs = draw(st.dictionaries(st.sampled_from(("geonames", "viaf")), refs_, max_size=2))
    if draw(st.booleans()):
        refs["wikidata"] = f"Q{draw(st.integers(1, 10**9))}"
    return Entry(
        id=draw(ids),
        type=draw(st.sampled_from(("person", "place", "organisation", "other"))),
        gender=draw(st.sampled_from(("male", "female", None))),
        origin=draw(st.sampled_from((*LANGUAGES, None))),
        names={
            tag: tuple(
                draw(st.lists(names(tag), min_size=1, max_size=4, unique_by=lambda one: one.form))
            )
            for tag in tags
        },
        about=draw(some),
        not_=tuple(draw(st.lists(texts, max_size=2, unique=True))),
        distinct_from=tuple(draw(st.lists(ids, max_size=2, unique=True))),
        relatives=tuple(
            Relative(one, draw(st.one_of(st.just(""), texts)))
            for one in draw(st.lists(texts, max_size=2, unique=True))
        ),
        refs=tuple(sorted(refs.items())),
        source=draw(some),
        note=draw(some),
    )


glossaries = st.lists(entries(), max_size=3, unique_by=lambda entry: entry.id)
