"""Spans that are no running text: web and e-mail addresses, @names, #tags and file paths."""

from __future__ import annotations

import re

from vardynas.text.letters import MARKS

__all__ = ["SCHEMES", "skip_spans"]

_BEFORE = 256  # how far an address may reach back from the sign that gives it away

_W = rf"\w{MARKS}"
SCHEMES = ("http", "https", "ftp")
"""What addresses begin with, before a colon."""

_SIGN = (
    rf"(?:{'|'.join(SCHEMES)})://[^\s<>\"«»„“”]+"
    r"|www\.[^\s<>\"«»„“”]+"
    rf"|@[{_W}.-]+"
    rf"|(?<![&{_W}])\#[{_W}]+"
    r"|(?<=[^\W_])\.[A-Za-z]{2,8}/[^\s<>\"«»„“”]*"  # reform.by/news
    rf"|(?<![^\s(])(?:~|\.{{1,2}}|[A-Za-z]:)?(?:[/\\][{_W}.~-]+){{2,}}"  # /home/me/a.txt
    rf"|(?<=[{_W}])/[{_W}.-]+\.(?:py|txt|md|ya?ml|json|html?|pdf|docx?|jpe?g|png|csv|xml)\b"
)
_REACH_BACK = rf"[{_W}.+/-]+$"
_TRAILING = ".,;:!?…)]}'’*_"


def skip_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every address, @name, #tag and path in `text`; [] when there is none.

    Bare domains (reform.by) are names and not among them.

    >>> skip_spans("reform.by rašo: https://reform.by/123, info@tut.by")
    [(16, 37), (39, 50)]
    """
    spans: list[tuple[int, int]] = []
    if not any(sign in text for sign in "@#/\\") and "www." not in text:
        return spans
    for match in re.finditer(_SIGN, text):
        start, end = match.start(), match.end()
        floor = spans[-1][1] if spans else 0
        if match.group()[0] in "@./" and start > floor:
            back = re.search(_REACH_BACK, text[max(floor, start - _BEFORE) : start])
            start -= len(back.group()) if back else 0
        end = start + len(text[start:end].rstrip(_TRAILING))
        if start >= floor and end - start > 1:
            spans.append((start, end))
    return spans
