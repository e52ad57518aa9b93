"""Large documents, normalized in bounded memory: read, edited and written piece by piece."""

from __future__ import annotations

import hashlib
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from vardynas.cli import progress
from vardynas.cli.inputs import Context, from_stdin
from vardynas.cli.outcome import Outcome
from vardynas.cli.targets import STDOUT, Task
from vardynas.documents.encodings import STDIN
from vardynas.documents.unknown import unknown_names

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from vardynas.cli.rewriting import Job
    from vardynas.documents.formats import Options
    from vardynas.documents.proposals import Proposer
    from vardynas.model import Edit

__all__ = ["LARGE", "begun", "contexts", "rewritten"]

LARGE = 1 << 25
"""Bytes up to which a document is held as a whole."""

MOST_NAMES = 100_000
"""Unknown names of a large document that are counted one by one."""

_HELD = frozenset({"diff", "records", "reasons", "text"})
"""What can only be told of a document that is held as a whole."""


def begun(
    path: str, options: Options, wants: frozenset[str] = frozenset()
) -> BinaryIO | bytes | None:
    """A large document, open to be read piece by piece; None for one to be held as a whole.

    Standard input is read as far as it takes to know: bytes are all of it. Raises OSError.
    """
    from vardynas.documents.stream import is_streamed

    if wants & _HELD or not is_streamed(path, options.format or None):
        return None
    if path != STDIN:
        return Path(path).open("rb") if _is_large(path) else None
    head = from_stdin(LARGE + 1)
    if len(head) <= LARGE:
        return head
    return cast(BinaryIO, io.BufferedReader(_Resumed(head, sys.stdin.buffer)))


def contexts(path: str, source: BinaryIO, options: Options) -> Iterator[Context]:
    """The rows of a large table, or the blocks of a large text, with offsets as if it were held."""
    from vardynas.documents.formats import PLAIN, format_of
    from vardynas.documents.rows import BETWEEN
    from vardynas.documents.stream import read

    between = 0 if format_of(path, options.format or None) == PLAIN else len(BETWEEN)
    start = 0
    with source:
        for record in read(source, path, options):
            if record.text:
                yield Context(path, start, record.text, record.place)
                start += len(record.text) + between


def rewritten(task: Task, source: BinaryIO, proposer: Proposer, job: Job) -> Outcome:
    """What came of a large document. Raises OSError and VardynasError."""
    from vardynas.cli.rewriting import backup_of
    from vardynas.documents.formats import format_of
    from vardynas.documents.rows import Editor
    from vardynas.documents.stream import rewrite

    options, backup = job.options, backup_of(task, job.backup)
    counts = _Counts(proposer, names="unknown" in job.wants)
    sha256 = "" if task.path == STDIN else _hash(task.path)
    in_place = task.target == task.path
    with source, _target(task, job.backup) as target, progress.of_bytes(_size(task.path)) as tell:
        editor = Editor(counts.edits, proposer.identify, progress=tell)
        summary = rewrite(source, target, editor, task.path, options)
        changed = bool(summary.edits) or options.id_columns
        if in_place and not changed:
            raise _Unchanged
    return Outcome(
        task.path,
        format=format_of(task.path, options.format or None).name,
        sha256=sha256,
        changed=changed,
        names=counts.names,
        edits=summary.edits,
        ambiguous=counts.ambiguous,
        written=task.target if changed or not in_place else None,
        backup=backup if changed and in_place else None,
        remarks=summary.remarks,
        entries=counts.entries,
        unknown=counts.unknown,
    )


class _Unchanged(Exception):
    """Ends the writing of a file that would become what it is."""


class _Counts:
    """Proposes edits and counts what it has seen."""

    def __init__(self, proposer: Proposer, *, names: bool) -> None:
        self.names = self.ambiguous = 0
        self.entries: Counter[str] = Counter()
        self.unknown: Counter[str] | None = Counter() if names else None
        self._proposer = proposer

    def edits(self, text: str) -> Sequence[Edit]:
        """The edits of the next text."""
        found = self._proposer.of_text(text)
        self.names += len(found.mentions)
        self.ambiguous += len(found.ambiguous)
        self.entries.update(m.entry for m in found.mentions if m.entry is not None)
        if self.unknown is not None:
            self.unknown.update(unknown_names(text, found.mentions))
            if len(self.unknown) > MOST_NAMES:
                self.unknown = _without_rare(self.unknown)
        return found.edits


def _without_rare(names: Counter[str]) -> Counter[str]:
    """The names seen more than once; the others are counted together as "…"."""
    kept = Counter({name: count for name, count in names.items() if count > 1})
    kept["…"] += names.total() - kept.total()
    return kept


@contextmanager
def _target(task: Task, backup: str | None) -> Iterator[BinaryIO]:
    """Where the result is written to; a file in place stays as it is when that raises `_Unchanged`."""
    from vardynas.documents.atomic import replacing, state_of

    if task.target is None:
        yield cast(BinaryIO, _Nowhere())
    elif task.target == STDOUT:
        sys.stdout.flush()
        yield sys.stdout.buffer
    elif task.target == task.path:
        state = state_of(task.path)
        with suppress(_Unchanged), replacing(task.path, backup=backup, expected=state) as draft:
            yield draft
    else:
        Path(task.target).parent.mkdir(parents=True, exist_ok=True)
        with replacing(task.target) as draft:
            yield draft


class _Nowhere(io.RawIOBase):
    """Takes whatever is written to it."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        return len(data)


class _Resumed(io.RawIOBase):
    """A stream whose beginning has been read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        data = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)


def _is_large(path: str) -> bool:
    """Whether a file has more bytes than are held, packed or unpacked."""
    from vardynas.documents.compressed import unpacks_beyond
    from vardynas.documents.formats import is_compressed

    if Path(path).stat().st_size > LARGE or not is_compressed(path):
        return Path(path).stat().st_size > LARGE
    with Path(path).open("rb") as source:
        return unpacks_beyond(source, path, LARGE)


def _size(path: str) -> int:
    return 0 if path == STDIN else Path(path).stat().st_size


def _hash(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
