"""Rows of numbers that grow one by one and are kept as columns, ten times smaller than tuples."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vardynas.index.columns import Packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Rows", "inverse"]


class Rows:
    """Rows of numbers, kept as columns; `codes` are the types of those as `array` names them."""

    def __init__(self, codes: str) -> None:
        self._columns = [array(code) for code in codes]

    def __len__(self) -> int:
        return len(self._columns[0])

    def __iter__(self) -> Iterator[array[int]]:
        return iter(self._columns)

    def add(self, *values: int) -> None:
        """Appends a row."""
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)

    def order(self) -> NDArray[Any]:
        """Where each row comes from when they are sorted."""
        import numpy as np

        return np.lexsort([np.asarray(column) for column in reversed(self._columns)])

    def pack(
        self, packed: Packed, table: str, names: Iterable[str], order: NDArray[Any] | None = None
    ) -> None:
        """Adds the columns to a file, in this order."""
        import numpy as np

        for name, column in zip(names, self._columns, strict=True):
            values = np.asarray(column)
            packed.numbers(
                f"{table}.{name}", column.typecode, values if order is None else values[order]
            )


def inverse(order: NDArray[Any]) -> NDArray[Any]:
    """Where each row goes to, when `order` says where each comes from."""
    import numpy as np

    inverse = np.empty(len(order), np.uint32)
    inverse[order] = np.arange(len(order), dtype=np.uint32)
    return inverse
