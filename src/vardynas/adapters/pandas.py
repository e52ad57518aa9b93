"""Columns of pandas: importing this module gives every Series an accessor, ``series.vardynas``.

The index stays and missing values stay as they are. A categorical comes back as one, with the
categories that are then in it. Rows in errors are positions, from 0.

>>> import pandas as pd
>>> import vardynas.adapters.pandas
>>> titles = pd.Series(["Jechał z Grodna do Wilna.", None], index=["a", "b"])
>>> titles.vardynas.normalize(to="lt")["a"]
'Jechał z Gardino do Vilniaus.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from vardynas.adapters.tasks import (
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
    import pandas as pd
    import pyarrow as pa
except ImportError:
    raise MissingExtra("pandas") from None

from vardynas.adapters.columns import SHOWN, answered, failed, mentions_type, resolved_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

__all__ = ["Accessor"]


class Accessor:
    """What ``series.vardynas`` offers. The options are those of `vardynas.adapters.arrow`."""

    def __init__(self, series: pd.Series) -> None:
        self._categories: Any = getattr(series, "cat", None)
        self._series = (
            series.astype(self._categories.categories.dtype) if self._categories else series
        )

    def normalize(self, to: str | None = None, **options: Unpack[NormalizeOptions]) -> pd.Series:
        """The texts with their names written one way, as a Series of the same index and type.

        >>> pd.Series(["w Grodnie"], name="place").vardynas.normalize("be")[0]
        'w Гродне'
        """
        answers = self._answers(normalizing(to, options))
        values, present = self._series.array.copy(), self._series.notna().to_numpy()
        if present.any():
            values[present] = [one for one, there in zip(answers, present, strict=True) if there]
        found = pd.Series(values, self._series.index, values.dtype, self._series.name)
        return found if self._categories is None else self._categorical(found)

    def _categorical(self, found: pd.Series) -> pd.Series:
        """Answers as categories, in the order of those that they are answers for."""
        by_code = dict(zip(self._categories.codes, found, strict=True))
        known = dict.fromkeys(one for _, one in sorted(by_code.items()) if not pd.isna(one))
        return found.astype(pd.CategoricalDtype(list(known), self._categories.ordered))

    def resolve(self, **options: Unpack[ResolveOptions]) -> pd.DataFrame:
        """Whom each text names as a whole: a row a text, missing where it means nobody.

        The columns are id, name, score, method and candidates, a list: the one entry, or those that
        are too close to choose between.

        >>> pd.Series(["Каліноўскага"]).vardynas.resolve(to="pl").loc[0, "name"]
        'Konstanty Kalinowski'
        """
        rows = (row or {} for row in self._answers(resolving(options)))
        return _frame(rows, resolved_type(), self._series.index)

    def scan(self, **options: Unpack[ScanOptions]) -> pd.DataFrame:
        """The names in the texts: a row a mention, under the index of its text.

        Where the index has repeats, ask ``series.reset_index(drop=True)``: rows have numbers then.

        >>> list(pd.Series(["z Grodna do Wilna"], index=[7]).vardynas.scan()["id"].items())
        [(7, 'hrodna'), (7, 'vilnius')]
        """
        task = scanning(options)
        found = [(at, row) for at, rows in enumerate(self._answers(task)) for row in rows or ()]
        kind = mentions_type(bool(options.get("evidence"))).value_type
        index = self._series.index.take([at for at, _ in found])
        return _frame((row for _, row in found), kind, index)

    def _answers(self, task: Task) -> list[Any]:
        column = "series" if self._series.name is None else str(self._series.name)
        array = _texts(task, self._series, column)
        return answered(task.asker(), column, array).to_pylist()  # type: ignore[no-any-return]


def _texts(task: Task, series: pd.Series, column: str) -> pa.Array:
    """The texts for Arrow. A value that is none is for the task to judge, in a column of objects."""
    present = series.notna().to_numpy()
    if present.any() and not _may_hold_text(series.dtype):
        reason = f"it holds {series.dtype}, not text; use series.astype(str) if that is wanted."
        raise ColumnError(column, reason)
    values = [one if there else None for one, there in zip(series, present, strict=True)]
    for row, value in enumerate(values):
        if value is not None and (wrong := _wrong(value)):
            failed(task, ColumnError(column, wrong, row))
            values[row] = None
    return pa.array(values, pa.large_string())


def _may_hold_text(dtype: Any) -> bool:  # noqa: ANN401 - numpy's and those of extensions
    return bool(pd.api.types.is_string_dtype(dtype))  # objects too


def _wrong(value: object) -> str:
    """What makes a value no text; "" for a text."""
    if not isinstance(value, str):
        return f"{value!r} is no text; use series.astype(str) if that is what you want."
    if value.isascii():
        return ""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        return f"{value[:SHOWN]!r} is no text: half of a character at {error.start} has no other."
    return ""


def _frame(rows: Iterable[Mapping[str, Any]], kind: pa.DataType, index: pd.Index) -> pd.DataFrame:
    """Rows as a frame whose columns have the same types whatever is in it, or nothing."""
    columns: dict[str, list[Any]] = {field.name: [] for field in kind}
    for row in rows:
        for name, values in columns.items():
            values.append(row.get(name))
    return pd.DataFrame(
        {field.name: pd.Series(columns[field.name], index, _dtype(field.type)) for field in kind}
    )


def _dtype(kind: pa.DataType) -> Any:  # noqa: ANN401 - numpy's and those of extensions
    if pa.types.is_list(kind):
        return object
    return _TEXT if pa.types.is_string(kind) else "int64" if pa.types.is_integer(kind) else float


_TEXT = pd.Series(["text"]).dtype
"""What this version of pandas has for texts."""


pd.api.extensions.register_series_accessor("vardynas")(Accessor)
