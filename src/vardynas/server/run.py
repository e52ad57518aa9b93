"""Running the service: the socket, the limits of connections, signals, an orderly end."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from vardynas.server.glossary import Source
from vardynas.server.settings import Settings

if TYPE_CHECKING:
    from uvicorn import Config

__all__ = ["address_of", "listening", "run"]

BACKLOG = 1024
"""Connections that the system keeps while the service is busy with others."""

LONGEST_HEAD = 64 * 1024
"""Bytes of the address and the headers of a request; GET carries queries in the address."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens at `host` and `port` (0: any that is free); `OSError` when it cannot.

    Who connects before the service is ready waits for it.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    family, kind, protocol, _, address = found[0]
    bound = socket.socket(family, kind, protocol)  # without it answers wait for acknowledgements
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(BACKLOG)
    except OSError:
        bound.close()
        raise
    return bound


def address_of(bound: socket.socket) -> str:
    """The address to ask a service at that listens there.

    >>> with listening("127.0.0.1", 0) as bound: address_of(bound).startswith("http://127.0.0.1:")
    True
    """
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(source: Source, settings: Settings, bound: socket.socket) -> None:
    """Serve the glossary of `source` on the socket, until SIGINT or SIGTERM says to end.

    What has begun by then is answered. On SIGHUP, and every `settings.reload` seconds when its files
    have changed, the glossary is opened again; requests go on meanwhile.
    """
    import uvicorn

    uvicorn.Server(_config(source, settings)).run(sockets=[bound])


def _config(source: Source, settings: Settings) -> Config:
    import uvicorn

    from vardynas.server.app import create_app
    from vardynas.server.connections import Connection
    from vardynas.server.glossary import Glossary
    from vardynas.server.logs import configure

    configure()
    return uvicorn.Config(
        create_app(Glossary(source.open), settings, source),
        http=Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        limit_concurrency=settings.connections,
        timeout_keep_alive=round(settings.patience),
        timeout_graceful_shutdown=round(settings.timeout),
    )
