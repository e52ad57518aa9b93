"""Cutting texts into stretches changes nothing: the same mentions as from every token of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas.match import batches, bit_table
from vardynas.match import together as in_arrays
from vardynas.match.chunks import DULL, SEED, WILD
from vardynas.match.cuts import Cut, cut

RESOLVER = vardynas.load()
SCANNER = RESOLVER._scanner
SAMPLES = sorted(Path(__file__).parents[1].glob("seeds/**/*.txt"))

PIECES = [
    *(  # noqa: SIM905 - easier to read than a list
        "Łukaszenki Лукашэнка Lukašenkos Aliaksandras Lukašenka Святлана Ціханоўская "
        "Ціханоўскую Mińsk Vilnius Vilniuje Hrodna Гродна Trumpas Trump atsakymas zamek ў "
        "Lech Jarosław Kaczyński Kaczyńskiego "
        "замку м. г. im. ir of и namas дом w z A. А. Б. J. U.S. ES EU КПБ ministras "
        "Europos Sąjungos Lukašen- кo Konstan- tinas 1918 12 Lukash3nko Lukaszenlo "
        "Ціханоўскя www.a.by @vilnius #Minsk O’Neill Vilniaus’ van der de zamek замак № % "
        "* 12,5 #tag http://a.by/?q= ʼMińsk 𝐌𝐢𝐧 Leyen Міры Mirze za- mek – — - … ( ) « » "
        "„ “ \" ' : ; , . ! ? 🙂 Bresto brestas Most mosty Nausėda nausėda "
    ).split(),
    "\u00ad",
    "\u0301",
]
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


def cuts(way, found: list[str]) -> list[list[Cut]]:
    """The stretches of texts by the front end for batches."""
    rows = way.batches.cut(found)
    result: list[list[Cut]] = [[] for _ in found]
    for row, document in enumerate(rows.documents.tolist()):
        result[document].append(rows.cut_of(found, row))
    return result


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
    assert cuts(way, found) == [cut(text, way.chunks) for text in found]


def together(found: list[str], language: str | None, *, similar: bool = True) -> None:
    batch = SCANNER.scan_batch(found, language, similar=similar)
    for text, mentions in zip(found, batch, strict=True):
        whole = SCANNER.whole(text, language, similar=similar)
        assert mentions.spans == whole.spans
        assert list(mentions) == list(whole)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(texts, min_size=1, max_size=8),
    st.sampled_from([None, "lt", "be", "pl"]),
    st.booleans(),
)
def test_documents_put_together_in_arrays(
    found: list[str], language: str | None, similar: bool
) -> None:
    together(found, language, similar=similar)


@pytest.mark.parametrize("similar", [True, False])
def test_sample_texts_put_together_in_arrays(similar: bool) -> None:
    found = [path.read_text("utf-8") for path in SAMPLES]
    together(found, None, similar=similar)
    together(["\n\n".join(found)], None, similar=similar)


NAMESAKES = re.findall(
    r"\S+",
    "Lech Jarosław Kaczyński Kaczyńskiego Radosław Władysław Sikorski Sikorskiego L. J. Jan Sapieha "
    "Zofia Ewa Лех Качинский Качинского Vilnius pani pan",
)


def test_people_of_one_family_name_far_from_each_other() -> None:
    chosen = Random(7)
    ways = (" ", " ", ". ", ", ", "\n\n", " i był tam gdzie nie było nikogo innego. ")
    found = [
        "".join(chosen.choice(NAMESAKES) + chosen.choice(ways) for _ in range(size))
        for size in range(3, 80)
    ]
    for text, mentions in zip(found, SCANNER.scan_batch(found), strict=True):
        same(text)
        assert list(mentions) == list(SCANNER.whole(text))


def test_little_room_for_outcomes_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_arrays, "SLOTS", 4)
    monkeypatch.setattr(in_arrays, "CACHE", 4)
    scanner = vardynas.load()._scanner
    for path in SAMPLES:
        text = path.read_text("utf-8")
        (mentions,) = scanner.scan_batch([text])
        assert mentions.spans == SCANNER.whole(text).spans


def test_an_interrupted_batch_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    scanner = vardynas.load()._scanner
    text = SAMPLES[0].read_text("utf-8")
    calls = iter(range(10**6))

    def interrupted(*_: object) -> int:
        if next(calls) == 20:
            raise KeyboardInterrupt
        return 0

    with monkeypatch.context() as patch:
        patch.setattr(in_arrays.OutcomeColumns, "add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            scanner.scan_batch([path.read_text("utf-8") for path in SAMPLES])
    assert scanner.scan_batch([text])[0].spans == SCANNER.whole(text).spans


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
    assert cuts(way, [text])[0] == cut(text, way.chunks)


@pytest.mark.parametrize(
    ("chunk", "bits"),
    [("namas", DULL), ("Vilniuje", SEED), ("Lukaszenlo", WILD), ("Xyzzyq", 0), ("1918", 0)],
)
def test_what_a_chunk_can_do(chunk: str, bits: int) -> None:
    chunks = SCANNER._ways[True].chunks
    assert chunks[chunk] & (DULL | SEED | WILD) == bits
    assert chunks.many([chunk]) == [chunks[chunk]]


REVIEWED = (
    "Polska - polityka rośnie",
    "Pol-\nska krowa stoi tu",
    "замак № 5 стары Міры стаіць",
    "był zamek * - stary Mirze stoi",
    "był zamek 12,5 stary Mirze",
    "był za-\nmek stary piękny Mirze",
    "Iryna Łukaszenka mówiła tak\n#wybory wczoraj. Potem Łukaszenka mówił coś jeszcze",
    "Iryna Łukaszenka była http://a.by/?q=\nwczoraj. Potem Łukaszenka mówił coś jeszcze",
    "potem van der Leyen mówiła",
    "potem der Leen mówiła",
    "mówił ʼŁukaszenki dom",
    "ʻMińsk",
    "namas ʹMińsk dom",
    "Gyvenvietėje %\n- а Тог",
    "namas 𝐚𝐛𝐜𝐝𝐞 dom 𝐌𝐢𝐧𝐬𝐤 dom",
    "namas 𐐨𐐩𐐪 dom 𐐀𐐩𐐪 Łukaszenka dom",
    "Mińsk, Hrodna, " * 400,
    "qqqq Mińsk",
    "12,5Łukaszenki",
    "Łukaszenki'http://a.by/?q= stoi",
    "dom Łukaszenkihttp://a.by/ stoi",
    "Lithuania stovi " + "a." * 120 + "a@host.lt stovi DAINAVA stovi",
    "Mińsk" + " " * 1000 + ".\u00a0" + "\n" * 500,
)


@pytest.mark.parametrize("text", REVIEWED)
@pytest.mark.parametrize("similar", [True, False])
def test_texts_that_are_hard_to_cut(text: str, similar: bool) -> None:
    same(text, similar=similar)
    batch = next(iter(RESOLVER.scan_many([text, text], similar=similar)))
    assert list(batch) == list(RESOLVER.scan(text, similar=similar))


def test_names_of_a_glossary_that_are_hard_to_cut() -> None:
    names = [
        {"id": "xi-anna", "type": "person", "names": {"en": ["Anna Xi"]}},
        {"id": "gaulle", "type": "person", "names": {"en": ["Charles de Gaulle"]}},
        {"id": "qqqq", "type": "organisation", "names": {"en": ["qqqq"]}},
        {"id": "iks", "type": "organisation", "names": {"pl": ["„iks” 24"]}},
    ]
    scanner = vardynas.Resolver([vardynas.Entry(**row) for row in names])._scanner
    for text in (
        "Xi o Anna Xi",
        "house de Gaulle and Charles de Gaulle went",
        "namas qqqq stovi qqqq",
        "kanał „iks” 24 nadaje, iks 24 też",
    ):
        fast, whole = scanner.scan(text), scanner.whole(text)
        assert list(fast) == list(whole)
        assert fast.spans == whole.spans


def test_a_full_table_of_chunks_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bit_table, "SLOTS", 8)
    way = vardynas.load()._scanner._ways[True]
    for start in range(0, 2000, 100):
        words = " ".join(f"žodis{i} namas" for i in range(start, start + start % 700 + 20))
        text = f"{words} namas dom Minsk dom namas. {words}"
        assert cuts(way, [text, "x"]) == [cut(t, way.chunks) for t in (text, "x")]


def test_time_grows_with_the_text() -> None:
    text = "Aleksander Łukaszenka był tam wczoraj. Łukaszenka powiedział coś. "
    assert len(SCANNER.scan(text * 3000)) == 6000


def test_mentions_before_a_text_that_cannot_be_read_are_not_lost() -> None:
    def read() -> Iterator[str]:
        yield from ["Był w Mińsku."] * 4
        raise OSError("no more")

    many = RESOLVER.scan_many(read())
    assert [len(next(many)) for _ in range(4)] == [1] * 4
    with pytest.raises(OSError, match="no more"):
        next(many)


def test_text_without_names_costs_no_stretch() -> None:
    assert cut("namas stovi prie kelio, o kelias veda į mišką.", SCANNER._ways[True].chunks) == []


def test_tables_are_read_as_a_whole() -> None:
    same("Vardas\tPavardė\nAliaksandras\tLukašenka\n")
