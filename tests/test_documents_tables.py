"""Tables: what is read of a row, and that only what is changed in it is written anew."""

import csv
import io
import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tables import edits, identify, rewritten

from vardynas.documents import delimited, jsonlines, stream
from vardynas.documents.fields import strings
from vardynas.documents.formats import Options, open_document
from vardynas.documents.rows import Editor
from vardynas.errors import DocumentError
from vardynas.model import Edit

FOLDER = Path(__file__).parent / "cases"


def cases(name, suffix):
    rows = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return [
        pytest.param(
            {"name": f"names.{suffix}", "options": {}, **row}, id=f"{suffix}: {row['label']}"
        )
        for row in rows
    ]


CASES = cases("delimited.yaml", "csv") + cases("jsonlines.yaml", "jsonl")
SOUND = [case for case in CASES if "fault" not in case.values[0]]
FAULTY = [case for case in CASES if "fault" in case.values[0]]


def options_of(case):
    chosen = {key: tuple(v) if isinstance(v, list) else v for key, v in case["options"].items()}
    return Options(**chosen)


def streamed(case, editor, **more):
    options = {**asdict(options_of(case)), **more}
    return rewritten(case["source"].encode(), case["name"], editor, **options).decode()


def opened(case):
    return open_document(case["name"], case["source"].encode(), options_of(case))


def written_as_a_whole(case):
    document = opened(case)
    document.identify = identify
    return document.write(edits(document.text)).decode()


@pytest.mark.parametrize("case", CASES)
def test_case_is_well_formed(case):
    fields = {"label", "name", "source", "options", "texts", "expect", "ids", "fault"}
    assert set(case) <= fields
    assert "fault" not in case or not {"texts", "expect", "ids"} & set(case)


@pytest.mark.parametrize("case", SOUND)
def test_nothing_to_do(case):
    assert streamed(case, Editor(lambda text: [])) == case["source"]
    assert opened(case).write([]).decode() == case["source"]


@pytest.mark.parametrize("case", SOUND)
def test_edits(case):
    assert streamed(case, Editor(edits)) == case.get("expect", case["source"])


@pytest.mark.parametrize("case", SOUND)
def test_opened_as_a_whole(case):
    document = opened(case)
    if "texts" in case:
        assert [document.text[slice(*span)] for span in document.contexts] == case["texts"]
    written = document.write(edits(document.text))
    assert written.decode() == case.get("expect", case["source"])


@pytest.mark.parametrize("case", [case for case in SOUND if "ids" in case.values[0]])
def test_ids(case):
    editor = Editor(lambda text: [], identify)
    assert streamed(case, editor, id_columns=True) == case["ids"]


@pytest.mark.parametrize("case", FAULTY)
def test_faults(case):
    with pytest.raises(DocumentError, match=re.escape(f"{case['name']}: {case['fault']}")):
        streamed(case, Editor(edits, identify))
    with pytest.raises(DocumentError, match=re.escape(case["fault"])):
        written_as_a_whole(case)


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["cp1257", "utf-16", "iso8859-13"])
def test_encodings_are_kept(encoding):
    source = "id;vardas\r\n1;Vilnius, Žemaitija\r\n".encode(encoding)
    options = Options(columns=("vardas",), encoding=encoding)
    target = io.BytesIO()
    stream.rewrite(io.BytesIO(source), target, Editor(edits), "vardai.csv", options)
    assert target.getvalue() == source.decode(encoding).replace("Vilnius", "Wilno").encode(encoding)


def test_the_byte_order_mark_tells_utf_16():
    source = "id\tvardas\r\n1\tVilnius\r\n".encode("utf-16")
    document = open_document("vardai.csv", source, Options(columns=("vardas",)))
    assert document.write(edits(document.text)).decode("utf-16") == "id\tvardas\r\n1\tWilno\r\n"


def test_a_guessed_encoding_is_said():
    rows = "".join(f"{n};Šiauliai, Žemaitija, Panevėžys\r\n" for n in range(50))
    source = f"id;vardas\r\n{rows}51;Vilnius\r\n".encode("cp1257")
    options = Options(columns=("vardas",))
    document = open_document("vardai.csv", source, options)
    assert document.remarks == ("not UTF-8, read as windows-1257",)
    target = io.BytesIO()
    summary = stream.rewrite(io.BytesIO(source), target, Editor(edits), "vardai.csv", options)
    assert summary.remarks == document.remarks
    assert target.getvalue() == source.replace(b"Vilnius", b"Wilno")


def test_letters_that_the_encoding_has_not_are_refused_with_their_place():
    source = "id;vardas\r\n1;Lukašenka\r\n".encode("cp1251", "replace").replace(b"?", b"s")
    options = Options(columns=("vardas",), encoding="cp1251")
    editor = Editor(lambda text: [Edit(0, len(text), text, "Łukaszenka", "x")])
    with pytest.raises(DocumentError, match=r"'Ł'.*row 2, column vardas.*windows-1251"):
        stream.rewrite(io.BytesIO(source), io.BytesIO(), editor, "vardai.csv", options)


