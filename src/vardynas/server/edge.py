"""What holds for every answer, errors included: other sites may read it, and it is logged."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from vardynas.server.logs import defect, event

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Edge"]

ALLOWED = {
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class Edge:
    """Adds the headers that every answer has, answers OPTIONS, and logs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["access-control-allow-origin"] = "*"
                headers["x-content-type-options"] = "nosniff"
            await send(message)

        try:
            if scope["method"] == "OPTIONS":
                await _allow(sending)
            else:
                await self._app(scope, receive, sending)
        except Exception as error:  # the answer, a sentence, has been sent
            defect(error)
        finally:
            _log(scope, status, time.perf_counter() - started)


async def _allow(send: Send) -> None:
    headers = [(name.encode(), value.encode()) for name, value in ALLOWED.items()]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _log(scope: Scope, status: int, seconds: float) -> None:
    """Say what was asked for by its pattern: an address can have names in it."""
    pattern = getattr(scope.get("route"), "path", None)
    took = round(seconds * 1000, 1)
    event("request", method=scope["method"], path=pattern, status=status, ms=took)
