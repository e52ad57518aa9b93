"""What holds for folding and tokens of any text at all."""

import time
from unicodedata import normalize

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vardynas.text import fold_ocr, fold_text, fold_word, passages, plain, quotes, tokenize
from vardynas.text.letters import LONGEST

GAPS = {
    "", "space", "newline", "hyphen", "dash", "comma", "point", "stop", "quote", "bracket",
    "other", "paragraph",
}  # fmt: skip
KINDS = {"word", "initial", "abbr", "number", "skip"}
SHAPES = {"upper", "title", "lower", "mixed", ""}

anything = st.text(st.characters(exclude_categories=()), max_size=80)
european = st.text(
    st.one_of(
        st.sampled_from("AaŁłšŠėĖйЙўЎіІёЁ’'ʼ.-–— \n\t\r„“«»\"!?:;,/@#_*0135()sS\u00ad\u200b\u00a0"),
        st.sampled_from("\u0300\u0301\u0304\u0306\u0307\u0308\u030c\u0328"),
        st.characters(min_codepoint=0x20, max_codepoint=0x52F),
    ),
    max_size=60,
)
either = st.one_of(anything, european)


@given(either)
@settings(max_examples=400, deadline=None)
def test_tokens_slice_back_and_never_overlap(text):
    at = 0
    for token in tokenize(text):
        assert at <= token.start < token.end <= token.possessive_end <= len(text)
        assert text[token.start : token.end] == token.text
        assert token.gap in GAPS
        assert token.kind in KINDS
        assert token.shape in SHAPES
        assert (token.form == "") == (token.kind == "skip")
        at = token.possessive_end
    tokens = tokenize(text)
    assert not tokens or (tokens[0].gap == "" and tokens[0].sentence_start)


@given(either)
@settings(max_examples=400, deadline=None)
def test_folding_is_idempotent(text):
    once = fold_word(text)
    assert fold_word(once) == once
    assert fold_ocr(once) == fold_ocr(text)


@given(european)
@settings(max_examples=400, deadline=None)
def test_composition_of_the_input_changes_nothing(text):
    composed, decomposed = normalize("NFC", text), normalize("NFD", text)
    assert fold_word(composed) == fold_word(decomposed)
    assert plain(composed) == plain(decomposed)
    assume(len(decomposed) <= LONGEST)  # past it a word is skipped
    facts = [
        [(t.form, t.plain, t.kind, t.shape, t.gap, t.sentence_start) for t in tokenize(form)]
        for form in (composed, decomposed)
    ]
    assert facts[0] == facts[1]


@given(either)
@settings(max_examples=300, deadline=None)
def test_offsets_of_a_folded_text_never_go_back(text):
    folded = fold_text(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@given(either)
@settings(max_examples=300, deadline=None)
def test_passages_and_quotes_are_ordered_spans(text):
    for spans in (passages(text), quotes(text)):
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            at = end
    covered = "".join(text[start:end] for start, end in passages(text))
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]


HOSTILE = {
    "one letter": "a",
    "letter and marks": "a\u0301\u0323\u0301",
    "marks": "\u0301\u0323",
    "marks and invisible": "\u0301\u200d",
    "soft hyphens": "\u00ad",
    "invisible gap": " \u00ad\u200b",
    "colons": ":",
    "quotes": "„“",
    "domains": ".by",
    "initials": "A.",
    "dotted numbers": "1,",
    "divided words": "ab-\n",
    "equal signs": "= ",
    "line breaks": "\n \r\t",
    "addresses": "a@a.",
    "slashes": "/a\\",
    "apostrophes": "s'",
    "surrogates": "\ud800a",
    "zeros": "\x00",
    "directions": "\u200f\u202e",
    "schemes": "http://",
    "hyphens": "a-",
    "letters of two scripts": "aж",
}


def seconds(text: str) -> float:
    """Processor time, the least of three runs, so that a busy machine does not count."""
    times = []
    for _ in range(3):
        start = time.process_time()
        tokenize(text)
        passages(text)
        quotes(text)
        fold_word(text)
        plain(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name):
    unit = HOSTILE[name]
    short, long = (unit * (size // len(unit)) for size in (20_000, 160_000))
    # Linear is a ratio of 8, quadratic one of 64; a floor keeps tiny times out of it.
    assert seconds(long) < 24 * max(seconds(short), 0.005)


def test_ten_million_letters_are_no_name():
    (token,) = tokenize("a" * 10_000_000)
    assert (token.kind, token.form, token.end) == ("skip", "", 10_000_000)


def test_words_longer_than_names_are_skipped():
    assert [t.kind for t in tokenize("a" * 64 + " " + "a" * 65)] == ["word", "skip"]
