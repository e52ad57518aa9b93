"""Words of a text with their offsets, folded forms and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vardynas.text.abbreviations import DOTTED
from vardynas.text.fold import fold_word, plain
from vardynas.text.gaps import gap
from vardynas.text.letters import APOSTROPHES, HYPHENS, IGNORABLE, LONGEST, MARKS
from vardynas.text.skips import skip_spans
from vardynas.text.words import Word, shape_of, word

__all__ = ["Token", "tokenize"]


class Token(NamedTuple):
    """One word, initial, abbreviation or number: ``text[start:end]``, offsets in the original text.

    `form` and `plain` are folded, without possessive ending, closing point or line break inside
    ("" for kind skip). `kind` is word, initial (A.), abbr (U.S., им.), number or skip (addresses
    and words over 64 characters: never a name). `shape` is upper, title, lower, mixed or "".
    `gap` says what stands between the token before and this one: "" (nothing, or no token before),
    space, newline, hyphen, dash, comma, point (without a space), stop (end of a sentence), quote,
    bracket, other, paragraph.
    `possessive_end` is the end with an English possessive ending (’s or ’), else equal to `end`.
    `alternative` is another folded form or "": misread digits as letters (lukash3nko → lukashenko);
    for a word divided at the end of a line, the form that keeps the hyphen.
    """

    start: int
    end: int
    text: str
    form: str
    plain: str
    kind: str
    shape: str
    gap: str
    sentence_start: bool
    possessive_end: int
    alternative: str

    @property
    def possessive(self) -> bool:
        """Whether an English possessive ending follows."""
        return self.possessive_end > self.end


_LETTER = r"[^\W\d_]"
_APOSTROPHE = f"[{APOSTROPHES}]"
# Possessive quantifiers and bounded runs keep the time linear on any input.
_raw_words = re.compile(
    rf"(?:{_LETTER}[{MARKS}]{{0,3}}\.){{2,8}}|m\.in\.|[Pp]h\.D\."  # U.S., A.A., т.п.
    r"|\d+(?:[.,:]\d+)++"
    r"|[^\W_ʼʻʹ][^\W_]*+"
    rf"(?:[{MARKS}{IGNORABLE}]{{1,16}}+[^\W_]++|[{MARKS}]++|{_APOSTROPHE}(?={_LETTER})[^\W_]++)*+"
    rf"(?:(?<=[sS])['’](?![^\W_]))?"
).finditer
_pointed_letters = re.compile(rf"({_LETTER}[{MARKS}]*)\.").finditer
_line_break = re.compile(rf"[{HYPHENS}¬\u00ad{IGNORABLE}]+\s+").sub

_ENDINGS = "by lt pl ru com org net info eu ua lv ee de uk us tv me io media news рф бел su cz fr"
_DOMAINS = frozenset(_ENDINGS.split())


def tokenize(text: str) -> list[Token]:
    r"""The tokens of `text` in order, never overlapping; [] for a text without letters and digits.

    >>> [(t.text, t.gap) for t in tokenize("А. Лукашэнка, Łuka-\nszenki")]
    [('А.', ''), ('Лукашэнка', 'space'), ('Łuka-\nszenki', 'comma')]
    >>> [(t.form, t.possessive) for t in tokenize("Lukashenka’s U.S.")]
    [('lukashenka', True), ('u.s', False)]
    """
    tokens: list[Token] = []
    at = last = 0
    for start, end in (*skip_spans(text), (len(text), len(text))):
        last = _add_words(text, at, start, last, tokens)
        if start < end:
            kind, starts = gap(text[last:start]) if tokens else ("", True)
            tokens.append(_skipped(text, start, end, kind, starts))
            at = last = end
    return _rows_apart(text, tokens) if "\t" in text else tokens


def _rows_apart(text: str, tokens: list[Token]) -> list[Token]:
    """In a table with tabs no name goes on over the end of a cell or of a row."""
    found: list[Token] = []
    for token in tokens:
        kind = token.gap
        if found and kind in ("space", "newline"):
            between = text[found[-1].end : token.start]
            cells = "\t" in between or (kind == "newline" and _in_table(text, token.start))
            kind = "paragraph" if cells else kind
        found.append(token if kind == token.gap else token._replace(gap=kind))
    return found


def _in_table(text: str, at: int) -> bool:
    """Whether the line at `at`, or the one before it, has cells (1,000 letters around are read)."""
    end = text.find("\n", at, at + 1000)
    first = text.rfind("\n", max(0, at - 1000), at)
    before = text.rfind("\n", max(0, first - 1000), max(0, first))
    return "\t" in text[max(0, before) : end if end >= 0 else at + 1000]


def _add_words(text: str, at: int, stop: int, last: int, tokens: list[Token]) -> int:
    """Append the words of ``text[at:stop]``; what comes back is where the last of them ends."""
    append = tokens.append
    for match in _raw_words(text, at, stop):
        start, end = match.span()
        kind, starts = gap(text[last:start]) if tokens else ("", True)
        raw = text[start : min(end, start + LONGEST + 1)]
        if len(raw) > LONGEST:
            append(_skipped(text, start, end, kind, starts))
            last = end
            continue
        if raw[-1] == ".":
            tokens += _dotted(raw, start, kind, starts)
            last = end
            continue
        facts = word(raw)
        token = _token(text, start, end, stop, facts, kind, starts)
        if kind in _JOINED:
            token = _joined(text, tokens, token)
        append(token)
        last = token.possessive_end
    return last


def _token(
    text: str, start: int, end: int, stop: int, facts: Word, kind: str, starts: bool
) -> Token:
    form, bare, what, shape, alternative, cut, possessive, pointed = facts
    after = end - cut + possessive
    end -= cut
    if pointed and text.startswith(".", end, stop) and not text.startswith("..", end, stop):
        what, end = pointed, end + 1
        after = end
    return Token(
        start, end, text[start:end], form, bare, what, shape, kind, starts, after, alternative
    )


def _skipped(text: str, start: int, end: int, kind: str, starts: bool) -> Token:
    kind = {"break": "hyphen", "soft": "newline"}.get(kind, kind)
    return Token(start, end, text[start:end], "", "", "skip", "", kind, starts, end, "")


def _dotted(raw: str, start: int, kind: str, starts: bool) -> Iterator[Token]:
    """Letters with points, as one abbreviation (U.S.) or as the initials of a person (A.A.)."""
    form = fold_word(raw[:-1])
    kind = {"break": "hyphen", "soft": "newline"}.get(kind, kind)
    if raw[0].islower() or form in DOTTED or raw.count(".") > 3 or not raw.isupper():
        end = start + len(raw)
        shape = shape_of(raw)
        yield Token(start, end, raw, form, plain(raw[:-1]), "abbr", shape, kind, starts, end, "")
        return
    for match in _pointed_letters(raw):
        at, end = start + match.start(), start + match.end()
        form, bare = fold_word(match[1]), plain(match[1])
        yield Token(at, end, match[0], form, bare, "initial", "title", kind, starts, end, "")
        kind, starts = "", False


_JOINED = {"break": "hyphen", "soft": "newline", "point": "point"}
"""Gaps over which two pieces may be one word → what the gap is when they are not."""


def _joined(text: str, tokens: list[Token], token: Token) -> Token:
    """`token`, or one token for it and the pieces before it, then removed from `tokens`."""
    if tokens and token.kind == "word" and not tokens[-1].possessive:
        if token.gap == "point":
            if _ends_domain(tokens[-1], token):
                return _domain(text, tokens, token)
        elif _continues(tokens[-1], token):
            return _divided(text, tokens.pop(), token)
    return token._replace(gap=_JOINED[token.gap])


def _continues(first: Token, second: Token) -> bool:
    """Whether two pieces at a line break are one divided word; a capital says: a true hyphen."""
    if first.kind != "word" or second.end - first.start > LONGEST:
        return False
    if second.gap == "soft" or second.shape == "lower":
        return True
    return first.shape == second.shape == "upper"


def _divided(text: str, first: Token, second: Token) -> Token:
    raw = text[first.start : second.end]
    whole = word(_line_break("", raw))
    hyphened = fold_word(_line_break("-", raw)) if second.gap == "break" else ""
    return first._replace(
        end=second.end,
        text=raw,
        form=whole.form,
        plain=whole.plain,
        shape=whole.shape,
        possessive_end=second.possessive_end,
        alternative=whole.alternative or hyphened,
    )


def _ends_domain(before: Token, token: Token) -> bool:
    named = before.kind in ("word", "number") and before.form[:1].isalpha()
    if not named or len(before.text) < 2 or token.form not in _DOMAINS:
        return False
    if token.end - before.start > LONGEST:
        return False
    return token.text.islower() or (token.text.isupper() and before.text.isupper())


def _domain(text: str, tokens: list[Token], token: Token) -> Token:
    """One token for news.tut.by: a domain without more is a name."""
    at = len(tokens) - 1
    while tokens[at].gap == "point" and _ends_domain(tokens[at - 1], token):
        at -= 1
    first = tokens[at]
    del tokens[at:]
    raw = text[first.start : token.end]
    return first._replace(
        end=token.end,
        text=raw,
        form=fold_word(raw),
        plain=plain(raw),
        kind="word",
        shape="mixed",
        possessive_end=token.possessive_end,
        alternative="",
    )
