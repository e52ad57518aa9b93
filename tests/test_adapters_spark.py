"""Spark answers what one process answers, also when a worker dies; the manual's example runs.

These tests want ``pip install 'vardynas[spark]'`` and Java, and skip without them; `.ci/spark` runs
them.
"""

import doctest
import os
import re
import signal
from pathlib import Path

import pyarrow as pa
import pytest

from vardynas.adapters import arrow, spark
from vardynas.adapters.questions import Resolve
from vardynas.adapters.spark_session import find_java
from vardynas.adapters.tasks import Task
from vardynas.errors import ColumnError, GlossaryError, UnknownLanguage, VardynasError

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'vardynas[spark]'")
try:
    find_java()
except VardynasError as error:
    pytest.skip(str(error), allow_module_level=True)

pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # its sockets
]

TEXTS = ["Jechał z Grodna do Wilna.", None, "Nausėda lankėsi Gardine.", "", "🙂 w Grodnie"] * 40
MINE = """
- id: karatynski-vintses
  type: person
  gender: male
  origin: be
  names:
    be: [Вінцэсь Каратынскі]
    pl: [Wincenty Korotyński]
"""
PAGE = Path(__file__).parent.parent / "docs" / "pipelines.md"
BLOCK = re.compile(
    r"<!-- run by: tests/test_adapters_spark.py -->\n```python\n(.*?)^```", re.S | re.M
)


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """Two workers; a task may fail three times. Java writes where it was started."""
    here = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("spark"))
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.log.level": "OFF",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    session = spark.start("local[2,4]", settings)
    yield session
    session.stop()
    os.chdir(here)


@pytest.fixture
def frame(session):
    rows = list(enumerate(TEXTS))
    return session.createDataFrame(rows, "row int, text string").repartition(3)


def _column(frame, name):
    return [row[name] for row in sorted(frame.collect(), key=lambda row: row["row"])]


def test_normalized_like_one_process(frame):
    expected = arrow.normalize_array(pa.array(TEXTS), to="be").to_pylist()
    found = spark.normalize(frame, "text", to="be")
    assert found.schema == frame.schema
    assert _column(found, "text") == expected
    kept = spark.normalize(frame, "text", to="be", output="be")
    assert kept.columns == ["row", "text", "be"]
    assert _column(kept, "text") == TEXTS


def test_scanned_like_one_process(frame):
    expected = arrow.scan_array(pa.array(TEXTS), evidence=True).to_pylist()
    found = spark.scan(frame, "text", evidence=True)
    told = [
        None if one is None else [row.asDict() for row in one]
        for one in _column(found, "text_mentions")
    ]
    assert told == expected


def test_a_glossary_of_ones_own_is_shipped(session, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    names = ["Wincentego Korotyńskiego", "Wilno"]
    frame = session.createDataFrame(list(enumerate(names)), "row int, name string")
    found = spark.resolve(frame, "name", glossary=path)
    path.unlink()  # executors have what was shipped
    ids = [entry and entry["id"] for entry in _column(found, "name_entry")]
    assert ids == ["karatynski-vintses", None]


def test_what_a_killed_worker_did_is_done_again(session, frame, tmp_path):
    marker = tmp_path / "killed"

    class Deadly(Resolve):
        def answers(self, resolver, texts):
            if "🙂 w Grodnie" in texts and not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return Resolve.answers(self, resolver, texts)

    found = spark.answer(frame, "text", "entry", Task(Deadly()))
    told = [one and one.asDict() for one in _column(found, "entry")]
    assert told == arrow.resolve_array(pa.array(TEXTS)).to_pylist()
    assert marker.exists()


def test_a_text_that_fails_is_told_with_its_place(session):
    class Poisoned(Resolve):
        def check(self, resolver):
            pass

        def answers(self, resolver, texts):
            from vardynas.model import Failure

            return (Failure(0, "it was poisoned", "RuntimeError") for _ in texts)

    frame = session.createDataFrame([(0, None), (1, "poison")], "row int, text string")
    found = spark.answer(frame.coalesce(1), "text", "entry", Task(Poisoned()))
    message = r"column 'text', row 1: 'poison' failed: RuntimeError: .*in partition 0"
    with pytest.raises(Exception, match=message):
        found.collect()
    left = spark.answer(frame, "text", "entry", Task(Poisoned(), errors="null"))
    assert _column(left, "entry") == [None, None]


@pytest.mark.parametrize(
    ("column", "options", "error", "message"),
    [
        ("titel", {}, ColumnError, "'titel': there is no such column; there are 'row', 'text'"),
        ("row", {}, ColumnError, "'row': it holds int, not text"),
        ("text", {"output": "row"}, ColumnError, "'row': there is such a column already; choose"),
        ("text", {"to": "xx"}, UnknownLanguage, "xx"),
        ("text", {"glossary": "no/such.yaml"}, GlossaryError, "no/such.yaml"),
    ],
)
def test_what_is_wrong_is_said_by_the_driver(frame, column, options, error, message):
    with pytest.raises(error, match=message):
        spark.normalize(frame, column, **options)


def test_a_resolver_is_not_sent(frame):
    from vardynas.adapters.opening import opened

    with pytest.raises(TypeError, match="give its path"):
        spark.scan(frame, "text", glossary=opened())


def test_the_example_of_the_manual(session):
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert blocks
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    output = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=output.append)
    assert not runner.failures, "".join(output)
