"""Columns of pandas: importing this module gives every Series an accessor, ``series.vardynas``.

The index stays and missing values stay as they are. A categorical comes back as its values. Rows in
errors are positions, from 0.

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

from vardynas.adapters.columns import answered, mentions_type, resolved_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

__all__ = ["Accessor"]


class Accessor:
    """What ``series.vardynas`` offers. The options are those of `vardynas.adapters.arrow`."""

    def __init__(self, series: pd.Series) -> None:
        categories = getattr(series, "cat", None)
        self._series = series.astype(categories.categories.dtype) if categories else series

    def normalize(self, to: str | None = None, **options: Unpack[NormalizeOptions]) -> pd.Series:
        """The texts with their names written one way, as a Series of the same index and type.

        >>> pd.Series(["w Grodnie"], name="place").vardynas.normalize("be")[0]
        'w Гродне'
        """
        answers = self._answers(normalizing(to, options))
        values, present = self._series.array.copy(), self._series.notna().to_numpy()
        if present.any():
            values[present] = [one for one, there in zip(answers, present, strict=True) if there]
        return pd.Series(values, self._series.index, values.dtype, self._series.name)

    def resolve(self, **options: Unpack[ResolveOptions]) -> pd.DataFrame:
        """Whom each text names as a whole: a row a text, missing where it means nobody.

        The columns are id, name, score, method and candidates, a list: the one entry, or those that
        are too close to choose between.

        >>> pd.Series(["Каліноўскага"]).vardynas.resolve(to="pl").loc[0, "name"]
        'Konstanty Kalinowski'
        """
        names = [field.name for field in resolved_type()]
        rows = (row or {} for row in self._answers(resolving(options)))
        return _frame(rows, names, self._series.index)

    def scan(self, **options: Unpack[ScanOptions]) -> pd.DataFrame:
        """The names in the texts: a row a mention, under the index of its text.

        >>> list(pd.Series(["z Grodna do Wilna"], index=[7]).vardynas.scan()["id"].items())
        [(7, 'hrodna'), (7, 'vilnius')]
        """
        task = scanning(options)
        found = [(at, row) for at, rows in enumerate(self._answers(task)) for row in rows or ()]
        kind = mentions_type(bool(options.get("evidence"))).value_type
        index = self._series.index.take([at for at, _ in found])
        return _frame((row for _, row in found), [field.name for field in kind], index)

    def _answers(self, task: Task) -> list[Any]:
        column = "series" if self._series.name is None else str(self._series.name)
        array = _texts(self._series, column)
        return answered(task.asker(), column, array).to_pylist()  # type: ignore[no-any-return]


def _texts(series: pd.Series, column: str) -> pa.Array:
    present = series.notna().to_numpy()
    values = [one if there else None for one, there in zip(series, present, strict=True)]
    for row, value in enumerate(values):
        if value is not None and not isinstance(value, str):
            reason = f"{value!r} is no text; use series.astype(str) if that is what you want."
            raise ColumnError(column, reason, row)
    return pa.array(values, pa.large_string())


def _frame(rows: Iterable[Mapping[str, Any]], names: list[str], index: pd.Index) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        for name in names:
            columns[name].append(row.get(name))
    return pd.DataFrame(columns, index=index)


pd.api.extensions.register_series_accessor("vardynas")(Accessor)
