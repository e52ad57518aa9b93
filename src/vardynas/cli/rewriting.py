"""Writes the names of one document one way: reads it, asks what to change, writes the result."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vardynas.cli import details
from vardynas.cli.inputs import Source, read
from vardynas.cli.outcome import Outcome, failure
from vardynas.cli.output import write_bytes
from vardynas.cli.targets import STDOUT, Task
from vardynas.documents.encodings import shown
from vardynas.documents.files import READ_ONLY
from vardynas.documents.unknown import unknown_names
from vardynas.errors import DocumentError

if TYPE_CHECKING:
    from vardynas.documents.formats import Options
    from vardynas.documents.proposals import Proposals, Proposer

__all__ = ["Job", "Rewriting", "backup_of", "written"]

_SNIFFED = 8192


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every document; `wants` names the fields of `Outcome` that are to be kept."""

    options: Options
    backup: str | None = None
    wants: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rewriting:
    """Does a job with one document after the other; goes to other processes as it is."""

    proposer: Proposer
    job: Job

    def __call__(self, task: Task) -> Outcome:
        """What came of the document of `task`; whatever goes wrong with it stands in `error`."""
        try:
            return self._outcome(task)
        except BrokenPipeError:  # nobody reads what is printed: the end of the run
            raise
        except Exception as error:  # one bad document must not stop the others
            return failure(task.path, error)

    def _outcome(self, task: Task) -> Outcome:
        from vardynas.cli import large

        job = self.job
        begun = large.begun(task.path, job.options, job.wants)
        if begun is not None and not isinstance(begun, bytes):
            return large.rewritten(task, begun, self.proposer, job)
        return self._held(task, read(task.path, job.options, begun))

    def _held(self, task: Task, source: Source) -> Outcome:
        """What came of a document that is held as a whole."""
        from vardynas.documents.formats import format_of
        from vardynas.documents.review import hash_of

        options = self.job.options
        format_ = format_of(task.path, options.format or None).name
        if format_ in READ_ONLY:
            source.opened.write(())  # says why
        found = self.proposer.of_document(source.opened)
        changed = bool(found.edits) or options.id_columns
        needed = changed and (task.target is not None or "diff" in self.job.wants)
        new = self._new(source, found) if needed else source.data
        kept = backup_of(task, self.job.backup)
        place = written(task, source, new, self.job.backup)
        return Outcome(
            task.path,
            format=format_,
            sha256=hash_of(source.data),
            changed=changed,
            names=len(found.mentions),
            edits=len(found.edits),
            ambiguous=len(found.ambiguous),
            written=place,
            backup=kept if place == task.path else None,
            remarks=source.opened.remarks,
            **self._wanted(source, found, new),
        )

    def _new(self, source: Source, found: Proposals) -> bytes:
        """The document with its edits made."""
        if self.job.options.id_columns and hasattr(source.opened, "identify"):
            source.opened.identify = self.proposer.identify
        return source.opened.write(found.edits)

    def _wanted(self, source: Source, found: Proposals, new: bytes) -> dict[str, Any]:
        """Those fields of the outcome that are wanted."""
        made: dict[str, Callable[[], Any]] = {
            "entries": lambda: Counter(m.entry for m in found.mentions if m.entry is not None),
            "unknown": lambda: unknown_names(source.opened.text, found.mentions),
            "questions": lambda: details.questions(source, found),
            "diff": lambda: details.diff(source, new, details.new_text(source, found)),
            "reasons": lambda: details.reasons(source, found),
            "records": lambda: details.records(source, found, self.job.options),
            "text": lambda: details.new_text(source, found),
        }
        return {name: make() for name, make in made.items() if name in self.job.wants}


def backup_of(task: Task, suffix: str | None) -> str | None:
    """Where the old file will be kept when it is replaced in place; None for nowhere."""
    from vardynas.documents import atomic

    if suffix is None or task.target != task.path:
        return None
    return str(atomic.backup_of(task.path, suffix))


def written(task: Task, source: Source, new: bytes, backup: str | None) -> str | None:
    """The file into which the new document was put: in place only when something changed."""
    from vardynas.documents.atomic import replace

    if task.target in (None, STDOUT):
        if task.target == STDOUT:
            _print(source.path, new)
        return None
    if task.target != task.path:
        Path(task.target).parent.mkdir(parents=True, exist_ok=True)
        replace(task.target, new)
    elif new != source.data:
        replace(task.path, new, backup=backup, expected=source.state)
    else:
        return None
    return task.target


def _print(path: str, data: bytes) -> None:
    """Print a document byte for byte; keep what is no text away from terminals."""
    if sys.stdout.isatty() and b"\0" in data[:_SNIFFED]:
        raise DocumentError(shown(path), "its result is no text. Add --output FILE, or --diff")
    write_bytes(data)
