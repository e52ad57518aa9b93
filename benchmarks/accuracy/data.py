"""The evaluation data: tables, sentences, and the two parts that everything is split into."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = [
    "LANGUAGES",
    "PARTS",
    "Query",
    "Row",
    "Sentence",
    "data_folder",
    "digest",
    "left_out",
    "part_of",
    "read_table",
    "sentences",
    "tag",
]

LANGUAGES = ("be", "lt", "pl", "ru")
"""The languages with inflected forms and sentences; English has neither in the data."""

PARTS = ("fit", "report", "all")
LEFT_OUT = 30
"""Percent of the entities that stay out of the index: their names are the negatives."""

Row = dict[str, str]


class Query(NamedTuple):
    """A name to look up; `wanted` are the entries of the index it may mean, none for a negative.

    `key` decides the part; `hard` says that simple normalization does not make it equal to the
    indexed form.
    """

    text: str
    language: str | None
    key: str
    wanted: frozenset[str]
    hard: bool

    @property
    def part(self) -> str:
        """`fit` or `report`."""
        return part_of(self.key)

    @property
    def id(self) -> str:
        """A hash that names the query without its text."""
        return digest(f"{self.language or 'und'}|{self.text}")


class Sentence(NamedTuple):
    """A sentence with its mentions as (start, end, base form)."""

    id: str
    language: str
    text: str
    mentions: tuple[tuple[int, int, str], ...]


def digest(text: str) -> str:
    """Ten hexadecimal digits that stand for `text`.

    >>> digest("be|Гродна") == digest("be|Гродна") != digest("be|Горадня")
    True
    """
    return hashlib.sha1(text.encode()).hexdigest()[:10]


def part_of(key: str) -> str:
    """`fit` or `report`, for good: the parity of the second byte of the key's SHA-1."""
    return "fit" if hashlib.sha1(key.encode()).digest()[1] % 2 == 0 else "report"


def left_out(key: str) -> bool:
    """Whether the entity stays out of the index."""
    return int(hashlib.sha1(f"neg|{key}".encode()).hexdigest()[:8], 16) % 100 < LEFT_OUT


def tag(language: str) -> str:
    """The BCP 47 tag for a language column of the data.

    >>> tag("be_tarask"), tag("")
    ('be-tarask', 'und')
    """
    return (language or "und").replace("_", "-")


def data_folder() -> Path:
    """The folder that VARDYNAS_DATA names; ends the program with advice where it names none."""
    folder = os.environ.get("VARDYNAS_DATA")
    if not folder or not Path(folder).is_dir():
        raise SystemExit("Set VARDYNAS_DATA to the folder with the evaluation data.")
    return Path(folder)


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of a tab-separated file of the data folder; none when there is no such file."""
    path = data_folder() / name
    if not path.exists():
        return ()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def sentences(language: str) -> tuple[Sentence, ...]:
    """The sentences of `language` from the Universal Dependencies treebanks, in file order."""
    path = data_folder() / "documents_ud.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return tuple(_sentence(row) for row in rows if row["lang"] == language)


def _sentence(row: dict[str, Any]) -> Sentence:
    found = {(a, b, m["base"]) for m in row["mentions"] for a, b in m["offsets"]}
    return Sentence(row["doc_id"], row["lang"], row["text"], tuple(sorted(found)))
