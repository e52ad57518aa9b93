"""The Arrow seam: what it answers is what the resolver answers, however the rows arrive."""

import logging
import pickle

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vardynas
from vardynas.adapters import arrow, opening
from vardynas.adapters.opening import opened
from vardynas.adapters.tasks import Task, kept_asker, normalizing, resolving, scanning
from vardynas.errors import BadValue, ColumnError, GlossaryError, UnknownLanguage
from vardynas.index.opening import write_glossary
from vardynas.index.shipped import compile_files

TEXTS = [
    "Jechał z Grodna do Wilna.",
    None,
    "Nausėda lankėsi Gardine.",
    "",
    "Няма нікога.",
    "🙂 Łukaszenki nie było w Grodnie 🙂",
    "Jechał z Grodna do Wilna.",
    "Grodno\nWilno",
]
TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string()),
]
TWINS = """
- id: kowalski-jan
  type: person
  gender: male
  names:
    pl: [Jan Kowalski]
- id: kowalski-jan-2
  type: person
  gender: male
  names:
    pl: [Jan Kowalski]
"""


@pytest.fixture(scope="module")
def resolver():
    return opened()


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    path = tmp_path_factory.mktemp("glossary") / "twins.yaml"
    path.write_text(TWINS, encoding="utf-8")
    return path


def _batches(texts, size=3, kind=None, name="text"):
    column = pa.array(texts, pa.string()).cast(kind or pa.string())
    table = pa.table({"row": range(len(texts)), name: column})
    return table.schema, table.to_batches(max_chunksize=size)


def _normalized(texts, size=3):
    _, batches = _batches(texts, size)
    return [
        one
        for batch in arrow.normalize_batches(batches, "text", to="lt")
        for one in batch["text"].to_pylist()
    ]


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_texts_of_every_type_are_normalized_and_keep_it(kind, resolver):
    schema, batches = _batches(TEXTS, kind=kind)
    found = pa.Table.from_batches(
        arrow.normalize_batches(batches, "text", to="be"),
        arrow.normalized_schema(schema, "text"),
    )
    assert found.schema == schema
    assert found["row"].to_pylist() == list(range(len(TEXTS)))
    expected = [text and resolver.normalize(text, to="be") for text in TEXTS]
    assert found["text"].to_pylist() == expected
    assert expected != TEXTS


def test_runs_of_a_text_are_read_as_texts(resolver):
    schema, batches = _batches(TEXTS, kind=pa.string())
    runs = [batch.set_column(1, "text", pc.run_end_encode(batch["text"])) for batch in batches]
    plain = pa.Table.from_batches(arrow.normalize_batches(batches, "text", to="be"))
    assert pa.Table.from_batches(arrow.normalize_batches(runs, "text", to="be")) == plain
    assert arrow.normalized_schema(runs[0].schema, "text") == schema
    assert arrow.scan_array(runs[0]["text"]) == arrow.scan_array(batches[0]["text"])
    chunks = pa.chunked_array([one["text"] for one in runs])
    assert arrow.normalize_array(chunks, to="be").to_pylist() == plain["text"].to_pylist()


def test_a_table_a_dataset_and_a_reader_are_read_as_their_batches():
    import pyarrow.dataset as ds

    table = pa.table({"text": pa.chunked_array([["Wilno"], ["Grodno"]])})
    for batches in (table, ds.dataset(table), table.to_reader(), table.to_batches()):
        found = pa.Table.from_batches(arrow.normalize_batches(batches, "text", to="lt"))
        assert found["text"].to_pylist() == ["Vilnius", "Gardinas"]


@pytest.mark.parametrize(("errors", "nullable"), [("raise", False), ("null", True)])
def test_a_column_that_is_never_null_stays_so_unless_texts_may_become_null(errors, nullable):
    schema = pa.schema([pa.field("text", pa.string(), nullable=False)])
    batch = pa.record_batch([["Wilno"]], schema=schema)
    (found,) = arrow.normalize_batches([batch], "text", to="lt", errors=errors)
    assert found.schema.field("text").nullable is nullable
    assert found.schema == arrow.normalized_schema(schema, "text", errors=errors)


