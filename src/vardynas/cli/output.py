"""How results are written: tables for people, JSON, JSON lines and CSV for programs.

Formatters are pure; only the functions whose names begin with ``write`` print. People's text goes
to standard output too, remarks about the run to standard error.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import click

from vardynas.model import Candidate, Evidence

__all__ = [
    "bold",
    "candidate_record",
    "count",
    "dim",
    "evidence_lines",
    "is_watched",
    "method",
    "percent",
    "remark",
    "table",
    "visible",
    "width",
    "write_bytes",
    "write_lines",
    "write_records",
    "write_stamp",
    "write_text",
]

BATCH = 100
"""Lines printed at once: click flushes after each call, which many short lines would feel."""

Record = Mapping[str, Any]

METHOD_COLORS = {"exact": "green", "inflected": "green", "derived": "cyan", "similar": "yellow"}


def percent(score: float) -> str:
    """A score as a percentage; 100 % is kept for certainty.

    >>> percent(0.974), percent(0.9996), percent(1.0)
    ('97 %', '99 %', '100 %')
    """
    return f"{round(score * 100) if score >= 1 else min(99, round(score * 100))} %"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "entry", "entries"), count(2, "mention")
    ('1 entry', '2 mentions')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def width(text: str) -> int:
    """How many columns of a terminal `text` takes; combining marks take none."""
    return sum(0 if unicodedata.combining(char) else 1 for char in click.unstyle(text))


def table(rows: Iterable[Sequence[str]], indent: str = "") -> Iterator[str]:
    """The rows as lines with aligned columns; nothing for no rows.

    >>> for line in table([("be", "Гродна"), ("be-Latn", "Hrodna")]): print(line)
    be       Гродна
    be-Latn  Hrodna
    """
    listed = list(rows)
    widths: list[int] = [
        max(width(cell) for cell in column) for column in zip(*listed, strict=True)
    ]
    for row in listed:
        cells = (c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True))
        yield (indent + "  ".join(cells)).rstrip()


def method(name: str) -> str:
    """The name of a method in its color: the more it was guessed, the warmer."""
    return click.style(name, fg=METHOD_COLORS.get(name, "white"))


def visible(text: str) -> str:
    r"""`text` with signs that steer a terminal as escapes; tabs and line ends stay.

    >>> visible("\x1b[31mGardinas")
    '\\x1b[31mGardinas'
    """
    return _steers.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text)


_steers = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n|\Z)")


def evidence_lines(evidence: Iterable[Evidence], indent: str) -> Iterator[str]:
    """One line a step: its kind and its sentence."""
    for step in evidence:
        yield f"{indent}- {step.step}: {visible(step.text)}"


def candidate_record(candidate: Candidate, explain: bool) -> dict[str, Any]:
    """The candidate as JSON types, with its evidence only when asked."""
    record = candidate.to_dict()
    if not explain:
        del record["evidence"]
    return record


def bold(text: str) -> str:
    """`text` in bold type."""
    return click.style(visible(text), bold=True)


def dim(text: str) -> str:
    """`text` in faint type; nothing for nothing."""
    return click.style(visible(text), dim=True) if text else ""


def is_watched() -> bool:
    """Whether remarks about the run reach a person at a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def remark(text: str) -> None:
    """Tell a person at a terminal something that is not part of the result."""
    if is_watched():
        click.echo(click.style(text, dim=True), err=True)


def write_text(lines: Iterable[str]) -> None:
    """Print lines; colors only reach a terminal."""
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        click.echo("\n".join(batch))


def write_lines(lines: Iterable[str]) -> None:
    """Print lines as they are, with whatever signs they have: for programs."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def write_bytes(data: bytes) -> None:
    """Print a document byte for byte, newlines as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def write_stamp(stamp: Record) -> None:
    """Name the glossary on standard error, where it does not disturb the result."""
    click.echo(f"glossary {stamp['version']} {stamp['hash']}", err=True)


def write_records(
    records: Iterable[Record],
    format_: str,
    *,
    key: str,
    columns: Sequence[str],
    stamp: Record,
    stamped: bool = False,
) -> None:
    """Write `records` as `format_`: json, jsonl or csv.

    JSON is one object with the glossary's `stamp` and the records under `key`. JSON lines and CSV
    carry the stamp in every record when `stamped`. CSV has `columns`; what a record has besides
    them is left out.
    """
    if format_ == "json":
        whole = {"glossary": stamp, key: list(records)}
        _write_line(json.dumps(whole, ensure_ascii=False, indent=2))
    elif format_ == "jsonl":
        for record in records:
            line = {**record, "glossary": stamp} if stamped else record
            _write_line(json.dumps(line, ensure_ascii=False))
    else:
        _write_csv(records, columns, stamp if stamped else {})


def _write_csv(records: Iterable[Record], columns: Sequence[str], stamp: Record) -> None:
    """Write rows under one heading, also when there are none."""
    extra = {f"glossary_{name}": value for name, value in stamp.items()}
    writer = csv.DictWriter(
        sys.stdout, [*columns, *extra], extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    for record in records:
        writer.writerow({**record, **extra})


def _write_line(text: str) -> None:
    sys.stdout.write(text + "\n")
