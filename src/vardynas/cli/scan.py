"""``vardynas scan``: the names that a text mentions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.cli.documents import Document
    from vardynas.cli.inputs import Inputs
    from vardynas.model import Mention
    from vardynas.resolver import Resolver

__all__ = ["command"]

COLUMNS = ("file", "start", "end", "text", "entry", "name", "score", "method", "language")


@click.command(
    "scan",
    epilog=options.examples(
        "vardynas scan article.txt",
        "vardynas scan --format jsonl *.txt > mentions.jsonl",
    ),
)
@options.files
@options.language
@options.decision
@options.format_of("text", "json", "jsonl", "csv")
@options.explain
@options.glossary
@options.glossary_version
def command(
    files: tuple[str, ...],
    language: str | None,
    decision: str,
    format_: str,
    explain: bool,
    glossary: tuple[str, ...],
    with_builtin: bool,
    glossary_version: bool,
) -> None:
    """List the names that each FILE mentions.

    They come in text order and never overlap.

    Each FILE is one context: a full name in it lets a bare surname be recognized. Offsets count
    characters of the file from 0, the end is exclusive; lines and columns count from 1. Exit
    status 1: nothing was found.
    """
    from vardynas.cli import context, output
    from vardynas.cli.inputs import Inputs

    resolver = context.open_resolver(glossary, with_builtin)
    stamp = context.stamp(resolver)
    scanner = _Scanner(resolver, Inputs(files), language, decision)
    if format_ == "text":
        output.write_text(_text_lines(scanner, explain))
        if glossary_version:
            output.write_stamp(stamp)
    else:
        output.write_records(
            _records(scanner, explain),
            format_,
            key="mentions",
            columns=COLUMNS,
            stamp=stamp,
            stamped=glossary_version,
        )
    output.remark(scanner.summary())
    click.get_current_context().exit(scanner.inputs.exit_code(ok=scanner.found > 0))


class _Scanner:
    """The mentions of all inputs, one file in memory at a time, counted as they pass."""

    def __init__(
        self, resolver: Resolver, inputs: Inputs, language: str | None, decision: str
    ) -> None:
        self.resolver = resolver
        self.inputs = inputs
        self.language = language
        self.decision = decision
        self.files = self.found = self.ambiguous = 0
        self.entries: set[str] = set()

    def __iter__(self) -> Iterator[tuple[Document, Mention]]:
        """Every mention with its document."""
        for document in self.inputs:
            self.files += 1
            for mention in self.resolver.scan(
                document.text, language=self.language, decision=self.decision
            ):
                self._count(mention)
                yield document, mention

    def _count(self, mention: Mention) -> None:
        self.found += 1
        if mention.entry is None:
            self.ambiguous += 1
        else:
            self.entries.add(mention.entry)

    def summary(self) -> str:
        """What was found, in one line."""
        from vardynas.cli.output import count

        what = f"{count(self.found, 'mention')} of {count(len(self.entries), 'entry', 'entries')}"
        where = f"in {count(self.files, 'file')}"
        return f"{what} {where}" + (f", {self.ambiguous:,} ambiguous" if self.ambiguous else "")


def _text_lines(scanner: _Scanner, explain: bool) -> Iterator[str]:
    """``file:line:col  surface → entry (method, score)``, and the evidence when asked."""
    from vardynas.cli.documents import Lines
    from vardynas.cli.output import bold, dim, evidence_lines

    current, lines = None, Lines("")
    for document, mention in scanner:
        if document is not current:
            current, lines = document, Lines(document.text)
        line, column = lines.position(mention.start)
        surface = " ".join(mention.text.split())  # a name may go on in the next line
        yield f"{dim(f'{document.path}:{line}:{column}')}  {bold(surface)} → {_meaning(mention)}"
        if explain:
            for candidate in mention.candidates:
                yield f"    {candidate.entry}: {candidate.name} [{candidate.language}]"
                yield from evidence_lines(candidate.evidence, "      ")


def _meaning(mention: Mention) -> str:
    """The entry with method and score, or between which entries the mention stands."""
    from vardynas.cli.output import method, percent

    if mention.entry is None:
        choices = (f"{c.entry} ({percent(c.score)})" for c in mention.candidates)
        return f"ambiguous: {' or '.join(choices)}"
    return f"{mention.entry} ({method(mention.method)}, {percent(mention.score)})"


def _records(scanner: _Scanner, explain: bool) -> Iterator[dict[str, Any]]:
    """One record a mention; `entry` is None where the candidates are too close to call."""
    from vardynas.cli.output import candidate_record

    for document, mention in scanner:
        yield {
            "file": document.path,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "entry": mention.entry,
            "name": mention.name,
            "score": mention.score,
            "method": mention.method,
            "language": mention.language,
            "candidates": [candidate_record(c, explain) for c in mention.candidates],
        }
