"""The service as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from vardynas.server import api, assets, reconcile
from vardynas.server.edge import Edge
from vardynas.server.openapi import description
from vardynas.server.responses import HANDLERS, Json
from vardynas.server.service import Service
from vardynas.server.settings import Settings
from vardynas.server.watch import watching

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from vardynas.server.glossary import Glossary, Source

__all__ = ["create_app"]


def create_app(
    glossary: Glossary, settings: Settings | None = None, source: Source | None = None
) -> Edge:
    """The application that answers from `glossary` within the limits of `settings`.

    With a `source` it opens the glossary again when it is asked to, or the files change.
    """
    service = Service(glossary, settings or Settings())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if source is not None:
                watch = watching(glossary, source, service.settings.reload)
                await stack.enter_async_context(watch)
            yield
        service.close()

    async def openapi(request: Request) -> Response:
        return Json(description(service.settings))

    routes = [
        *api.routes(service),
        *reconcile.routes(service),
        Route("/openapi.json", openapi, methods=["GET"]),
        *assets.routes(),
    ]
    app = Starlette(routes=routes, exception_handlers=HANDLERS, lifespan=lifespan)
    app.router.redirect_slashes = False
    return Edge(app)
