"""Systems of transliteration: what they are, and their rules made ready for the interpreter."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from vardynas.language import tables

__all__ = ["Choice", "Letter", "Program", "Rule", "System", "program", "system", "systems"]

Choice = tuple[str, float]
"""A text and its weight: a plain tuple, since the interpreter makes dozens for a word."""


class Rule(NamedTuple):
    """One row: letters, what they become (text or weighted choices), and the letters around."""

    letters: str
    size: int
    outputs: str | tuple[Choice, ...]
    after: frozenset[str] | None
    before: frozenset[str] | None


class System(NamedTuple):
    """What a system is: its languages, authority and status (official, standard, practice, …).

    `endings` names the table of endings that its renderings take in running text; "" when none.
    """

    id: str
    source: str
    target: str
    name: str
    authority: str
    status: str
    year: int | None = None
    endings: str = ""
    notes: tuple[str, ...] = ()


class Letter(NamedTuple):
    """The rules that begin with a letter. Which of them holds depends on few letters around it.

    `reach` is how many letters from it on decide, `seen` what was found for the letters around it.
    """

    rules: tuple[Rule, ...]
    reach: int
    seen: dict[str, tuple[str | tuple[Choice, ...], int]]


class Program(NamedTuple):
    """The compiled rules of a system, by first letter, with what comes before and after them.

    `table` is for `str.translate` where no rule depends on other letters, else None.
    """

    rules: dict[str, str | Letter]
    table: dict[int, str] | None
    pre: tuple[tuple[re.Pattern[str], str], ...]
    post: tuple[tuple[re.Pattern[str], str], ...]
    requires: re.Pattern[str] | None
    weight: float


@tables.cached
def system(system_id: str) -> System:
    """The system with this id; an unknown one is a `LookupError` that names the closest ids.

    >>> system("be-pl-pwn").authority
    'PWN spelling dictionary, rule 79.B [326]'
    """
    row = _row(system_id)
    return System(
        id=row["id"],
        source=row["from"],
        target=row["to"],
        name=row["name"],
        authority=row["authority"],
        status="doubtful" if row.get("doubtful") else row["status"],
        year=row.get("year"),
        endings=row.get("endings", ""),
        notes=tuple(row.get("notes", ())),
    )


def systems(source: str, target: str | None = None) -> tuple[System, ...]:
    """All systems from a language, or only those to `target`, in the order of the table.

    >>> [s.id for s in systems("ru", "lt")]
    ['ru-lt-vlkk']
    """
    found = (system(system_id) for system_id in _rows())
    return tuple(s for s in found if s.source == source and target in (None, s.target))


@tables.cached
def _rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in tables.load("transliteration")["systems"]}


def _row(system_id: str) -> dict[str, Any]:
    rows = _rows()
    if system_id not in rows:
        from difflib import get_close_matches

        close = ", ".join(get_close_matches(system_id, rows)) or "see transliteration.yaml"
        raise LookupError(f"There is no system {system_id!r}; close ids: {close}.")
    return rows[system_id]


@tables.cached
def program(system_id: str) -> Program:
    """The rules of a system and of those that it inherits, indexed by their first letter."""
    table, row = tables.load("transliteration"), _row(system_id)
    alphabet = table["alphabets"].get(row["from"].split("-")[0], {})
    chain = _inherited(row)
    by_letter: dict[str, list[Rule]] = {}
    for rule in (rule for link in chain for rule in link.get("rules", ())):
        compiled = _compiled_rule(rule, alphabet, table["weights"])
        by_letter.setdefault(compiled.letters[0], []).append(compiled)
    requires = row.get("requires")
    rules = {letter: _shortened(rules) for letter, rules in by_letter.items()}
    alone = {ord(letter): out for letter, out in rules.items() if isinstance(out, str)}
    return Program(
        rules=rules,
        table=alone if len(alone) == len(rules) else None,
        pre=_patterns(row.get("pre", ())),
        post=_patterns([p for link in chain for p in link.get("post", ())]),
        requires=re.compile(requires) if requires else None,
        weight=table["weights"]["status"][system(system_id).status],
    )


def _shortened(rules: list[Rule]) -> str | Letter:
    """The rules of a letter up to the first that always fits; if that is the first, its output."""
    kept: list[Rule] = []
    for rule in rules:
        kept.append(rule)
        if rule.size == 1 and rule.after is None and rule.before is None:
            break
    alone = kept[0].outputs if len(kept) == 1 else None
    always = kept[0].size == 1 and kept[0].after is None and kept[0].before is None
    if isinstance(alone, str) and always:
        return alone
    return Letter(tuple(kept), max(rule.size for rule in kept) + 1, {})


def _inherited(row: dict[str, Any]) -> list[dict[str, Any]]:
    chain = [row]
    while "inherit" in chain[-1]:
        chain.append(_row(chain[-1]["inherit"]))
    return chain


def _compiled_rule(rule: list[Any], alphabet: dict[str, str], weights: dict[str, Any]) -> Rule:
    letters, outputs = rule[0], rule[1]
    context = rule[2] if len(rule) > 2 else {}
    first = weights["doubtful_rule"] if context.get("doubtful") else 1.0
    if isinstance(outputs, list):
        factor = weights["alternative"]
        outputs = tuple(
            (text, first if place == 0 else first * factor) for place, text in enumerate(outputs)
        )
    elif first != 1.0:
        outputs = ((outputs, first),)
    after, before = (_symbols(context.get(side), alphabet) for side in ("after", "before"))
    return Rule(letters, len(letters), outputs, after, before)


def _symbols(context: str | None, alphabet: dict[str, str]) -> frozenset[str] | None:
    if context is None:
        return None
    classes = {"V": alphabet.get("vowels", ""), "C": alphabet.get("consonants", "")}
    return frozenset("".join(classes.get(symbol, symbol) for symbol in context))


def _patterns(rows: list[list[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rows)
