"""Rows of numbers that grow one by one: a fifth of the space of tuples, columns in the end."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vardynas.index.columns import Packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Rows", "inverse"]


class Rows:
    """Rows of numbers below 2^32; `codes` are the types of the columns as `array` names them."""

    def __init__(self, codes: str) -> None:
        self._codes = codes
        self._numbers = array("I")

    def __len__(self) -> int:
        return len(self._numbers) // len(self._codes)

    def add(self, *values: int) -> None:
        """Appends a row: a value for each column."""
        self._numbers.extend(values)

    def _columns(self) -> NDArray[Any]:
        import numpy as np

        return np.asarray(self._numbers).reshape(len(self), len(self._codes)).T

    def order(self) -> NDArray[Any]:
        """Where each row comes from when they are sorted."""
        import numpy as np

        return np.lexsort(self._columns()[::-1])

    def pack(
        self, packed: Packed, table: str, names: Iterable[str], order: NDArray[Any] | None = None
    ) -> None:
        """Adds the columns to a file, in this order."""
        for name, code, column in zip(names, self._codes, self._columns(), strict=True):
            values = (column if order is None else column[order]).astype(code)
            packed.numbers(f"{table}.{name}", code, values)


def inverse(order: NDArray[Any]) -> NDArray[Any]:
    """Where each row goes to, when `order` says where each comes from."""
    import numpy as np

    inverse = np.empty(len(order), np.uint32)
    inverse[order] = np.arange(len(order), dtype=np.uint32)
    return inverse
