"""Problems and findings as text for people, JSON for programs and annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from vardynas.errors import Problem

__all__ = ["FORMATS", "as_github", "as_json", "as_text"]


def as_text(problems: Iterable[Problem]) -> str:
    r"""A line for each: ``path:line:column: message advice [code]``; "" when there is none.

    >>> as_text([Problem("a.yaml", 3, 5, "bad-id", "This is no id.", "Write nida instead.")])
    'a.yaml:3:5: This is no id. Write nida instead. [bad-id]\n'
    """
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects with path, line, column, code, message, advice and severity."""
    return (
        json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n"
    )


def as_github(problems: Iterable[Problem]) -> str:
    r"""A workflow command of GitHub Actions for each, which shows it beside the line of the file.

    >>> as_github([Problem("a.yaml", 3, 5, "bad-id", "This is no id.", "Write nida instead.")])
    '::error file=a.yaml,line=3,col=5,title=bad-id::This is no id. Write nida instead.\n'
    """
    return "".join(map(_command, problems))


def _command(problem: Problem) -> str:
    message = f"{problem.message} {problem.advice}".strip()
    place = {"file": problem.path, "line": problem.line, "col": problem.column}
    fields = {key: value for key, value in place.items() if value} | {"title": problem.code}
    listed = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in fields.items())
    return f"::{problem.severity} {listed}::{_escaped(message)}\n"


def _escaped(text: str, separators: str = "") -> str:
    """The text with % and line breaks, and `separators`, as %XX (GitHub: workflow commands)."""
    for letter in "%\r\n" + separators:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text


FORMATS: Mapping[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
