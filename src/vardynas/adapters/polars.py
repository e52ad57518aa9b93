"""Columns of Polars: importing this module gives expressions and Series a namespace, ``vardynas``.

Expressions work eagerly, lazily and in the streaming engine; nulls stay null. The glossary is opened
when the expression is made, so what is wrong with it is told at once.

>>> import polars as pl
>>> import vardynas.adapters.polars
>>> frame = pl.DataFrame({"title": ["Jechał z Grodna do Wilna.", None]})
>>> frame.lazy().select(pl.col("title").vardynas.normalize("lt")).collect()["title"].to_list()
['Jechał z Gardino do Vilniaus.', None]
"""

from __future__ import annotations

from typing import Unpack

from vardynas.adapters.tasks import (
    NormalizeOptions,
    ResolveOptions,
    ScanOptions,
    Task,
    normalizing,
    resolving,
    scanning,
)
from vardynas.errors import MissingExtra

try:
    import polars as pl
    import pyarrow as pa
except ImportError:
    raise MissingExtra("polars") from None

from vardynas.adapters.columns import answer_type, answered

__all__ = ["Expressions", "Series"]


class Expressions:
    """What ``pl.col(…).vardynas`` offers. The options are those of `vardynas.adapters.arrow`."""

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def normalize(self, to: str | None = None, **options: Unpack[NormalizeOptions]) -> pl.Expr:
        """The texts with their names written one way, as strings."""
        return self._mapped(normalizing(to, options))

    def resolve(self, **options: Unpack[ResolveOptions]) -> pl.Expr:
        """Whom each text names as a whole: structs, null where it means nobody."""
        return self._mapped(resolving(options))

    def scan(self, **options: Unpack[ScanOptions]) -> pl.Expr:
        """The names in each text: lists of structs, offsets in characters."""
        return self._mapped(scanning(options))

    def _mapped(self, task: Task) -> pl.Expr:
        asker = task.asker()

        def answers(series: pl.Series) -> pl.Series:
            found = answered(asker, series.name, _texts(series))
            return pl.Series(series.name, found, dtype=kind)

        kind = _type(task)
        return self._expression.map_batches(answers, return_dtype=kind, is_elementwise=True)


class Series:
    """What ``series.vardynas`` offers: the same as for expressions."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def normalize(self, to: str | None = None, **options: Unpack[NormalizeOptions]) -> pl.Series:
        """The texts with their names written one way, as strings.

        >>> pl.Series(["w Grodnie"]).vardynas.normalize("be").to_list()
        ['w Гродне']
        """
        return self._answered(normalizing(to, options))

    def resolve(self, **options: Unpack[ResolveOptions]) -> pl.Series:
        """Whom each text names as a whole: structs, null where it means nobody."""
        return self._answered(resolving(options))

    def scan(self, **options: Unpack[ScanOptions]) -> pl.Series:
        """The names in each text: lists of structs, offsets in characters."""
        return self._answered(scanning(options))

    def _answered(self, task: Task) -> pl.Series:
        found = answered(task.asker(), self._series.name, _texts(self._series))
        return pl.Series(self._series.name, found, dtype=_type(task))


def _texts(series: pl.Series) -> pa.Array:
    """A Series for Arrow; categoricals as their values, since theirs may be of many batches."""
    known = (pl.Categorical, pl.Enum, pl.Null)
    return (series.cast(pl.String) if isinstance(series.dtype, known) else series).to_arrow()


def _type(task: Task) -> pl.DataType:
    """The type of the answers, which Polars wants before it has any text."""
    kind = answer_type(task.question, "", pa.large_string())
    return pl.Series(pa.array([], kind)).dtype


pl.api.register_expr_namespace("vardynas")(Expressions)
pl.api.register_series_namespace("vardynas")(Series)