def test_resolved_is_what_the_resolver_resolves(resolver):
    names = ["Каліноўскага", "Wilno", None, "Nobody Known", "", "Vilniuje", "Nausėda"]
    schema, batches = _batches(names)
    found = list(arrow.resolve_batches(batches, "text"))
    assert {batch.schema for batch in found} == {arrow.resolved_schema(schema, "text")}
    for name, row in zip(
        names, (r for b in found for r in b["text_entry"].to_pylist()), strict=True
    ):
        best = resolver.resolve(name) if name else None
        assert (row and row["id"]) == (best and best.entry)
        if best:
            assert row == {
                "id": best.entry,
                "name": best.name,
                "score": best.score,
                "method": best.method,
                "candidates": [best.entry],
            }


def test_scanned_is_what_the_resolver_scans(resolver):
    schema, batches = _batches(TEXTS)
    found = list(arrow.scan_batches(batches, "text", output="names", evidence=True))
    assert found[0].schema == arrow.scanned_schema(schema, "text", "names", evidence=True)
    rows = [row for batch in found for row in batch["names"].to_pylist()]
    assert rows[1] is None
    assert rows[3] == []
    for text, row in zip(TEXTS, rows, strict=True):
        mentions = resolver.scan(text or "")
        assert [one["id"] for one in row or []] == [one.entry for one in mentions]
        for told, mention in zip(row or [], mentions, strict=True):
            assert text[told["start"] : told["end"]] == told["text"] == mention.text
            assert told["evidence"] == [str(one) for one in mention.candidates[0].evidence]
            assert (told["name"], told["score"]) == (mention.name, mention.score)


def test_who_cannot_be_told_apart_is_told_as_ambiguous(twins):
    (row,) = arrow.resolve_array(pa.array(["Jan Kowalski"]), glossary=twins).to_pylist()
    assert (row["id"], row["name"], row["method"]) == (None, None, None)
    assert row["candidates"] == ["kowalski-jan", "kowalski-jan-2"]
    assert row["score"] > 0.3
    (mentions,) = arrow.scan_array(pa.array(["Był Jan Kowalski."]), glossary=twins).to_pylist()
    assert [(one["id"], one["name"], one["candidates"]) for one in mentions] == [
        (None, None, ["kowalski-jan", "kowalski-jan-2"])
    ]
    same = arrow.normalize_array(pa.array(["Był Jan Kowalski."]), to="lt", glossary=twins)
    assert same.to_pylist() == ["Był Jan Kowalski."]


def test_names_are_given_back_in_a_language(twins):
    (row,) = arrow.resolve_array(pa.array(["Горадня"]), to="lt").to_pylist()
    assert row["name"] == "Gardinas"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*TEXTS, "Wilno", "z Grodna"]), max_size=30), st.integers(1, 9))
def test_how_rows_are_cut_changes_nothing(texts, size):
    assert _normalized(texts, size) == _normalized(texts, 1000)


def test_empty_things():
    schema, _ = _batches([])
    assert list(arrow.normalize_batches([], "text")) == []
    empty = pa.RecordBatch.from_pylist([], schema)
    (found,) = arrow.scan_batches([empty], "text")
    assert found.num_rows == 0
    assert found.schema == arrow.scanned_schema(schema, "text")
    nulls = pa.nulls(2)
    assert arrow.normalize_array(nulls).type == pa.string()
    assert arrow.resolve_array(nulls).to_pylist() == [None, None]


def test_the_rest_of_a_batch_stays(resolver):
    field = pa.field("text", pa.string(), metadata={"unit": "title"})
    schema = pa.schema([("n", pa.int64()), field, ("k", pa.bool_())], metadata={"made": "here"})
    batch = pa.record_batch([[1], ["Wilno"], [True]], schema=schema)
    (found,) = arrow.normalize_batches([batch], "text", to="lt")
    assert found.schema.equals(schema, check_metadata=True)
    (found,) = arrow.normalize_batches([batch], "text", to="lt", output="lt")
    assert found.to_pylist() == [{"n": 1, "text": "Wilno", "k": True, "lt": "Vilnius"}]
    (found,) = arrow.resolve_batches([batch], "text", output="text")
    assert found.schema.names == ["n", "text", "k"]
    assert found["text"][0].as_py()["id"] == "vilnius"


