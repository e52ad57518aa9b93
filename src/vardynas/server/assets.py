"""The page at ``/``: its files, read once, under a policy that lets them do nothing but their work."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["routes"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""No script or style but these files, no other server, no frame around the page."""

HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-cache",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
}

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


def routes() -> list[Route]:
    """A route for the page and for each of its files; no other file can be asked for.

    >>> sorted(route.path for route in routes())[:3]
    ['/', '/page/app.js', '/page/dom.js']
    """
    page = files("vardynas.server") / "page"
    found = {file.name: file.read_bytes() for file in page.iterdir() if "." in file.name}
    found["report.css"] = _look_of_reports()
    index = found.pop("index.html")
    return [
        _route("/", "index.html", index),
        *(_route(f"/page/{name}", name, data) for name, data in sorted(found.items())),
    ]


def _look_of_reports() -> bytes:
    """The style of the HTML report, which marks names in the same way."""
    return (files("vardynas.documents") / "report" / "style.css").read_bytes()


def _route(path: str, name: str, data: bytes) -> Route:
    kind = TYPES[name[name.rindex(".") :]]
    tag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
    headers = {**HEADERS, "etag": tag, "content-type": f"{kind}; charset=utf-8"}

    async def file(request: Request) -> Response:
        known = tag in request.headers.get("if-none-match", "")
        return Response(b"" if known else data, 304 if known else 200, headers)

    return Route(path, file, methods=["GET"])