def test_what_cannot_be_decoded_is_refused_with_its_line():
    source = b"id;vardas\n" + b"1;Vilnius\n" * 200_000 + b"\xff;x\n"
    with pytest.raises(DocumentError, match=r"byte 0xff .line 200002"):
        list(stream.read(io.BytesIO(source), "vardai.csv", Options(columns=("vardas",))))


@pytest.mark.parametrize("size", [3, 7, 1000])
def test_rows_that_are_too_long_are_refused_wherever_the_buffer_ends(size, monkeypatch):
    monkeypatch.setattr(delimited, "LONGEST", 40)
    monkeypatch.setattr(delimited, "SIZE", size)
    fits = "id,name\n1," + "x" * 37 + "\n"
    assert rewritten(fits.encode(), "a.csv", columns=("name",)) == fits.encode()
    for row in ("2," + "x" * 38 + "\n", '2,"' + "x" * 38):
        with pytest.raises(DocumentError, match=r"line 3: a (row of over 40 letters|quoted cell)"):
            rewritten((fits + row).encode(), "a.csv", columns=("name",), delimiter=",")


@pytest.mark.parametrize("size", [3, 7, 1000])
def test_lines_that_are_too_long_are_refused_wherever_the_buffer_ends(size, monkeypatch):
    monkeypatch.setattr(jsonlines, "LONGEST", 40)
    monkeypatch.setattr(jsonlines.Chunks.read, "__defaults__", (size,))
    fits = '{"name": "' + "x" * 27 + '"}\n'
    assert rewritten(fits.encode(), "a.jsonl", fields=("name",)) == fits.encode()
    for line in ('{"name": "' + "x" * 28 + '"}\n', "x" * 41):
        with pytest.raises(DocumentError, match="line 2: a line of over 40 letters"):
            rewritten((fits + line).encode(), "a.jsonl", fields=("name",))


# ---------------------------------------------------------------- places, reports


def test_edits_are_reported_with_their_places():
    source = 'id,name,city\n1,"Lukašenka ir\nLukašenka",Vilnius\n'
    case = {"name": "names.csv", "source": source, "options": {"columns": ["name", "city"]}}
    told = []
    streamed(case, Editor(edits, report=lambda edit, place: told.append((edit.text, place))))
    assert told == [
        ("Lukašenka", "row 2, column name"),
        ("Lukašenka", "row 2, column name"),
        ("Vilnius", "row 2, column city"),
    ]


@pytest.mark.parametrize(
    ("name", "options", "source", "place"),
    [
        ("a.csv", {"columns": ["name"]}, "id,name\n\n1,x\n2,Vilnius\n", "row 4, column name"),
        ("a.csv", {"columns": ["2"], "header": False}, "1,x\n2,Vilnius\n", "row 2, column 2"),
        ("a.jsonl", {"fields": ["a[].b"]}, '\n{"a":[{"b":"Vilnius"}]}', "line 2, field a[].b"),
    ],
)
def test_places(name, options, source, place):
    case = {"name": name, "source": source, "options": options}
    document = opened(case)
    assert document.place(document.text.index("Vilnius")) == place
    records = stream.read(io.BytesIO(source.encode()), name, options_of(case))
    assert [one.place(0) for one in records if "Vilnius" in one.text] == [place]


def test_an_empty_table_has_no_places():
    document = opened({"name": "a.csv", "source": "id,name\n", "options": {"columns": ["name"]}})
    assert (document.text, list(document.contexts), document.place(0)) == ("", [], "")


def test_places_in_any_order():
    source = "name,city\n" + "".join(f"a{n},b{n}\n" for n in range(100))
    document = opened({"name": "a.csv", "source": source, "options": {"columns": ["1", "2"]}})
    for number in [5, 5, 99, 0, 50, 49, 51]:
        offset = document.text.index(f"b{number}\n") if number < 99 else len(document.text)
        assert document.place(offset) == f"row {number + 2}, column city"
    assert document.contexts[-1][1] == len(document.text)
    assert document.contexts[1:3] == list(document.contexts)[1:3]


def test_the_summary_counts_rows_and_edits():
    source = io.BytesIO(b"name,x\nVilnius ir Vilnius,1\nKaunas,2\n,3\n")
    options = Options(columns=("name",))
    summary = stream.rewrite(source, io.BytesIO(), Editor(edits), "a.csv", options)
    assert (summary.texts, summary.changed, summary.edits) == (2, 1, 2)


def test_ids_need_somebody_who_knows_them():
    options = Options(columns=("name",), id_columns=True)
    with pytest.raises(ValueError, match=r"Editor\.identify"):
        stream.rewrite(io.BytesIO(b"name\nx\n"), io.BytesIO(), Editor(edits), "a.csv", options)


