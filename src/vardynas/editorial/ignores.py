"""Findings that an editor has looked at: a comment in the file says that they may stand.

``# vardynas: ignore common-word`` silences that rule in its own line or, where nothing else stands
there, in the next one. Several rules are parted by commas; a reason may follow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from vardynas.editorial.rules import finding
from vardynas.errors import Problem
from vardynas.glossary import Place

__all__ = ["UNUSED", "without_ignored"]

UNUSED = "unused-ignore"
"""The code of the finding about a comment that silences nothing."""

_remark = re.compile(
    r"(?:^|(?<=\s))#[ \t]*vardynas:[ \t]*ignore[ \t]+(?P<codes>[a-z-]+(?:,[ \t]*[a-z-]+)*)", re.M
)
_blank_or_comment = re.compile(r"\s*(#|$)").match


class _Remark(NamedTuple):
    """A code of a comment: where the comment stands and the line that it is about."""

    place: Place
    line: int
    code: str


def without_ignored(
    problems: Iterable[Problem],
    texts: Mapping[str, str],
    codes: Collection[str],
    known: Collection[str],
) -> list[Problem]:
    r"""The findings without those that comments in the files silence.

    Besides, where `codes`, what was asked for, has `UNUSED`: comments that silence nothing, and codes
    in them that are not among the `known` ones.

    >>> text = "# vardynas: ignore common-word\n- id: x\n"
    >>> problem = Problem("a", 2, 3, "common-word", "A word.", severity="warning")
    >>> without_ignored([problem], {"a": text}, ["common-word"], ["common-word"])
    []
    """
    remarks = {
        (path, remark.line, remark.code): remark
        for path, text in texts.items()
        for remark in _remarks(path, text)
    }
    kept, used = [], set()
    for problem in problems:
        key = (problem.path, problem.line, problem.code)
        if key in remarks:
            used.add(key)
        else:
            kept.append(problem)
    if UNUSED in codes:
        unused = (remark for key, remark in remarks.items() if key not in used)
        kept += _in_vain(unused, codes, known)
    return sorted(kept)


def _remarks(path: str, text: str) -> Iterator[_Remark]:
    if "vardynas:" not in text:
        return
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        for match in _remark.finditer(line):
            place = Place(path, number, match.start() + 1)
            about = number if line[: match.start()].strip() else _next(lines, number)
            for code in match["codes"].split(","):
                yield _Remark(place, about, code.strip())


def _next(lines: list[str], number: int) -> int:
    """The number of the next line after a comment that is none itself."""
    while number < len(lines) and _blank_or_comment(lines[number]):
        number += 1
    return number + 1


def _in_vain(
    unused: Iterable[_Remark], codes: Collection[str], known: Collection[str]
) -> Iterator[Problem]:
    for remark in unused:
        if remark.code not in known:
            message = f"There is no rule {remark.code!r}."
            advice = f"Write one of {', '.join(known)} instead."
        elif remark.code in codes:
            message = f"There is nothing that {remark.code} finds in line {remark.line}."
            advice = "Remove the comment."
        else:
            continue
        yield finding(remark.place, UNUSED, message, advice)
