"""Reading a listed name as words with roles: which is the family name, which words inflect.

Names of people become given names, initials, patronymics, particles and a family name; all other
names become a fixed sequence of words, of which the head (or, without one, every word) inflects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from vardynas.language import tables
from vardynas.model import Entry, Name
from vardynas.text.tokens import Token, tokenize

__all__ = ["NameWord", "ParsedName", "is_patronymic", "parse_name"]


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name: `role` is given, initial, patronymic, particle, family or word.

    `gap` says what stands before it in the name; `inflects` is False for frozen attributes.
    """

    text: str
    form: str
    plain: str
    role: str
    gap: str
    inflects: bool = True


class ParsedName(NamedTuple):
    """A listed name as words; `personal` names are matched by roles, others as a sequence."""

    name: Name
    words: tuple[NameWord, ...]
    personal: bool


@tables.cached
def _patronymic() -> re.Pattern[str]:
    rows = tables.load("names")["patronymics"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows.values()))


@tables.cached
def _particles() -> frozenset[str]:
    return frozenset(tables.load("names")["particles"])


def is_patronymic(form: str) -> bool:
    """Whether a folded word ends like a father's name (Рыгоравіч, Георгиевна)."""
    return len(form) > 5 and _patronymic().search(form) is not None


def parse_name(name: Name, entry: Entry) -> ParsedName | None:
    """The words of `name`; None when it has none (only signs)."""
    tokens = [t for t in tokenize(name.form) if t.kind != "skip"]
    if not tokens:
        return None
    personal = entry.type == "person" or (entry.type == "other" and _looks_personal(tokens))
    if personal and _plain_personal(tokens):
        words = _personal_words(name, tokens)
    else:
        personal = False
        words = _fixed_words(name, tokens)
    return ParsedName(name, words, personal)


def _looks_personal(tokens: list[Token]) -> bool:
    """Whether a name without a type is that of a person: a known given name or a patronymic."""
    if not 2 <= len(tokens) <= 4:
        return False
    if any(t.kind == "initial" for t in tokens) or any(t.gap == "comma" for t in tokens[1:]):
        return True
    ends = (tokens[0], tokens[-1])
    return any(map(_given, ends)) or is_patronymic(tokens[-1].form)


def _plain_personal(tokens: list[Token]) -> bool:
    """Whether the roles can be told; "Jonas Paulius II" or "Vytautas the Great" are sequences."""
    return all(
        t.kind in ("word", "initial") and (t.shape != "lower" or t.form in _particles())
        for t in tokens
    )


def _personal_words(name: Name, tokens: list[Token]) -> tuple[NameWord, ...]:
    roles = _explicit_roles(name, tokens) or _default_roles(tokens)
    return tuple(
        NameWord(_letters(t), t.form, t.plain, role, t.gap, name.inflect)
        for t, role in zip(tokens, roles, strict=True)
    )


def _letters(token: Token) -> str:
    """The word without the point of an abbreviation, as folding leaves it."""
    return token.text.rstrip(".") if token.kind == "abbr" else token.text


def _explicit_roles(name: Name, tokens: list[Token]) -> list[str] | None:
    if not (name.given or name.family):
        return None
    given = {t.form for t in tokenize(name.given or "")}
    family = {t.form for t in tokenize(name.family or "")}
    rest = "given" if name.family else "family"
    return ["family" if t.form in family else "given" if t.form in given else rest for t in tokens]


def _default_roles(tokens: list[Token]) -> list[str]:
    comma = next((i for i, t in enumerate(tokens) if i and t.gap == "comma"), None)
    if comma is not None:
        return ["family"] * comma + _before_family(tokens[comma:])
    if len(tokens) == 3 and is_patronymic(tokens[2].form) and not _given(tokens[0]):
        return ["family", "given", "patronymic"]
    initials = next((i for i, t in enumerate(tokens) if i and t.kind == "initial"), 0)
    if initials and all(t.kind == "initial" for t in tokens[initials:]):
        return ["family"] * initials + ["initial"] * (len(tokens) - initials)
    first = _family_start(tokens)
    return _before_family(tokens[:first]) + ["family"] * (len(tokens) - first)


def _given(token: Token) -> bool:
    from vardynas.language.given_names import classes  # for others, is_patronymic is enough

    return bool(classes(token.text))


def _family_start(tokens: list[Token]) -> int:
    """Where the family name begins: its last word, back over hyphens and particles."""
    first = len(tokens) - 1
    while first > 0 and (
        tokens[first].gap == "hyphen" or (first > 1 and tokens[first - 1].form in _particles())
    ):
        first -= 1
    return first


def _before_family(tokens: list[Token]) -> list[str]:
    roles = []
    for i, token in enumerate(tokens):
        if token.kind == "initial":
            roles.append("initial")
        elif i and is_patronymic(token.form):
            roles.append("patronymic")
        else:
            roles.append("given")
    return roles


def _fixed_words(name: Name, tokens: list[Token]) -> tuple[NameWord, ...]:
    head = {t.form for t in tokenize(name.head)} if name.head else None
    return tuple(
        NameWord(
            _letters(t),
            t.form,
            t.plain,
            "word",
            t.gap,
            name.inflect and name.case != "exact" and (head is None or t.form in head),
        )
        for t in tokens
    )
