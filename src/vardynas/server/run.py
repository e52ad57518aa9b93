"""Running the service: the socket, signals, logs, and the glossary when it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vardynas.server.settings import Settings

if TYPE_CHECKING:
    from vardynas.resolver import Resolver

__all__ = ["run"]


def run(opened: Callable[[], Resolver], settings: Settings, host: str, port: int) -> None:
    """Serve what `opened` opens at `host` and `port`, until a signal says to end."""
    import uvicorn

    from vardynas.server.app import create_app
    from vardynas.server.glossary import Glossary

    app = create_app(Glossary(opened), settings)
    uvicorn.run(app, host=host, port=port, http="h11", log_level="warning", access_log=False)
