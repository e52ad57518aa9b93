"""JSON with places: a document, or an object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vardynas.exchange.incoming import Source

__all__ = ["documents", "text_of", "texts_of"]

At = tuple[int, int]


def documents(source: Source) -> Iterator[tuple[Any, At]]:
    """The values of a file with their places: one, or one a line with a comma behind or without.

    Raises `ExchangeError` where it is no JSON.
    """
    if not source.text.strip():
        message = "There is nothing in this file."
        raise source.fail((1, 1), "empty-file", message, "Save the entities as JSON instead.")
    try:
        yield json.loads(source.text), (1, 1)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" and not _is_line_by_line(source.text):
            raise _no_json(source, error, error.pos) from None
    except RecursionError:
        raise source.fail((1, 1), "bad-json", "This is nested too deep.") from None
    else:
        return
    at = 0
    for line in source.text.split("\n"):
        bare = line.strip().rstrip(",")
        if bare not in ("", "[", "]"):
            yield _line(source, bare, at), source.position(at)
        at += len(line) + 1


def _is_line_by_line(text: str) -> bool:
    """Whether the first line that has an object on it ends one, so that faults are those of a line."""
    lines = (line.strip().rstrip(",") for line in text.split("\n"))
    first = next((line for line in lines if line not in ("", "[")), "")
    return first.startswith("{") and first.endswith("}")


def _line(source: Source, text: str, at: int) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _no_json(source, error, at + error.pos) from None
    except RecursionError:
        raise source.fail(source.position(at), "bad-json", "This is nested too deep.") from None


def _no_json(source: Source, error: json.JSONDecodeError, at: int) -> Exception:
    message = f"This is no JSON: {error.msg}."
    return source.fail(source.position(at), "bad-json", message, "Save the file again as JSON.")


def text_of(value: object) -> str:
    """The value if it is text, otherwise ""."""
    return value if isinstance(value, str) else ""


def texts_of(value: object) -> list[str]:
    """The texts of a list, or the one text."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item]
