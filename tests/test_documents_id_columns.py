"""A column of ids in tables that are quoted unevenly: it follows the dialect, all else stays."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vardynas.documents import open_document
from vardynas.documents.formats import Options

IDS = {"Wilno": "vilnius", "Гродна": "hrodna", 'Wilno, "PL"': "vilnius", "Łuck\nŁuck": "lutsk"}


def with_ids(source: str, delimiter: str | None = None, column: str = "2") -> str:
    """The table with a column of ids behind the one that is read."""
    options = Options(columns=(column,), id_columns=True, header=False, delimiter=delimiter)
    opened = open_document("a.csv", source.encode(), options)
    opened.identify = IDS.get
    return opened.write([]).decode()


CELLS = st.sampled_from(
    ["", "1", "Wilno", "Гродна", "Minsk", 'Wilno, "PL"', "a;b", "Łuck\nŁuck", '"', " x ", "O'Neill"]
)


@st.composite
def tables(draw):
    """Rows of cells as they are written, the delimiter, and what ends the lines."""
    delimiter, end = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(st.tuples(CELLS, st.booleans()), min_size=width, max_size=width)))
    written = [[_written(text, quoted, delimiter) for text, quoted in row] for row in rows]
    return written, delimiter, end, draw(st.booleans())


def _written(text, quoted, delimiter):
    needed = any(sign in text for sign in f'{delimiter}"\r\n')
    return '"{}"'.format(text.replace('"', '""')) if quoted or needed else text


def _read(source, delimiter):
    return list(csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, strict=True))


@settings(max_examples=200, deadline=None)
@given(tables())
@example(([['"a"', '"Wilno"'], ["b", "Wilno"], ["", '""']], ";", "\r\n", False))
@example(([['"a"', '"Wilno, ""PL"""'], ['"Łuck\nŁuck"', '"Łuck\nŁuck"']], ",", "\n", True))
def test_cells_of_ids_are_added_and_nothing_else(table):
    rows, delimiter, end, ended = table
    lines = [delimiter.join(row) for row in rows]
    source = end.join(lines) + (end if ended and lines else "")
    result = with_ids(source, delimiter)
    at = 0
    for number, row in enumerate(rows):
        text = _read(row[1], delimiter)[0][0] if row[1] else ""
        id_ = IDS.get(text, "")
        before = delimiter.join(row[:2]) + delimiter
        assert result.startswith(before, at)
        at += len(before)
        quoted = result.startswith(f'"{id_}"', at)
        assert quoted or result.startswith(id_, at)
        assert not quoted or row[1].startswith('"'), "in quotes beside a cell without"
        at += len(f'"{id_}"' if quoted else id_)
        rest = "".join(delimiter + cell for cell in row[2:])
        rest += end if ended or number + 1 < len(rows) else ""
        assert result.startswith(rest, at)
        at += len(rest)
    assert at == len(result)
    expected = [[*row[:2], IDS.get(row[1], ""), *row[2:]] for row in _read(source, delimiter)]
    assert _read(result, delimiter) == expected


UNEVEN = [
    # texts in quotes by habit, numbers bare, other empty cells in quotes
    (
        '"n";"name"\r\n1;"Wilno"\r\n2;"Minsk"',
        '"n";"name";"name_id"\r\n1;"Wilno";"vilnius"\r\n2;"Minsk";""',
    ),
    # in quotes only where a comma asks for them: ids are bare
    (
        'n,name\n1,"Wilno, ""PL"""\n2,Wilno\n',
        'n,name,name_id\n1,"Wilno, ""PL""",vilnius\n2,Wilno,vilnius\n',
    ),
    # a header in quotes over bare cells, and the other way around
    ('"n","name"\n1,Wilno', '"n","name","name_id"\n1,Wilno,vilnius'),
    ('n,name\n"1","Wilno"', 'n,name,name_id\n"1","Wilno","vilnius"'),
    # rows too short, blank lines, a cell of several lines
    ("n,name\n1\n\n2,Wilno\n", "n,name,name_id\n1\n\n2,Wilno,vilnius\n"),
    (
        'n,name\r\n1,"Łuck\nŁuck"\r\n2,Wilno\r\n',
        'n,name,name_id\r\n1,"Łuck\nŁuck",lutsk\r\n2,Wilno,vilnius\r\n',
    ),
]


@pytest.mark.parametrize(("source", "expect"), UNEVEN)
def test_uneven_tables(source, expect):
    options = Options(columns=("name",), id_columns=True)
    opened = open_document("a.csv", source.encode(), options)
    opened.identify = IDS.get
    assert opened.write([]).decode() == expect
