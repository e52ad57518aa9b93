"""Writing a name in a case: each word by the paradigm chosen for it, unless the glossary pins forms."""

from __future__ import annotations

from unicodedata import normalize

from vardynas.language import inflection, tables
from vardynas.render.agreement import KINDS, as_paradigm, chosen_paradigms
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
]

CASES = ("nom", "gen", "dat", "acc", "ins", "loc", "voc")

Cell = tuple[str, str]
"""A case and a number."""

base: Cell = ("nom", "sg")
"""The cell of the base form."""


def agrees(one: str, other: str) -> bool:
    """Whether two written forms are one, capitals apart where one is all capitals.

    Signs for the apostrophe, and ways to compose a letter, are one.

    >>> agrees("ЛУКАШЭНКА", "Лукашэнка"), agrees("european", "European"), agrees("Дар'я", "Дар’я")
    (True, False, True)
    """
    one, other = (normalize("NFC", form).translate(_SIGNS) for form in (one, other))
    return one == other or (len(one) > 1 and one.isupper() and one == other.upper())


_SIGNS = str.maketrans("'ʼ‘", "’’’")


def word_forms(target: Target, cell: Cell) -> tuple[str, ...]:
    """Each word of the target in a cell; the base form where it does not inflect.

    A place in the plural cell of a singular name has no such form and stays in the singular.
    """
    pinned = dict(target.name.forms).get(cell[0], "").split() if cell[1] == "sg" else []
    if len(pinned) == len(target.words):
        return tuple(pinned)
    forms = []
    for word, paradigm in zip(target.words, chosen_paradigms(target), strict=True):
        found = _form(word.text, paradigm, cell) if paradigm else ()
        forms.append(found[0] if found else word.text)
    return tuple(forms)


def _form(text: str, paradigm: str, cell: Cell) -> tuple[str, ...]:
    if cell[0] == "nom" and (cell[1] == "sg" or as_paradigm(paradigm).number == "pl"):
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
def right_forms(target: Target, at: int, called: bool = False) -> frozenset[str]:
    """Every right form of one word of the target; the address form (vocative) only when it is `called`.

    They are those of every paradigm that the word can follow: which one is the writer's to say.
    """
    word = target.words[at]
    cases = [case for case in CASES if called or case != "voc"]
    forms = {word.text}
    for paradigm in _fitting(target, at):
        for row in inflection.inflect(word.text, paradigm):
            if any(slot.case in cases for slot in row.slots):
                forms.add(row.text)
    forms |= {word_forms(target, (case, "sg"))[at] for case in cases}
    return frozenset(forms | {begun(form, "", target.language) for form in forms})


def _fitting(target: Target, at: int) -> frozenset[str]:
    """The paradigms that one word of the target can follow; none where it stands still."""
    word, own = target.words[at], chosen_paradigms(target)[at]
    if not own or target.name.paradigm:
        return frozenset({own} - {""})
    person = target.entry.type == "person"
    kinds = [KINDS.get(word.role, "given")] if person else ["place", "word"]
    gender = target.entry.gender if person else None
    rows = [inflection.paradigms(word.text, target.language, kind=k, gender=gender) for k in kinds]
    return frozenset({own, *(paradigm.id for row in rows for paradigm in row)})
