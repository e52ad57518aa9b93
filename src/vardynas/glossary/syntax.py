"""Bytes of a file → its root node, or the syntax error with its place and a way out."""

from __future__ import annotations

import re
from typing import Any

from vardynas.glossary.nodes import Builder, Node, Report

__all__ = ["decode", "parse"]

_LINE_BREAK = re.compile(r"\r\n|\r|\n")

# What YAML 1.1 §5.1 does not allow, and the line breaks NEL, LS and PS, which editors do not count.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)

# Words of the two parsers' messages (libyaml, PyYAML) → what to do.
_ADVICE = (
    ("tab character", "Indent with spaces instead of tabs."),
    ("cannot start any token", "Indent with spaces instead of tabs; quote a value that begins so."),
    ("mapping values are not", 'Write the value in quotes instead when it has a colon: "a: b".'),
    ("end of stream", "Close the quotation mark that opens here."),
    ("escape", "Write the text in single quotes instead: there a backslash means itself."),
    ("',' or ']'", "Close the list with ] and write commas between its items."),
    ("',' or '}'", "Close the braces with } and write commas between the fields."),
    ("':'", "Write a colon after the name of the field, and text of several lines in quotes."),
    ("<block end>", "Indent the line as far as the other fields of the same entry."),
    ("expected key", "Indent the line as far as the other fields of the same entry."),
    ("indicator", "Indent the line as far as the other items of the same list."),
)


def decode(data: bytes, report: Report) -> str | None:
    """The text of a file; None, with a problem, when it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        data = data.removeprefix(b"\xef\xbb\xbf")
        before = data.decode("utf-8", "replace")[: len(data[: error.start].decode("utf-8"))]
        report.at(
            *_position(before, len(before)),
            "not-utf8",
            f"The byte 0x{data[error.start]:02x} is not UTF-8.",
            "Save the file as UTF-8 instead.",
        )
        return None


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    line, start = 1, 0
    for match in _LINE_BREAK.finditer(text, 0, offset):
        line, start = line + 1, match.end()
    return line, offset - start + 1


def _without_controls(text: str, report: Report) -> str:
    """The text with a stand-in for each control character, so that reading can go on."""
    line, start = 1, 0
    for match in re.finditer(f"{_LINE_BREAK.pattern}|{_CONTROL.pattern}", text):
        if match.group()[0] in "\r\n":
            line, start = line + 1, match.end()
            continue
        report.at(
            line,
            match.start() - start + 1,
            "control-character",
            f"The control character U+{ord(match.group()):04X} stands here.",
            "Delete it.",
        )
    return _CONTROL.sub("_", text)


def parse(text: str, report: Report) -> Node | None:
    """The root node of a file; None when it is empty or, with a problem, when it is not YAML.

    The C parser reads it, or the slower one in Python where PyYAML was built without libyaml.
    """
    import yaml

    text = text.removeprefix("\ufeff")
    if _CONTROL.search(text):
        text = _without_controls(text, report)
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)

    try:
        return Builder(report).build(loader.get_event)
    except yaml.MarkedYAMLError as error:
        _syntax_error(error, report)
    finally:
        loader.dispose()
    return None


def _syntax_error(error: Any, report: Report) -> None:  # noqa: ANN401
    problem = str(error.problem or error.context)
    opened = error.context_mark if "end of stream" in problem else None
    mark = opened or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    advice = next((text for words, text in _ADVICE if words in problem), "")
    report.at(line, column, "yaml-syntax", f"This is not YAML: {problem}.", advice)
