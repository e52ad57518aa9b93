"""Rules about one form: is it a common word, has it letters that its language does not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from vardynas.editorial.rules import Subject, finding, matched, place_of
from vardynas.errors import Problem
from vardynas.glossary.spelling import with_capitals
from vardynas.language import tables
from vardynas.language.tag import base_language
from vardynas.model import Entry, Name
from vardynas.text.fold import fold_text
from vardynas.text.homoglyphs import look_alike
from vardynas.text.letters import CYRILLIC, LATIN

__all__ = ["common_words", "foreign_letters", "homoglyphs", "in_own_script", "with_words"]

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile("[IVXLCDM]+").fullmatch
_FUNCTION = 6
"""Letters of the longest words that are surely function words (tačiau, before); Беларусь is none."""

_SCRIPTS = {"Cyrl": "Cyrillic", "Latn": "Latin"}
_LETTERS = {"Cyrl": re.compile(f"[{CYRILLIC}]"), "Latn": re.compile(f"[{LATIN}]")}


def common_words(subject: Subject) -> Iterator[Problem]:
    """Names of one word that are also common words, matched without context."""
    words = _words()
    for id_, name, place in matched(subject.glossary):
        if name.match != "auto" or name.case == "exact" or " " in name.form:
            continue
        language = name.language.split("-")[0]
        if fold_text(name.form).text in words.get(language, frozenset()):
            yield finding(
                place,
                "common-word",
                f"{name.form!r} of {id_} is also a common word ({language}).",
                "Write match: context with it, or case: exact where the capital tells them apart.",
            )


@tables.cached
def _words() -> Mapping[str, frozenset[str]]:
    """The common words by language, with the function words by which languages are told."""
    words = dict(tables.load("common_words")["words"])
    for tag, row in tables.load("languages")["languages"].items():
        short = (word for word in row.get("words", "").split() if len(word) <= _FUNCTION)
        words[tag] = " ".join((words.get(tag, ""), *short))
    return {tag: frozenset(fold_text(text).text.split()) for tag, text in words.items()}


# ---------------------------------------------------------------- letters


class _Alphabet(NamedTuple):
    """The script and the letters of a language; `marked` when some are no plain letters a–z."""

    script: str
    letters: frozenset[str]
    marked: bool


@tables.cached
def _alphabets() -> Mapping[str, _Alphabet]:
    rows = tables.load("languages")["languages"]
    return {
        tag: _Alphabet(
            row["script"], frozenset(row["letters"] + row["alphabet"]), bool(row["letters"])
        )
        for tag, row in rows.items()
    }


def homoglyphs(subject: Subject) -> Iterator[Problem]:
    """Words in another script than their language's, all of whose letters look like its own."""
    for entry, name in _listed(subject):
        for word in _WORD.findall(name.form):
            fixed = in_own_script(word, name, entry)
            if fixed:
                message = (
                    f"{word!r} in {name.form!r} ({name.language}) is in letters of another script."
                )
                script = _SCRIPTS[_alphabets()[_tag(name)].script]
                advice = f"Write {fixed!r} in {script} letters instead."
                yield finding(
                    place_of(subject.glossary, entry.id, name), "homoglyph", message, advice
                )


def in_own_script(word: str, name: Name, entry: Entry) -> str | None:
    """A word of a name in the script of its language, when it is in another by mistake, else None.

    By mistake: all its letters look like letters of that script, it is no Roman number, and the entry
    has it under no language of the script that it is in.
    """
    alphabet = _alphabets().get(_tag(name))
    small = unicodedata.normalize("NFD", word.lower())
    alike = look_alike(small, alphabet.script) if alphabet else None
    if alphabet is None or alike is None or _ROMAN(word):
        return None
    if _stands_under(entry, word, lambda other: other.script != alphabet.script):
        return None
    return with_capitals(unicodedata.normalize("NFC", alike), word)


