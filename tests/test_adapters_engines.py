"""pandas, Polars and DuckDB answer what the resolver answers, and keep what is theirs."""

import importlib
import io
import subprocess
import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import vardynas.adapters.pandas
import vardynas.adapters.polars  # noqa: F401 - both register
from vardynas.adapters.duckdb import register
from vardynas.adapters.opening import opened
from vardynas.errors import ColumnError, MissingExtra, UnknownLanguage, VardynasError

TEXTS = ["Jechał z Grodna do Wilna.", None, "Nausėda lankėsi Gardine.", "", "🙂 w Grodnie"]
NAMES = ["Каліноўскага", None, "Nobody Known", "Wilno"]
IDS = ["kalinouski-kastus", None, None, "vilnius"]
SPANS = [
    [(9, "hrodna"), (19, "vilnius")],
    None,
    [(0, "nauseda-gitanas"), (16, "hrodna")],
    [],
    [(4, "hrodna")],
]


@pytest.fixture(scope="module")
def wanted():
    return [text and opened().normalize(text, to="be") for text in TEXTS]


# ------------------------------------------------------------ pandas

DTYPES = ["str", "string", "object", "category", pd.ArrowDtype(pa.string())]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_pandas_normalize_keeps_index_name_and_what_is_missing(dtype, wanted):
    series = pd.Series(TEXTS, index=list("edcba"), name="title", dtype=dtype)
    found = series.vardynas.normalize("be")
    assert [None if pd.isna(one) else one for one in found] == wanted
    assert found.index.equals(series.index)
    assert found.name == "title"
    if dtype == "category":
        assert list(found.cat.categories) == sorted({one for one in wanted if one is not None})
    else:
        assert found.dtype == series.dtype
    assert series.vardynas.normalize(to="be").equals(found)
    assert series[series.index[0]] == TEXTS[0]


def test_pandas_keeps_each_kind_of_missing():
    series = pd.Series(["Wilno", None, np.nan, pd.NA], index=[0, 0, 0, 1], dtype=object)
    found = list(series.vardynas.normalize("lt"))
    assert found[:2] == ["Vilnius", None]
    assert np.isnan(found[2])
    assert found[3] is pd.NA
    nothing = pd.Series([np.nan, np.nan])
    assert nothing.vardynas.normalize("lt").equals(nothing)


def test_pandas_resolve_is_a_frame():
    found = pd.Series(NAMES, index=[3, 5, 7, 9]).vardynas.resolve(to="lt")
    assert list(found.columns) == ["id", "name", "score", "method", "candidates"]
    assert list(found.index) == [3, 5, 7, 9]
    assert [None if pd.isna(one) else one for one in found["id"]] == IDS
    assert found.loc[9, "name"] == "Vilnius"
    assert found.loc[9, "candidates"] == ["vilnius"]
    assert found["score"].dtype == float


def test_pandas_scan_has_a_row_a_mention():
    series = pd.Series(TEXTS, index=list("edcba"))
    found = series.vardynas.scan(evidence=True)
    assert list(found.index) == ["e", "e", "c", "c", "a"]
    told = [span for spans in SPANS for span in spans or []]
    assert list(zip(found["start"], found["id"], strict=True)) == told
    assert all(found["evidence"])
    nothing = pd.Series([None, "x"]).vardynas.scan()
    assert len(nothing) == 0
    assert "evidence" not in nothing.columns


@pytest.mark.parametrize("ordered", [False, True])
def test_pandas_keeps_the_order_of_categories(ordered):
    kind = pd.CategoricalDtype(["Wilno", "Grodno", "Горадня", "Lida"], ordered)
    series = pd.Series(["Горадня", "Wilno", None, "Grodno"], dtype=kind)
    found = series.vardynas.normalize("lt")
    assert found.dtype == pd.CategoricalDtype(["Vilnius", "Gardinas"], ordered)
    assert found.astype(object).tolist()[:2] == ["Gardinas", "Vilnius"]
    assert found.isna().tolist() == [False, False, True, False]
    assert series.cat.categories.tolist() == ["Wilno", "Grodno", "Горадня", "Lida"]


@pytest.mark.parametrize("texts", [[], [None], ["nic"], ["Nobody Known"]])
def test_pandas_frames_have_the_same_types_when_they_are_empty(texts):
    for ask in ("scan", "resolve"):
        full = getattr(pd.Series(["Wilno"], dtype=object).vardynas, ask)()
        found = getattr(pd.Series(texts, dtype=object).vardynas, ask)()
        assert found.dtypes.to_dict() == full.dtypes.to_dict()
        assert found.dtypes["score"] == np.dtype(float)
    assert full.index.tolist() == [0]


NO_TEXTS = [
    (7, "7 is no text; use series.astype"),
    (b"Wilno", "b'Wilno' is no text"),
    ("Wilno \ud83d", r"is no text: half of a character at 6 has no other"),
]


