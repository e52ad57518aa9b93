"""The reconciliation service: W3C's Reconciliation Service API 0.2, which OpenRefine speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse
from starlette.routing import Route

from vardynas.server import preview, suggest
from vardynas.server.bodies import form_of, parsed, query_of
from vardynas.server.faults import Fault
from vardynas.server.fields import Fields, kind, shown
from vardynas.server.properties import properties, table, values_of
from vardynas.server.queries import Query, reconciled
from vardynas.server.responses import Json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from vardynas.model import Entry
    from vardynas.server.glossary import Served
    from vardynas.server.service import Service

__all__ = ["manifest", "routes"]


def routes(service: Service) -> list[Route]:
    """The routes of the service."""
    one = _Reconciliation(service)
    return [
        Route("/reconcile", one.answer, methods=["GET", "POST"]),
        Route("/reconcile/", one.answer, methods=["GET", "POST"]),
        Route("/reconcile/suggest/entity", one.suggest_entity, methods=["GET"]),
        Route("/reconcile/suggest/type", one.suggest_type, methods=["GET"]),
        Route("/reconcile/suggest/property", one.suggest_property, methods=["GET"]),
        Route("/reconcile/properties", one.propose, methods=["GET"]),
        Route("/reconcile/preview", one.preview, methods=["GET"]),
        Route("/reconcile/flyout", one.flyout, methods=["GET"]),
    ]


class _Reconciliation:
    """The endpoints of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def answer(self, request: Request) -> Response:
        """The manifest, or what the fields ``queries`` or ``extend`` ask for."""
        settings = self._service.settings
        form = await form_of(request, settings, ("queries", "extend"))
        if "queries" in form:
            value = parsed(form["queries"], 'The field "queries"')
            return await self._answer(
                lambda served: _queries(served, value, settings.batch, _languages(request))
            )
        if "extend" in form:
            value = parsed(form["extend"], 'The field "extend"')
            return await self._answer(lambda served: _extend(served, value, settings.batch))
        return Json(manifest(settings.url or _address(request), settings.batch))

    async def _answer(self, question: Callable[[Served], Mapping[str, Any]]) -> Response:
        served = self._service.glossary.now
        return await self._service.workers.run(lambda: Json(question(served)))

    async def suggest_entity(self, request: Request) -> Response:
        """Entries that begin with ``prefix``."""
        query = query_of(request)
        prefix, cursor = query.get("prefix", ""), query.get("cursor", "")
        languages = _languages(request)
        return await self._answer(
            lambda served: suggest.entities(served, prefix[:200], cursor, languages)
        )

    async def suggest_type(self, request: Request) -> Response:
        """Types that begin with ``prefix``."""
        return Json(suggest.suggested_types(query_of(request).get("prefix", "")[:200]))

    async def suggest_property(self, request: Request) -> Response:
        """Properties that begin with ``prefix``."""
        return Json(suggest.suggested_properties(query_of(request).get("prefix", "")[:200]))

    async def propose(self, request: Request) -> Response:
        """The properties that a column can be extended with."""
        query = query_of(request)
        return Json(suggest.proposed(query.get("type", "")[:200], query.get("limit", "")))

    async def preview(self, request: Request) -> Response:
        """An entry as a page."""
        entry = self._entry(request)
        return HTMLResponse(preview.page(entry, _languages(request)), headers=preview.HEADERS)

    async def flyout(self, request: Request) -> Response:
        """The same as HTML inside JSON."""
        entry = self._entry(request)
        return Json({"id": entry.id, "html": preview.card(entry, _languages(request))})

    def _entry(self, request: Request) -> Entry:
        entry_id = query_of(request).get("id", "")
        resolver = self._service.glossary.now.resolver
        if entry_id not in resolver:
            raise Fault(404, "There is no entry with this id; ask /reconcile for one.")
        return resolver[entry_id]


