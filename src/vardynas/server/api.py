"""The questions of the JSON interface, each a function from a request to a record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from vardynas.errors import UnknownEntry
from vardynas.render.profile import Profile
from vardynas.server import answers
from vardynas.server.answers import Record
from vardynas.server.bodies import json_of, path_of, query_of
from vardynas.server.faults import Fault
from vardynas.server.fields import UNITS, Fields
from vardynas.server.offsets import counted
from vardynas.server.responses import Json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from vardynas.model import Edit, Mention
    from vardynas.server.glossary import Served
    from vardynas.server.service import Service
    from vardynas.server.settings import Settings
    from vardynas.server.work import Workers

__all__ = ["routes"]

LONGEST_ID = 200
"""Letters of an id; nothing longer is looked for."""

NAME = '{"name": "Гродна"}'
TEXT = '{"text": "Jechał z Grodna."}'


def routes(service: Service) -> list[Route]:
    """The routes of the interface."""
    api = _Api(service)
    return [
        Route("/lookup", api.lookup, methods=["GET", "POST"]),
        Route("/scan", api.post(_scan, TEXT, service.texts), methods=["POST"]),
        Route("/normalize", api.post(_normalize, TEXT, service.texts), methods=["POST"]),
        Route("/compare", api.post(_compare, '{"a": "Wilno", "b": "Вільня"}'), methods=["POST"]),
        Route("/entries/{id:path}", api.get_entry, methods=["GET"]),
        Route("/health", api.get_health, methods=["GET"]),
    ]


Question = Callable[["Served", Mapping[str, Any], "Settings"], Record]


class _Api:
    """The endpoints of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def post(
        self, question: Question, example: str, workers: Workers | None = None
    ) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that answers a JSON object such as `example` in the threads of `workers`."""
        settings = self._service.settings

        async def endpoint(request: Request) -> Response:
            values = await json_of(request, settings, example)
            return await self._answer(lambda served: question(served, values, settings), workers)

        return endpoint

    async def _answer(
        self, question: Callable[[Served], Record], workers: Workers | None = None
    ) -> Response:
        served = self._service.glossary.now

        def work() -> Json:
            return Json({**question(served), "glossary": answers.stamp(served.resolver)})

        return await (workers or self._service.workers).run(work)

    async def lookup(self, request: Request) -> Response:
        """Names in the body, or one in the address; with ``prefix=1`` as somebody types it."""
        if request.method == "POST":
            return await self.post(_lookup, NAME)(request)
        values = _of_query(query_of(request))
        question = _typed if values.pop("prefix", False) else _lookup
        return await self._answer(lambda served: question(served, values, self._service.settings))

    async def get_entry(self, request: Request) -> Response:
        """An entry with all its forms."""
        path_of(request)
        entry_id = str(request.path_params["id"])
        return await self._answer(lambda served: _entry(served, entry_id))

    async def get_health(self, request: Request) -> Response:
        """Whether the service answers, and from what; it waits for nothing."""
        from vardynas.version import __version__

        glossary = self._service.glossary
        resolver = glossary.now.resolver
        return Json(
            {
                "status": "ok",
                "vardynas": __version__,
                "entries": len(resolver),
                "working": self._service.working,
                "glossary": answers.stamp(resolver),
                "reload": {"failed": glossary.failed},
            }
        )


def _of_query(query: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a look-up in an address as they would be in JSON."""
    if "name" not in Fields(query, ("name", "language", "limit", "prefix")):
        raise Fault(422, 'The parameter "name" is missing; ask for /lookup?name=Гродна.')
    values: dict[str, Any] = {**query}
    if "limit" in values:
        said = str(values["limit"])
        values["limit"] = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else said
    if "prefix" in values:
        known = {"1": True, "true": True, "0": False, "false": False, "": False}
        if values["prefix"] not in known:
            raise Fault(422, 'The field "prefix" must be 1 or 0.')
        values["prefix"] = known[values["prefix"]]
    return values


def _lookup(served: Served, values: Mapping[str, Any], settings: Settings) -> Record:
    asked = Fields(values, ("name", "names", "language", "limit"))
    if "name" in asked and "names" in asked:
        raise Fault(422, 'Both "name" and "names" are there; send one of them.')
    names = asked.names("names", settings.batch) if "names" in asked else [asked.name("name")]
    language, limit = asked.optional("language"), asked.number("limit", 5)
    found = [answers.looked_up(served.resolver, name, language, limit) for name in names]
    return {"results": found}


