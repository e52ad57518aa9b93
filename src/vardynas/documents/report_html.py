"""Mentions as one HTML page: texts with every name marked, what is open, which entries there are.

The page holds all it needs and asks nobody for anything: no scripts, no pictures, no fonts, and a
policy that forbids them. It can be used with a keyboard and a screen reader, on a phone, in the
dark and on paper.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import NamedTuple

from vardynas.documents.report_marks import KINDS, SIGNS, kind_of, marked, note, percent, shown
from vardynas.model import Entry, Mention

__all__ = ["Reported", "page"]

LANGUAGES = ("en", "lt", "be", "pl", "ru")
"""The languages in which an entry's names are shown, those that it has."""


class Reported(NamedTuple):
    """A document: its path, its text, its mentions, and where an offset stands for people."""

    path: str
    text: str
    mentions: Sequence[Mention]
    place: Callable[[int], str]


def page(
    documents: Iterable[Reported], entry_of: Callable[[str], Entry], *, made_by: str = ""
) -> str:
    """The page for `documents`; `made_by` names the program and the glossary.

    >>> from vardynas.model import Entry
    >>> entry = Entry(id="hrodna", type="place", names={"be": ["Гродна"]})
    >>> text = page([Reported("a.txt", "<b>", (), "line {}".format)], lambda _: entry)
    >>> "&lt;b&gt;" in text, "<script" in text
    (True, False)
    """
    held = list(documents)
    style = _template("style.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Template(_template("page.html")).substitute(
        title="Names in the text" if len(held) == 1 else f"Names in {len(held):,} documents",
        style=style,
        style_hash=digest,
        summary=_summary(held),
        legend=_legend(held),
        contents=_contents(held),
        questions=_questions(held),
        documents="\n".join(_document(at, one, entry_of) for at, one in enumerate(held, 1)),
        entries=_entries(held, entry_of),
        made_by=shown(made_by),
    )


def _template(name: str) -> str:
    return (files("vardynas.documents") / "report" / name).read_text(encoding="utf-8")


def _id(document: int) -> Callable[[int], str]:
    return f"d{document}-m{{}}".format


def _count(number: int, singular: str, plural: str = "") -> str:
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def _summary(documents: Sequence[Reported]) -> str:
    mentions = [mention for one in documents for mention in one.mentions]
    entries = {mention.entry for mention in mentions if mention.entry}
    still_open = sum(mention.entry is None for mention in mentions)
    said = f"{_count(len(mentions), 'name')} of {_count(len(entries), 'entry', 'entries')}"
    return f"{said}; {_count(still_open, 'name')} to be decided."


def _legend(documents: Sequence[Reported]) -> str:
    kinds = Counter(kind_of(mention) for one in documents for mention in one.mentions)
    return "\n".join(
        f'<li><label><input type="checkbox" id="show-{kind}" checked="checked" />'
        f'<span><mark class="{kind}">{"to be decided" if kind == "open" else kind}'
        f'<span class="sign" aria-hidden="true"> {SIGNS[kind]}</span></mark> '
        f"{said} ({kinds[kind]:,})</span></label></li>"
        for kind, said in KINDS.items()
    )


def _contents(documents: Sequence[Reported]) -> str:
    if len(documents) < 2:
        return ""
    rows = "\n".join(
        f'<li><a href="#d{at}">{shown(one.path)}</a>, {_count(len(one.mentions), "name")}</li>'
        for at, one in enumerate(documents, 1)
    )
    return f'<nav aria-labelledby="contents"><h2 id="contents">Documents</h2><ol>{rows}</ol></nav>'


def _questions(documents: Sequence[Reported]) -> str:
    rows = [
        _question(_id(at)(number), one, mention)
        for at, one in enumerate(documents, 1)
        for number, mention in enumerate(one.mentions)
        if mention.entry is None
    ]
    if not rows:
        return ""
    head = '<th scope="col">Name</th><th scope="col">Where</th><th scope="col">Can be</th>'
    return (
        '<section aria-labelledby="questions"><h2 id="questions">To be decided</h2>\n'
        f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></section>"
    )


def _question(id_: str, document: Reported, mention: Mention) -> str:
    choices = ", ".join(f"{shown(c.entry)} ({percent(c.score)})" for c in mention.candidates)
    where = f"{document.path}, {document.place(mention.start)}"
    name = " ".join(mention.text.split())
    return (
        f'<tr><td><a href="#{id_}"><bdi>{shown(name)}</bdi></a></td>'
        f"<td>{shown(where)}</td><td>{choices}</td></tr>"
    )


def _document(at: int, document: Reported, entry_of: Callable[[str], Entry]) -> str:
    id_ = _id(at)
    text = "".join(marked(document.text, document.mentions, id_))
    notes = "\n".join(
        note(mention, id_(number), document.place(mention.start), entry_of)
        for number, mention in enumerate(document.mentions)
    )
    return (
        f'<section aria-labelledby="d{at}"><h2 id="d{at}">{shown(document.path)}</h2>\n'
        f'<div class="text" dir="auto">{text}</div>\n{notes}</section>'
    )


def _entries(documents: Sequence[Reported], entry_of: Callable[[str], Entry]) -> str:
    found: dict[str, Counter[str]] = {}
    for document in documents:
        for mention in document.mentions:
            if mention.entry is not None:
                name = " ".join(mention.text.split())
                found.setdefault(mention.entry, Counter())[name] += 1
    if not found:
        return ""
    order = sorted(found, key=lambda id_: (-found[id_].total(), id_))
    rows = "\n".join(_entry(entry_of(id_), found[id_]) for id_ in order)
    head = (
        '<th scope="col">Entry</th><th scope="col">What it is</th>'
        '<th scope="col">Written</th><th scope="col" class="number">Times</th>'
    )
    return (
        '<section aria-labelledby="entries"><h2 id="entries">Entries</h2>\n'
        f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>\n{rows}\n'
        "</tbody></table></section>"
    )


def _entry(entry: Entry, written: Mapping[str, int]) -> str:
    names = (entry.preferred(language) for language in LANGUAGES)
    known = ", ".join(dict.fromkeys(name.form for name in names if name))
    said = ". ".join(part for part in (entry.about or entry.type, known) if part)
    forms = ", ".join(f"<bdi>{shown(form)}</bdi>" for form in written)
    return (
        f"<tr><td>{shown(entry.id)}</td><td>{shown(said)}</td>"
        f'<td data-label="Written">{forms}</td>'
        f'<td class="number" data-label="Times">{sum(written.values()):,}</td></tr>'
    )
