"""Connections that end when a client does not finish its request, or does not read the answer."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Connection"]

LATE = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n"
    b"access-control-allow-origin: *\r\n\r\n"
)


PACE = 1 << 16
"""Bytes of an answer that a client reads at least in the time that it has for a request."""


class Connection(H11Protocol):
    """Waits for the headers of a request as long as for the next request.

    What it derives from waits for ever for the headers that were begun, so that a few slow clients
    would take every connection.
    """

    _waiting: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 (as what it derives from)
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on while no request is whole, and no longer than from its first byte."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._waiting is None:
            self._wait()

    def pause_writing(self) -> None:
        """Wait, no longer than for anything else, for a client that does not read its answer."""
        super().pause_writing()
        self._look_after(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """It reads on."""
        self._read()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        self._read()
        super().connection_lost(exc)

    def _look_after(self, unread: int) -> None:
        self._reading = self.loop.call_later(self.timeout_keep_alive, self._look, unread)

    def _look(self, before: int) -> None:
        """Give up who reads nothing, or next to nothing; a large answer takes its time."""
        unread = self.transport.get_write_buffer_size()
        if before - unread < PACE:
            self.transport.abort()
        else:
            self._look_after(unread)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.timeout_keep_alive, self._give_up)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _give_up(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            self.transport.write(LATE)
            self.transport.close()