def manifest(base: str, batch: int) -> dict[str, Any]:
    """What the service offers, and where; `base` is its address.

    >>> manifest("http://127.0.0.1:8765", 100)["versions"]
    ['0.2']
    """
    from vardynas.version import __version__

    here = f"{base}/reconcile"
    return {
        "versions": ["0.2"],
        "name": "vardynas: names in Lithuanian, Belarusian, Polish, English, Russian",
        "serviceVersion": __version__,
        "identifierSpace": f"{base}/entries/",
        "schemaSpace": f"{base}/reconcile/properties",
        "defaultTypes": [{"id": key, **row} for key, row in table()["types"].items()],
        "view": {"url": f"{base}/#entry/{{{{id}}}}"},
        "preview": {
            "url": f"{here}/preview?id={{{{id}}}}",
            "width": preview.WIDTH,
            "height": preview.HEIGHT,
        },
        "suggest": {
            "entity": {
                "service_url": base,
                "service_path": "/reconcile/suggest/entity",
                "flyout_service_path": "/reconcile/flyout?id=${id}",
            },
            "type": {"service_url": base, "service_path": "/reconcile/suggest/type"},
            "property": {"service_url": base, "service_path": "/reconcile/suggest/property"},
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
            "property_settings": table()["settings"],
        },
        "batchSize": batch,
    }


_host = re.compile(r"[\w.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?", re.ASCII).fullmatch


def _address(request: Request) -> str:
    """Where the client sees the service, as it says itself."""
    said = request.headers.get("host", "")
    if _host(said):
        return f"{request.scope['scheme']}://{said}"
    host, port = request.scope.get("server") or ("127.0.0.1", 80)
    return f"{request.scope['scheme']}://{host}:{port}"


def _languages(request: Request) -> tuple[str, ...]:
    """The languages that the client likes to read, the first ones first."""
    said = request.headers.get("accept-language", "")[:200]
    tags = (part.partition(";")[0].strip() for part in said.split(","))
    known = table()["languages"]
    listed = [tag if tag in known else tag.partition("-")[0] for tag in tags]
    return tuple(dict.fromkeys(tag for tag in listed if tag in known))


def _queries(
    served: Served, value: object, batch: int, languages: tuple[str, ...]
) -> dict[str, Any]:
    if not isinstance(value, dict):
        example = '{"q0": {"query": "Гродна"}}'
        raise Fault(422, f'The field "queries" must be an object: {example}.')
    if len(value) > batch:
        raise Fault(413, f"These are {len(value):,} queries; send at most {batch:,} at a time.")
    read = {key: _query(key, one) for key, one in value.items()}
    return {key: {"result": reconciled(served, one, languages)} for key, one in read.items()}


def _query(key: str, value: object) -> Query:
    try:
        return Query.read(value)
    except Fault as fault:
        raise Fault(fault.status, f"Query {shown(key)}: {fault.sentence}") from None


def _extend(served: Served, value: object, batch: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        example = '{"ids": ["hrodna"], "properties": [{"id": "lt"}]}'
        raise Fault(422, f'The field "extend" must be an object: {example}.')
    asked = Fields(value, ("ids", "properties"))
    ids = asked.ids("ids", batch)
    wanted = dict(_wanted(row) for row in _listed(value.get("properties")))
    return {
        "meta": [{"id": pid, "name": properties()[pid].name} for pid in wanted],
        "rows": {one: _row(served, one, wanted) for one in ids},
    }


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > 100:
        raise Fault(422, 'The field "properties" must be a short list: [{"id": "lt"}].')
    return value


def _wanted(row: object) -> tuple[str, str]:
    """The id of a property and which names it gives."""
    known = properties()
    pid = row.get("id") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(pid, str) or pid not in known:
        raise Fault(422, f"There is no such property; ask with one of {', '.join(known)}.")
    settings = row.get("settings") or {}
    if not isinstance(settings, dict):
        raise Fault(422, f'The settings are {kind(settings)}; send {{"names": "all"}}.')
    choices = tuple(str(one["value"]) for one in table()["settings"][0]["choices"])
    asked = Fields(settings, ("names",))
    return pid, asked.choice("names", choices) if "names" in asked else choices[0]


def _row(served: Served, entry_id: str, wanted: Mapping[str, str]) -> dict[str, Any]:
    """The values of each property; none for an id that nobody has."""
    if entry_id not in served.resolver:
        return {pid: [] for pid in wanted}
    entry = served.resolver[entry_id]
    return {
        pid: [{"str": value} for value in values_of(served.resolver, entry, pid, names)]
        for pid, names in wanted.items()
    }
