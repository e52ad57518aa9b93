"""SKOS concepts, as Turtle or RDF/XML: labels by language, matches in Wikidata and GeoNames.

Of each language the preferred name is the ``prefLabel``; misspellings and unverified names are hidden
labels, which are found and never shown; the others are alternative ones. SKOS Reference, S13 and S14: a
concept has one preferred label a language, and no label of two kinds. Labels have no order.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from vardynas.errors import MissingExtra
from vardynas.exchange.gathering import At, Found, Gathering
from vardynas.exchange.incoming import Read, Source
from vardynas.exchange.rdf_xml import sorted_xml
from vardynas.glossary.proposals import shown
from vardynas.glossary.schema import ID, WIKIDATA
from vardynas.model import TYPES, Entry, Name

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["carried", "read", "write"]

_ID = re.compile(ID)

_QUOTED = re.compile(r'"([^"\\\n]+)"|>([^<>\n]+)<')

_SYNTAX = {"skos": "turtle", "skos-xml": "xml"}

_MATCHES = {
    "wikidata": ("http://www.wikidata.org/entity/", WIKIDATA.strip("^$"), ""),
    "geonames": ("https://sws.geonames.org/", "[0-9]+", "/"),
}
"""Databases with addresses for their items: what stands before the id, the id, what stands behind."""

_TEXTS = {"about": "definition", "note": "editorialNote"}
"""Fields of an entry and the notes of SKOS (§7) that they are."""

_LABELS = ("prefLabel", "altLabel", "hiddenLabel")


class _Label(NamedTuple):
    kind: str
    form: str
    language: str


def carried(entry: Entry, options: Options) -> Entry | None:
    """The labels, of each language the preferred one first and the others sorted; None without any."""
    names: dict[str, list[Name]] = {}
    for label in _labels(entry):
        role = "misspelling" if label.kind == "hiddenLabel" else "variant"
        names.setdefault(label.language, []).append(Name(label.form, label.language, role=role))
    if not names:
        return None
    return Entry(
        id=entry.id,
        type=entry.type,
        names={tag: tuple(found) for tag, found in names.items()},
        about=entry.about,
        note=entry.note,
        source=entry.source,
        refs=tuple(sorted(ref for ref in entry.refs if _address(*ref))),
    )


def _labels(entry: Entry) -> Iterator[_Label]:
    for tag, names in sorted(entry.names.items()):
        preferred = entry.preferred(tag)
        if preferred is not None:
            yield _Label("prefLabel", preferred.form, tag)
        for kind in _LABELS[1:]:
            for form in sorted(n.form for n in names if n is not preferred and _kind(n) == kind):
                yield _Label(kind, form, tag)


def _kind(name: Name) -> str:
    """The kind of label that a name is; "" for one that must not be found at all."""
    if name.match == "never":
        return ""
    return "hiddenLabel" if name.role == "misspelling" or name.unverified else "altLabel"


def write(entries: Iterable[Entry], options: Options) -> str:
    """A concept for each entry, in a scheme."""
    rdf = _rdflib()
    graph = rdf.Graph()
    scheme = rdf.URIRef(options.base.rstrip("/#:"))
    graph.add((scheme, rdf.RDF.type, rdf.SKOS.ConceptScheme))
    for entry in entries:
        if any(_labels(entry)):
            _add(graph, entry, rdf.URIRef(options.base + entry.id), scheme)
    text: str = graph.serialize(format=_SYNTAX[options.format])
    return sorted_xml(text) if options.format == "skos-xml" else text.rstrip("\n") + "\n"


def _add(graph: Any, entry: Entry, concept: Any, scheme: Any) -> None:  # noqa: ANN401
    rdf = _rdflib()
    facts = [
        (rdf.RDF.type, rdf.SKOS.Concept),
        (rdf.SKOS.inScheme, scheme),
        (rdf.SKOS.notation, rdf.Literal(entry.id)),
        (rdf.DCTERMS.type, rdf.Literal(entry.type)),
    ]
    for label in _labels(entry):
        tag = None if label.language == "und" else label.language
        facts.append((rdf.SKOS[label.kind], rdf.Literal(label.form, lang=tag)))
    for field, property_ in _TEXTS.items():
        if value := getattr(entry, field):
            facts.append((rdf.SKOS[property_], rdf.Literal(value)))
    if entry.source:
        facts.append((rdf.DCTERMS.source, rdf.Literal(entry.source)))
    addresses = filter(None, (_address(*ref) for ref in entry.refs))
    facts += [(rdf.SKOS.exactMatch, rdf.URIRef(address)) for address in addresses]
    for property_, value in facts:
        graph.add((concept, property_, value))


def _address(key: str, value: str) -> str:
    """The address of an item of another database; "" where there is none."""
    before, id_, behind = _MATCHES.get(key, ("", r"(?!)", ""))
    return f"{before}{value}{behind}" if re.fullmatch(id_, value) else ""


def read(source: Source, options: Options) -> Read:
    """The concepts of a file; what is no label, note or match is ignored."""
    rdf = _rdflib()
    graph = _parsed(source, _SYNTAX[options.format])
    gathering, places = Gathering(source), _Places(source)
    concepts = set(graph.subjects(rdf.RDF.type, rdf.SKOS.Concept))
    concepts |= {s for label in _LABELS for s in graph.subjects(rdf.SKOS[label], None)}
    schemes = set(graph.subjects(rdf.RDF.type, rdf.SKOS.ConceptScheme))
    for concept in sorted(concepts - schemes):
        _take(graph, concept, gathering, places)
    return gathering.read(options.languages)


def _take(graph: Any, concept: Any, into: Gathering, places: _Places) -> None:  # noqa: ANN401
    rdf = _rdflib()
    notations = sorted(map(str, graph.objects(concept, rdf.SKOS.notation)))
    id_ = next(filter(_ID.fullmatch, notations), "")
    labels = [
        (kind, str(label), label.language or "und")
        for kind in _LABELS
        for label in sorted(graph.objects(concept, rdf.SKOS[kind]))
        if isinstance(label, rdf.Literal)
    ]
    at = places.of(labels[0][1] if labels else id_)
    found = into.entry(id_ or str(concept), at, id_)
    for kind, form, tag in labels:
        fields = {"role": "misspelling"} if kind == "hiddenLabel" else None
        into.name(found, tag, form, places.of(form), fields)
    types = sorted(map(str, graph.objects(concept, rdf.DCTERMS.type)))
    into.field(found, "type", next((one for one in types if one in TYPES), "other"), at)
    _notes(graph, concept, found, into)
    _references(graph, concept, found, into)


def _notes(graph: Any, concept: Any, found: Found, into: Gathering) -> None:  # noqa: ANN401
    rdf = _rdflib()
    properties = {field: rdf.SKOS[name] for field, name in _TEXTS.items()}
    for field, property_ in {**properties, "source": rdf.DCTERMS.source}.items():
        for value in sorted(graph.objects(concept, property_))[:1]:
            into.field(found, field, str(value), found.at)


def _references(graph: Any, concept: Any, found: Found, into: Gathering) -> None:  # noqa: ANN401
    for address in sorted(map(str, graph.objects(concept, _rdflib().SKOS.exactMatch))):
        for key, (before, id_, _) in _MATCHES.items():
            secure = before.replace("http:", "https:")
            rest = address.replace("http:", "https:").removeprefix(secure).rstrip("/")
            if re.fullmatch(id_, rest):
                into.reference(found, key, rest)


class _Places:
    """Where the texts of a file are first met: RDF forgets its lines."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._starts: dict[str, int] = {}
        for match in _QUOTED.finditer(source.text):
            self._starts.setdefault(match[1] or match[2], match.start() + 1)

    def of(self, text: str) -> At:
        """Line and column of a text; the first line where it is written otherwise there."""
        return self._source.position(self._starts.get(text, 0))


