"""What an editor said no to: remembered beside the glossary, so that it is not proposed again.

A small JSON file. `rejected` has names that are none, or spellings that an entry shall not have, each
with the forms in which it was seen; `skipped` has what was put off.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vardynas.errors import DocumentError
from vardynas.suggest.proposals import Suggestion

__all__ = ["SUFFIX", "Rejections", "Row", "beside", "files_of"]

SUFFIX = ".rejected.json"


@dataclass(frozen=True, slots=True)
class Row:
    """A suggestion as it is remembered: (language, text) of names and forms; `entry` of spellings."""

    names: frozenset[tuple[str, str]]
    forms: frozenset[tuple[str, str]]
    entry: str | None = None

    @classmethod
    def of(cls, one: Suggestion) -> Row:
        """The row of a suggestion."""
        names = frozenset((tag, name) for tag, found in one.names.items() for name in found)
        forms = frozenset((tag, text) for text, tag, _ in one.forms)
        return cls(names, forms - names, one.id if one.extends else None)

    def covers(self, other: Row) -> bool:
        """Whether the other is this again: a name in common, or no form that is new.

        What is no name at all is no spelling of an entry either.
        """
        if self.entry not in (None, other.entry):
            return False
        known = self.names | self.forms
        return bool(self.names & other.names) or (bool(other.forms) and other.forms <= known)


@dataclass(frozen=True, slots=True)
class Rejections:
    """What was rejected, and what was skipped.

    >>> gone = Suggestion("lida", False, None, None, {"pl": ("Lida",)}, 2, (), ())
    >>> Rejections(rejected=(Row.of(gone),)).covers(gone), Rejections().covers(gone)
    (True, False)
    """

    rejected: tuple[Row, ...] = ()
    skipped: tuple[Row, ...] = ()

    def covers(self, one: Suggestion) -> bool:
        """Whether a suggestion was rejected."""
        row = Row.of(one)
        return any(known.covers(row) for known in self.rejected)

    def skips(self, one: Suggestion) -> bool:
        """Whether a suggestion was put off."""
        return Row.of(one) in self.skipped

    def and_(self, other: Rejections) -> Rejections:
        """Both together."""
        return Rejections(self.rejected + other.rejected, self.skipped + other.skipped)

    def dump(self) -> str:
        """The text of the file, a line for each row."""
        parts = [('"vardynas": 1')]
        for key, rows in (("rejected", self.rejected), ("skipped", self.skipped)):
            lines = ",\n".join(json.dumps(_record(row), ensure_ascii=False) for row in rows)
            parts.append(f'"{key}": [\n{lines}\n]' if rows else f'"{key}": []')
        return "{\n" + ",\n".join(parts) + "\n}\n"

    @classmethod
    def parse(cls, path: str, data: bytes) -> Rejections:
        """What a file holds; raises DocumentError when it is no such file."""
        try:
            whole = json.loads(data.decode("utf-8-sig"))
            return cls(
                *(tuple(map(_row, whole.get(key, ()))) for key in ("rejected", "skipped")),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            reason = f"it is no file of rejected names: {error}. Mend it, or move it away"
            raise DocumentError(path, reason) from None

    @classmethod
    def read(cls, paths: Iterable[Path | str]) -> Rejections:
        """What all these files hold together. Raises OSError and DocumentError."""
        found = cls()
        for path in paths:
            found = found.and_(cls.parse(str(path), Path(path).read_bytes()))
        return found


def beside(path: Path | str) -> Path:
    """Where the rejections of a glossary file are kept.

    >>> beside("names/mine.yaml").name
    'mine.rejected.json'
    """
    return Path(path).with_suffix(SUFFIX)


def files_of(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The files of rejections that are there beside glossary files and in glossary folders."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(path.rglob(f"*{SUFFIX}"))
        elif beside(path).is_file():
            yield beside(path)


def _record(row: Row) -> dict[str, Any]:
    record: dict[str, Any] = {"entry": row.entry} if row.entry else {}
    record["names"] = _by_language(row.names)
    return {**record, "forms": _by_language(row.forms)} if row.forms else record


def _by_language(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, text in sorted(pairs):
        found.setdefault(tag, []).append(text)
    return found


def _row(record: Mapping[str, Any]) -> Row:
    return Row(_pairs(record["names"]), _pairs(record.get("forms", {})), record.get("entry"))


def _pairs(listed: Mapping[str, Iterable[str]]) -> frozenset[tuple[str, str]]:
    found = frozenset((tag, text) for tag, texts in listed.items() for text in texts)
    if any(isinstance(texts, str) for texts in listed.values()):
        raise TypeError("names and forms are lists of texts by language")
    return found
