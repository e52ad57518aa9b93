"""Reading and writing Parquet files row group by row group, with everything as it was.

Kept are the schema, the metadata, the row groups, and for each column compression, dictionary,
statistics and page index. Hints about sorting and Bloom filters are not: they may not hold any more.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from vardynas.documents.encodings import shown
from vardynas.errors import DocumentError, MissingExtra

__all__ = ["groups", "opened", "writing"]

_ROWS = 1 << 13
"""Rows that are handed out at once."""


@contextmanager
def opened(source: BinaryIO, path: str) -> Iterator[Any]:
    """The Parquet file in `source`, which may be a stream that cannot go back.

    Raises DocumentError for what is no such file or is damaged, also while it is read, and
    MissingExtra.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("parquet") from None
    with _seekable(source) as file:
        try:
            yield pq.ParquetFile(file)
        except UnicodeDecodeError as error:
            raise DocumentError(
                shown(path), f"a column of text holds other bytes: {error}"
            ) from None
        except (pa.ArrowException, OSError) as error:
            if getattr(error, "errno", None) is not None:  # of the disk, not of Arrow
                raise
            raise DocumentError(shown(path), f"this cannot be read as Parquet: {error}") from None


def groups(file: Any, columns: Sequence[str] | None = None) -> Iterator[Iterator[Any]]:  # noqa: ANN401
    """The row groups of `file`, each as batches of some thousand rows; `columns` None means all."""
    wanted = columns and list(dict.fromkeys(columns))
    for number in range(file.num_row_groups):
        yield file.iter_batches(_ROWS, row_groups=[number], columns=wanted, use_threads=False)


@contextmanager
def writing(
    target: BinaryIO,
    file: Any,  # noqa: ANN401
    added: Mapping[str, str],
) -> Iterator[Callable[[Sequence[Mapping[str, Any]]], None]]:
    """A function that writes a row group, batches of columns by name, to a file like `file`.

    `added` has the names of columns of strings that follow columns of `file`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(file.schema_arrow, added)
    with pq.ParquetWriter(target, schema, **_manner(file, added)) as writer:

        def write(batches: Sequence[Mapping[str, Any]]) -> None:
            rows = [pa.RecordBatch.from_pydict(batch, schema) for batch in batches]
            table = pa.Table.from_batches(rows, schema)
            writer.write_table(table.unify_dictionaries(), max(1, table.num_rows))

        yield write


@contextmanager
def _seekable(source: BinaryIO) -> Iterator[BinaryIO]:
    """`source`, or a temporary file with what it holds: Parquet is read from its end."""
    if source.seekable():
        yield source
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(source, file)
        file.seek(0)
        yield file


def _schema(schema: Any, added: Mapping[str, str]) -> Any:  # noqa: ANN401
    """`schema` with the added columns."""
    import pyarrow as pa

    for name, new in added.items():
        schema = schema.insert(schema.get_field_index(name) + 1, pa.field(new, pa.string()))
    return schema


def _manner(file: Any, added: Mapping[str, str]) -> dict[str, Any]:  # noqa: ANN401
    """How the columns of `file` were written, as arguments of ParquetWriter."""
    metadata = file.metadata
    manner = {
        "version": metadata.format_version,
        "store_schema": b"ARROW:schema" in (metadata.metadata or {}),
    }
    if not metadata.num_row_groups:
        return manner
    group = metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    compression = {one.path_in_schema: _codec(one.compression) for one in columns}
    dictionary = [one.path_in_schema for one in columns if _has_dictionary(one)]
    for name, new in added.items():
        compression[new] = compression[name]
        dictionary.append(new)
    return {
        **manner,
        "compression": compression,
        "use_dictionary": dictionary,
        "write_statistics": [one.path_in_schema for one in columns if one.is_stats_set],
        "write_page_index": any(one.has_column_index for one in columns),
        "use_deprecated_int96_timestamps": any(one.physical_type == "INT96" for one in columns),
        "use_compliant_nested_type": not any(".list.item" in path for path in compression),
    }


def _codec(name: str) -> str:
    return "NONE" if name == "UNCOMPRESSED" else name


def _has_dictionary(column: Any) -> bool:  # noqa: ANN401
    return any("DICTIONARY" in encoding for encoding in column.encodings)