# ---------------------------------------------------------------- properties


CELLS = st.text(
    st.sampled_from("až,;\t|\"'\\\r\n Ł") | st.characters(exclude_categories=["Cs"]), max_size=8
)


@st.composite
def csv_files(draw):
    """A file as the csv module writes it, and its delimiter."""
    delimiter = draw(st.sampled_from(",;\t|"))
    width = draw(st.integers(2, 4))
    cell = CELLS.map(lambda text: text.replace("\0", ""))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=6))
    header = [f"c{number}" for number in range(width)]
    file = io.StringIO()
    plain = not any(set("\r\n") & set(text) for row in rows for text in row)
    style = {
        "delimiter": delimiter,  # the csv module does not quote all line ends
        "quoting": draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL][: 1 + plain])),
        "lineterminator": draw(st.sampled_from(["\n", "\r\n", "\r"])),
    }
    csv.writer(file, **style).writerows([header, *rows])
    return file.getvalue(), delimiter


def parsed(text, delimiter):
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


@given(csv_files(), st.data())
def test_cells_are_those_that_the_csv_module_reads(table, data):
    text, delimiter = table
    column = data.draw(st.integers(0, 1))
    options = Options(columns=(f"c{column}",), delimiter=delimiter)
    read = [row.text for row in stream.read(io.BytesIO(text.encode()), "a.csv", options)]
    assert read == [row[column] for row in parsed(text, delimiter)[1:] if row[column]]


@given(csv_files(), CELLS.filter(lambda text: text and "\0" not in text))
def test_only_the_changed_cell_is_another(table, new):
    text, delimiter = table
    options = Options(columns=("c1",), delimiter=delimiter)
    editor = Editor(lambda old: [Edit(0, len(old), old, new, "x")])
    target = io.BytesIO()
    stream.rewrite(io.BytesIO(text.encode()), target, editor, "a.csv", options)
    expected = [[*row[:1], new if row[1] else "", *row[2:]] for row in parsed(text, delimiter)[1:]]
    assert parsed(target.getvalue().decode(), delimiter)[1:] == expected


@given(st.text(st.sampled_from('ab,;\t|"\\ \r\nsep=Ž'), max_size=60))
def test_whatever_is_read_is_written_back(text):
    """No text is too odd: it is refused with an error, or comes back as it was."""
    options = Options(columns=("1",))
    target = io.BytesIO()
    try:
        stream.rewrite(io.BytesIO(text.encode()), target, Editor(lambda _: []), "a.csv", options)
    except DocumentError:
        return
    assert target.getvalue().decode() == text


LETTERS = st.characters(exclude_categories=["Cs"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(LETTERS, max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(LETTERS, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES, st.booleans(), st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]))
def test_json_stays_byte_for_byte(value, ascii_only, separators):
    line = json.dumps({"n": value, "m": "x"}, ensure_ascii=ascii_only, separators=separators)
    names = tuple(strings(json.loads(line)))
    target = io.BytesIO()
    source = io.BytesIO(line.encode())
    stream.rewrite(source, target, Editor(lambda text: []), "a.jsonl", Options(fields=names))
    assert target.getvalue() == source.getvalue()


@given(st.text(st.characters(), min_size=1, max_size=12), st.data(), st.booleans())
def test_a_changed_string_says_what_it_should(text, data, ascii_only):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
    line = json.dumps({"a": 1, "n": text}, ensure_ascii=ascii_only or not text.isprintable())
    editor = Editor(lambda old: [Edit(start, end, old[start:end], new, "x")])
    target = io.BytesIO()
    stream.rewrite(io.BytesIO(line.encode()), target, editor, "a.jsonl", Options(fields=("n",)))
    assert json.loads(target.getvalue())["n"] == text[:start] + new + text[end:]


@given(st.text(st.sampled_from('{}[]:,"\\u0aetrfalsn1-.+ \t\né'), max_size=40))
def test_json_is_taken_as_the_json_module_takes_it(text):
    def sound(line):
        try:
            json.loads(line)
        except ValueError:
            return False
        return True

    lines = [line for line in text.split("\n") if line.strip(" \t\r")]
    try:
        list(stream.read(io.BytesIO(text.encode()), "a.jsonl", Options(fields=("n",))))
    except DocumentError as error:
        taken = "no line has a field" in str(error)
    else:
        taken = True
    assert taken == all(map(sound, lines))


def test_json_may_be_nested_as_deep_as_it_likes():
    line = '{"a":' * 100_000 + '"Vilnius"' + "}" * 100_000 + "\n"
    source = io.BytesIO((line + '{"n":"Vilnius"}').encode())
    target = io.BytesIO()
    stream.rewrite(source, target, Editor(edits), "a.jsonl", Options(fields=("n",)))
    assert target.getvalue().decode() == line + '{"n":"Wilno"}'