@pytest.mark.parametrize(("value", "message"), NO_TEXTS, ids=["number", "bytes", "surrogate"])
@pytest.mark.parametrize("ask", ["normalize", "resolve", "scan"])
def test_pandas_says_which_value_is_no_text(ask, value, message, caplog):
    series = pd.Series(["Wilno", value, "Grodno"], name="n", dtype=object)
    with pytest.raises(ColumnError, match=f"column 'n', row 1: .*{message}"):
        getattr(series.vardynas, ask)()
    found = getattr(series.vardynas, ask)(errors="null")
    assert "row 1" in caplog.text
    left = found if ask == "normalize" else found["id"]
    there = {"normalize": [0, 2], "resolve": [0, 2], "scan": [0, 2]}[ask]
    assert left.dropna().index.tolist() == there


def test_pandas_says_that_a_column_holds_no_text():
    for errors in ("raise", "null"):
        with pytest.raises(ColumnError, match="column 'n': it holds int64, not text; use series"):
            pd.Series([1, 2], name="n").vardynas.scan(errors=errors)
    with pytest.raises(ColumnError, match="it holds int64"):
        pd.Series([1, 2], dtype="category").vardynas.normalize()


# ------------------------------------------------------------ Polars


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical], ids=str)
def test_polars_expressions(engine, dtype, wanted):
    frame = pl.LazyFrame({"text": TEXTS, "row": range(5)}, schema_overrides={"text": dtype})
    names = pl.col("text").vardynas
    query = frame.select(
        "row", names.normalize("be"), pl.col("text").vardynas.scan().alias("found")
    )
    schema = query.collect_schema()
    result = query.collect(engine=engine)
    assert result.schema == schema
    assert result["row"].to_list() == list(range(5))
    assert result["text"].to_list() == wanted
    spans = [
        row and [(one["start"], one["id"]) for one in row] for row in result["found"].to_list()
    ]
    assert [row if row is None else list(row) for row in spans] == SPANS


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_polars_resolve_in_lazy_queries(engine):
    frame = pl.LazyFrame({"name": NAMES * 5_000, "group": [1, 2] * 10_000})
    entry = pl.col("name").vardynas.resolve()
    query = frame.with_columns(entry=entry).filter(pl.col("entry").struct.field("id") == "vilnius")
    found = query.group_by("group").len().collect(engine=engine)
    assert found.rows() == [(2, 5_000)]


def test_polars_series_are_asked_alike(wanted):
    series = pl.Series("text", TEXTS)
    assert series.vardynas.normalize("be").to_list() == wanted
    assert series.vardynas.normalize("be").name == "text"
    ids = pl.Series(NAMES).vardynas.resolve().struct.field("id").to_list()
    assert ids == IDS
    lengths = series.vardynas.scan().list.len().to_list()
    assert lengths == [None if one is None else len(one) for one in SPANS]
    assert pl.Series([None]).vardynas.normalize("be").to_list() == [None]
    assert pl.Series([], dtype=pl.String).vardynas.scan().len() == 0


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_polars_says_in_a_query_which_column_is_no_text(engine):
    query = pl.LazyFrame({"n": [1]}).select(pl.col("n").vardynas.normalize("lt"))
    with pytest.raises((ColumnError, pl.exceptions.ComputeError), match="column 'n': it holds int"):
        query.collect(engine=engine)


def test_polars_queries_can_be_stored():
    query = pl.LazyFrame({"name": ["Wilno"]}).select(pl.col("name").vardynas.normalize("lt"))
    again = pl.LazyFrame.deserialize(io.BytesIO(query.serialize()))
    assert again.collect()["name"].to_list() == ["Vilnius"]


def test_polars_says_what_is_wrong():
    with pytest.raises(UnknownLanguage):
        pl.col("text").vardynas.normalize("xx")
    with pytest.raises(ColumnError, match="'n': it holds int64, not text"):
        pl.Series("n", [1]).vardynas.normalize()


# ------------------------------------------------------------ DuckDB


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield register(connection)


def _table(connection, texts):
    table = pa.table({"row": range(len(texts)), "text": pa.array(texts, pa.string())})
    connection.register("given", table)


def test_duckdb_functions(connection, wanted):
    _table(connection, TEXTS)
    rows = connection.execute(
        "SELECT vardynas_normalize(text, 'be'), vardynas_scan(text) FROM given ORDER BY row"
    ).fetchall()
    assert [row[0] for row in rows] == wanted
    spans = [found and [(one["start"], one["id"]) for one in found] for _, found in rows]
    assert [row if row is None else list(row) for row in spans] == SPANS


def test_duckdb_resolves_in_conditions(connection):
    _table(connection, NAMES * 3_000)
    query = "SELECT count(*) FROM given WHERE vardynas_resolve(text).id = 'vilnius'"
    assert connection.execute(query).fetchall() == [(3_000,)]


