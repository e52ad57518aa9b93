"""The service as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from vardynas.server import api, reconcile
from vardynas.server.edge import Edge
from vardynas.server.openapi import description
from vardynas.server.responses import HANDLERS, Json
from vardynas.server.service import Service
from vardynas.server.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from vardynas.server.glossary import Glossary

__all__ = ["create_app"]


def create_app(glossary: Glossary, settings: Settings | None = None) -> Edge:
    """The application that answers from `glossary` within the limits of `settings`."""
    service = Service(glossary, settings or Settings())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        service.workers.close()

    async def openapi(request: Request) -> Response:
        return Json(description(service.settings))

    routes = [
        *api.routes(service),
        *reconcile.routes(service),
        Route("/openapi.json", openapi, methods=["GET"]),
    ]
    app = Starlette(routes=routes, exception_handlers=HANDLERS, lifespan=lifespan)
    app.router.redirect_slashes = False
    return Edge(app)
