"""The rows of the first table: parts, their spellings, stems and comparison keys."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vardynas.index.hashing import digests
from vardynas.index.kept_rows import kept_rows
from vardynas.index.part_rows import (
    COUNTED,
    KEY,
    SPELLING,
    STEM,
    Columns,
    Interned,
    PartRows,
)
from vardynas.index.parts import NO_ENDINGS
from vardynas.index.rows import inverse
from vardynas.language import inflection
from vardynas.text.fold import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PartTable"]

CODES = {
    "spelling": dict(zip(SPELLING, "III", strict=True)),
    "stem": dict(zip(STEM, "QIIB", strict=True)),
    "key": dict(zip(KEY, "II", strict=True)),
}
"""The tables, their columns and the type codes of those."""

WAY = dict(zip(("language", "chain", "status", "weight"), "HIBB", strict=True))
PATTERN = dict(zip(("endings", "paradigm", "prior", "tail"), "HHBH", strict=True))
TEXTS = ("language", "chain", "status", "endings", "paradigm", "tail")
"""What ways and patterns have in common with others, kept once each."""


class PartTable:
    """Collects parts; each is worked out once, however many names use it."""

    def __init__(self) -> None:
        self.parts = Interned()
        self.counted = {name: Interned() for name in (*COUNTED, *TEXTS)}
        self.letters: list[str] = []
        self._runs: dict[str, list[Columns]] = {table: [] for table in CODES}
        self._rows = dict.fromkeys(CODES, 0)

    def work_out(self, jobs: int | None = None) -> None:
        """Makes the rows of all parts, in their order, by at most `jobs` processes."""
        for rows in kept_rows(list(self.parts), jobs):
            self._add(rows)

    def _add(self, rows: PartRows) -> None:
        """Joins the rows of a run to those of the runs before it."""
        import numpy as np

        number = {
            name: np.array([self.counted[name](value) for value in rows.values[name]], np.uint32)
            for name in COUNTED
        }
        before = {"part": len(self.letters), "spelling": self._rows["spelling"]}
        self.letters += rows.letters
        for table, columns in (
            ("spelling", rows.spellings),
            ("stem", rows.stems),
            ("key", rows.keys),
        ):
            joined = {
                name: number[name][column] if name in number else column + before.get(name, 0)
                for name, column in columns.items()
            }
            codes = CODES[table]
            self._runs[table].append({n: c.astype(codes[n]) for n, c in joined.items()})
            self._rows[table] += len(next(iter(joined.values())))

    def numbers(self) -> dict[str, tuple[str, NDArray[Any]]]:
        """The columns of numbers, sorted where they are searched."""
        import numpy as np

        found = self._shared("way", WAY)
        patterns = self._shared("pattern", PATTERN)
        ordered = np.lexsort([patterns[name][1] for name in reversed(patterns)])
        found |= {name: (code, column[ordered]) for name, (code, column) in patterns.items()}
        for table, codes in CODES.items():
            runs = self._runs.pop(table)
            columns = {
                name: np.concatenate([np.empty(0, code), *(run.pop(name) for run in runs)])
                for name, code in codes.items()
            }
            if table == "stem":
                columns["pattern"] = inverse(ordered)[columns["pattern"]]
            if table != "spelling":
                order = np.lexsort(tuple(columns[name] for name in reversed(codes)))
                columns = {name: column[order] for name, column in columns.items()}
            found |= {f"{table}.{name}": _small(codes[name], columns[name]) for name in codes}
        return found | self._keys(found.pop("key.key")[1])

    def _shared(self, table: str, codes: dict[str, str]) -> dict[str, tuple[str, NDArray[Any]]]:
        """The columns of ways or patterns."""
        import numpy as np

        columns = zip(*self.counted[table], strict=True)
        found: dict[str, tuple[str, NDArray[Any]]] = {}
        for (name, code), values in zip(
            codes.items(), [*columns] or [()] * len(codes), strict=True
        ):
            numbers = map(self.counted[name], values) if name in TEXTS else values
            found[f"{table}.{name}"] = code, np.fromiter(numbers, code)
        return found

    def _keys(self, numbers: NDArray[Any]) -> dict[str, tuple[str, NDArray[Any]]]:
        """Where the parts of each key begin, and the sorted hashes of all keys with their numbers."""
        import numpy as np

        keys = list(self.counted["key"])
        hashes = digests(keys)
        order = np.argsort(hashes, kind="stable")
        return {
            "key.first": ("I", np.searchsorted(numbers, np.arange(len(keys) + 1)).astype("I")),
            "key.hash": ("Q", hashes[order]),
            "key.of_hash": ("I", order.astype("I")),
        }

    def strings(self) -> dict[str, Iterable[str]]:
        """The columns of strings."""
        names = ("text", "key", "language", "chain", "status", "paradigm", "tail")
        strings = {name: self.counted[name] for name in names}
        sets = [_ending_set(number) for number in self.counted["endings"]]
        return {
            **strings,
            "endings": (json.dumps(rows, ensure_ascii=False, sort_keys=True) for rows in sets),
            "ending": sorted({"", *(ending for rows in sets for ending in rows)}),
        }


def _small(code: str, column: NDArray[Any]) -> tuple[str, NDArray[Any]]:
    """A column in two bytes a row where that is enough."""
    small = code == "I" and column.max(initial=0) < 1 << 16
    return ("H", column.astype("H")) if small else (code, column)


def _ending_set(number: int | str) -> dict[str, list[list[str]]]:
    """An ending set as JSON types: plain ending → [[ending, "case number gender", …], …]."""
    if isinstance(number, str):
        return {"": [["", f"{number} sg x"]]}
    if number == NO_ENDINGS:
        return {"": [["", "nom sg x"]]}
    rows: dict[str, list[list[str]]] = {}
    for ending, slots in inflection.ending_set(number).items():
        rows.setdefault(plain(ending), []).append([ending, *(" ".join(slot) for slot in slots)])
    return rows
