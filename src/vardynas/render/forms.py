"""Writing a name in a case: one paradigm for each of its words, and how the words agree.

The most typical paradigm of a word for its kind and gender writes it, unless the glossary pins a
paradigm or whole forms. Where several words of a name inflect, the paradigms that agree in number and
gender and are together the most typical ones are taken.
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

__all__ = [
    "CASES",
    "Cell",
    "agrees",
    "base",
    "begun",
    "right_forms",
    "whole",
    "word_forms",
    "word_paradigm",
]

CASES = ("nom", "gen", "dat", "acc", "ins", "loc", "voc")

Cell = tuple[str, str]
"""A case and a number."""

base: Cell = ("nom", "sg")
"""The cell of the base form."""


@tables.cached_up_to(4096)
def _paradigms(target: Target) -> tuple[str, ...]:
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


def word_paradigm(target: Target, at: int) -> str:
    """The paradigm that writes one word of the target; "" when it stands still."""
    return _paradigms(target)[at]


_KINDS = {"given": "given", "patronymic": "given", "family": "family"}


def _personal(word: NameWord, target: Target) -> str:
    kind = _KINDS.get(word.role)
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


def _as_paradigm(paradigm_id: str) -> Paradigm:
    """The paradigm with this id."""
    row = paradigm_table.row(paradigm_id)
    return Paradigm(row.id, row.language, row.gender, row.kind, row.prior, row.number)


def _joint(
    words: list[NameWord], rows: list[tuple[Paradigm, ...]]
) -> Iterator[tuple[int, tuple[Paradigm | None, ...]]]:
    """The ways to decline words together: which one leads, and the others as they agree with it."""
    for lead, paradigms in enumerate(rows):
        for head in paradigms:
            yield lead, tuple(
                head if at == lead else next(iter(inflection.agreeing(word.text, head)), None)
                for at, word in enumerate(words)
            )


_STILL = 0.02  # of a word that does not agree: a genitive
_MISPLACED = 0.3  # of a genitive on the wrong side of what it belongs to


def _typicality(lead: int, paradigms: tuple[Paradigm | None, ...], *, first: bool) -> float:
    """How typical a way to decline words together is; `first` says that genitives follow."""
    wrong = paradigms[:lead] if first else paradigms[lead + 1 :]
    misplaced = _MISPLACED ** wrong.count(None)
    return misplaced * prod(paradigm.prior if paradigm else _STILL for paradigm in paradigms)


def agrees(one: str, other: str) -> bool:
    """Whether two written forms are one, capitals apart where one is all capitals.

    >>> agrees("ЛУКАШЭНКА", "Лукашэнка"), agrees("european", "European")
    (True, False)
    """
    return one == other or (len(one) > 1 and one.isupper() and one == other.upper())


def word_forms(target: Target, cell: Cell) -> tuple[str, ...]:
    """Each word of the target in a cell; the base form where it does not inflect.

    A place in the plural cell of a singular name has no such form and stays in the singular.
    """
    pinned = dict(target.name.forms).get(cell[0], "").split() if cell[1] == "sg" else []
    if len(pinned) == len(target.words):
        return tuple(pinned)
    forms = []
    for word, paradigm in zip(target.words, _paradigms(target), strict=True):
        found = _form(word.text, paradigm, cell) if paradigm else ()
        forms.append(found[0] if found else word.text)
    return tuple(forms)


def _form(text: str, paradigm: str, cell: Cell) -> tuple[str, ...]:
    if cell[0] == "nom" and (cell[1] == "sg" or _as_paradigm(paradigm).number == "pl"):
        return (text,)
    return inflection.form(text, paradigm, *cell)


def whole(target: Target, cell: Cell) -> str:
    """The whole name in a cell, with the signs between its words as listed."""
    pinned = dict(target.name.forms).get(cell[0]) if cell[1] == "sg" else None
    if pinned:
        return pinned
    form, written, at = target.name.form, "", 0
    for word, text in zip(target.words, word_forms(target, cell), strict=True):
        begins = form.index(word.text, at)
        written += form[at:begins]
        written += begun(text, written, target.language)
        at = begins + len(word.text)
    return written + form[at:]


def begun(word: str, before: str, language: str) -> str:
    """`word` with the first letter that it has after `before`.

    >>> begun("ўніверсітэце", "Віленскім ", "be"), begun("ўніверсітэта", "пра ", "be")
    ('універсітэце', 'ўніверсітэта')
    """
    row = tables.load("governors")["after_vowel"].get(language)
    if not row or word[:1] != row["letter"] or before.rstrip()[-1:].lower() in [*row["vowels"]]:
        return word
    return f"{row['elsewhere']}{word[1:]}"


@tables.cached_up_to(4096)
def right_forms(target: Target, at: int) -> frozenset[str]:
    """Every right form of one word of the target, the address form (vocative) left out.

    They are those of every paradigm that the word can follow: which one is the writer's to say.
    """
    word = target.words[at]
    forms = {word.text}
    for paradigm in _fitting(target, at):
        for row in inflection.inflect(word.text, paradigm):
            if any(slot.case != "voc" for slot in row.slots):
                forms.add(row.text)
    forms |= {word_forms(target, (case, "sg"))[at] for case in CASES if case != "voc"}
    return frozenset(forms | {begun(form, "", target.language) for form in forms})


def _fitting(target: Target, at: int) -> frozenset[str]:
    """The paradigms that one word of the target can follow; none where it stands still."""
    word, own = target.words[at], _paradigms(target)[at]
    if not own or target.name.paradigm:
        return frozenset({own} - {""})
    person = target.entry.type == "person"
    kinds = [_KINDS.get(word.role, "given")] if person else ["place", "word"]
    gender = target.entry.gender if person else None
    rows = [inflection.paradigms(word.text, target.language, kind=k, gender=gender) for k in kinds]
    return frozenset({own, *(paradigm.id for row in rows for paradigm in row)})
