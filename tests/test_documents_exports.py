"""Tables as other programs write them, rewritten here, and opened by those programs again."""

import csv
import gzip
import io
import json
import subprocess

import pytest
from office import program
from tables import edits, identify, renamed, rewritten

from vardynas.documents.rows import Editor

HEADER = ("id", "vardas", "miestas", "pastaba")
ROWS = (
    ("1", "Lukašenka, A.", "Vilnius", 'sakė: "Vilnius"'),
    ("2", "Nausėda", "Vilnius", "dvi\neilutės; Lukašenka"),
    ("3", "", "Kaunas", "1,5"),
    ("04", "Сямён", "Гродна", "tab\tulatorius | brūkšnys"),
)
COLUMNS = ("vardas", "miestas")


def expected(rows=ROWS):
    """The rows with the names in two columns written anew."""
    return [(row[0], renamed(row[1]), renamed(row[2]), row[3]) for row in rows]


def changed(data, name):
    """The document rewritten, once with edits and once with none, which must change nothing."""
    assert rewritten(data, name, Editor(lambda text: []), columns=COLUMNS) == data
    return rewritten(data, name, columns=COLUMNS)


# ---------------------------------------------------------------- pandas

WRITTEN = {
    "comma": {},
    "semicolon, all quoted": {"sep": ";", "quoting": 1},
    "tab, CRLF": {"sep": "\t", "lineterminator": "\r\n"},
    "bar": {"sep": "|"},
    "backslashes": {"doublequote": False, "escapechar": "\\", "quoting": 1},
    "Excel": {"sep": ";", "encoding": "utf-8-sig", "lineterminator": "\r\n"},
    "UTF-16": {"sep": "\t", "encoding": "utf-16"},
}


@pytest.mark.parametrize("style", WRITTEN)
def test_pandas(style, tmp_path):
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "lentelė.csv"
    manner = WRITTEN[style]
    pandas.DataFrame(ROWS, columns=HEADER).to_csv(path, index=False, **manner)
    path.write_bytes(changed(path.read_bytes(), "lentelė.csv"))
    reading = {key: manner[key] for key in ("sep", "encoding", "escapechar") if key in manner}
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False, **reading)
    assert tuple(frame.columns) == HEADER
    assert list(frame.itertuples(index=False, name=None)) == expected()


def test_pandas_json_lines(tmp_path):
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "lentelė.jsonl"
    frame = pandas.DataFrame(ROWS, columns=HEADER)
    for ascii_only in (True, False):
        frame.to_json(path, orient="records", lines=True, force_ascii=ascii_only)
        data = path.read_bytes()
        assert rewritten(data, "a.jsonl", Editor(lambda text: []), fields=COLUMNS) == data
        written = rewritten(data, "a.jsonl", fields=COLUMNS)
        assert written.isascii() == ascii_only
        read = pandas.read_json(io.BytesIO(written), lines=True, dtype=False)
        assert list(read.itertuples(index=False, name=None)) == expected()


def test_pandas_parquet(tmp_path):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    path = tmp_path / "lentelė.parquet"
    frame = pandas.DataFrame(ROWS, columns=HEADER)
    frame["miestas"] = frame["miestas"].astype("category")
    frame["suma"] = [1.5, None, 2, 3]
    frame.set_index("id").to_parquet(path)
    editor = Editor(edits, identify)
    data = rewritten(path.read_bytes(), path.name, editor, columns=COLUMNS, id_columns=True)
    read = pandas.read_parquet(io.BytesIO(data))
    assert read.index.name == "id"
    assert str(read["miestas"].dtype) == "category"
    assert read["suma"].dtype == frame["suma"].dtype
    assert read["miestas_id"].tolist()[:2] == ["wilno", "wilno"]
    columns = read.reset_index()[list(HEADER)].astype(object)
    assert list(columns.itertuples(index=False, name=None)) == expected()


