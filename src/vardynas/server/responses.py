"""Answers as JSON, and errors as one sentence in it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from vardynas.errors import VardynasError
from vardynas.server.faults import Fault

if TYPE_CHECKING:
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

__all__ = ["HANDLERS", "Json", "failed"]


class Json(Response):
    """A value as JSON in UTF-8; lone surrogates, which UTF-8 cannot write, as escapes."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:  # noqa: ANN401 (whatever JSON holds)
        """The bytes of the body."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        try:
            return text.encode()
        except UnicodeEncodeError:
            return json.dumps(content, separators=(",", ":")).encode()


def failed(status: int, sentence: str, headers: dict[str, str] | None = None) -> Json:
    """An error as every part of the service tells it."""
    return Json({"error": sentence}, status, headers)


async def _fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, Fault)
    return failed(error.status, error.sentence, error.headers)


async def _refused(request: Request, error: Exception) -> Response:
    """What the library refuses, such as an unknown language."""
    return failed(422, str(error))


async def _http(request: Request, error: Exception) -> Response:
    status: int = error.status_code  # type: ignore[attr-defined]
    http: HTTPException = error  # type: ignore[assignment]
    sentence = HTTPStatus(status).phrase + "."
    if status == HTTPStatus.NOT_FOUND:
        sentence = "There is nothing here; /openapi.json says what there is."
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (http.headers or {}).get("Allow", "GET")
        sentence = f"This does not answer {request.method}; send {allowed}."
    return failed(status, sentence, dict(http.headers or {}))


async def _internal(request: Request, error: Exception) -> Response:
    return failed(500, f"Internal error, {type(error).__name__}. This is a defect of vardynas.")


def _handlers() -> dict[Any, Any]:
    from starlette.exceptions import HTTPException

    return {
        Fault: _fault,
        VardynasError: _refused,
        HTTPException: _http,
        Exception: _internal,
    }


HANDLERS = _handlers()
"""What becomes of an error on its way out."""
