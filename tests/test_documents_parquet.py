"""Parquet: strings change, and nothing else does."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import edits, identify, renamed, rewritten

from vardynas.documents import stream
from vardynas.documents.formats import Options, open_document
from vardynas.documents.rows import Editor
from vardynas.errors import DocumentError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = 20_003  # more than two batches, and a last row group that is not full


def cycle(*values):
    return (list(values) * ROWS)[:ROWS]


def table():
    people = [{"name": "Lukašenka, A.", "age": 7}, None, {"name": None, "age": 8}]
    schema = pa.schema(
        [
            pa.field("id", pa.int64(), nullable=False),
            pa.field("name", pa.string(), metadata={"PARQUET:field_id": "7", "note": "x"}),
            pa.field("city", pa.dictionary(pa.int32(), pa.string())),
            pa.field("long", pa.large_string()),
            pa.field("view", pa.string_view()),
            pa.field("people", pa.list_(pa.struct({"name": pa.string(), "age": pa.int8()}))),
            pa.field("tags", pa.large_list(pa.string())),
            pa.field("deep", pa.struct({"er": pa.struct({"name": pa.string()}), "n": pa.int16()})),
            pa.field("a.b", pa.string()),
            pa.field("raw", pa.binary()),
            pa.field("when", pa.timestamp("ms", "Europe/Vilnius")),
            pa.field("sum", pa.decimal128(9, 2)),
        ],
        metadata={"pandas": "{}", "origin": "Гродна"},
    )
    columns = {
        "id": range(ROWS),
        "name": cycle("Vilnius", "x Lukašenka", None, ""),
        "city": cycle("Vilnius", None, "Kaunas"),
        "long": cycle(None, "Vilnius"),
        "view": cycle("Vilnius ir tolimesnės vietos", None),
        "people": cycle(people, None, []),
        "tags": cycle(["Vilnius", None, "x"], None, []),
        "deep": cycle({"er": {"name": "Vilnius"}, "n": 1}, None, {"er": None, "n": None}),
        "a.b": cycle("Vilnius"),
        "raw": cycle(b"Vilnius"),
        "when": cycle(1, None),
        "sum": cycle(None),
    }
    return pa.Table.from_pydict(columns, schema)


COMPRESSION = {"id": "brotli", "name": "zstd", "city": "gzip", "people.list.element.name": "lz4"}
TEXTS = ("name", "city", "long", "view", "people[].name", "tags[]", "deep.er.name", "a.b")


@pytest.fixture(scope="module")
def source():
    target = io.BytesIO()
    pq.write_table(
        table(),
        target,
        row_group_size=9_000,
        compression=COMPRESSION,
        use_dictionary=["city", "long"],
        write_statistics=["id", "name"],
        write_page_index=True,
        version="2.4",
    )
    return target.getvalue()


def anatomy(data):
    """How a file is made: its schema, and of each row group the columns as they are stored."""
    file = pq.ParquetFile(io.BytesIO(data))
    metadata = file.metadata
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    columns = [
        [
            (
                one.path_in_schema,
                one.physical_type,
                one.compression,
                one.encodings,
                one.is_stats_set,
            )
            for one in map(group.column, range(group.num_columns))
        ]
        for group in groups
    ]
    rows = [group.num_rows for group in groups]
    return file.schema_arrow, file.schema_arrow.metadata, rows, columns, metadata.format_version


def everywhere(value):
    """The value with every name in it written anew."""
    if isinstance(value, str):
        return renamed(value)
    if isinstance(value, dict):
        return {key: everywhere(inner) for key, inner in value.items()}
    return [everywhere(inner) for inner in value] if isinstance(value, list) else value


def test_nothing_to_do(source):
    written = rewritten(source, "a.parquet", Editor(lambda text: []), columns=TEXTS)
    assert anatomy(written) == anatomy(source)
    assert pq.read_table(io.BytesIO(written)) == pq.read_table(io.BytesIO(source))


def test_all_strings_change_and_nothing_else(source):
    written = rewritten(source, "a.parquet", columns=TEXTS)
    assert anatomy(written) == anatomy(source)
    expected = everywhere(pq.read_table(io.BytesIO(source)).to_pylist())
    assert pq.read_table(io.BytesIO(written)).to_pylist() == expected
    assert b"Vilnius" in pq.read_table(io.BytesIO(written), columns=["raw"])["raw"][0].as_py()


@pytest.mark.parametrize("column", TEXTS)
def test_only_the_named_column_changes(source, column):
    written = pq.read_table(io.BytesIO(rewritten(source, "a.parquet", columns=(column,))))
    before = pq.read_table(io.BytesIO(source))
    top = column if column == "a.b" else column.split(".")[0].removesuffix("[]")
    changed = [name for name in before.schema.names if written[name] != before[name]]
    assert changed == [top]


def test_columns_by_number(source):
    by_number = rewritten(source, "a.parquet", columns=("2",))
    assert by_number == rewritten(source, "a.parquet", columns=("name",))


def test_ids(source):
    columns, editor = ("name", "city"), Editor(lambda text: [], identify)
    written = rewritten(source, "a.parquet", editor, columns=columns, id_columns=True)
    before, after = (pq.read_table(io.BytesIO(data)) for data in (source, written))
    assert after.schema.names[:5] == ["id", "name", "name_id", "city", "city_id"]
    assert after.select(before.schema.names) == before
    for name in columns:
        assert after[f"{name}_id"].to_pylist() == [
            identify(text) for text in before[name].to_pylist()
        ]


def test_opened_as_a_whole(source):
    document = open_document("a.parquet", source, Options(columns=TEXTS))
    assert document.text.startswith(
        "Vilnius\n\nVilnius\n\nVilnius ir tolimesnės vietos\n\nLukašenka"
    )
    assert document.write(edits(document.text)) == rewritten(source, "a.parquet", columns=TEXTS)
    assert document.place(0) == "row 1, column name"
    assert document.place(document.contexts[1][0]) == "row 2, column name"


def test_places(source):
    rows = stream.read(io.BytesIO(source), "a.parquet", Options(columns=("people[].name",)))
    places = [(row.place(0), row.text) for row in rows]
    assert places[:2] == [
        ("row 1, column people[].name", "Lukašenka, A."),
        ("row 4, column people[].name", "Lukašenka, A."),
    ]
    assert places[-1][0] == f"row {ROWS - 1}, column people[].name"


def test_a_stream_that_cannot_go_back(source):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

    target = io.BytesIO()
    stream.rewrite(Pipe(source), target, Editor(edits), "a.parquet", Options(columns=("name",)))
    assert target.getvalue() == rewritten(source, "a.parquet", columns=("name",))


@pytest.mark.parametrize("version", ["1.0", "2.6"])
def test_files_that_arrow_did_not_write(version):
    """No schema of Arrow, old timestamps, lists whose items have an old name, no rows at all."""
    old = pa.table({"tags": [["Vilnius"]], "when": pa.array([1], pa.timestamp("ns"))})
    target = io.BytesIO()
    pq.write_table(
        old,
        target,
        version=version,
        store_schema=False,
        use_compliant_nested_type=False,
        use_deprecated_int96_timestamps=True,
        compression="none",
    )
    written = rewritten(target.getvalue(), "a.parquet", columns=("tags[]",))
    assert anatomy(written) == anatomy(target.getvalue())
    assert pq.ParquetFile(io.BytesIO(written)).metadata.metadata is None
    assert pq.read_table(io.BytesIO(written)).to_pylist()[0]["tags"] == ["Wilno"]


@pytest.mark.parametrize("groups", [0, 1])
def test_no_rows(groups):
    target = io.BytesIO()
    empty = pa.table({"name": pa.array([], pa.string())})
    with pq.ParquetWriter(target, empty.schema) as writer:
        for _ in range(groups):
            writer.write_table(empty)
    editor = Editor(edits, identify)
    written = rewritten(target.getvalue(), "a.pq", editor, columns=("name",), id_columns=True)
    read = pq.read_table(io.BytesIO(written))
    assert (read.num_rows, read.schema.names) == (0, ["name", "name_id"])


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({}, "say which columns hold names: --column NAME or a number. The columns with text are"),
        (
            {"columns": ("nmae",)},
            "there is no column 'nmae'. The columns with text are: 'name', 'city'",
        ),
        ({"columns": ("id",)}, "column 'id' holds int64, no text"),
        ({"columns": ("raw",)}, "column 'raw' holds binary, no text"),
        ({"columns": ("people.name",)}, "there is no column 'people.name'"),
        ({"columns": ("people[].nmae",)}, "there is no column 'people[].nmae'"),
        ({"columns": ("99",)}, "there is no column '99'"),
        ({"columns": ("tags[",)}, "'tags[' is no field"),
        ({"columns": ("tags[]",), "id_columns": True}, "'tags[]' lies inside a column"),
    ],
)
def test_faults_of_options(source, options, fault):
    with pytest.raises(DocumentError) as error:
        rewritten(source, "a.parquet", Editor(edits, identify), **options)
    assert str(error.value).startswith(f"a.parquet: {fault}")


def test_columns_of_ids_that_are_there_already():
    target = io.BytesIO()
    pq.write_table(pa.table({"name": ["x"], "name_id": ["y"]}), target)
    with pytest.raises(DocumentError, match="there is a column 'name_id' already"):
        rewritten(
            target.getvalue(), "a.pq", Editor(edits, identify), columns=("name",), id_columns=True
        )


@pytest.mark.parametrize("cut", [0, 3, 100])
def test_no_parquet(source, cut):
    with pytest.raises(DocumentError, match="cannot be read as Parquet"):
        rewritten(source[:cut], "a.parquet", columns=("name",))


def test_damage(source):
    broken = source[:200] + b"\xff" * 2000 + source[2200:]
    with pytest.raises(DocumentError, match="cannot be read as Parquet"):
        rewritten(broken, "a.parquet", columns=("name",))


def test_errors_of_the_disk_are_not_those_of_the_file(source):
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        stream.rewrite(
            io.BytesIO(source), Full(), Editor(edits), "a.parquet", Options(columns=("name",))
        )


NESTED = st.none() | st.lists(
    st.none() | st.fixed_dictionaries({"n": st.none() | st.sampled_from(["Vilnius", "x", ""])}),
    max_size=3,
)


@given(st.lists(NESTED, max_size=6), st.booleans())
def test_nested_lists_of_any_shape(rows, large):
    kind = pa.large_list if large else pa.list_
    people = pa.array(rows, kind(pa.struct({"n": pa.string()})))
    target = io.BytesIO()
    pq.write_table(pa.table({"p": people}), target)
    written = pq.read_table(io.BytesIO(rewritten(target.getvalue(), "a.pq", columns=("p[].n",))))
    assert written["p"].to_pylist() == json.loads(renamed(json.dumps(rows)))
