"""Writes the names of one document one way: reads it, asks what to change, writes the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vardynas.cli import details
from vardynas.cli.inputs import Source, read
from vardynas.cli.outcome import Outcome, failure

if TYPE_CHECKING:
    from vardynas.documents.formats import Options
    from vardynas.documents.proposals import Proposals, Proposer

__all__ = ["Job", "Rewriting", "Task", "written"]


class Task(NamedTuple):
    """A document, and where the result goes: None for nowhere, its own path for in place."""

    path: str
    target: str | None = None


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
        except Exception as error:  # one bad document must not stop the others
            return failure(task.path, error)

    def _outcome(self, task: Task) -> Outcome:
        from vardynas.documents.formats import format_of
        from vardynas.documents.review import hash_of

        source = read(task.path, self.job.options)
        found = self.proposer.of_document(source.opened)
        needed = task.target is not None or self.job.wants & {"data", "diff"}
        new = source.opened.write(found.edits) if found.edits and needed else source.data
        place = written(task, source, new, self.job.backup)
        return Outcome(
            task.path,
            format=format_of(task.path, self.job.options.format or None).name,
            sha256=hash_of(source.data),
            names=len(found.mentions),
            edits=len(found.edits),
            ambiguous=len(found.ambiguous),
            written=place,
            backup=self.job.backup if place == task.path else None,
            remarks=source.opened.remarks,
            **self._wanted(source, found, new),
        )

    def _wanted(self, source: Source, found: Proposals, new: bytes) -> dict[str, Any]:
        """Those fields of the outcome that are wanted."""
        made: dict[str, Callable[[], Any]] = {
            "entries": lambda: Counter(m.entry for m in found.mentions if m.entry is not None),
            "questions": lambda: details.questions(source, found),
            "diff": lambda: details.diff(source, new, details.new_text(source, found)),
            "reasons": lambda: details.reasons(source, found),
            "records": lambda: details.records(source, found, self.job.options),
            "data": lambda: new,
            "text": lambda: details.new_text(source, found),
        }
        return {name: make() for name, make in made.items() if name in self.job.wants}


def written(task: Task, source: Source, new: bytes, backup: str | None) -> str | None:
    """Where the new document was put, None for nowhere: in place only when something changed."""
    from vardynas.documents.atomic import replace

    if task.target is None:
        return None
    if task.target != task.path:
        Path(task.target).parent.mkdir(parents=True, exist_ok=True)
        replace(task.target, new)
    elif new != source.data:
        replace(task.path, new, backup=backup, expected=source.state)
    else:
        return None
    return task.target
