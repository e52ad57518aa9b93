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
    "is_right_form",
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
    one, other = _signed(one), _signed(other)
    return one == other or (len(one) > 1 and one.isupper() and one == other.upper())


def _signed(form: str) -> str:
    """`form` with one sign for the apostrophe and letters composed one way."""
    return normalize("NFC", form).translate(_SIGNS)


_SIGNS = str.maketrans("'ʼ‘", "’’’")


@tables.cached_up_to(1 << 14)
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


def is_right_form(surface: str, target: Target, at: int, called: bool = False) -> bool:
    """Whether `surface` agrees with one of the `right_forms` of a word of the target."""
    written = _signed(surface)
    plain, upper = _signed_forms(target, at, called)
    return written in plain or (len(written) > 1 and written.isupper() and written in upper)


@tables.cached_up_to(1 << 14)
def _signed_forms(target: Target, at: int, called: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The right forms of a word as they are compared, and the same in capitals."""
    forms = frozenset(map(_signed, right_forms(target, at, called)))
    return forms, frozenset(form.upper() for form in forms)


@tables.cached_up_to(1 << 14)
def right_forms(target: Target, at: int, called: bool = False) -> frozenset[str]:
    """Every right form of one word of the target; the address form (vocative) only when it is `called`.

    They are those of every paradigm that the word can follow: which one is the writer's to say.
    """
    word = target.words[at]
    forms = {word.text}
    for paradigm in _fitting(target, at):
        forms |= inflection.texts(word.text, paradigm, called=called)
    if target.name.forms:
        cases = [case for case in CASES if called or case != "voc"]
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
