"""Which paradigm writes each word of a name, and how its words agree.

The most typical paradigm of a word for its kind and gender writes it, unless the glossary pins one.
Where several words of a name inflect, the paradigms that agree in number and gender and are together
the most typical ones are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import prod

from vardynas.language import inflection, paradigm_table, tables
from vardynas.language.inflection import Paradigm
from vardynas.language.names import NameWord
from vardynas.render.target import Target

__all__ = ["KINDS", "as_paradigm", "chosen_paradigms"]


@tables.cached_up_to(4096)
def chosen_paradigms(target: Target) -> tuple[str, ...]:
    """The paradigm of each word; "" for words that stand still."""
    if target.personal:
        return tuple(_personal(word, target) for word in target.words)
    chosen: dict[int, str] = {}
    for group in _groups(target):
        places = [at for at in group if _declines(target, at)]
        words = [target.words[at] for at in places]
        chosen |= dict(zip(places, _agreeing(words, target), strict=True))
    return tuple(chosen.get(at, "") for at in range(len(target.words)))


def _groups(target: Target) -> Iterator[range]:
    """The places of the words between conjunctions: Prawo and Sprawiedliwość decline apart.

    A group of genitives belongs to what follows (Terkso ir Kaikoso salos).
    """
    start = 0
    for at in range(1, len(target.words) - 1):
        if _joins(target, at) and start < at and _leads(target.words[at - 1], target):
            yield range(start, at)
            start = at + 1
    yield range(start, len(target.words))


def _joins(target: Target, at: int) -> bool:
    """Whether a word is a conjunction."""
    rows = tables.load("governors")["conjunctions"]
    return target.words[at].form in rows.get(target.language, ())


def _leads(word: NameWord, target: Target) -> bool:
    """Whether the last word of a group can be a noun of its own rather than a genitive."""
    found = _nouns(word, target)
    return bool(found) and (_head_first(target) or found[0].number == "sg")


def _head_first(target: Target) -> bool:
    return bool(tables.load("governors")["head"].get(target.language) == "first")


def _declines(target: Target, at: int) -> bool:
    """Whether a word declines where it stands in a name that is no person's."""
    if _frozen(target) & {*_hyphenated(target, at)} or _is_half(target, at):
        return False
    return _inflects(target.words[at], target) and not _joins(target, at)


def _inflects(word: NameWord, target: Target) -> bool:
    """Whether a word inflects: no frozen word, no abbreviation, no numeral (Jan Paweł II)."""
    return word.inflects and not word.text.isupper() and word.plain not in _frozen(target)


def _frozen(target: Target) -> frozenset[str]:
    rows = tables.load("governors")["frozen"]
    return frozenset((*rows["any"], *rows.get(target.language, ())))


def _hyphenated(target: Target, at: int) -> Iterator[str]:
    """The words that the word at a place makes with those that it has a hyphen to."""
    for first in (at - 1, at):
        pair = target.words[first : first + 2] if first >= 0 else ()
        if len(pair) == 2 and pair[1].gap == "hyphen":
            yield f"{pair[0].plain}-{pair[1].plain}"


def _is_half(target: Target, at: int) -> bool:
    """Whether a word is the first half of an adjective (Паўднёва-Афрыканская)."""
    row = tables.load("governors")["compounds"].get(target.language)
    pair = target.words[at : at + 2]
    if not row or len(pair) < 2 or pair[1].gap != "hyphen":
        return False
    return bool(re.search(row["first"], pair[0].form) and re.search(row["second"], pair[1].form))


KINDS = {"given": "given", "patronymic": "given", "family": "family"}
"""What kind of paradigm a role asks for."""


def _personal(word: NameWord, target: Target) -> str:
    kind = KINDS.get(word.role)
    if kind is None or not _inflects(word, target):
        return ""
    if kind == "family" and target.name.paradigm:
        return target.name.paradigm
    gender = target.entry.gender
    found = inflection.paradigms(word.text, target.language, kind=kind, gender=gender)
    return found[0].id if found else ""


def _agreeing(words: list[NameWord], target: Target) -> tuple[str, ...]:
    """The paradigms of the words of a fixed name that inflect."""
    if target.name.paradigm and len(words) == 1:
        return (target.name.paradigm,)
    if target.entry.type == "person":
        return tuple(_personal(replace(word, role="given"), target) for word in words)
    rows = [_nouns(word, target) for word in words]
    first = _head_first(target)
    best = max(_joint(words, rows), key=lambda way: _typicality(*way, first=first), default=None)
    return tuple(p.id if p else "" for p in best[1]) if best else ("",) * len(words)


def _nouns(word: NameWord, target: Target) -> tuple[Paradigm, ...]:
    """The paradigms of a word that leads a name: those of nouns, if it has any."""
    nouns = inflection.paradigms(word.text, target.language, kind="place")
    return nouns or inflection.paradigms(word.text, target.language, kind="word")


def as_paradigm(paradigm_id: str) -> Paradigm:
    """The paradigm with this id."""
    row = paradigm_table.row(paradigm_id)
    return Paradigm(row.id, row.language, row.gender, row.kind, row.prior, row.number)


def _joint(
    words: list[NameWord], rows: list[tuple[Paradigm, ...]]
) -> Iterator[tuple[int, tuple[Paradigm | None, ...]]]:
    """The ways to decline words together: which one leads, and the others as they agree with it."""
    for lead, paradigms in enumerate(rows):
        for head in paradigms:
            yield (
                lead,
                tuple(
                    head if at == lead else next(iter(inflection.agreeing(word.text, head)), None)
                    for at, word in enumerate(words)
                ),
            )


_STILL = 0.02  # of a word that does not agree: a genitive
_MISPLACED = 0.3  # of a genitive on the wrong side of what it belongs to


def _typicality(lead: int, paradigms: tuple[Paradigm | None, ...], *, first: bool) -> float:
    """How typical a way to decline words together is; `first` says that genitives follow."""
    wrong = paradigms[:lead] if first else paradigms[lead + 1 :]
    misplaced = _MISPLACED ** wrong.count(None)
    return misplaced * prod(paradigm.prior if paradigm else _STILL for paradigm in paradigms)
