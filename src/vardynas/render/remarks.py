"""What is seen in a text and not changed.

Adjectives of known places (wileński, гродзенскі); the family names of known people in a plural that
names none of them (Sapiehowie).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vardynas.language import tables
from vardynas.language.adjectives import adjective_stems, name_stem
from vardynas.language.identify import identify
from vardynas.language.tag import base_language
from vardynas.model import Entry
from vardynas.render.profile import Profile
from vardynas.text.passages import passages
from vardynas.text.tokens import Token, tokenize

__all__ = ["Remark", "Stems", "adjectives_of", "stems_of"]

Stems = Mapping[tuple[str, str], tuple[str, str]]
"""(language, stem) → the id and the name of the place."""


class Remark(NamedTuple):
    """``text[start:end]`` goes with `entry`, whose name is `name`; nothing is changed.

    `kind` is adjective, or family for a plural of the family name of `entry`, and maybe of others.
    """

    start: int
    end: int
    text: str
    entry: str
    name: str
    kind: str = "adjective"


def stems_of(entries: Iterable[Entry]) -> Stems:
    """The stems of the adjectives of the places among `entries`; the first of a stem holds."""
    languages = tables.load("adjectives")["languages"]
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        for name in entry.all_names() if entry.type == "place" else ():
            language = base_language(name.language)
            if language in languages and " " not in name.form and name.match == "auto":
                stem = name_stem(name.form, language)
                if stem:
                    found.setdefault((language, stem), (entry.id, name.form))
    return found


def adjectives_of(stems: Stems, text: str, profile: Profile) -> list[Remark]:
    """The adjectives of known places in `text`, in its order; [] when there is none.

    Each passage is read in its own language. Only words in small letters count: names have capitals.
    """
    found: list[Remark] = []
    for start, end in passages(text):
        language = profile.language or identify(text[start:end])
        for token in tokenize(text[start:end]):
            known = _place(token, base_language(language), stems)
            if known and profile.covers(known[0], "place"):
                found.append(Remark(start + token.start, start + token.end, token.text, *known))
    return found


def _place(token: Token, language: str, stems: Stems) -> tuple[str, str] | None:
    """The id and the name of the place that a word is the adjective of; None for other words."""
    if token.kind != "word" or token.shape != "lower":
        return None
    known = (stems.get((language, stem)) for stem in adjective_stems(token.text, language))
    return next((row for row in known if row), None)
