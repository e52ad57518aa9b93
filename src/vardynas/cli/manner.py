"""In which manner results are shown or written, as the options of a command line say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from vardynas.cli.output import is_watched
from vardynas.documents.encodings import STDIN

__all__ = ["Manner"]


@dataclass(frozen=True, slots=True)
class Manner:
    """In which manner results are shown or written."""

    diff: bool
    check: bool
    write: bool
    backup: str | None
    output: str | None
    format: str
    one: bool

    @property
    def prints(self) -> str:
        """What goes to standard output: text, json, diff, check (one line a file), or nothing."""
        if self.format == "json":
            return "json"
        if self.diff or self.check:
            return "diff" if self.diff else "check"
        if self.write or self.output:
            return ""
        return "text" if self.one else "diff"

    @property
    def previews(self) -> bool:
        """Whether the diff is shown because nobody said what to do."""
        return self.prints == "diff" and not (self.diff or self.check)

    def wants(
        self, *, explain: bool = False, log: bool = False, report: bool = False
    ) -> frozenset[str]:
        """The fields of an outcome that this manner shows."""
        fields = {"json": {"text", "records"}, "diff": {"diff"}}
        wanted = fields.get(self.prints, set())
        wanted |= {"records"} if log else set()
        wanted |= {"entries", "questions", "unknown"} if report else set()
        wanted |= {"unknown"} if is_watched() else set()  # the summary tells how many
        return frozenset(wanted | ({"reasons"} if explain else set()))

    def refuse_standard_input(self, files: Sequence[str]) -> None:
        """Raise a usage error where what has no file is to be changed in place."""
        if self.write and STDIN in (files or (STDIN,)):
            raise click.UsageError("--write needs files: standard input has no place to write to.")

    def refuse_contradictions(self) -> None:
        """Raise a usage error where the options do not go together."""
        said = "--write" if self.write else "--output"
        if self.write and self.output:
            raise click.UsageError(
                "--write changes the files in place; --output leaves them alone."
            )
        if self.check and (self.write or self.output):
            raise click.UsageError(f"--check changes no files, so it does not go with {said}.")
        if self.backup and not self.write:
            raise click.UsageError("--backup is about files that are replaced: add --write.")
        if self.format == "json" and (self.diff or self.check):
            other = "--diff" if self.diff else "--check"
            raise click.UsageError(f"--format {self.format} does not go with {other}.")
