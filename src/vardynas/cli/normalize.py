"""``vardynas normalize``: every name written one way, the rest of the text untouched."""

from __future__ import annotations

import difflib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vardynas.cli import options

if TYPE_CHECKING:
    from vardynas.cli.documents import Document
    from vardynas.model import Edit
    from vardynas.resolver import Resolver

__all__ = ["command"]


@click.command(
    "normalize",
    epilog=options.examples(
        "vardynas normalize --to preferred article.txt",
        "vardynas normalize --to lt --diff article.txt",
        "vardynas normalize --check texts/*.txt",
    ),
)
@options.files
@click.option(
    "--to",
    default="preferred",
    show_default=True,
    metavar="TAG|preferred|id",
    help="Write names in this language; each passage in its own; or as ids.",
)
@click.option("--strict", is_flag=True, help="Leave alone what the glossary does not list.")
@options.language
@options.decision
@click.option("--diff", "mode", flag_value="diff", help="Print a unified diff instead of the text.")
@click.option("--check", is_flag=True, help="Only say which files would change, or show how.")
@click.option("-w", "--write", "mode", flag_value="write", help="Change the files in place.")
@click.option("--edits", metavar="FILE", help="Also write every edit to FILE, as JSON lines.")
@options.format_of("text", "json")
@options.explain
@options.glossary
@options.glossary_version
def command(
    files: tuple[str, ...],
    to: str,
    strict: bool,
    language: str | None,
    decision: str,
    mode: str | None,
    check: bool,
    edits: str | None,
    format_: str,
    explain: bool,
    glossary: tuple[str, ...],
    with_builtin: bool,
    glossary_version: bool,
) -> None:
    """Write the names in each FILE one way.

    Grammatical case, titles and capitals are kept. The result goes to standard output.
    Ambiguous mentions, URLs and addresses are left alone. Exit status 1: with
    --check, a file would change.
    """
    from vardynas.cli import context, languages, output
    from vardynas.cli.inputs import Inputs

    inputs = Inputs(files)
    _refuse_contradictions(inputs.files, mode, check, format_)
    mode = mode or ("check" if check else None)
    resolver = context.open_resolver(glossary, with_builtin)
    languages.check_target(resolver, to)
    stamp = context.stamp(resolver)
    choice = {"to": to, "strict": strict, "language": language, "decision": decision}
    editor = _Editor(resolver, choice)
    results = editor.results(inputs)
    if format_ == "json":
        records = (result.record() for result in results)
        output.write_records(records, "json", key="documents", columns=(), stamp=stamp)
    else:
        for result in results:
            _write_result(result, mode)
            if explain:
                for line in result.reasons():
                    click.echo(line, err=True)
    if edits:
        _write_edits(edits, editor.log, stamp if glossary_version else None)
    if glossary_version and format_ == "text":
        output.write_stamp(stamp)
    output.remark(editor.summary())
    unchanged = not check or not editor.changed
    click.get_current_context().exit(inputs.exit_code(ok=unchanged))


def _refuse_contradictions(
    files: Sequence[str], mode: str | None, check: bool, format_: str
) -> None:
    """Raise a usage error where the options do not go together."""
    if mode == "write" and "-" in files:
        raise click.UsageError("--write needs files: standard input has no place to write to.")
    if check and mode == "write":
        raise click.UsageError("--check changes no files, so it does not go with --write.")
    if (mode or check) and format_ != "text":
        raise click.UsageError(f"--format {format_} does not go with --{mode or 'check'}.")


class _Result:
    """A document with its edits and its new text."""

    def __init__(self, document: Document, edits: Sequence[Edit]) -> None:
        from vardynas.render.replace import apply

        self.document = document
        self.edits = edits
        self.text = apply(document.text, edits)

    @property
    def changed(self) -> bool:
        """Whether the new text differs from the old."""
        return self.text != self.document.text

    def record(self) -> dict[str, Any]:
        """Path, new text and edits as JSON types."""
        edits = [edit.to_dict() for edit in self.edits]
        return {"file": self.document.path, "text": self.text, "edits": edits}

    def reasons(self) -> Iterator[str]:
        """A line for each edit: where, what became what, and why."""
        from vardynas.cli.documents import Lines

        lines = Lines(self.document.text)
        for edit in self.edits:
            line, column = lines.position(edit.start)
            why = "; ".join(part for part in (edit.why, edit.note) if part)
            change = f"{edit.text!r} → {edit.replacement!r}"
            yield f"{self.document.path}:{line}:{column}  {change} ({edit.entry}) {why}".rstrip()


class _Editor:
    """Normalizes documents one by one and keeps the count and the log of its edits."""

    def __init__(self, resolver: Resolver, choice: dict[str, Any]) -> None:
        self.resolver = resolver
        self.options = choice
        self.files = self.changed = 0
        self.log: list[dict[str, Any]] = []

    def results(self, documents: Iterable[Document]) -> Iterator[_Result]:
        """The result of each document."""
        for document in documents:
            result = _Result(document, self.resolver.edits(document.text, **self.options))
            self.files += 1
            self.changed += result.changed
            self.log += ({"file": document.path, **edit.to_dict()} for edit in result.edits)
            yield result

    def summary(self) -> str:
        """What was done, in one line."""
        from vardynas.cli.output import count

        edits = count(len(self.log), "edit")
        return f"{edits} in {count(self.changed, 'file')} of {self.files:,}"


def _write_result(result: _Result, mode: str | None) -> None:
    """Print the text, its diff or its path, or change the file."""
    from vardynas.cli import documents, output

    if mode is None:
        output.write_bytes(result.document.encode(result.text))
    elif result.changed and mode == "diff":
        output.write_text(_diff_lines(result))
    elif result.changed and mode == "check":
        edits = output.count(len(result.edits), "edit")
        output.write_text([f"{result.document.path}: would change, {edits}"])
    elif result.changed:
        documents.replace(result.document.path, result.document.encode(result.text))


def _diff_lines(result: _Result) -> Iterator[str]:
    """The unified diff between the old and the new file, as ``patch`` reads it."""
    path = result.document.path.lstrip("/")
    old, new = (_file_lines(result, text) for text in (result.document.text, result.text))
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        color = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        body = line.removesuffix("\n")
        yield click.style(body, fg=color) if color else body
        if body == line:
            yield "\\ No newline at end of file"


def _file_lines(result: _Result, text: str) -> list[str]:
    """The lines of `text` as they stand in the file: only line feeds part them."""
    return list(io.StringIO("\ufeff" * result.document.bom + text, newline="\n"))


def _write_edits(path: str, log: Iterable[dict[str, Any]], stamp: dict[str, str] | None) -> None:
    """Write one JSON line an edit to the file at `path`."""
    with Path(path).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for edit in log:
            whole = {**edit, "glossary": stamp} if stamp else edit
            file.write(json.dumps(whole, ensure_ascii=False) + "\n")
