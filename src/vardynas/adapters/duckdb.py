"""Functions for DuckDB: `register` gives a connection what SQL can then ask.

::

    vardynas_normalize(text)       the text, its names written one way
    vardynas_normalize(text, to)   in this language, another one in each row if need be
    vardynas_resolve(text)         STRUCT(id, name, score, method, candidates), or NULL
    vardynas_scan(text)            LIST of STRUCT(start, "end", text, id, name, …)

NULL gives NULL. Offsets are code points from 0, while ``substring`` of SQL counts from 1.

>>> import duckdb
>>> from vardynas.adapters.duckdb import register
>>> connection = register(duckdb.connect())
>>> connection.sql("SELECT vardynas_normalize('z Grodna', 'lt')").fetchall()
[('z Gardino',)]
>>> connection.sql("SELECT vardynas_resolve('Каліноўскага').id").fetchall()
[('kalinouski-kastus',)]
>>> connection.close()
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any, Unpack

from vardynas.adapters.questions import Normalize
from vardynas.adapters.tasks import Asker, NormalizeOptions, Task, normalizing, resolving, scanning
from vardynas.errors import MissingExtra

try:
    import duckdb
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError:
    raise MissingExtra("duckdb") from None

from vardynas.adapters.columns import answer_type, answered

__all__ = ["register"]


def register(
    connection: duckdb.DuckDBPyConnection,
    *,
    evidence: bool = False,
    **options: Unpack[NormalizeOptions],
) -> duckdb.DuckDBPyConnection:
    """The connection, with the three functions; those of an earlier call are replaced.

    The options are those of `vardynas.adapters.arrow.normalize_batches`; `language`, `decision` and
    what is said of the glossary and of errors hold for all three, `evidence` for ``vardynas_scan``.
    """
    shared: Any = {name: options[name] for name in _SHARED if options.get(name) is not None}  # type: ignore[literal-required]
    _add(connection, "normalize", _normalizer(normalizing(None, options)), None, pa.string())
    for name, task in (
        ("resolve", resolving(shared)),
        ("scan", scanning(shared | {"evidence": evidence})),
    ):
        kind = answer_type(task.question, "text", pa.string())
        _add(connection, name, _answerer(task), ["VARCHAR"], kind)
    return connection


_SHARED = ("glossary", "builtin", "errors", "language", "decision")


def _add(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    function: Callable[..., pa.Array],
    given: list[str] | None,
    answer: pa.DataType,
) -> None:
    with suppress(duckdb.InvalidInputException):  # there is none yet
        connection.remove_function(f"vardynas_{name}")
    create: Any = connection.create_function  # which takes names for the constants as well
    create(f"vardynas_{name}", function, given, _sql(answer), type="arrow", null_handling="special")


def _answerer(task: Task) -> Callable[[pa.Array], pa.Array]:
    asker = task.asker()
    return lambda texts: answered(asker, "text", texts)


def _normalizer(task: Task) -> Callable[..., pa.Array]:
    """A function of texts and, if given, of languages: those of a chunk are taken one by one."""
    task.asker()  # tells now what is wrong

    @cache
    def asker(to: str | None) -> Asker:
        question = task.question if to is None else replace(task.question, to=to)  # type: ignore[type-var]
        return replace(task, question=question).asker()

    def normalize(*given: pa.ChunkedArray) -> pa.Array:
        if len(given) == 1:
            return answered(asker(None), "text", given[0])
        texts, languages = _two(given)
        found = pa.nulls(len(texts), pa.string())
        for language in languages.unique().to_pylist():
            its = languages.is_null() if language is None else pc.equal(languages, language)
            its = its.fill_null(False)
            found = pc.replace_with_mask(
                found, its, answered(asker(language), "text", texts.filter(its))
            )
        return found

    return normalize


def _two(given: Sequence[pa.ChunkedArray]) -> list[pa.Array]:
    """Texts and their languages as strings: DuckDB gives enumerations as dictionaries."""
    if len(given) > 2:
        raise TypeError(f"vardynas_normalize takes (text) or (text, to), not {len(given)} values.")
    for name, one in zip(("text", "to"), given, strict=True):
        answer_type(Normalize(), name, one.type)
    return [one.combine_chunks().cast(pa.string()) for one in given]


def _sql(kind: pa.DataType) -> str:
    """An Arrow type in SQL.

    >>> _sql(pa.list_(pa.struct([("end", pa.int32())])))
    'STRUCT("end" INTEGER)[]'
    """
    if pa.types.is_list(kind):
        return f"{_sql(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        fields = ", ".join(f'"{field.name}" {_sql(field.type)}' for field in kind)
        return f"STRUCT({fields})"
    return {pa.string(): "VARCHAR", pa.float64(): "DOUBLE", pa.int32(): "INTEGER"}[kind]