def test_a_slice_of_a_batch_is_read_where_it_begins():
    batch = pa.record_batch({"text": TEXTS}).slice(5, 2)
    (found,) = arrow.normalize_batches([batch], "text", to="lt")
    assert found["text"].to_pylist() == _normalized(TEXTS)[5:7]


def test_batches_are_read_one_by_one():
    read = []

    def source():
        for number in range(3):
            read.append(number)
            yield pa.record_batch({"text": ["Wilno"]})

    found = arrow.normalize_batches(source(), "text", to="lt")
    assert read == []
    next(found)
    assert read == [0]


# ------------------------------------------------------------ what is wrong


WRONG = [
    (lambda batch: arrow.normalize_batches([batch], "titel"), "'titel': there is no such column"),
    (lambda batch: arrow.normalize_batches([batch], "n"), "'n': it holds int64, not text"),
    (
        lambda batch: arrow.scan_batches([pa.record_batch([["a"], ["b"]], ["x", "x"])], "x"),
        "'x': several columns have this name",
    ),
]


@pytest.mark.parametrize(
    "given",
    [pa.Table.to_reader, pa.Table.to_batches, lambda table: table],
    ids=["reader", "list", "table"],
)
def test_a_wrong_column_is_told_with_the_call_where_the_schema_is_known(given):
    table = pa.table({"n": [1], "text": ["Wilno"]})
    for column, output, message in (
        ("n", None, "'n': it holds int64, not text; cast"),
        ("titel", None, "'titel': there is no such column; there are 'n', 'text'"),
        ("text", "n", "'n': there is such a column already; choose another output, or 'text'"),
    ):
        with pytest.raises(ColumnError, match=message):
            arrow.scan_batches(given(table), column, output=output)


NO_BATCHES = [
    (pa.record_batch({"text": ["Wilno"]}), r"RecordBatch is none. Write \[batch\]"),
    ("text.parquet", "str is none. A table, a reader and a list"),
    (7, "int is none"),
    (pd.DataFrame({"text": ["Wilno"]}), r"DataFrame is none. Write pa.Table.from_pandas\(frame\)"),
]


@pytest.mark.parametrize(("given", "message"), NO_BATCHES, ids=lambda one: type(one).__name__)
def test_what_is_no_batches_is_told_with_the_call(given, message):
    with pytest.raises(TypeError, match=message):
        arrow.normalize_batches(given, "text")


def test_what_is_no_batch_and_what_is_no_array_is_told():
    table = pa.table({"text": ["Wilno"]})
    with pytest.raises(TypeError, match=r"Table is none. Give the table itself"):
        list(arrow.normalize_batches([table], "text"))
    for ask in (arrow.normalize_array, arrow.resolve_array, arrow.scan_array):
        with pytest.raises(TypeError, match=r"not list: write pa.array\(texts\)"):
            ask(["Wilno"])


@pytest.mark.parametrize(("ask", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_is_wrong_with_a_column_is_said(ask, message):
    with pytest.raises(ColumnError, match=message) as caught:
        list(ask(pa.record_batch({"n": [1], "text": ["Wilno"]})))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"to": "xx"}, UnknownLanguage, "xx"),
        ({"decision": "bold"}, ValueError, "bold"),
        ({"errors": "ignore"}, ValueError, "write raise or null"),
        ({"decision": ["recall"]}, BadValue, "write one of precision, balanced, recall"),
        ({"colour": "red"}, TypeError, r"no option 'colour'\. It has to, .*decision, .*errors\."),
        ({"decison": "recall"}, TypeError, "no option 'decison'. Did you mean 'decision'"),
        ({"to": 5}, BadValue, "5 is no value of to; write a language tag such as lt"),
        ({"language": 5}, BadValue, "5 is no value of language; write a tag such as lt"),
        ({"language": "zz"}, UnknownLanguage, "'zz' is not .* Write one of lt, pl, en, "),
        ({"builtin": "yes"}, BadValue, "'yes' is no value of builtin; write True, False or None"),
        ({"glossary": 5}, BadValue, "5 is no value of glossary; write a path"),
        ({"glossary": [5]}, BadValue, "of glossary; write a path"),
        ({"glossary": []}, BadValue, "of glossary; write None for the built-in glossary"),
        ({"glossary": "no/such.yaml"}, GlossaryError, "no/such.yaml"),
    ],
)
@pytest.mark.parametrize("ask", [arrow.normalize_batches, arrow.resolve_batches])
def test_what_is_wrong_with_a_question_is_said_before_anything_is_read(
    ask, options, error, message
):
    with pytest.raises(error, match=message):
        ask(iter(()), "text", **options)


