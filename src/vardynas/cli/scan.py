"""``vardynas scan``: the names that documents mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vardynas.cli import options as shared
from vardynas.cli.reading import reading
from vardynas.documents.proposals import contexts_of, languages_of

if TYPE_CHECKING:
    from vardynas.cli.inputs import Inputs, Source
    from vardynas.documents.formats import Options
    from vardynas.model import Mention
    from vardynas.resolver import Resolver

__all__ = ["command"]

COLUMNS = ("file", "start", "end", "text", "entry", "name", "score", "method", "language")


@click.command(
    "scan",
    epilog=shared.examples(
        "vardynas scan article.txt",
        "vardynas scan --format jsonl texts/ > mentions.jsonl",
        "vardynas scan --format html article.docx > names.html",
    ),
)
@shared.files
@shared.language
@shared.decision
@reading
@shared.format_of("text", "json", "jsonl", "csv", "html")
@shared.explain
@shared.glossary
@shared.glossary_version
def command(
    files: tuple[str, ...],
    language: str | None,
    decision: str,
    options: Options,
    format_: str,
    explain: bool,
    glossary: tuple[str, ...],
    with_builtin: bool,
    glossary_version: bool,
) -> None:
    """List the names that each FILE mentions.

    A FILE may be a folder or a pattern: all texts below it. Names come in text order and never
    overlap.

    Each FILE is one context, and each row of a table: a full name in it lets a bare surname be
    recognized. Offsets count characters of the text from 0, the end is exclusive; lines and columns
    count from 1. Exit status 1: nothing was found.
    """
    from vardynas.cli import context, output
    from vardynas.cli.inputs import Inputs

    inputs = Inputs(files, options)
    resolver = context.open_resolver(glossary, with_builtin)
    stamp = context.stamp(resolver)
    scanner = _Scanner(resolver, inputs, language, decision)
    if format_ == "text":
        output.write_text(_text_lines(scanner, explain))
        if glossary_version:
            output.write_stamp(stamp)
    elif format_ == "html":
        output.write_bytes(_page(scanner, resolver, stamp).encode("utf-8"))
    else:
        places = any(kind != "txt" for kind in inputs.formats)
        output.write_records(
            _records(scanner, explain, places=places),
            format_,
            key="mentions",
            columns=(*COLUMNS, "place") if places else COLUMNS,
            stamp=stamp,
            stamped=glossary_version,
        )
    output.remark(scanner.summary())
    click.get_current_context().exit(scanner.inputs.exit_code(ok=scanner.found > 0))


class _Hit(NamedTuple):
    """A mention, with offsets in the text of its document, and its place there for people."""

    path: str
    mention: Mention
    place: str


class _Scanner:
    """The mentions of all inputs, a file or a part of one in memory at a time, counted."""

    def __init__(
        self, resolver: Resolver, inputs: Inputs, language: str | None, decision: str
    ) -> None:
        self.inputs = inputs
        self.found = self.ambiguous = 0
        self.entries: set[str] = set()
        self._resolver = resolver
        self._language = language
        self._decision = decision

    def __iter__(self) -> Iterator[_Hit]:
        """Every mention."""
        for context in self.inputs.contexts():
            for mention in self._scan(context.text, context.languages):
                place = context.place(mention.start)
                yield _Hit(context.path, _moved(mention, context.start), place)

    def documents(self) -> Iterator[tuple[Source, list[Mention]]]:
        """Every document with its mentions."""
        for source in self.inputs:
            text = source.opened.text
            yield (
                source,
                [
                    _moved(mention, start)
                    for start, end in contexts_of(source.opened)
                    for mention in self._scan(
                        text[start:end], languages_of(source.opened, start, end)
                    )
                ],
            )

    def _scan(self, text: str, languages: Sequence[tuple[int, int, str]] = ()) -> Iterator[Mention]:
        found = self._resolver.scan(
            text, self._language, decision=self._decision, languages=languages
        )
        for mention in found:
            self.found += 1
            if mention.entry is None:
                self.ambiguous += 1
            else:
                self.entries.add(mention.entry)
            yield mention

    def summary(self) -> str:
        """What was found, in one line."""
        from vardynas.cli.output import count

        what = f"{count(self.found, 'mention')} of {count(len(self.entries), 'entry', 'entries')}"
        where = f"in {count(self.inputs.done, 'file')}"
        return f"{what} {where}" + (f", {self.ambiguous:,} ambiguous" if self.ambiguous else "")


def _page(scanner: _Scanner, resolver: Resolver, stamp: dict[str, str]) -> str:
    """One HTML page with all documents."""
    from vardynas.cli.context import named
    from vardynas.documents.encodings import shown
    from vardynas.documents.report_html import Reported, page
    from vardynas.version import __version__

    documents = (
        Reported(shown(source.path), source.opened.text, mentions, source.opened.place)
        for source, mentions in scanner.documents()
    )
    made_by = f"Made by vardynas {__version__} with {named(stamp)}."
    return page(documents, resolver.__getitem__, made_by=made_by)


def _text_lines(scanner: _Scanner, explain: bool) -> Iterator[str]:
    """``file:line:col  surface → entry (method, score)``, and the evidence when asked."""
    from vardynas.cli.details import place
    from vardynas.cli.output import bold, dim, evidence_lines

    for path, mention, where in scanner:
        surface = " ".join(mention.text.split())  # a name may go on in the next line
        yield f"{dim(place(path, where))}  {bold(surface)} → {_meaning(mention)}"
        if explain:
            for candidate in mention.candidates:
                yield f"    {candidate.entry}: {candidate.name} [{candidate.language}]"
                yield from evidence_lines(candidate.evidence, "      ")


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by) if by else mention


def _meaning(mention: Mention) -> str:
    """The entry with method and score, or between which entries the mention stands."""
    from vardynas.cli.output import method, percent

    if mention.entry is None:
        choices = (f"{c.entry} ({percent(c.score)})" for c in mention.candidates)
        return f"ambiguous: {' or '.join(choices)}"
    return f"{mention.entry} ({method(mention.method)}, {percent(mention.score)})"


def _records(scanner: _Scanner, explain: bool, *, places: bool) -> Iterator[dict[str, Any]]:
    """One record a mention; `entry` is None where the candidates are too close to call."""
    from vardynas.cli.output import candidate_record

    for path, mention, where in scanner:
        record = {
            "file": path,
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
        yield {**record, "place": where} if places else record
