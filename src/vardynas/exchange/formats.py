"""The formats of other programs that are known, and reading and writing entries in them.

A format is a module with ``read(source, options) -> Read``, or ``write(entries, options) -> str``
with ``carried(entry, options) -> Entry | None``: what of an entry would come back, None when nothing.
Modules are imported when their format is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath
from typing import Any, NamedTuple

from vardynas.errors import ExchangeError, Problem
from vardynas.exchange.incoming import Read, Source, decoded
from vardynas.exchange.losses import losses
from vardynas.model import Entry

__all__ = ["FORMATS", "Format", "Options", "Written", "format_of", "read", "write"]


class Format(NamedTuple):
    """A format: its name, the suffixes of its files, its module, what it is, the extra that it needs."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    reads: bool
    writes: bool
    about: str
    extra: str = ""
    searches: bool = False
    """Whether it has the forms that rules give, which may begin with names of other languages."""


FORMATS = (
    Format("csv", (".csv",), "delimited", True, True, "a row a name, for spreadsheets"),
    Format("tsv", (".tsv", ".tab"), "delimited", True, True, "the same, parted by tabs"),
    Format("wikidata", (".json",), "wikidata", True, False, "entities of Wikidata"),
    Format("sparql", (), "sparql", True, False, "answers of its query service, in CSV"),
    Format("geonames", (".txt",), "geonames", True, False, "alternate names of GeoNames"),
    Format(
        "ftm", (".jsonl", ".ndjson"), "followthemoney", True, True, "FollowTheMoney, JSON lines"
    ),
    Format("skos", (".ttl",), "skos", True, True, "SKOS as Turtle", "skos"),
    Format("skos-xml", (".rdf",), "skos", True, True, "SKOS as RDF/XML", "skos"),
    Format("spacy", (), "entity_ruler", False, True, "patterns of spaCy's EntityRuler", "", True),
    Format("solr", (), "synonyms", False, True, "synonyms of Solr and Elasticsearch", "", True),
    Format("regex", (), "regex", False, True, "a regular expression an entry", "", True),
)
"""Every format, by name."""


@dataclass(frozen=True, slots=True)
class Options:
    """What people may choose; a format takes what it knows."""

    format: str = ""
    """The name of the format; `read` and `write` set it, for modules that know more than one."""
    languages: tuple[str, ...] = ()
    """Only names of these languages; () for all."""
    inflected: bool = False
    """Whether formats for searching get the forms in all cases (a regular expression always does)."""
    derived: bool = False
    """Whether they get the names that rules derive (a regular expression always does)."""
    to: str = ""
    """Synonyms: what all forms lead to, a language tag or ``id``; "" for equivalent synonyms."""
    base: str = "urn:vardynas:"
    """SKOS: what stands before an id in the address of a concept."""


class Written(NamedTuple):
    """Entries as text of a format; `remarks` says what the format could not carry."""

    text: str
    remarks: tuple[str, ...]


def format_of(path: str, name: str | None = None) -> Format:
    """The format called `name`, otherwise the one that the suffix of `path` tells.

    Raises `ExchangeError` when there is none.

    >>> format_of("vardai.csv").name, format_of("-", "tsv").name
    ('csv', 'tsv')
    """
    known = ", ".join(one.name for one in FORMATS)
    suffix = PurePath(path).suffix.lower()
    for one in FORMATS:
        if one.name == name if name else suffix in one.suffixes:
            return one
    message = f"{name!r} is no format." if name else "The name of the file tells no format."
    advice = f"Name one of these: {known}."
    raise ExchangeError((Problem(path, 0, 0, "unknown-format", message, advice),))


def read(
    path: str, data: bytes, format_: str | None = None, options: Options | None = None
) -> Read:
    r"""The entries that `data` holds, with their places and what had to be left out.

    Raises `ExchangeError` with everything that is wrong with it, by line and column.

    >>> data = "id,type,language,form\nhrodna,place,be,Гродна\n".encode()
    >>> read("vietos.csv", data).entries[0].preferred("be").form
    'Гродна'
    """
    one = _readable(path, format_)
    if not one.reads:
        message = f"{one.name} is written and not read."
        known = ", ".join(other.name for other in FORMATS if other.reads)
        raise ExchangeError(
            (Problem(path, 0, 0, "unknown-format", message, f"These are read: {known}."),)
        )
    source = Source(path, decoded(path, data))
    found: Read = _module(one).read(source, replace(options or Options(), format=one.name))
    wrong = [problem for problem in found.problems if problem.severity == "error"]
    if wrong:
        raise ExchangeError(tuple(sorted(wrong)))
    return found


def _readable(path: str, name: str | None) -> Format:
    """As `format_of`; where no name tells the format, only those that are read are offered."""
    suffix = PurePath(path).suffix.lower()
    if name or any(suffix in one.suffixes for one in FORMATS):
        return format_of(path, name)
    known = ", ".join(one.name for one in FORMATS if one.reads)
    message = "The name of the file tells no format."
    advice = f"Name one of these with --from: {known}."
    raise ExchangeError((Problem(path, 0, 0, "unknown-format", message, advice),))


def write(entries: Iterable[Entry], format_: str, options: Options | None = None) -> Written:
    """The entries as text of a format, sorted by id; the same entries give the same bytes.

    Raises `ExchangeError` for a format that is only read.

    >>> hrodna = Entry(id="hrodna", type="place", names={"be": ["Гродна"]})
    >>> print(write([hrodna], "csv").text, end="")
    id,type,language,form,role,match
    hrodna,place,be,Гродна,,
    """
    one = format_of("", format_)
    if not one.writes:
        message = f"{one.name} is read and not written."
        known = ", ".join(other.name for other in FORMATS if other.writes)
        raise ExchangeError(
            (Problem("", 0, 0, "unknown-format", message, f"These are written: {known}."),)
        )
    options = replace(options or Options(), format=one.name)
    ordered = sorted(entries, key=lambda entry: entry.id)
    chosen = [kept for entry in ordered if (kept := _restricted(entry, options)).names]
    module = _module(one)
    remarks = losses(one.name, ((entry, module.carried(entry, options)) for entry in chosen))
    if one.searches:
        remarks += module.remarks(chosen)
    return Written(module.write(ordered if one.searches else chosen, options), remarks)


def _restricted(entry: Entry, options: Options) -> Entry:
    """The entry with the names of the chosen languages alone."""
    if not options.languages:
        return entry
    kept = {tag: names for tag, names in entry.names.items() if tag in options.languages}
    return replace(entry, names=kept)


def _module(one: Format) -> Any:  # noqa: ANN401 (a module of this package, see above)
    return import_module(f"vardynas.exchange.{one.module}")
