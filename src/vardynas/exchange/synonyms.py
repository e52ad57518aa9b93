r"""Synonym files of Solr, which Elasticsearch and OpenSearch read too.

``a, b, c`` are equivalent; ``a, b => c`` leads to one form (Lucene, SolrSynonymParser). A backslash
takes from a comma, ``=>``, ``#`` and itself what it means there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from vardynas.exchange.forms import carried_forms, chosen, shared
from vardynas.model import Entry

if TYPE_CHECKING:
    from vardynas.exchange.formats import Options

__all__ = ["carried", "escaped", "remarks", "write"]

_SIGNS = re.compile(r"[\\,#]|=(?=>)")


def carried(entry: Entry, options: Options) -> Entry:
    """The forms; the id where it is what they lead to."""
    return carried_forms(entry)


def remarks(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What nobody sees in the result: forms that stand for several entries."""
    return shared(entries)


def write(entries: Iterable[Entry], options: Options) -> str:
    """A line for each entry that has something to say: two forms, or one and what it leads to."""
    lines = (_line(entry, options) for entry in entries)
    return "".join(f"{line}\n" for line in lines if line)


def _line(entry: Entry, options: Options) -> str:
    found = chosen(entry, options)
    texts = sorted({one.form for one in found})
    if not options.to:
        return ", ".join(map(escaped, texts)) if len(texts) > 1 else ""
    target = _target(entry, options.to)
    others = [text for text in texts if text != target]
    return f"{', '.join(map(escaped, texts))} => {escaped(target)}" if target and others else ""


def _target(entry: Entry, to: str) -> str:
    """What all forms lead to; "" where the entry has no name in that language."""
    if to == "id":
        return entry.id
    name = entry.preferred(to)
    return name.form if name else ""


def escaped(text: str) -> str:
    r"""A form as it stands in a file.

    >>> escaped("Tsikhanouski, Siarhei"), escaped("#MeToo => C#")
    ('Tsikhanouski\\, Siarhei', '\\#MeToo \\=> C\\#')
    """
    return _SIGNS.sub(r"\\\g<0>", text)
