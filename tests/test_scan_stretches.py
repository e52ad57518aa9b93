"""Cutting texts into stretches changes nothing: the same mentions as from every token of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas.match import batches
from vardynas.match.chunks import DULL, SEED, WILD
from vardynas.match.cuts import cut

RESOLVER = vardynas.load()
SCANNER = RESOLVER._scanner
SAMPLES = sorted(Path(__file__).parents[1].glob("seeds/**/*.txt"))

PIECES = [piece for piece in (
    "Łukaszenki Лукашэнка Lukašenkos Aliaksandras Lukašenka Святлана Ціханоўская Ціханоўскую "
    "Mińsk Vilnius Vilniuje Hrodna Гродна Trumpas Trump atsakymas zamek ў замку м. г. im. ir of и "
    "namas дом w z A. А. Б. J. U.S. ES EU КПБ ministras Europos Sąjungos Lukašen- кo Konstan- "
    "tinas 1918 12 Lukash3nko Lukaszenlo Ціханоўскя www.a.by @vilnius #Minsk O’Neill Vilniaus’ \u00ad "
    "\u0301 – — - … ( ) « » „ “ \" ' : ; , . ! ? 🙂 Bresto brestas Most mosty Nausėda nausėda"
).split(" ")]
GAPS = (
    " ",
    " ",
    " ",
    "",
    "\n",
    "\n\n",
    ". ",
    ", ",
    ": „",
    "“ ",
    " – ",
    "-\n",
    "-",
    "  ",
    "\u00a0",
    "'",
)

texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=40).map(
    lambda rows: "".join(piece + gap for piece, gap in rows)
)


def same(text: str, language: str | None = None, *, similar: bool = True) -> None:
    fast = SCANNER.scan(text, language, similar=similar)
    whole = SCANNER.whole(text, language, similar=similar)
    assert fast.spans == whole.spans
    assert list(fast) == list(whole)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("similar", [True, False])
def test_sample_texts(path: Path, similar: bool) -> None:
    same(path.read_text("utf-8"), similar=similar)


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from([None, "lt", "be", "pl", "uk"]), st.booleans())
def test_texts_of_names_and_their_neighbours(
    text: str, language: str | None, similar: bool
) -> None:
    same(text, language, similar=similar)


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, min_size=1, max_size=8))
def test_batches_are_cut_like_single_texts(found: list[str]) -> None:
    way = SCANNER._ways[True]
    assert way.batches.cut(found) == [cut(text, way.chunks) for text in found]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_batches_of_anything(found: list[str]) -> None:
    many = list(RESOLVER.scan_many(found))
    assert [list(m) for m in many] == [list(RESOLVER.scan(text)) for text in found]


@pytest.mark.parametrize("window", [50, 97, 1000])
def test_where_a_window_ends_changes_nothing(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "WINDOW", window)
    way = SCANNER._ways[True]
    text = "\n".join(path.read_text("utf-8") for path in SAMPLES)
    assert way.batches.cut([text])[0] == cut(text, way.chunks)


@pytest.mark.parametrize(
    ("chunk", "bits"),
    [("namas", DULL), ("Vilniuje", SEED), ("Lukaszenlo", WILD), ("Xyzzyq", 0), ("1918", 0)],
)
def test_what_a_chunk_can_do(chunk: str, bits: int) -> None:
    chunks = SCANNER._ways[True].chunks
    assert chunks[chunk] & (DULL | SEED | WILD) == bits
    assert chunks.many([chunk]) == [chunks[chunk]]


def test_text_without_names_costs_no_stretch() -> None:
    assert cut("namas stovi prie kelio, o kelias veda į mišką.", SCANNER._ways[True].chunks) == []


def test_tables_are_read_as_a_whole() -> None:
    same("Vardas\tPavardė\nAliaksandras\tLukašenka\n")
