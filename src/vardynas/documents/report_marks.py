"""A text in HTML with its mentions marked, and a note for each that tells what is known about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from vardynas.model import Candidate, Entry, Mention

__all__ = ["KINDS", "SIGNS", "kind_of", "marked", "note", "percent", "shown"]

SIGNS = {"exact": "●", "inflected": "◐", "derived": "◇", "similar": "≈", "open": "?"}
"""How a kind of mention is marked, beside its color and the style of its line."""

KINDS = {
    "exact": "as the glossary lists it",
    "inflected": "a grammatical form of a listed name",
    "derived": "follows from a listed name by rules",
    "similar": "only sounds or looks like it",
    "open": "several entries fit",
}

SURE = 0.85
"""Below this a mention carries its probability."""

LONGEST = 24
"""Letters at the end of a name that are kept in one line with its sign."""

_unwritable = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)


def shown(text: str) -> str:
    r"""`text` as HTML; what no page may contain becomes a replacement sign.

    >>> shown('<b>"Гродна"\r\n\0')
    '&lt;b&gt;&quot;Гродна&quot;\n\ufffd'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(_unwritable.sub("\ufffd", lines))


def percent(score: float) -> str:
    r"""A probability for people; 100 % is kept for certainty.

    >>> percent(0.974), percent(0.9996)
    ('97\xa0%', '99\xa0%')
    """
    return f"{100 if score >= 1 else min(99, round(score * 100))}\xa0%"


def kind_of(mention: Mention) -> str:
    """The kind of a mention: its method, or ``open`` where several entries fit."""
    return "open" if mention.entry is None else mention.method


def marked(text: str, mentions: Iterable[Mention], id_of: Callable[[int], str]) -> Iterator[str]:
    """`text` as HTML, with a mark around each mention; `id_of` numbers them."""
    at = 0
    for number, mention in enumerate(mentions):
        yield shown(text[at : mention.start])
        yield _mark(mention, id_of(number))
        at = mention.end
    yield shown(text[at:])


def _mark(mention: Mention, id_: str) -> str:
    kind = kind_of(mention)
    doubtful = mention.entry is not None and mention.score < SURE
    start, last = _parted(mention.text)
    return (
        f'<mark id="{id_}" class="{kind}{" doubtful" if doubtful else ""}"{_lang(mention.language)}>'
        f'{shown(start)}<span class="last">{shown(last)}{_button(mention, id_, doubtful)}</span></mark>'
    )


def _parted(name: str) -> tuple[str, str]:
    """A name before and from its last word, which the sign is not to be torn from.

    >>> _parted("Кастусь Каліноўскі"), _parted("Wilno")
    (('Кастусь ', 'Каліноўскі'), ('', 'Wilno'))
    """
    last = name[-LONGEST:].split()[-1:] or [""]
    at = len(name) - len(last[0]) if name.endswith(last[0]) else len(name)
    return name[:at], name[at:]


def _button(mention: Mention, id_: str, doubtful: bool) -> str:
    """The sign of a mention, which opens its note."""
    sign = SIGNS[kind_of(mention)] + (f" {percent(mention.score)}" if doubtful else "")
    label = f"{mention.entry or 'several entries'}, {mention.method}, {percent(mention.score)}"
    return (
        f'<button type="button" popovertarget="{id_}-note" aria-label="{shown(label)}">'
        f'<span class="sign" aria-hidden="true">{sign}</span></button>'
    )


def _lang(language: str) -> str:
    return "" if language == "und" else f' lang="{shown(language)}"'


def note(mention: Mention, id_: str, place: str, entry_of: Callable[[str], Entry]) -> str:
    """What is known about a mention: each entry that it can mean, and why."""
    title = " ".join(mention.text.split())
    what = KINDS[kind_of(mention)]
    candidates = "\n".join(_candidate(one, entry_of) for one in mention.candidates)
    return (
        f'<div class="note" popover="auto" id="{id_}-note" role="dialog" '
        f'aria-labelledby="{id_}-title">\n'
        f'<header><h3 id="{id_}-title"><bdi>{shown(title)}</bdi></h3>'
        f'<button type="button" class="close" popovertarget="{id_}-note" '
        'popovertargetaction="hide" aria-label="Close">×</button></header>\n'
        f'<p class="where">{shown(place)} · {shown(what)}</p>\n{candidates}\n</div>'
    )


def _candidate(candidate: Candidate, entry_of: Callable[[str], Entry]) -> str:
    entry = entry_of(candidate.entry)
    about = f"<p>{shown(entry.type)}{f': {shown(entry.about)}' if entry.about else ''}</p>"
    steps = "".join(f"<li>{shown(step.text)}</li>" for step in candidate.evidence)
    return (
        f"<section><p><strong>{shown(candidate.entry)}</strong>, {percent(candidate.score)}, "
        f"{shown(candidate.method)}</p>{about}"
        f"<p>Name: <bdi{_lang(candidate.language)}>{shown(candidate.name)}</bdi> "
        f"[{shown(candidate.language)}]</p>{f'<ul>{steps}</ul>' if steps else ''}</section>"
    )
