"""An entry as a small page, for a frame of 400 × 240 pixels or a tab of its own."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from vardynas.server.properties import address_of, name_for, table

if TYPE_CHECKING:
    from vardynas.model import Entry

__all__ = ["HEADERS", "HEIGHT", "WIDTH", "card", "page"]

WIDTH, HEIGHT = 400, 240
"""Pixels that the page fits into."""

STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:10px;color:#1c1c1c;background:#fff}"
    "h1{font-size:16px;margin:0}p{margin:2px 0 6px;color:#555}"
    "table{border-spacing:0}th{text-align:left;font-weight:normal;color:#555;padding-right:10px}"
    "th,td{vertical-align:top;padding-bottom:1px}"
)

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
    ),
    "referrer-policy": "no-referrer",
}
"""Nothing is loaded or run by the page; others may frame it."""


def card(entry: Entry, languages: tuple[str, ...]) -> str:
    """The entry as HTML: what it is called, what it is, its name in each language, its ids."""
    what = escape(entry.about or table()["types"][entry.type]["name"])
    return (
        f"<h1>{escape(name_for(entry, languages))}</h1><p>{what}</p>"
        f"<table>{_names(entry)}{_refs(entry)}</table>"
    )


def _names(entry: Entry) -> str:
    names = ((tag, entry.preferred(tag)) for tag in entry.names)
    return "".join(
        f'<tr><th>{escape(tag)}</th><td lang="{escape(tag)}">{escape(name.form)}</td></tr>'
        for tag, name in names
        if name is not None
    )


def _refs(entry: Entry) -> str:
    return "".join(
        f"<tr><th>{escape(scheme)}</th><td>{_linked(scheme, value)}</td></tr>"
        for scheme, value in entry.refs
    )


def _linked(scheme: str, value: str) -> str:
    from urllib.parse import quote

    address = address_of(scheme, quote(value, safe=""))
    if address is None:
        return escape(value)
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(value)}</a>'


def page(entry: Entry, languages: tuple[str, ...]) -> str:
    """The card as a page of its own."""
    title = escape(name_for(entry, languages))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{card(entry, languages)}</body></html>"
    )
