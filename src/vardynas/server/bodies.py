"""The body of a request: read up to a limit and in time, decoded, parsed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.requests import ClientDisconnect

from vardynas.server.faults import Fault
from vardynas.server.fields import kind, shown

if TYPE_CHECKING:
    from starlette.requests import Request

    from vardynas.server.settings import Settings

__all__ = ["body_of", "decoded", "form_of", "json_of", "parsed", "path_of", "query_of"]

FIELDS = 1000
"""Fields of a form; the protocols here need one or two."""


async def body_of(request: Request, settings: Settings) -> bytes:
    """The bytes of the body; `Fault` 413 when they are too many, 408 when they do not come.

    400 when the client hangs up before the end; nobody reads that, but it is logged as what it is.
    415 when it is compressed: a limit of bytes would say nothing of what comes out of it.
    """
    _uncompressed(request)
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


def _uncompressed(request: Request) -> None:
    coding = request.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity"):
        sentence = f"The request is compressed ({shown(coding)}); send it uncompressed."
        raise Fault(415, sentence, accept_encoding="identity", connection="close")


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
    except _NoNumber as error:
        raise Fault(400, f"{what} is not JSON: {error}.") from None
    except ValueError:  # thousands of digits
        raise Fault(400, f"{what} has a number of too many digits; leave it out.") from None


class _NoNumber(ValueError):
    pass


def _no_constant(name: str) -> float:
    raise _NoNumber(f"{name} is no number")


async def json_of(request: Request, settings: Settings, example: str) -> Mapping[str, Any]:
    """The JSON object in the body of a request; `Fault` with an `example` when there is none."""
    value = parsed(decoded(await body_of(request, settings)))
    if not isinstance(value, dict):
        raise Fault(400, f"The request is {kind(value)}, not a JSON object; send {example}.")
    return value


def path_of(request: Request) -> str:
    """The path of a request; `Fault` 400 when it is no UTF-8."""
    try:
        return unquote_to_bytes(request.scope.get("raw_path") or b"").decode()
    except UnicodeDecodeError:
        raise Fault(400, _NO_UTF8.format("address")) from None


def query_of(request: Request) -> dict[str, str]:
    """The parameters of the address; `Fault` 400 when one stands there twice, or is no UTF-8."""
    pairs = _pairs(bytes(request.scope["query_string"]), "address")
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise Fault(400, f"The parameter {shown(name)} is there twice; send it once.")
        found[name] = value
    return found


_NO_UTF8 = "The {} is not UTF-8; send it percent-encoded in UTF-8: %C5%82 for ł."

FORM = "application/x-www-form-urlencoded"


async def form_of(request: Request, settings: Settings, known: tuple[str, ...]) -> dict[str, str]:
    """The fields of a form in the body and of the address, of which the latter yield to the former.

    `Fault` 415 when the body is no form, 400 when none of its fields is `known`.
    """
    data = await body_of(request, settings)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if data and kind not in ("", FORM):
        raise Fault(415, f"The request is {shown(kind)}; {_teach(known)} ({FORM}).")
    found = query_of(request) | dict(_pairs(decoded(data).encode(), "form"))
    if data and not any(name in found for name in known):
        raise Fault(400, f"The form has no field {' or '.join(known)}; {_teach(known)}.")
    return found


def _teach(known: tuple[str, ...]) -> str:
    return f'send the form field {known[0]}, such as {known[0]}={{"q0": {{"query": "Гродна"}}}}'


def _pairs(data: bytes, what: str) -> list[tuple[str, str]]:
    """Names with values; `Fault` 400 when they are no UTF-8, or far too many."""
    try:
        return parse_qsl(
            data.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS
        )
    except UnicodeDecodeError:
        raise Fault(400, _NO_UTF8.format(what)) from None
    except ValueError:
        raise Fault(400, f"The {what} has more than {FIELDS:,} fields; send one or two.") from None
