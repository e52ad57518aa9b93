"""Glossary files → `Glossary`. All faults of all files are reported at once, in `GlossaryError`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vardynas.errors import GlossaryError, Problem
from vardynas.glossary.collecting import no_collection
from vardynas.glossary.collection import FileSource, Glossary
from vardynas.glossary.entries import Draft, EntryReader
from vardynas.glossary.files import glossary_files
from vardynas.glossary.nodes import ListNode, MapNode, Node, Report
from vardynas.glossary.overlay import combine
from vardynas.glossary.schema import FILE_FIELDS, FORMAT_VERSION, Field
from vardynas.glossary.syntax import decode, parse
from vardynas.glossary.values import KINDS, item_list, read_fields

__all__ = ["loaded", "read", "read_text", "read_texts"]


def read(paths: Iterable[Path | str], *, base: Glossary | None = None) -> Glossary:
    """The glossary of all files, and of all YAML files in folders, over `base`.

    Raises `GlossaryError` with every problem of every file, by file and line. `base` is the
    glossary that entries may extend; without it there is none below. Order of files and entries
    changes nothing. Rules: ``docs/glossary.md``.
    """
    problems: list[Problem] = []
    drafts: list[Draft] = []
    sources: dict[str, FileSource] = {}
    with no_collection():
        for path in glossary_files(paths, problems):
            report = Report(str(path))
            text = loaded(path, report)
            if text is not None:
                drafts += _read_one(text, report, sources)
            problems += report.problems
        return _finish(drafts, sources, base, problems)


def read_text(text: str, *, path: str = "<text>", base: Glossary | None = None) -> Glossary:
    r"""The glossary of one text in the format of a file; `GlossaryError` as in `read`.

    >>> text = "- id: hrodna\n  names: {be: [Гродна, Горадня]}\n"
    >>> read_text(text).entries["hrodna"].preferred("be").form
    'Гродна'
    """
    return read_texts({path: text}, base=base)


def read_texts(texts: Mapping[str, str], *, base: Glossary | None = None) -> Glossary:
    """The glossary of texts by the paths of their files; `GlossaryError` as in `read`."""
    problems: list[Problem] = []
    drafts: list[Draft] = []
    sources: dict[str, FileSource] = {}
    with no_collection():
        for path, text in texts.items():
            report = Report(path)
            drafts += _read_one(text, report, sources)
            problems += report.problems
        return _finish(drafts, sources, base, problems)


def _finish(
    drafts: list[Draft],
    sources: dict[str, FileSource],
    base: Glossary | None,
    problems: list[Problem],
) -> Glossary:
    glossary, between = combine(drafts, sources, base)
    if problems or between:
        raise GlossaryError(tuple(sorted({*problems, *between})))
    return glossary


def loaded(path: Path, report: Report) -> str | None:
    """The text of a file, without a byte order mark; None, with a problem, when it cannot be read."""
    try:
        return decode(path.read_bytes(), report)
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"The file cannot be read: {reason}."
        report.at(0, 0, "unreadable-file", message, "Write the path of a readable file instead.")
        return None


def _read_one(text: str, report: Report, sources: dict[str, FileSource]) -> list[Draft]:
    """The entries of one file; its licence and source go into `sources`."""
    root = parse(text, report)
    if root is None:
        if not report.problems:
            advice = "Write vardynas: 1 and entries: [] for a glossary without entries."
            report.at(1, 1, "empty-file", "There is nothing in this file.", advice)
        return []
    values = _top(root, report)
    source = FileSource(values.get("licence"), values.get("source"))
    sources[report.path] = source
    reader = EntryReader(report, source.source)
    drafts = (reader.read(node) for node in values.get("entries", ()) if node is not None)
    return [draft for draft in drafts if draft is not None]


def _top(root: Node, report: Report) -> dict[str, Any]:
    """The fields at the top of a file, `entries` as nodes; a bare list is entries alone."""
    if isinstance(root, ListNode):
        return {"entries": root.items}
    if not isinstance(root, MapNode):
        message = "A glossary file is a list of entries, or a mapping that has one."
        report.add(root, "wrong-type", message, "Write - id: … instead.")
        return {}
    keys = {key.text for key, _ in root.pairs}
    if "id" in keys and "entries" not in keys:
        message = "An entry stands here, but a file is a list of entries."
        report.add(root, "wrong-type", message, "Write - before the first field instead: - id: …")
        return {}
    for name, example in (("vardynas", f"vardynas: {FORMAT_VERSION}"), ("entries", "entries: […]")):
        if name not in keys:
            message = f"The file has no field {name}."
            report.add(root, "missing-field", message, f"Write {example} at the top.")
    return read_fields(root, FILE_FIELDS, {**KINDS, "entries": _entries}, report)


def _entries(node: Node, field: Field, report: Report) -> list[Any] | None:
    if isinstance(node, ListNode) and not node.items:
        return []
    return item_list(node, field.name, report)