def with_words(text: str, new: Callable[[str], str]) -> str:
    """The text with every word of letters replaced by what `new` makes of it.

    >>> with_words("Лепель, Мір", str.upper)
    'ЛЕПЕЛЬ, МІР'
    """
    return _WORD.sub(lambda match: new(match[0]), text)


def foreign_letters(subject: Subject) -> Iterator[Problem]:
    """Names with letters that the language they stand under does not have, each once."""
    for entry, name in _listed(subject):
        for word in _WORD.findall(name.form):
            foreign = _foreign(word, name, entry)
            if foreign and not in_own_script(word, name, entry):
                fitting = [tag for tag, one in _alphabets().items() if _spells(one, word)]
                listed = f" The letters are of {', '.join(fitting)}." if fitting else ""
                yield finding(
                    place_of(subject.glossary, entry.id, name),
                    "foreign-letter",
                    f"{foreign!r} in {name.form!r} is no letter of {name.language}.{listed}",
                    f"Write the name as {name.language} spells it, or under its own language.",
                )
                break


def _foreign(word: str, name: Name, entry: Entry) -> str:
    """The letters of a word that its language lacks; "" where it may have them.

    Latin letters of no language that the table knows (é, ö) tell of a foreign name by themselves.
    """
    alphabet = _alphabets().get(_tag(name))
    if alphabet is None or _ROMAN(word) or _spells(alphabet, word):
        return ""
    foreign = [letter for letter in word if _foreign_to(alphabet, letter)]
    if all(_script(letter) == "Latn" for letter in foreign):
        foreign = [letter for letter in foreign if letter.lower() in _known_letters()]
        if not foreign or _kept(alphabet, word, name, entry):
            return ""
    return "".join(dict.fromkeys(foreign))


@tables.cached
def _known_letters() -> frozenset[str]:
    return frozenset().union(*(one.letters for one in _alphabets().values()))


def _kept(alphabet: _Alphabet, word: str, name: Name, entry: Entry) -> bool:
    """Whether a word in Latin letters is plainly foreign, and so kept as it is spelled there.

    The entry has it (with another ending) under a language with these letters, or they are those of
    the entry's own language; a language without letters of its own, as English, keeps all. Cyrillic
    letters are never kept: between the languages that have them, names are spelled anew.
    """
    latin = alphabet.script == "Latn"
    if (latin and not alphabet.marked) or _stands_under(
        entry, word, lambda other: _spells(other, word)
    ):
        return True
    if not latin:
        return False
    own = base_language(entry.origin or "").split("-")[0]
    if own and own != name.language.split("-")[0]:
        spellings = [one for tag, one in _alphabets().items() if tag.split("-")[0] == own]
        return not spellings or any(_spells(one, word) for one in spellings)
    return False


def _stands_under(entry: Entry, word: str, fits: Callable[[_Alphabet], bool]) -> bool:
    """Whether the entry has a word, or one that it lengthens, under a language that fits."""
    return any(
        (other := _alphabets().get(_tag(name))) is not None
        and fits(other)
        and any(_lengthens(word, stem) for stem in _WORD.findall(name.form))
        for name in entry.all_names()
    )


def _lengthens(word: str, stem: str) -> bool:
    """Whether a word is another one, or that with an ending (Wagnerio)."""
    return word == stem or (len(stem) > 2 and word.startswith(stem))


def _spells(alphabet: _Alphabet, word: str) -> bool:
    return not any(_foreign_to(alphabet, letter) for letter in word)


def _foreign_to(alphabet: _Alphabet, letter: str) -> bool:
    small = letter.lower()
    return bool(_script(small)) and not alphabet.letters.issuperset(small)


def _script(letter: str) -> str:
    """The script of a letter, Cyrl or Latn; "" for others."""
    return next((script for script, found in _LETTERS.items() if found.match(letter)), "")


def _tag(name: Name) -> str:
    return base_language(name.language)


def _listed(subject: Subject) -> Iterator[tuple[Entry, Name]]:
    """Every name, also those that are never matched: they are written."""
    for entry in subject.glossary.entries.values():
        for name in entry.all_names():
            yield entry, name
