"""The body of a request: read up to a limit and in time, decoded, parsed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect

from vardynas.server.faults import Fault

if TYPE_CHECKING:
    from starlette.requests import Request

    from vardynas.server.settings import Settings

__all__ = ["body_of", "decoded", "form_of", "json_of", "parsed"]

FIELDS = 1000
"""Fields of a form; the protocols here need one or two."""


async def body_of(request: Request, settings: Settings) -> bytes:
    """The bytes of the body; `Fault` 413 when they are too many, 408 when they do not come.

    400 when the client hangs up before the end; nobody reads that, but it is logged as what it is.
    """
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > settings.max_body:
        raise _too_large(settings)
    data = bytearray()
    try:
        async with asyncio.timeout(settings.patience):
            async for chunk in request.stream():
                data += chunk
                if len(data) > settings.max_body:
                    raise _too_large(settings)
    except TimeoutError:
        sentence = f"The request did not come within {settings.patience:g} seconds; send it again."
        raise Fault(408, sentence, connection="close") from None
    except ClientDisconnect:
        raise Fault(400, "The request ended before all of it had come.") from None
    return bytes(data)


def _too_large(settings: Settings) -> Fault:
    sentence = (
        f"The request has more than {settings.max_body:,} bytes; send the text in parts, "
        "each a context of its own, or start the service with a larger --max-body."
    )
    return Fault(413, sentence, connection="close")


def decoded(data: bytes) -> str:
    """The text of a body in UTF-8; `Fault` 400 names the byte that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        sentence = (
            f"The request is not UTF-8: byte 0x{byte:02x} at {error.start}. Send it in UTF-8."
        )
        raise Fault(400, sentence) from None


def parsed(text: str, what: str = "The request") -> Any:  # noqa: ANN401 (whatever JSON holds)
    """The value of a text in JSON; `Fault` 400 says what is wrong with it and where."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise Fault(400, f"{what} is nested too deeply; a few levels are enough.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Fault(400, f"{what} is not JSON: {error.msg}, {place}.") from None
    except ValueError as error:  # a number of thousands of digits, NaN
        raise Fault(400, f"{what} is not JSON: {error}.") from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


async def json_of(request: Request, settings: Settings) -> Mapping[str, Any]:
    """The JSON object in the body of a request; `Fault` when there is none."""
    value = parsed(decoded(await body_of(request, settings)))
    if not isinstance(value, dict):
        raise Fault(400, 'The request is no JSON object; send {"name": "Гродна"}, for example.')
    return value


async def form_of(request: Request, settings: Settings) -> dict[str, str]:
    """The fields of a form in the body and of the query, the latter first; the last of each counts."""
    text = decoded(await body_of(request, settings))
    query = bytes(request.scope["query_string"])
    try:
        fields = parse_qsl(query, keep_blank_values=True, max_num_fields=FIELDS)
        found = {key.decode(): value.decode() for key, value in fields}
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        raise Fault(400, "The form is not UTF-8; send it percent-encoded in UTF-8.") from None
    except ValueError:
        raise Fault(400, f"The form has more than {FIELDS} fields; send one: queries.") from None
    return found | dict(pairs)
