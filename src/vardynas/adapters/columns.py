"""Columns of text in Arrow: each distinct text asked once, the answers put back into their rows."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from vardynas.adapters.questions import Answer, Normalize, Question, Scan
from vardynas.adapters.tasks import Asker, Task
from vardynas.errors import ColumnError, MissingExtra
from vardynas.model import Failure

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError:
    raise MissingExtra("arrow") from None

__all__ = ["SHOWN", "answer_type", "answered", "failed", "mentions_type", "resolved_type"]

SHOWN = 40
"""Letters of a text that an error quotes."""

_log = logging.getLogger("vardynas")


def resolved_type() -> pa.DataType:
    """The type of what `resolve` answers: a struct, null where nobody is meant."""
    return pa.struct(
        [
            ("id", pa.string()),
            ("name", pa.string()),
            ("score", pa.float64()),
            ("method", pa.string()),
            ("candidates", pa.list_(pa.string())),
        ]
    )


def mentions_type(evidence: bool = False) -> pa.DataType:
    """The type of what `scan` answers: a list of structs, empty where there is no name."""
    span = [("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())]
    said = [("evidence", pa.list_(pa.string()))] if evidence else []
    id_, name, score, method, candidates = resolved_type()
    return pa.list_(
        pa.struct([*span, id_, name, score, method, ("language", pa.string()), candidates, *said])
    )


def answer_type(question: Question, column: str, given: pa.DataType) -> pa.DataType:
    """The type of the answers for a column of type `given`; `ColumnError` for what is no text.

    >>> str(answer_type(Normalize(), "title", pa.large_string()))
    'large_string'
    """
    _check_text(column, given)
    if isinstance(question, Normalize):
        return pa.string() if pa.types.is_null(given) else _plain(given)
    return mentions_type(question.evidence) if isinstance(question, Scan) else resolved_type()


def _plain(given: pa.DataType) -> pa.DataType:
    """The type without runs, which are read as what they hold."""
    return given.value_type if pa.types.is_run_end_encoded(given) else given


def _check_text(column: str, given: pa.DataType) -> None:
    values = _plain(given)
    values = values.value_type if pa.types.is_dictionary(values) else values
    known = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_null,
    )
    if not any(is_one(values) for is_one in known):
        raise ColumnError(column, f"it holds {given}, not text; cast it to string first.")


def answered(asker: Asker, column: str, array: pa.Array, first: int = 0) -> pa.Array:
    """The answers for the texts of `array`, null for null.

    `column`, and `first`, the number of the first row, are for errors: `ColumnError` for what is no
    text and, unless the task leaves null, for a text that fails.
    """
    kind = answer_type(asker.task.question, column, array.type)
    plain = pc.run_end_decode(array) if pa.types.is_run_end_encoded(array.type) else array
    texts = plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain
    encoded = texts.cast(pa.large_string()).dictionary_encode()
    answers = _asked(asker, _decoded(encoded.dictionary))
    for at, answer in enumerate(answers):
        if isinstance(answer, Failure):
            row = first + pc.index(encoded.indices, pa.scalar(at, encoded.indices.type)).as_py()
            failed(asker.task, ColumnError(column, answer.error, row))
            answers[at] = None
    return _column(answers, kind).take(encoded.indices).cast(kind)


def _decoded(texts: pa.Array) -> list[str | Failure]:
    """The texts for Python; a `Failure` for bytes that are none."""
    try:
        return texts.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return [_decode(text.as_buffer().to_pybytes()) for text in texts]


def _decode(text: bytes) -> str | Failure:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        shown = text[:SHOWN].decode(errors="replace")
        message = f"{shown!r} is not UTF-8: {error.reason} at byte {error.start}."
        return Failure(0, message, type(error).__name__)


def _asked(asker: Asker, texts: Sequence[str | Failure]) -> list[Answer | Failure]:
    """The answer for each text; failures stay, and those of the question quote the text."""
    found = iter(asker([text for text in texts if isinstance(text, str)]))
    return [_quoted(next(found), one) if isinstance(one, str) else one for one in texts]


def _quoted(answer: Answer | Failure, text: str) -> Answer | Failure:
    if not isinstance(answer, Failure):
        return answer
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return replace(answer, error=f"{shown!r} failed: {answer.kind}: {answer.error}")


def failed(task: Task, error: ColumnError) -> None:
    """What the task does about a text that failed, or a value that is no text: raise, or say so."""
    if task.errors == "raise":
        raise error
    _log.warning("%s It is left null.", error)


def _column(answers: Iterable[Any], kind: pa.DataType) -> pa.Array:
    plain = pa.large_string() if _is_text(kind) else kind
    return pa.array(list(answers), plain)


def _is_text(kind: pa.DataType) -> bool:
    return not (pa.types.is_struct(kind) or pa.types.is_list(kind))
