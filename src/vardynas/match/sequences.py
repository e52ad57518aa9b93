"""Names that are fixed sequences of words: places, organisations, works, events.

A name is followed word by word through the tree of the index; each word may stand in any form that
its part has. Words that the glossary writes with a capital need one in the text too: the first word
always, further words unless the name has several (texts write European union).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from vardynas.index.codes import CONTEXT, EXACT, GAPS
from vardynas.index.hits import Hit
from vardynas.index.tables import Index
from vardynas.match.analysis import Analyzer
from vardynas.match.proposal import ALONE, SUPPORTED, Proposal, Word, is_capital, strength
from vardynas.text.tokens import Token, tokenize

__all__ = ["find_sequences"]

MISSPELT = 6
"""Letters of a word that may be misspelt; what begins a sentence may be any word."""

_CROSSINGS = {0: (0, 1), 1: (1, 0), 2: (2,)}
"""Classes of gaps in a name that a gap in a text may stand for (Санкт Петербург, Санкт-Петербург)."""

_BORDERS = frozenset({"paragraph", "stop"})
_Path = tuple[int, tuple[tuple[int, Hit], ...]]


def find_sequences(
    tokens: Sequence[Token], analyze: Analyzer, *, similar: bool = True
) -> Iterator[Proposal]:
    """Every place, organisation or other name in `tokens`; overlapping ones included."""
    for start, token in enumerate(tokens):
        wild = similar and _may_be_misspelt(token) and not token.sentence_start
        paths: list[_Path] = [
            (node, ((start, hit),)) for node, hit in analyze.starts(token, similar=wild).items()
        ]
        at = start + 1
        while paths:
            yield from _ended(paths, tokens, analyze.index)
            if at >= len(tokens) or tokens[at].gap in _BORDERS:
                break
            paths = _extend(paths, tokens, at, analyze, similar=similar)
            at += 1


def _extend(
    paths: list[_Path], tokens: Sequence[Token], at: int, analyze: Analyzer, *, similar: bool
) -> list[_Path]:
    """The paths that go on over token `at`."""
    gaps = _CROSSINGS[GAPS.get(tokens[at].gap, 2)]
    best: dict[int, _Path] = {}
    parts: dict[int, Hit] | None = None
    for node, words in paths:
        children = analyze.index.children(node)
        if not children:
            continue
        if parts is None:
            wild = similar and _may_be_misspelt(tokens[at])
            parts = analyze.best_of_parts(tokens[at], similar=wild)
        for (part, gap), child in children.items():
            hit = parts.get(part)
            if hit is not None and gap in gaps and _better(hit, best.get(child)):
                best[child] = (child, (*words, (at, hit)))
    return list(best.values())


def _may_be_misspelt(token: Token) -> bool:
    """Whether a word of a longer name may differ by a letter: six letters, as in Iron Curtin."""
    return is_capital(token) and len(token.form) >= MISSPELT


def _better(hit: Hit, known: _Path | None) -> bool:
    return known is None or strength(hit) > strength(known[1][-1][1])


def _ended(paths: list[_Path], tokens: Sequence[Token], index: Index) -> Iterator[Proposal]:
    for node, steps in paths:
        for name in index.ends(node):
            if not _letters_fit(name, steps, tokens, index):
                continue
            words = tuple(Word(at, "word", hit) for at, hit in steps)
            entry = index.name_entry[name]
            score = sum(strength(hit) for _, hit in steps) / len(steps)
            context = bool(index.name_flags[name] & CONTEXT)
            hidden = index.entry_hidden[entry] >= 0
            yield Proposal(
                steps[0][0],
                steps[-1][0],
                entry,
                name,
                words,
                SUPPORTED if context else ALONE,
                score,
                hidden,
            )


def _letters_fit(
    name: int, steps: tuple[tuple[int, Hit], ...], tokens: Sequence[Token], index: Index
) -> bool:
    """Whether capitals are where the listed form has them; abbreviations letter by letter."""
    written = [tokens[at] for at, _ in steps]
    if index.name_flags[name] & EXACT:
        after = steps[-1][0] + 1
        money = (
            after < len(tokens) and tokens[after].kind == "number" and tokens[after].gap == "other"
        )
        return not money and " ".join(t.text for t in written) == _exact_text(index.name_text(name))
    first = index.name_text(name)[:1]
    return not first.isupper() or is_capital(written[0])


@lru_cache(maxsize=10_000)
def _exact_text(form: str) -> str:
    """The words of an abbreviation as they are compared: КП(б)Б is КП б Б."""
    return " ".join(token.text for token in tokenize(form))
