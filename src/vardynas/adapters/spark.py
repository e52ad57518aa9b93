"""Columns of Apache Spark: a DataFrame becomes another one, by way of Arrow.

The glossary goes to the executors as one compiled file, which each of their Python processes opens
once; no resolver is pickled. Results are those of one process, whatever the partitions, also where a
task is tried again.

Executors run the Python that the environment variable ``PYSPARK_PYTHON`` of the driver names (without
it, ``python3``); vardynas has to be installed there. `start` takes care of that on one machine.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from vardynas.adapters.opening import paths_of
from vardynas.adapters.spark_session import start
from vardynas.adapters.tasks import (
    NormalizeOptions,
    ResolveOptions,
    ScanOptions,
    Task,
    kept_asker,
    normalizing,
    resolving,
    scanning,
)
from vardynas.errors import ColumnError
from vardynas.index.opening import SUFFIX, open_glossary
from vardynas.index.store import keep
from vardynas.resolver import Resolver

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

__all__ = ["answer", "normalize", "resolve", "scan", "start"]


def normalize(
    frame: DataFrame,
    column: str,
    *,
    to: str | None = None,
    output: str | None = None,
    ship: bool = True,
    **options: Unpack[NormalizeOptions],
) -> DataFrame:
    """The frame with the texts of `column` normalized, in `output` or else in their own column.

    The options are those of `vardynas.adapters.arrow.normalize_batches`. `ship` False says that the
    paths of the glossary are there on every machine.
    """
    return answer(frame, column, output or column, normalizing(to, options), ship=ship)


def resolve(
    frame: DataFrame,
    column: str,
    *,
    output: str | None = None,
    ship: bool = True,
    **options: Unpack[ResolveOptions],
) -> DataFrame:
    """The frame with ``<column>_entry``, or `output`: whom each text names as a whole, a struct."""
    return answer(frame, column, output or f"{column}_entry", resolving(options), ship=ship)


def scan(
    frame: DataFrame,
    column: str,
    *,
    output: str | None = None,
    ship: bool = True,
    **options: Unpack[ScanOptions],
) -> DataFrame:
    """The frame with ``<column>_mentions``, or `output`: the names in each text, an array."""
    return answer(frame, column, output or f"{column}_mentions", scanning(options), ship=ship)


def answer(
    frame: DataFrame, column: str, output: str, task: Task, *, ship: bool = True
) -> DataFrame:
    """The frame with the answers to a task about `column` in the column `output`.

    What is wrong with the glossary, the question or the column is raised here, on the driver.
    """
    _check(frame, column, output)
    if isinstance(task.glossary, Resolver):
        raise TypeError("Executors open the glossary by themselves: give its path, not a resolver.")
    task.asker()
    file = None
    if ship and task.glossary is not None:
        file = _shipped(frame.sparkSession, paths_of(task.glossary), task.builtin)
    there = task if file is None else replace(task, glossary=file, builtin=None)
    work = _Work(there, column, output, shipped=file is not None)
    return frame.mapInArrow(work, _schema(frame, output, task))


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done with a partition; it travels with the name of the glossary's file."""

    task: Task
    column: str
    output: str
    shipped: bool

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from vardynas.adapters.arrow import answer_batches

        asker = kept_asker(self._here())
        try:
            yield from answer_batches(batches, self.column, self.output, asker)
        except ColumnError as error:
            raise ColumnError(error.column, f"{error.reason} {_where()}", error.row) from None

    def _here(self) -> Task:
        if not self.shipped:
            return self.task
        from pyspark import SparkFiles

        return replace(self.task, glossary=SparkFiles.get(self.task.glossary))


def _where() -> str:
    from pyspark import TaskContext

    context = TaskContext.get()
    return f"(Rows count from 0 in partition {context.partitionId()}.)" if context else ""


def _shipped(session: SparkSession, paths: Sequence[Path], builtin: bool | None) -> str:
    """The name of the file with the compiled glossary, which every executor fetches once.

    The name says what is in it: Spark takes no other file under the name of one that it has.
    """
    data = open_glossary(paths, builtin=bool(builtin)).data
    name = f"vardynas-{sha256(data).hexdigest()[:16]}{SUFFIX}"
    path = _folder() / name
    if not path.exists():
        keep(path, bytes(data))
    session.sparkContext.addFile(str(path))
    return name


@cache
def _folder() -> Path:
    """Where executors fetch glossaries from, as long as this process lives."""
    folder = tempfile.mkdtemp(prefix="vardynas-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _check(frame: DataFrame, column: str, output: str) -> None:
    found = [field for field in frame.schema.fields if field.name == column]
    if not found:
        names = ", ".join(map(repr, frame.columns)) or "none at all"
        raise ColumnError(column, f"there is no such column; there are {names}.")
    if len(found) > 1:
        raise ColumnError(column, "several columns have this name; rename all but one.")
    kind = found[0].dataType.simpleString()
    if kind != "string":
        raise ColumnError(column, f"it holds {kind}, not text; cast it to string first.")
    if output != column and output in frame.columns:
        reason = f"there is such a column already; choose another output, or {column!r} itself."
        raise ColumnError(output, reason)


def _schema(frame: DataFrame, output: str, task: Task) -> StructType:
    """The schema of the frame with the field `output`: in the place of the column itself, or last."""
    import pyarrow as pa
    from pyspark.sql.types import StructField, StructType

    from vardynas.adapters.columns import answer_type

    field = _field(output, answer_type(task.question, output, pa.string()))
    new = StructField.fromJson(field)
    fields = [new if old.name == output else old for old in frame.schema.fields]
    return StructType(fields if output in frame.columns else [*fields, new])


_NAMES = {"string": "string", "double": "double", "int32": "integer"}


def _field(name: str, kind: pa.DataType) -> dict[str, Any]:
    return {"name": name, "type": _json(kind), "nullable": True, "metadata": {}}


def _json(kind: pa.DataType) -> Any:  # noqa: ANN401
    """An Arrow type as Spark writes types in JSON."""
    import pyarrow as pa

    if pa.types.is_list(kind):
        return {"type": "array", "elementType": _json(kind.value_type), "containsNull": True}
    if pa.types.is_struct(kind):
        return {"type": "struct", "fields": [_field(one.name, one.type) for one in kind]}
    return _NAMES[str(kind)]
