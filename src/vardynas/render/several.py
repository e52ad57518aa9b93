"""A family name that means several people (Kaczyńscy, Лукашэнкі прыехалі) is not written of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from vardynas.language import inflection, paradigm_table, tables
from vardynas.language.tag import base_language
from vardynas.model import Entry, Mention, Reading
from vardynas.render.agreement import chosen_paradigms
from vardynas.render.cases import across
from vardynas.render.layout import capitals, unbroken
from vardynas.render.reading import language_of
from vardynas.render.surroundings import Surroundings
from vardynas.render.target import Target

__all__ = ["plural_cases", "written_of_several"]


def plural_cases(
    families: Sequence[Reading], entry: Entry, beside: Surroundings
) -> frozenset[str] | None:
    """The cases in which a family name means several people; None where it means one.

    `families` are the readings of the family names of a mention, with all that they can be.
    They are none where a word such as *brothers* stands before a form that can be of one too
    (браты Лукашэнкі: Lukashenka's brothers, or the brothers Lukashenka).
    """
    if entry.type != "person" or len(families) != 1 or not _is_singular(families[0]):
        return None
    if (
        base_language(families[0].language) != beside.language
    ):  # Sikorskis is a plural in English only
        return None
    plural = frozenset(slot.case for slot in families[0].slots if slot.number == "pl")
    if not plural or all(slot.number == "pl" for slot in families[0].slots):
        return plural - {"voc"} or plural or None
    words = tables.load("governors")["several"].get(beside.language, {})
    if beside.starts and "nom" in plural and _fits(words.get("verbs"), beside.after):
        return frozenset({"nom"})
    return frozenset() if _fits(words.get("nouns"), beside.before) else None


def _is_singular(reading: Reading) -> bool:
    """Whether the base form of a word is no plural itself."""
    return bool(reading.paradigm) and paradigm_table.row(reading.paradigm or "").number != "pl"


def _fits(pattern: str | None, word: str) -> bool:
    return bool(pattern and word and re.search(pattern, word))


def written_of_several(mention: Mention, target: Target, cases: Collection[str]) -> str | None:
    """The family name of the target in the plural; None where it cannot be told or has none.

    With a given name it stays as it is: the others' stand before it (Lech i Jarosław Kaczyńscy).
    """
    places = target.with_role("family")
    if len(mention.readings) != 1 or len(places) != 1:
        return None
    source, paradigm = language_of(mention), chosen_paradigms(target)[places[0]]
    forms = {
        form
        for case in cases
        for form in _plural(
            target, places[0], paradigm, across(case, source, target.language, "person")
        )
    }
    return capitals(forms.pop(), unbroken(mention.text)) if len(forms) == 1 else None


def _plural(target: Target, place: int, paradigm: str, case: str) -> tuple[str, ...]:
    """The form of a word in the plural of a case; () when it has none.

    Nor has it one where men and women share a paradigm and the plurals of theirs differ
    (Łukaszenkowie, Łukaszenki).
    """
    found = inflection.form(target.words[place].text, paradigm, case, "pl") if paradigm else ()
    shared = len(found) > 1 and paradigm_table.row(paradigm).gender == "x"
    return () if shared else found[:1]