def _typed(served: Served, values: Mapping[str, Any], settings: Settings) -> Record:
    """Names that begin so, then those that the name as it stands may mean."""
    asked = Fields(values, ("name", "language", "limit"))
    name, limit = asked.name("name"), asked.number("limit", 8)
    rows: list[Record] = [
        {
            "id": one.entry.id,
            "name": one.name.form,
            "type": one.entry.type,
            "about": one.entry.about,
            "score": one.share,
            "method": "prefix",
            "language": one.name.language,
            "evidence": [],
        }
        for one in served.prefixes.find(name, limit)
    ]
    record = answers.looked_up(served.resolver, name, asked.optional("language"), limit)
    known = {row["id"] for row in rows}
    rows += [row for row in record["candidates"] if row["id"] not in known]
    return {"results": [{**record, "candidates": rows[:limit]}]}


def _scan(served: Served, values: Mapping[str, Any], settings: Settings) -> Record:
    known = ("text", "language", "similar", "evidence", "offset_unit")
    asked = Fields(values, known)
    text, unit = _text(asked, settings), asked.choice("offset_unit", UNITS)
    similar, evidence = asked.flag("similar", True), asked.flag("evidence", False)
    found = list(served.resolver.scan(text, asked.optional("language"), similar=similar))
    at = counted(text, _edges(found), unit)
    return {"mentions": answers.mentions_of(found, at, evidence), "offset_unit": unit}


def _text(asked: Fields, settings: Settings) -> str:
    """The text of a request; `Fault` 413 when it has too many letters."""
    text = asked.text("text", "Jechał z Grodna.")
    if len(text) > settings.letters:
        raise Fault(
            413,
            f"The text has {len(text):,} letters, more than {settings.letters:,}; send it in parts, "
            "each a context of its own, or start the service with a larger --letters.",
        )
    return text


def _normalize(served: Served, values: Mapping[str, Any], settings: Settings) -> Record:
    from vardynas.documents.proposals import Proposer

    asked = Fields(values, ("text", "to", "language", "profile", "offset_unit"))
    text, unit = _text(asked, settings), asked.choice("offset_unit", UNITS)
    profile = _profile(asked.mapping("profile")).with_values(
        to=asked.text("to", "lt") if "to" in asked else None, language=asked.optional("language")
    )
    resolver = served.resolver
    profile.check_languages(lambda: {tag for e in resolver.entries.values() for tag in e.names})
    try:
        proposals = Proposer(resolver, profile).of_text(text)
    except UnknownEntry as error:  # of the profile: nothing was asked for by its address
        raise Fault(422, str(error)) from None
    at = counted(text, _edges(proposals.edits, proposals.ambiguous), unit)
    return {**answers.normalized(text, proposals, at), "offset_unit": unit}


def _edges(*groups: Iterable[Edit | Mention]) -> Iterator[int]:
    """Where spans begin and end."""
    for one in chain(*groups):
        yield one.start
        yield one.end


def _profile(values: Mapping[str, Any]) -> Profile:
    """The house style of an object with the fields of a profile; never a path."""
    known = {field.name: field.default for field in fields(Profile)}
    asked = Fields(values, known)
    given: dict[str, Any] = {}
    for name, usual in known.items():
        if name not in asked:
            continue
        if isinstance(usual, bool):
            given[name] = asked.flag(name, usual)
        elif isinstance(usual, tuple):
            value = values[name]
            listed = [value] if isinstance(value, str) else value
            given[name] = tuple(Fields({name: listed}, (name,)).ids(name, 10_000))
        else:
            given[name] = asked.text(name, "lt")
    try:
        return Profile(**given)
    except ValueError as error:
        raise Fault(422, str(error)) from None


def _compare(served: Served, values: Mapping[str, Any], settings: Settings) -> Record:
    asked = Fields(values, ("a", "b", "language_a", "language_b"))
    found = served.resolver.compare(
        asked.name("a", "Wilno"),
        asked.name("b", "Вільня"),
        asked.optional("language_a"),
        asked.optional("language_b"),
    )
    evidence = [step.text for step in found.evidence]
    return {**found.to_dict(), "evidence": evidence}


def _entry(served: Served, entry_id: str) -> Record:
    if len(entry_id) > LONGEST_ID:
        raise Fault(404, "There is no entry with so long an id.")
    try:
        entry = served.resolver[entry_id]
    except UnknownEntry as error:
        raise Fault(404, str(error)) from None
    return answers.of_entry(served.resolver, entry)