def test_duckdb_takes_a_language_for_each_row(connection):
    query = """
        SELECT vardynas_normalize(text, to_) FROM (VALUES
          ('z Grodna', 'lt'), ('z Grodna', 'be'), (NULL, 'lt'), ('z Grodna', NULL)) AS t(text, to_)
    """
    found = [text for (text,) in connection.execute(query).fetchall()]
    assert found == ["z Gardino", "z Гродна", None, "z Grodna"]
    assert connection.execute("SELECT vardynas_normalize('w Grodnie')").fetchall() == [
        ("w Grodnie",)
    ]


KINDS = [
    "SELECT {} FROM (SELECT 'z Grodna'::VARCHAR AS text, 'lt' AS lang)",
    "SELECT {} FROM (SELECT 'z Grodna'::ENUM ('Wilno', 'z Grodna') AS text, 'lt' AS lang)",
    "SELECT {} FROM (SELECT 'z Grodna' AS text, 'lt'::ENUM ('be', 'lt') AS lang)",
    "SELECT {} FROM frame",
]


@pytest.mark.parametrize("query", KINDS)
def test_duckdb_takes_texts_of_every_kind(connection, query):
    frame = pd.DataFrame({"text": ["z Grodna"], "lang": ["lt"]}, dtype="category")
    connection.register("frame", frame)
    asked = "vardynas_normalize(text, lang), vardynas_normalize(text), vardynas_scan(text)[1].id"
    found = connection.execute(query.format(asked)).fetchall()
    assert found == [("z Gardino", "z Grodna", "hrodna")]


def test_duckdb_gives_null_for_null(connection):
    asked = "NULL, 'lt'", "NULL", "NULL, NULL", "NULL::VARCHAR, 'lt'"
    query = ", ".join(f"vardynas_normalize({one})" for one in asked)
    assert connection.execute(f"SELECT {query}").fetchall() == [(None,) * 4]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "vardynas_normalize('Wilno', 'lt', 'be')",
            r"takes \(text\) or \(text, to\), not 3 values",
        ),
        ("vardynas_normalize('Wilno', 5)", "column 'to': it holds int32, not text"),
        ("vardynas_normalize(5, 'lt')", "column 'text': it holds int32, not text"),
        ("vardynas_normalize(5)", "column 'text': it holds int32, not text"),
    ],
)
def test_duckdb_says_what_is_wrong_with_an_argument(connection, query, message):
    with pytest.raises(duckdb.Error, match=message):
        connection.execute(f"SELECT {query}").fetchall()


def test_duckdb_takes_options_for_all_three():
    with duckdb.connect() as connection:
        register(connection, decision=None, profile={"to": "be"}, language="pl")
        query = "SELECT vardynas_normalize('z Grodna'), vardynas_scan('z Grodna')[1].language"
        assert connection.execute(query).fetchall() == [("z Гродна", "pl")]


def test_duckdb_functions_are_replaced_and_say_what_is_wrong(connection):
    register(connection, evidence=True)
    query = "SELECT vardynas_scan('Wilno')[1].evidence"
    assert connection.execute(query).fetchall()[0][0]
    with pytest.raises(duckdb.Error, match="'xx' is not a language tag"):
        connection.execute("SELECT vardynas_normalize('Wilno', 'xx')").fetchall()
    with pytest.raises(TypeError, match="colour"):
        register(connection, colour="red")


# ------------------------------------------------------------ what is missing


@pytest.mark.parametrize("engine", ["arrow", "pandas", "polars", "duckdb"])
def test_a_missing_engine_is_named(engine, monkeypatch):
    blocked = "pyarrow" if engine == "arrow" else engine
    monkeypatch.setitem(sys.modules, blocked, None)
    for name in ("columns", "arrow", engine):
        monkeypatch.delitem(sys.modules, f"vardynas.adapters.{name}", raising=False)
    with pytest.raises(MissingExtra, match=rf"pip install 'vardynas\[{engine}\]'"):
        importlib.import_module(f"vardynas.adapters.{engine}")


def test_nothing_heavy_is_imported_before_it_is_asked_for():
    code = (
        "import sys, vardynas, vardynas.adapters; vardynas.load\n"
        "print([one for one in ('pyarrow', 'pandas', 'polars', 'duckdb', 'pyspark', 'numpy') "
        "if one in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_spark_says_what_is_missing(monkeypatch, tmp_path):
    from vardynas.adapters import spark_session

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtra, match=r"pip install 'vardynas\[spark\]'"):
        spark_session.start()
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VardynasError, match="there is none: install a runtime"):
        spark_session.find_java()
    monkeypatch.setenv("JAVA_HOME", "/no/java")
    with pytest.raises(VardynasError, match="JAVA_HOME is /no/java"):
        spark_session.find_java()
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert spark_session.find_java() == str(java)