# ---------------------------------------------------------------- DuckDB


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("csv", "format csv, header"),
        ("tsv", "format csv, header, delimiter '\t', force_quote *"),
        ("csv.gz", "format csv, header, compression gzip"),
        ("csv.zst", "format csv, header, compression zstd"),
        ("parquet", "format parquet, compression zstd, row_group_size 2048"),
        ("jsonl", "format json"),
    ],
)
def test_duckdb(suffix, options, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip({"parquet": "pyarrow", "csv.zst": "zstandard"}.get(suffix, "duckdb"))
    path = tmp_path / f"lentele.{suffix}"
    base = duckdb.connect()
    base.execute(f"create table t ({', '.join(f'{name} varchar' for name in HEADER)})")
    base.executemany("insert into t values (?, ?, ?, ?)", [*ROWS] * 3_000)
    base.execute(f"copy t to '{path}' ({options})")
    names = {"fields" if suffix == "jsonl" else "columns": COLUMNS}
    path.write_bytes(rewritten(path.read_bytes(), path.name, **names))
    kind = {"parquet": "read_parquet", "jsonl": "read_json"}.get(suffix, "read_csv")
    texts = ", all_varchar=true, header=true" if kind == "read_csv" else ""
    read = base.execute(f"select * from {kind}('{path}'{texts})").fetchall()
    blank = [tuple(value or "" for value in row) for row in read]
    assert blank == expected([*ROWS] * 3_000)


# ---------------------------------------------------------------- LibreOffice


def office(path, kind, folder, reading=None):
    """The file that LibreOffice makes of another."""
    home = f"-env:UserInstallation=file://{folder}/office"
    command = [program("soffice"), home, "--headless", "--convert-to", kind, "--outdir", folder]
    command += [f"--infilter={reading}"] if reading else []
    made = subprocess.run([*command, path], check=True, capture_output=True, timeout=180, text=True)
    found = folder / f"{path.stem}.{kind.partition(':')[0]}"
    if not found.exists():
        pytest.skip(f"LibreOffice Calc is not installed: {made.stderr.strip()}")
    return found


@pytest.mark.parametrize(
    ("tokens", "encoding"),
    [("44,34,76,1,,0,false,true", "utf-8"), ("59,34,39,1,,0,true", "cp1257")],
    ids=["comma, UTF-8", "semicolon, windows-1257, quoted"],
)
def test_libreoffice(tokens, encoding, tmp_path):
    """A spreadsheet saved as text, rewritten, and opened as a spreadsheet again."""
    rows = ROWS[:3]  # it takes no tabs into cells
    path = tmp_path / "lentele.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    sheet = office(path, "ods:calc8", tmp_path, "CSV:44,34,76,1,1/2")
    path.unlink()
    path = office(sheet, f"csv:Text - txt - csv (StarCalc):{tokens}", tmp_path)
    data = path.read_bytes()
    names = {"columns": COLUMNS, "encoding": encoding}
    assert rewritten(data, path.name, Editor(lambda text: []), **names) == data
    path.write_bytes(
        rewritten(data, path.name, Editor(lambda text: edits(text, "Vilnius")), **names)
    )
    with path.open(encoding=encoding, newline="") as file:
        delimiter = chr(int(tokens.partition(",")[0]))
        read = [tuple(row) for row in csv.reader(file, delimiter=delimiter)]
    assert read == [
        HEADER,
        *((*row[:2], row[2].replace("Vilnius", "Wilno"), row[3]) for row in rows),
    ]


# ---------------------------------------------------------------- the shell


@pytest.mark.parametrize("packer", ["gzip", "zstd"])
def test_packed_by_the_usual_program(packer, tmp_path):
    path = tmp_path / "eilutės.jsonl"
    lines = "".join(json.dumps({"n": f"Vilnius {n}"}) + "\n" for n in range(5_000))
    path.write_text(lines)
    subprocess.run([program(packer), "-q", str(path)], check=True, timeout=60)
    (packed,) = set(tmp_path.iterdir()) - {path}
    packed.write_bytes(rewritten(packed.read_bytes(), packed.name, fields=("n",)))
    command = [program(packer), "-d", "-c", str(packed)]
    read = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    assert read.decode() == lines.replace("Vilnius", "Wilno")


def test_the_header_of_gzip_is_kept():
    data = gzip.compress(b"name\nVilnius\n", mtime=1_234_567_890)
    written = rewritten(data, "a.csv.gz", columns=("name",))
    assert written[:10] == data[:10]
    assert gzip.decompress(written) == b"name\nWilno\n"