def _parsed(source: Source, syntax: str) -> Any:  # noqa: ANN401
    graph = _rdflib().Graph()
    try:
        with _unheard("rdflib.term"):
            return graph.parse(data=source.text, format=syntax)
    except Exception as error:  # the parsers of rdflib have no error in common
        line = getattr(error, "lines", None)
        number = line + 1 if isinstance(line, int) else getattr(error, "getLineNumber", lambda: 1)()
        column = getattr(error, "getColumnNumber", lambda: 0)() + 1
        name = "Turtle" if syntax == "turtle" else "RDF/XML"
        reason = str(getattr(error, "message", "") or error).strip().splitlines()
        message = f"This is no {name}: {shown(reason[-1] if reason else type(error).__name__)}."
        advice = "Name the format with --from: skos is Turtle, skos-xml RDF/XML."
        raise source.fail((number, column), "bad-rdf", message, advice) from None


@contextmanager
def _unheard(logger: str) -> Iterator[None]:
    """Without what a logger says: rdflib tells of values that nobody asks for, with tracebacks."""
    said = logging.getLogger(logger)
    before, said.disabled = said.disabled, True
    try:
        yield
    finally:
        said.disabled = before


def _rdflib() -> Any:  # noqa: ANN401
    """The library, or `MissingExtra`."""
    try:
        import rdflib
    except ImportError:
        raise MissingExtra("skos") from None
    return rdflib
