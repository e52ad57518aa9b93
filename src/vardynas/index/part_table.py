"""The rows of the first table: parts, their spellings, stems and comparison keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vardynas.index.codes import WEIGHTS, digest, stem_digest
from vardynas.index.parts import NO_ENDINGS, Part, Spelling, spellings, stems
from vardynas.language import inflection
from vardynas.language.keys import keys
from vardynas.text.fold import plain

__all__ = ["Interned", "PartTable"]


class Interned:
    """Values numbered in the order of their first use."""

    __slots__ = ("ids",)

    def __init__(self) -> None:
        self.ids: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:  # noqa: ANN401 - any hashable value
        """The number of `value`; the next free one at its first use."""
        return self.ids.setdefault(value, len(self.ids))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.ids)


class PartTable:
    """Collects parts; each is worked out once, however many names use it."""

    def __init__(self) -> None:
        self.texts = Interned()
        self.chains = Interned()
        self.languages = Interned()
        self.statuses = Interned()
        self.paradigms = Interned()
        self.ending_sets = Interned()
        self.parts = Interned()
        self.letters: list[frozenset[str]] = []
        self.spellings: list[tuple[int, ...]] = []
        self.stems: list[tuple[int, ...]] = []
        self.keys: set[tuple[int, int, int]] = set()

    def number(self, part: Part) -> int:
        """The number of `part`; its spellings and stems are worked out at the first use."""
        known = part in self.parts.ids
        number = self.parts(part)
        if not known:
            rows = list(spellings(part))
            self.letters.append(frozenset(plain(row.text)[:1] for row in rows))
            for row in rows:
                self._spelling(number, part, row)
        return number

    def _spelling(self, number: int, part: Part, spelling: Spelling) -> None:
        row = len(self.spellings)
        self.spellings.append(
            (
                number,
                self.texts(spelling.text),
                self.languages(spelling.language),
                self.chains(">".join(spelling.rules)),
                self.statuses(spelling.status),
                round(spelling.weight * WEIGHTS),
            )
        )
        for stem in stems(spelling, part):
            self.stems.append(
                (
                    stem_digest(plain(stem.text)),
                    row,
                    self.ending_sets(stem.ending_set),
                    self.texts(stem.text),
                    self.paradigms(stem.paradigm),
                    round(stem.prior * WEIGHTS),
                )
            )
        for key in keys(spelling.text, spelling.language):
            self.keys.add((digest(key), self.texts(key), number))

    def numbers(self) -> dict[str, tuple[str, list[Any]]]:
        """The columns of numbers, sorted where they are searched."""
        columns: dict[str, tuple[str, list[Any]]] = {}
        _add(
            columns,
            "spelling",
            "IIHIBB",
            ("part", "text", "language", "chain", "status", "weight"),
            self.spellings,
        )
        _add(
            columns,
            "stem",
            "QIHIHB",
            ("hash", "spelling", "endings", "text", "paradigm", "prior"),
            sorted(self.stems),
        )
        _add(columns, "key", "QII", ("hash", "text", "part"), sorted(self.keys))
        return columns

    def strings(self) -> dict[str, list[str]]:
        """The columns of strings."""
        return {
            "text": list(self.texts),
            "chain": list(self.chains),
            "language": list(self.languages),
            "status": list(self.statuses),
            "paradigm": list(self.paradigms),
            "endings": [_ending_set(number) for number in self.ending_sets],
        }


def _add(
    columns: dict[str, tuple[str, list[Any]]],
    table: str,
    codes: str,
    names: tuple[str, ...],
    rows: list[tuple[int, ...]],
) -> None:
    values = list(zip(*rows, strict=True)) or [()] * len(names)
    for code, name, column in zip(codes, names, values, strict=True):
        columns[f"{table}.{name}"] = (code, list(column))


def _ending_set(number: int | str) -> str:
    """An ending set as JSON: plain ending → [[ending, "case number gender", …], …]."""
    if isinstance(number, str):
        return json.dumps({"": [["", f"{number} sg x"]]})
    if number == NO_ENDINGS:
        return '{"": [["", "nom sg x"]]}'
    rows: dict[str, list[list[str]]] = {}
    for ending, slots in inflection.ending_set(number).items():
        rows.setdefault(plain(ending), []).append([ending, *(" ".join(slot) for slot in slots)])
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)
