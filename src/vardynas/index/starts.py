"""What earlier starts found out, so that the next one need not read the glossary to open its index.

For each question (which files, with the built-in glossary or not) a small file in the cache says
which index answered it, in which state the sources and the code were then, and in which state the
index was when its checksum was compared. States are sizes, times and places of files
(`vardynas.index.file_state`); as long as they are the same, nothing but the header of the index is
read, which takes the same time for ten names and for a million. Files that changed a moment before
they were looked at are not trusted: their next change could leave no trace in the times. The small
files change nothing else and are safe to delete.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vardynas.index import store
from vardynas.index.file_state import FileState
from vardynas.index.tables import Index

__all__ = ["Start", "recalled", "remember"]


class Start(NamedTuple):
    """A question, the state of what decides the answer, the index that was it, and its state."""

    question: str
    state: str
    path: str
    seen: str


def recalled(question: str, state: FileState) -> Start | None:
    """What was remembered for this question in this state; None when there is nothing."""
    try:
        start = Start(*json.loads(_file(question).read_text("utf-8", "surrogateescape")))
    except (OSError, ValueError, TypeError):
        return None
    return start if start[:2] == (question, state.text) else None


def remember(question: str, state: FileState, index: Index) -> None:
    """Keeps which index answers `question`, unless a file changed just now or it is in no file."""
    if index.path is None or not (state.settled and index.state.settled):
        return
    start = Start(question, state.text, str(index.path), index.state.text)
    line = json.dumps(start, ensure_ascii=False).encode("utf-8", "surrogateescape")
    with suppress(OSError):
        store.keep(_file(question), line)


def _file(question: str) -> Path:
    checksum = zlib.crc32(question.encode("utf-8", "surrogateescape"))
    return store.cache_folder() / f"{checksum:08x}.start"
