"""A run over documents: each outcome counted and shown as it comes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

import click

from vardynas.cli import diff, output, progress
from vardynas.cli.errors import refuse
from vardynas.cli.inputs import tell
from vardynas.cli.jobs import in_order, processes
from vardynas.cli.manner import Manner
from vardynas.cli.outcome import Outcome
from vardynas.cli.totals import Totals

__all__ = ["Run"]

T = TypeVar("T")


class Run:
    """Goes through the outcomes: counts and shows each of them."""

    def __init__(
        self, manner: Manner, stamp: dict[str, str] | None = None, *, detailed: bool = False
    ) -> None:
        self.stamp = stamp or {}
        self.totals = Totals(detailed=detailed)
        self._manner = manner

    def outcomes(
        self, work: Callable[[T], Outcome], tasks: Sequence[T], jobs: int = 1
    ) -> Iterator[Outcome]:
        """What came of each document, counted; those that failed are reported and left out."""
        working = in_order(work, tasks, processes(jobs, len(tasks)))
        quiet = bool(self._manner.prints) and sys.stdout.isatty()
        for outcome in progress.shown(working, len(tasks), quiet=quiet):
            self.totals.add(outcome)
            tell(outcome.path, outcome.remarks)
            if outcome.error:
                refuse(outcome.error)
            else:
                yield outcome

    def show(self, outcomes: Iterable[Outcome]) -> None:
        """Print what there is to print of each outcome."""
        if self._manner.prints == "json":
            records = ({"file": o.path, "text": o.text, "edits": _edits(o)} for o in outcomes)
            output.write_records(records, "json", key="documents", columns=(), stamp=self.stamp)
            return
        for outcome in outcomes:
            self._print(outcome)
            for line in outcome.reasons:
                click.echo(line, err=True)

    def _print(self, outcome: Outcome) -> None:
        prints = self._manner.prints
        if prints == "diff":
            if sys.stdout.isatty():
                output.write_text(map(diff.colored, outcome.diff))
            else:
                output.write_lines(outcome.diff)
        elif prints == "check" and outcome.changed:
            edits = output.count(outcome.edits, "edit")
            output.write_text([f"{outcome.path}: would change, {edits}"])

    def end(self, unreadable: int = 0) -> NoReturn:
        """Sum up, and leave with the exit status of the run."""
        self.totals.failed += unreadable
        output.remark(self.totals.line())
        if self._manner.previews and self.totals.changed:
            output.remark("Nothing is written yet: --write does it.")
        wrong = self._manner.check and self.totals.changed > 0
        click.get_current_context().exit(2 if self.totals.failed else int(wrong))


def _edits(outcome: Outcome) -> list[dict[str, Any]]:
    """The edits without what is only for review."""
    names = ("start", "end", "text", "replacement", "entry", "why", "note")
    return [{name: record[name] for name in names} for record in outcome.records]
