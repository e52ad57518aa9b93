"""The rows of parts that were worked out before: read again when a glossary is compiled anew.

Nearly all parts of a glossary with one more entry are those of the glossary before, so their rows are
kept in the cache folder, a file for each run of parts. Runs end where the letters of a part say so, and
not after a number of parts: one part more changes one run. A file is found by the parts, the tables and
the code; what is damaged is worked out again, and nothing in it is ever executed.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

from vardynas.index.part_rows import RUN, Columns, PartRows
from vardynas.index.parts import Part
from vardynas.index.store import cache_folder, code_state, keep
from vardynas.index.workers import work_out

__all__ = ["FEWEST", "kept_rows"]

FEWEST, MOST = 2000, 200_000
"""Of fewer parts the rows are worked out at once; those of more would fill the cache."""

LENGTH = 400
"""Parts of a run, about."""

KEPT = 512
"""Files that stay; those that were not used for longest are removed."""

_TABLES = ("spellings", "stems", "keys")


def kept_rows(parts: Sequence[Part], jobs: int | None = None) -> Iterator[PartRows]:
    """The rows of `parts`, run by run, in order; at most `jobs` processes work out what is new."""
    if not FEWEST <= len(parts) <= MOST:
        yield from work_out([parts[at : at + RUN] for at in range(0, len(parts), RUN)], jobs)
        return
    runs = list(_runs(parts))
    state = code_state().text
    paths = [_path(run, state) for run in runs]
    known = [_read(path) for path in paths]
    new = work_out([run for run, rows in zip(runs, known, strict=True) if rows is None], jobs)
    for path, rows in zip(paths, known, strict=True):
        if rows is None:
            rows = next(new)
            with suppress(OSError):
                keep(path, _written(rows))
        yield rows
    _tidy()


def _runs(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Runs of parts, each but the last with an end that its own last part decides."""
    first = 0
    for at, part in enumerate(parts, 1):
        if crc32(part.text.encode("utf-8", "replace")) % LENGTH == 0 or at - first >= RUN:
            yield parts[first:at]
            first = at
    if first < len(parts):
        yield parts[first:]


def _folder() -> Path:
    return cache_folder() / "rows"


def _path(run: Sequence[Part], state: str) -> Path:
    said = json.dumps([state, run], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _folder() / f"{blake2b(said, digest_size=16).hexdigest()}.rows"


def _read(path: Path) -> PartRows | None:
    """The rows in a file, which is used from now on; None when there is none, or it is damaged."""
    import numpy as np

    try:
        data = path.read_bytes()
        if blake2b(data[16:], digest_size=16).digest() != data[:16]:
            return None
        with np.load(io.BytesIO(data[16:]), allow_pickle=False) as arrays:
            said = json.loads(arrays["said"].tobytes())
            tables: list[Columns] = [
                {name: arrays[f"{table}.{name}"] for name in said["columns"][table]}
                for table in _TABLES
            ]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    with suppress(OSError):
        os.utime(path)
    values = {
        name: [tuple(value) if isinstance(value, list) else value for value in found]
        for name, found in said["values"].items()
    }
    return PartRows(values, said["letters"], *tables)


def _written(rows: PartRows) -> bytes:
    import numpy as np

    tables = dict(zip(_TABLES, (rows.spellings, rows.stems, rows.keys), strict=True))
    said = {
        "values": rows.values,
        "letters": rows.letters,
        "columns": {table: list(columns) for table, columns in tables.items()},
    }
    arrays = {
        f"{table}.{name}": column
        for table, columns in tables.items()
        for name, column in columns.items()
    }
    text = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
    file = io.BytesIO()
    np.savez(file, said=np.frombuffer(text, np.uint8), **arrays)  # type: ignore[arg-type]
    data = file.getvalue()
    return blake2b(data, digest_size=16).digest() + data


def _tidy() -> None:
    """Removes all but the files that were used last."""
    with suppress(OSError):
        found = sorted(_folder().glob("*.rows"), key=lambda path: path.stat().st_mtime)
        for path in found[:-KEPT]:
            path.unlink(missing_ok=True)