@pytest.mark.parametrize(
    ("ask", "options", "error", "message"),
    [
        (arrow.normalize_array, {"profile": "style.yaml"}, TypeError, "write Profile.load"),
        (
            arrow.normalize_array,
            {"profile": {"glos": "en"}},
            BadValue,
            "no such field. Write gloss",
        ),
        (arrow.normalize_array, {"strict": "yes"}, BadValue, "of strict; write True or False"),
        (arrow.normalize_array, {"too": "lt"}, TypeError, "'too'. Did you mean 'to'?"),
        (arrow.resolve_array, {"to": "id"}, BadValue, "'id' is no value of to; resolve takes"),
        (arrow.resolve_array, {"similar": True}, TypeError, "resolve has no option 'similar'"),
        (arrow.scan_array, {"to": "lt"}, TypeError, "scan has no option 'to'"),
        (arrow.scan_array, {"similar": "yes"}, BadValue, "of similar; write True or False"),
        (arrow.scan_array, {"evidence": 1}, BadValue, "of evidence; write True or False"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(ask, options, error, message):
    with pytest.raises(error, match=message):
        ask(pa.array([], pa.string()), **options)


def test_a_profile_may_be_a_mapping_and_a_hint_any_language_of_the_glossary(tmp_path):
    texts = pa.array(["Nausėda lankėsi Gardine."])
    style = {"to": "pl", "only": ["place"]}
    assert arrow.normalize_array(texts, profile=style).to_pylist() == ["Nausėda lankėsi Grodnie."]
    assert hash(normalizing(None, {"profile": style})) == hash(
        normalizing(None, {"profile": vardynas.Profile(**style)})
    )
    path = tmp_path / "mine.yaml"
    path.write_text("- {id: x, type: place, names: {fi: [Vilna]}}\n", encoding="utf-8")
    (found,) = arrow.resolve_array(pa.array(["Vilna"]), language="fi", glossary=path).to_pylist()
    assert found["id"] == "x"


def _with_bytes(*texts):
    offsets = [0]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    data = pa.py_buffer(pa.array(offsets, pa.int32()).buffers()[1].to_pybytes())
    column = pa.Array.from_buffers(
        pa.string(), len(texts), [None, data, pa.py_buffer(b"".join(texts))]
    )
    return pa.RecordBatch.from_arrays([column], ["text"])


def test_bytes_that_are_no_text_name_their_column_and_row():
    batches = [
        pa.record_batch({"text": ["Wilno", "Grodno"]}),
        _with_bytes(b"Wilno", b"Wiln\xff", b"Wilno"),
    ]
    found = arrow.normalize_batches(batches, "text", to="lt")
    assert next(found)["text"].to_pylist() == ["Vilnius", "Gardinas"]
    with pytest.raises(ColumnError, match=r"column 'text', row 3: 'Wiln.' is not UTF-8") as caught:
        next(found)
    assert (caught.value.column, caught.value.row) == ("text", 3)


def test_a_text_that_fails_can_be_left_null(caplog):
    batches = [_with_bytes(b"Wilno", b"Wiln\xff", b"Grodno")]
    with caplog.at_level(logging.WARNING, "vardynas"):
        (found,) = arrow.normalize_batches(batches, "text", to="lt", errors="null")
    assert found["text"].to_pylist() == ["Vilnius", None, "Gardinas"]
    assert "row 1" in caplog.text


class Poisoned(vardynas.Resolver):
    """Fails at one text."""

    def lookup(self, name, language=None, limit=5):
        if "poison" in name:
            raise RuntimeError("it was poisoned")
        return super().lookup(name, language, limit)


@pytest.mark.parametrize("errors", ["raise", "null"])
def test_a_text_that_fails_leaves_the_others_alone(errors):
    poisoned = Poisoned([vardynas.Entry("hrodna", {"be": ["Гродна"]}, type="place")])
    batch = pa.record_batch({"text": ["Гродна", None, "poison", "Гродна", "poison"]})
    ask = arrow.resolve_batches([batch], "text", glossary=poisoned, errors=errors)
    if errors == "null":
        rows = next(ask)["text_entry"].to_pylist()
        assert [row and row["id"] for row in rows] == ["hrodna", None, None, "hrodna", None]
    else:
        with pytest.raises(ColumnError, match="row 2: 'poison' failed: RuntimeError: it was"):
            next(ask)


# ------------------------------------------------------------ glossaries


def test_a_glossary_is_opened_once_until_its_files_change(tmp_path):
    path = tmp_path / "mine.yaml"
    entry = "- id: {}\n  type: place\n  names: {{be: [Небывалец]}}\n"
    path.write_text(entry.format("lida-one"), encoding="utf-8")
    first = opened(path)
    assert opened(str(path)) is first
    assert opened([path], builtin=True) is not first
    path.write_text(entry.format("lida-town"), encoding="utf-8")
    assert list(opened(path).entries) == ["lida-town"]
    assert opened(first) is first


def test_few_glossaries_stay_open(tmp_path):
    paths = [tmp_path / f"{number}.yaml" for number in range(opening.KEPT + 2)]
    for path in paths:
        entry = f"- id: lida-{path.stem}\n  type: place\n  names: {{be: [Небывалец]}}\n"
        path.write_text(entry, encoding="utf-8")
    first = opened(paths[0])
    for path in paths[1:]:
        opened(path)
        assert opened(paths[0]) is first  # what is asked for stays
    assert len(opening._open) == opening.KEPT


def test_one_asker_answers_a_task_until_its_glossary_changes(tmp_path):
    path = tmp_path / "mine.yaml"
    entry = "- id: {}\n  type: place\n  names: {{be: [Небывалец]}}\n"
    path.write_text(entry.format("lida-one"), encoding="utf-8")
    asker = kept_asker(resolving({"glossary": [path]}))
    assert kept_asker(resolving({"glossary": [path]})) is asker
    assert kept_asker(resolving({"glossary": [path], "to": "be"})) is not asker
    assert asker(["Небывалец"])[0]["id"] == "lida-one"
    path.write_text(entry.format("lida-town"), encoding="utf-8")
    assert kept_asker(resolving({"glossary": [path]}))(["Небывалец"])[0]["id"] == "lida-town"


def test_a_compiled_glossary_answers_alike(tmp_path, twins):
    path = tmp_path / "twins.index"
    write_glossary(path, compile_files([twins], builtin=False))
    rows = [arrow.resolve_array(pa.array(["Jan Kowalski"]), glossary=one) for one in (path, twins)]
    assert rows[0] == rows[1]


def test_a_task_pickles_and_asks_each_text_once(monkeypatch):
    task = pickle.loads(pickle.dumps(normalizing("lt", {"strict": True})))
    assert task == Task(normalizing("lt", {"strict": True}).question)
    asker, asked = scanning({}).asker(), []
    answers = type(asker.task.question).answers

    def noted(self, resolver, texts):
        asked.extend(texts)
        return answers(self, resolver, texts)

    monkeypatch.setattr(type(asker.task.question), "answers", noted)
    assert asker(["Wilno", "Grodno", "Wilno"]) == asker(["Wilno", "Grodno", "Wilno"])
    assert asked == ["Wilno", "Grodno"]


def test_remembered_answers_do_not_grow_without_end(monkeypatch):
    monkeypatch.setattr("vardynas.adapters.tasks.KEPT", 2)
    asker = normalizing("lt", {}).asker()
    texts = ["Wilno", "Grodno", "z Wilna", "Wilno", "x" * 1000]
    answers = ["Vilnius", "Gardinas", "z Vilniaus", "Vilnius", "x" * 1000]
    for number in range(3):
        assert asker(texts[number:]) == answers[number:]
    assert list(asker._known) == ["z Wilna", "Wilno"]
