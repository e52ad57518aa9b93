"""What stands between two words: whether they can belong to one name, whether a sentence ends."""

from __future__ import annotations

import re

from vardynas.text.letters import HYPHENS, IGNORABLE
from vardynas.text.skips import skip_spans

__all__ = ["gap", "paragraph_breaks"]

_LINE = r"(?:\r\n|\n|\r|\u2028|\x85)"
_LONGEST_BREAK = 40  # with the indentation of the next line
_soft_break = re.compile(rf"[{IGNORABLE}]*\u00ad[{IGNORABLE}]*(?:[ \t]*{_LINE})?[ \t]*").fullmatch
_hyphen_break = re.compile(rf"[{HYPHENS}¬][ \t]*{_LINE}[ \t]*").fullmatch
_PARAGRAPH = (
    r"\n[^\S\n]*\n|\r[ \t]*\r|[\u2029\f\v]"  # a blank line
    r"|[\n\r][ \t]*[*•·▪‣●○–—-]+[ \t]"  # an item of a list, a line of a dialogue
    r"|[\n\r][ \t]*[#=]+|=[ \t]*[\n\r]"  # a heading
)
_paragraph = re.compile(_PARAGRAPH).search
_paragraphs = re.compile(_PARAGRAPH).finditer
_unseen = re.compile(rf"[{IGNORABLE}*_~`]+")  # emphasis in plain text and Markdown
_newline = re.compile("[\n\r\u2028\x85]").search
_stop = re.compile(r"[!?…]|\.(?![,;:])").search
_OPENING = '„“”«»‟‚‘"'
_SIGNS = [
    ("bracket", re.compile(r"[()\[\]{}<>]").search),
    ("quote", re.compile("[„“”‟«»‹›\"‘’‚'`´]").search),
    ("dash", re.compile(f"[–—―‒−]|\\s[{HYPHENS}]|[{HYPHENS}]\\s|--").search),
    ("comma", re.compile("[,،、]").search),
]
_hyphen = re.compile(f"[{HYPHENS}]").fullmatch

_known: dict[str, tuple[str, bool]] = {"": ("", False), " ": ("space", False)}


def gap(raw: str) -> tuple[str, bool]:
    r"""The kind of gap that `raw` is and whether a sentence starts after it.

    Kinds, the strongest wins: paragraph, stop, bracket, quote, dash, comma, other; alone: hyphen,
    newline, space, point (without a space), break (hyphen and line break), soft (soft hyphen and
    line break), "" (nothing or nothing visible).

    >>> gap(" "), gap(". "), gap(", „"), gap("-\n")
    (('space', False), ('stop', True), ('quote', False), ('break', False))
    """
    known = _known.get(raw)
    if known is None:
        known = _classify(raw)
        if len(raw) <= 8 and len(_known) < 4096:
            _known[raw] = known
    return known


def paragraph_breaks(text: str) -> list[int]:
    r"""Where paragraphs, items and headings of a text are parted; [] when it is one paragraph.

    >>> paragraph_breaks("Vilnius\n\nGardinas")
    [7]
    """
    pieces: list[str] = []
    last = 0
    for start, end in skip_spans(text):  # signs of addresses and tags part nothing
        pieces += (text[last:start], "x" * (end - start))
        last = end
    return [match.start() for match in _paragraphs("".join((*pieces, text[last:])))]


def _classify(raw: str) -> tuple[str, bool]:
    if len(raw) <= _LONGEST_BREAK:
        if _soft_break(raw):
            return "soft", False
        if _hyphen_break(raw):
            return "break", False
    if _paragraph(raw):
        return "paragraph", True
    seen = _unseen.sub("", raw)
    if not seen:
        return ("other" if "_" in raw or "`" in raw else ""), False
    if seen.isspace():
        return ("newline" if _newline(seen) else "space"), False
    return _punctuation(seen)


def _punctuation(seen: str) -> tuple[str, bool]:
    if _hyphen(seen):
        return "hyphen", False
    if seen == ".":
        return "point", False
    if _stop(seen):
        return "stop", True
    before_quote = seen.rstrip(_OPENING)
    starts = before_quote != seen and before_quote.rstrip().endswith(":")
    for name, found in _SIGNS:
        if found(seen):
            return name, starts
    return "other", starts
