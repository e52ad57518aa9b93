"""``vardynas apply``: the edits of a review, made."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vardynas.cli import options as shared
from vardynas.cli.reading import tracked
from vardynas.cli.writing import WritingCommand, writing

if TYPE_CHECKING:
    from vardynas.cli.outcome import Outcome
    from vardynas.documents.approved import Reviewed

__all__ = ["command"]


@click.command(
    "apply",
    cls=WritingCommand,
    epilog=shared.examples(
        "vardynas apply edits.jsonl",
        "vardynas apply --write --backup edits.jsonl",
        "vardynas apply --all --check edits.jsonl",
    ),
)
@click.argument("edits", metavar="EDITS")
@click.option("--all", "everything", is_flag=True, help="Make all edits that are not rejected.")
@click.option("--anywhere", is_flag=True, help="Also change files outside these folders.")
@tracked
@writing
def command(
    edits: str,
    everything: bool,
    anywhere: bool,
    tracked: bool,
    diff: bool,
    check: bool,
    write: bool,
    backup: str | None,
) -> None:
    """Make the approved edits of a review.

    EDITS is what `vardynas normalize --edits` wrote: one edit a line, to be made when its field
    approved is true. Its replacement may have been corrected. The changes are shown; --write makes
    them. A file in which they are made already stays as it is. One that has changed otherwise is
    refused, and one that lies neither below the current folder nor below that of EDITS, unless
    --anywhere is given. Exit status 1: no edit is approved, or with --check, a file would change.
    """
    from vardynas.cli.manner import Manner
    from vardynas.cli.meetings import refuse_meetings
    from vardynas.cli.output import remark
    from vardynas.cli.run import Run
    from vardynas.cli.targets import Task
    from vardynas.documents.approved import read_records

    manner = Manner(diff, check, write, backup, None, "text", one=False)
    manner.refuse_contradictions()
    reviewed = read_records(_records(edits), edits, everything=everything)
    made = [one for one in reviewed if one.edits]
    left = sum(one.left for one in reviewed)
    if not anywhere:
        _refuse_strays(made, edits)
    refuse_meetings(
        [Task(one.path, one.path if write else None) for one in made], backup=backup, reads=(edits,)
    )
    run = Run(manner)
    run.show(run.outcomes(_Making(write, backup, tracked, manner.wants()), made))
    if not made:
        click.echo(_nothing(left), err=True)
        click.get_current_context().exit(1)
    if left:
        remark(f"{left:,} not approved")
    run.end()


_MADE = "these edits are made already; nothing is left to do"


def _refuse_strays(made: Iterable[Reviewed], edits: str) -> None:
    """Raise DocumentError for a file that records from elsewhere must not reach."""
    from vardynas.documents.encodings import STDIN, shown
    from vardynas.errors import DocumentError

    folders = [Path.cwd().resolve()]
    folders += [] if edits == STDIN else [Path(edits).resolve().parent]
    for one in made:
        real = Path(os.path.realpath(one.path))
        if not any(real.is_relative_to(folder) for folder in folders):
            reason = f"it lies neither below the current folder nor below that of {shown(edits)}"
            raise DocumentError(one.path, f"{reason}. To change it all the same: --anywhere")


def _refuse_devices(path: str) -> None:
    """Raise DocumentError for what may never end: a pipe, a device. A missing file raises OSError."""
    from vardynas.errors import DocumentError

    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise DocumentError(path, "it is no ordinary file, so no edits can be made in it")


def _nothing(left: int) -> str:
    """What to say when there is nothing to make."""
    if not left:
        return "There are no edits to make."
    return f'None of {left:,} edits is approved. Set "approved": true, or add --all.'


def _records(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The numbered records of a file, ``-`` for standard input. Raises DocumentError."""
    from vardynas.cli.inputs import read
    from vardynas.documents.formats import Options
    from vardynas.errors import DocumentError

    text = read(path, Options(format="txt", encoding="utf-8")).opened.text
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DocumentError(path, f"line {number}: no JSON: {error}") from None
        if not isinstance(record, dict):
            raise DocumentError(path, f"line {number}: no JSON object")
        yield number, record


@dataclass(frozen=True)
class _Making:
    """Makes the edits of one file after the other."""

    write: bool
    backup: str | None
    tracked: bool
    wants: frozenset[str]

    def __call__(self, reviewed: Reviewed) -> Outcome:
        """What came of the edits of one file; whatever goes wrong stands in `error`."""
        from vardynas.cli.outcome import failure

        try:
            return self._made(reviewed)
        except Exception as error:  # one bad document must not stop the others
            return failure(reviewed.path, error)

    def _made(self, reviewed: Reviewed) -> Outcome:
        from vardynas.cli import details
        from vardynas.cli.inputs import Source, file_of
        from vardynas.cli.outcome import Outcome
        from vardynas.cli.rewriting import written
        from vardynas.cli.targets import Task
        from vardynas.documents.approved import are_made, made
        from vardynas.documents.encodings import STDIN
        from vardynas.documents.proposals import Proposals

        if reviewed.path != STDIN:
            _refuse_devices(reviewed.path)
        data, state = file_of(reviewed.path)
        if are_made(reviewed, data):
            return Outcome(reviewed.path, remarks=(_MADE,))
        opened, new = made(reviewed, data, tracked=self.tracked)
        source = Source(reviewed.path, data, state, opened)
        place = written(
            Task(reviewed.path, reviewed.path if self.write else None), source, new, self.backup
        )
        text = details.new_text(source, Proposals((), reviewed.edits))
        return Outcome(
            reviewed.path,
            changed=True,
            edits=len(reviewed.edits),
            written=place,
            diff=details.diff(source, new, text) if "diff" in self.wants else (),
        )
