"""Columns of texts in Apache Arrow: an iterator of record batches becomes another one.

Every engine that speaks Arrow can use it; the other adapters do. Nulls stay null, the order stays, and
how the rows are cut into batches changes nothing: each text is a context of its own. A batch is read
when its turn comes, and each distinct text in it is asked once. A table, or a dataset, is read as its
batches. `ColumnError` for a column that cannot be asked about comes with the call where the schema is
known by then, that of a table, a reader or a list, and else with the first batch.

Three functions take the batches, three the schema that they will have, for engines that want it
first, and three a single array::

    normalize_batches   normalized_schema   normalize_array   the text, its names written one way
    resolve_batches     resolved_schema     resolve_array     the entry that a text names as a whole
    scan_batches        scanned_schema      scan_array        the names in a text

Options (`vardynas.adapters.tasks`): ``glossary`` (paths, a compiled index, a resolver), ``builtin``,
``errors`` (``raise`` or ``null``), and those of the method of `Resolver` with the same name. `output`
is a new column, or `column` itself, which the answers then replace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias, Unpack

from vardynas.adapters.columns import answer_type, answered, mentions_type, resolved_type
from vardynas.adapters.questions import Normalize
from vardynas.adapters.tasks import (
    Asker,
    NormalizeOptions,
    ResolveOptions,
    ScanOptions,
    Task,
    normalizing,
    resolving,
    scanning,
)
from vardynas.errors import ColumnError, MissingExtra

try:
    import pyarrow as pa
except ImportError:
    raise MissingExtra("arrow") from None

Batches: TypeAlias = Iterable[pa.RecordBatch]
"""Or what has them: a table, a dataset."""

__all__ = [
    "Batches",
    "answer_batches",
    "answer_schema",
    "mentions_type",
    "normalize_array",
    "normalize_batches",
    "normalized_schema",
    "resolve_array",
    "resolve_batches",
    "resolved_schema",
    "resolved_type",
    "scan_array",
    "scan_batches",
    "scanned_schema",
]


def normalize_batches(
    batches: Batches,
    column: str,
    *,
    to: str | None = None,
    output: str | None = None,
    **options: Unpack[NormalizeOptions],
) -> Iterator[pa.RecordBatch]:
    """The batches with the texts of `column` normalized, in `output` or else in their own column.

    >>> batch = pa.RecordBatch.from_pydict({"title": ["Jechał z Grodna do Wilna.", None]})
    >>> [one.to_pydict() for one in normalize_batches([batch], "title", to="lt")]
    [{'title': ['Jechał z Gardino do Vilniaus.', None]}]
    """
    return answer_batches(batches, column, output or column, normalizing(to, options).asker())


def resolve_batches(
    batches: Batches,
    column: str,
    *,
    output: str | None = None,
    **options: Unpack[ResolveOptions],
) -> Iterator[pa.RecordBatch]:
    """The batches with a column ``<column>_entry``, or `output`: whom each text names as a whole.

    Null where the text is null or means nobody. Where several entries are too close to choose
    between, `candidates` has their ids, and `id`, `name` and `method` are null.

    >>> batch = pa.RecordBatch.from_pydict({"author": ["Каліноўскага", "Nobody Known"]})
    >>> (found,) = resolve_batches([batch], "author")
    >>> [one and one["id"] for one in found["author_entry"].to_pylist()]
    ['kalinouski-kastus', None]
    """
    return answer_batches(batches, column, output or f"{column}_entry", resolving(options).asker())


def scan_batches(
    batches: Batches,
    column: str,
    *,
    output: str | None = None,
    **options: Unpack[ScanOptions],
) -> Iterator[pa.RecordBatch]:
    """The batches with a column ``<column>_mentions``, or `output`: the names in each text.

    A list, empty where there is none and null where the text is null. Offsets are code points, end
    exclusive. Where several entries fit, `candidates` has their ids, and `id` and `name` are null.

    >>> batch = pa.RecordBatch.from_pydict({"text": ["Nausėda lankėsi Gardine."]})
    >>> (found,) = scan_batches([batch], "text")
    >>> [(one["start"], one["id"]) for one in found["text_mentions"][0].as_py()]
    [(0, 'nauseda-gitanas'), (16, 'hrodna')]
    """
    asker = scanning(options).asker()
    return answer_batches(batches, column, output or f"{column}_mentions", asker)


def normalized_schema(
    schema: pa.Schema, column: str, output: str | None = None, *, errors: str = "raise"
) -> pa.Schema:
    """The schema of what `normalize_batches` makes of batches with `schema`: the type stays.

    So does a column that is never null, unless `errors` lets texts become null.
    """
    return answer_schema(schema, column, output or column, normalizing(None, {"errors": errors}))


def resolved_schema(schema: pa.Schema, column: str, output: str | None = None) -> pa.Schema:
    """The schema of what `resolve_batches` makes of batches with `schema`."""
    return answer_schema(schema, column, output or f"{column}_entry", resolving({}))


def scanned_schema(
    schema: pa.Schema, column: str, output: str | None = None, *, evidence: bool = False
) -> pa.Schema:
    """The schema of what `scan_batches` makes of batches with `schema`."""
    task = scanning({"evidence": evidence})
    return answer_schema(schema, column, output or f"{column}_mentions", task)


def normalize_array(
    array: pa.Array, *, to: str | None = None, **options: Unpack[NormalizeOptions]
) -> pa.Array:
    """The texts of an array normalized, as an array of its type.

    >>> normalize_array(pa.array(["w Wilnie", None]), to="lt").to_pylist()
    ['w Vilniuje', None]
    """
    return answered(normalizing(to, options).asker(), "array", _array(array))


def resolve_array(array: pa.Array, **options: Unpack[ResolveOptions]) -> pa.Array:
    """Whom each text of an array names as a whole, as structs (`resolved_type`).

    >>> resolve_array(pa.array(["Wilno"]))[0].as_py()["id"]
    'vilnius'
    """
    return answered(resolving(options).asker(), "array", _array(array))


def scan_array(array: pa.Array, **options: Unpack[ScanOptions]) -> pa.Array:
    """The names in each text of an array, as lists of structs (`mentions_type`).

    >>> [one["text"] for one in scan_array(pa.array(["z Grodna"]))[0].as_py()]
    ['Grodna']
    """
    return answered(scanning(options).asker(), "array", _array(array))


def answer_batches(
    batches: Batches, column: str, output: str, asker: Asker
) -> Iterator[pa.RecordBatch]:
    """The batches with the answers about `column` in the column `output`.

    `ColumnError` comes with the batch that it is about; the batches before it are not lost.
    """
    read = getattr(batches, "to_batches", None)
    columned = hasattr(batches, "columns")  # a single batch, or a frame
    if read is None and (columned or isinstance(batches, str) or not isinstance(batches, Iterable)):
        raise _no_batches(batches)
    schema = _known(batches)
    if schema is not None:
        answer_schema(schema, column, output, asker.task)
    return _answered(read() if read else batches, column, output, asker)


def _answered(
    batches: Iterable[pa.RecordBatch], column: str, output: str, asker: Asker
) -> Iterator[pa.RecordBatch]:
    first = 0
    for batch in batches:
        if not isinstance(batch, pa.RecordBatch):
            raise _no_batches(batch)
        schema = answer_schema(batch.schema, column, output, asker.task)
        found = answered(asker, column, batch.column(column), first)
        yield _with(batch, schema, output, found)
        first += batch.num_rows


def _known(batches: Any) -> pa.Schema | None:  # noqa: ANN401 - many things are batches
    """The schema that is known before anything is read; None where it comes with the batches."""
    first = batches[0] if isinstance(batches, list | tuple) and batches else batches
    found = getattr(first, "schema", None)
    return found if isinstance(found, pa.Schema) else None


def _no_batches(value: object) -> TypeError:
    kind = type(value).__name__
    advice = {
        "RecordBatch": "Write [batch] for a single one.",
        "Table": "Give the table itself, or table.to_batches().",
        "DataFrame": "Write pa.Table.from_pandas(frame), or frame.to_arrow() of Polars.",
    }.get(kind, "A table, a reader and a list of batches are some.")
    return TypeError(f"This takes an iterable of record batches; {kind} is none. {advice}")


def _array(array: object) -> pa.Array | pa.ChunkedArray:
    if not isinstance(array, pa.Array | pa.ChunkedArray):
        kind = type(array).__name__
        raise TypeError(f"This takes an array of Arrow, not {kind}: write pa.array(texts).")
    return array


def answer_schema(schema: pa.Schema, column: str, output: str, task: Task) -> pa.Schema:
    """`schema` with the field `output`: last, or in the place of `column` where it is that one.

    `ColumnError` for another column that there is.
    """
    at = _place(schema, column)
    given = schema.field(at)
    kind = answer_type(task.question, column, given.type)
    if output == column:
        full = not given.nullable and isinstance(task.question, Normalize)
        nullable = not full or task.errors == "null"
        return schema.set(at, pa.field(output, kind, nullable, given.metadata))
    if output in schema.names:
        reason = f"there is such a column already; choose another output, or {column!r} itself."
        raise ColumnError(output, reason)
    return schema.append(pa.field(output, kind))


def _place(schema: pa.Schema, column: str) -> int:
    found = schema.get_all_field_indices(column)
    if len(found) == 1:
        return found[0]  # type: ignore[no-any-return]
    if found:
        raise ColumnError(column, "several columns have this name; rename all but one.")
    names = ", ".join(map(repr, schema.names)) or "none at all"
    raise ColumnError(column, f"there is no such column; there are {names}.")


def _with(batch: pa.RecordBatch, schema: pa.Schema, output: str, found: pa.Array) -> pa.RecordBatch:
    columns = list(batch.columns)
    at = schema.get_field_index(output)
    columns[at : at + 1] = [found]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
