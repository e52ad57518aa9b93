"""Files that a command writes beside its result: logs of edits, reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

__all__ = ["JsonLines", "json_lines", "write_json"]


class JsonLines:
    """Writes one value a line; nowhere when there is no file."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file

    def add(self, value: Any) -> None:  # noqa: ANN401 - any JSON type
        """Write `value` as the next line."""
        if self._file is not None:
            self._file.write(_encoded(json.dumps(value, ensure_ascii=False) + "\n"))


@contextmanager
def json_lines(path: str | None) -> Iterator[JsonLines]:
    """A log that stands at `path` once all is written; None writes none."""
    if path is None:
        yield JsonLines(None)
        return
    with _opened(path) as file:
        yield JsonLines(file)


def write_json(path: str, value: Any) -> None:  # noqa: ANN401 - any JSON type
    """Put `value` at `path`, for people to read too."""
    with _opened(path) as file:
        file.write(_encoded(json.dumps(value, ensure_ascii=False, indent=2) + "\n"))


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    """A file to write: as a whole or not at all, unless it is a pipe or a device."""
    from vardynas.documents.atomic import replacing

    if Path(path).exists() and not Path(path).is_file():
        with Path(path).open("wb") as device:
            yield device
        return
    with replacing(path) as file:
        yield file


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
