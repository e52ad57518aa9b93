"""Words rewritten by published or observed systems, from one alphabet or spelling to another.

A system is data: a row of `data/transliteration.yaml` with its authority, status and rules, read by
the one interpreter below. At each position of the lower-cased word the rules are tried in the order
of the table and the first whose letters and context fit is taken; a letter without a rule is copied.
A rule may list alternatives; every rendering then has a weight: 1 for the first choice everywhere,
less for each other choice, times a factor for the status of the system.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from vardynas.language import tables

__all__ = ["Rendering", "System", "clean", "system", "systems", "transliterate"]

LONGEST = 64
"""Longer words are no names; they have no rendering."""

_APOSTROPHES = str.maketrans(dict.fromkeys("'ʼ‘´`＇", "’"))
_SEPARATORS = re.compile("([-‐‑–.])")


class Rendering(NamedTuple):
    """One rendering of a word and its weight in (0, 1]."""

    text: str
    weight: float


class _Rule(NamedTuple):
    letters: str
    size: int
    outputs: str | tuple[Rendering, ...]
    after: frozenset[str] | None
    before: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class System:
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


@dataclass(frozen=True, slots=True)
class _Program:
    rules: dict[str, tuple[_Rule, ...]]
    pre: tuple[tuple[re.Pattern[str], str], ...]
    post: tuple[tuple[re.Pattern[str], str], ...]
    requires: re.Pattern[str] | None
    weight: float


def transliterate(word: str, system_id: str, limit: int = 8) -> tuple[Rendering, ...]:
    """The renderings of `word` by a system, best first, at most `limit` of them.

    Empty when the system does not serve the word (one for surnames in -skis, say) and for words
    of more than 64 letters. Parts joined by a hyphen are rendered one by one; capitals are restored.

    >>> transliterate("Сморгонь", "be-latn-lacinka")[0].text
    'Smorhoń'
    >>> [r.text for r in transliterate("Бялынічы", "be-latn-passport-practice")]
    ['Bialynichy']
    """
    if not word or len(word) > LONGEST:
        return ()
    return _transliterate(word, system_id, limit)


def clean(word: str) -> str:
    """`word` composed (NFC), every apostrophe as ’ (U+2019).

    >>> clean("Дар'я")
    'Дар’я'
    """
    return unicodedata.normalize("NFC", word).translate(_APOSTROPHES)


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
        close = ", ".join(get_close_matches(system_id, rows)) or "see transliteration.yaml"
        raise LookupError(f"There is no system {system_id!r}; close ids: {close}.")
    return rows[system_id]


@tables.cached_up_to(1 << 14)
def _transliterate(word: str, system_id: str, limit: int) -> tuple[Rendering, ...]:
    program = _program(system_id)
    text = clean(word)
    if program.requires and not program.requires.search(text.lower()):
        return ()
    parts = [text] if text.isalpha() else _SEPARATORS.split(text)
    whole = [Rendering("", program.weight)]
    for part in parts:
        rendered = _render(part, program, limit)
        whole = [Rendering(a + b, v * w) for a, v in whole for b, w in rendered]
        whole = _best(whole, limit)
    return tuple(whole)


def _render(part: str, program: _Program, limit: int) -> list[Rendering]:
    """The renderings of one part of a word, without the weight of the system."""
    text = part.lower()
    for pattern, replacement in program.pre:
        text = pattern.sub(replacement, text)
    rendered = _rewrite(text, program.rules, limit)
    for pattern, replacement in program.post:
        rendered = [Rendering(pattern.sub(replacement, t), w) for t, w in rendered]
    if part[:1].isupper():
        upper = len(part) > 1 and part.isupper()
        rendered = [
            Rendering(t.upper() if upper else t[:1].upper() + t[1:], w) for t, w in rendered
        ]
    return rendered


def _rewrite(text: str, rules: dict[str, tuple[_Rule, ...]], limit: int) -> list[Rendering]:
    """Every choice of alternatives, best first; the future of all choices is the same,
    so that cutting to `limit` at every step loses none of the best.
    """
    padded = f"^{text}$"
    states = [Rendering("", 1.0)]
    pending: list[str] = []
    at, end = 1, len(padded) - 1
    while at < end:
        for letters, size, outputs, after, before in rules.get(padded[at], ()):
            if (
                (size == 1 or padded.startswith(letters, at))
                and (after is None or padded[at - 1] in after)
                and (before is None or padded[at + size] in before)
            ):
                break
        else:
            outputs, size = padded[at], 1
        if isinstance(outputs, str):
            pending.append(outputs)
        else:
            fixed = "".join(pending)
            pending.clear()
            states = [Rendering(t + fixed + o, w * v) for t, w in states for o, v in outputs]
            if len(states) > limit:
                states = _best(states, limit)
        at += size
    fixed = "".join(pending)
    return _best([Rendering(t + fixed, w) for t, w in states], limit)


def _best(renderings: list[Rendering], limit: int) -> list[Rendering]:
    if len(renderings) == 1:
        return renderings
    best: dict[str, Rendering] = {}
    for rendering in sorted(renderings, key=_by_weight):
        best.setdefault(rendering.text, rendering)
    return list(best.values())[:limit]


def _by_weight(rendering: Rendering) -> float:
    return -rendering.weight


@tables.cached
def _program(system_id: str) -> _Program:
    """The rules of a system and of those that it inherits, indexed by their first letter."""
    table, row = tables.load("transliteration"), _row(system_id)
    alphabet = table["alphabets"].get(row["from"].split("-")[0], {})
    chain = _inherited(row)
    by_letter: dict[str, list[_Rule]] = {}
    for rule in (rule for link in chain for rule in link.get("rules", ())):
        compiled = _compiled_rule(rule, alphabet, table["weights"])
        by_letter.setdefault(compiled.letters[0], []).append(compiled)
    requires = row.get("requires")
    return _Program(
        rules={letter: tuple(rules) for letter, rules in by_letter.items()},
        pre=_patterns(row.get("pre", ())),
        post=_patterns([p for link in chain for p in link.get("post", ())]),
        requires=re.compile(requires) if requires else None,
        weight=table["weights"]["status"][system(system_id).status],
    )


def _inherited(row: dict[str, Any]) -> list[dict[str, Any]]:
    chain = [row]
    while "inherit" in chain[-1]:
        chain.append(_row(chain[-1]["inherit"]))
    return chain


def _compiled_rule(rule: list[Any], alphabet: dict[str, str], weights: dict[str, Any]) -> _Rule:
    letters, outputs = rule[0], rule[1]
    context = rule[2] if len(rule) > 2 else {}
    first = weights["doubtful_rule"] if context.get("doubtful") else 1.0
    if isinstance(outputs, list):
        factor = weights["alternative"]
        outputs = tuple(
            Rendering(text, first if place == 0 else first * factor)
            for place, text in enumerate(outputs)
        )
    elif first != 1.0:
        outputs = (Rendering(outputs, first),)
    after, before = (_symbols(context.get(side), alphabet) for side in ("after", "before"))
    return _Rule(letters, len(letters), outputs, after, before)


def _symbols(context: str | None, alphabet: dict[str, str]) -> frozenset[str] | None:
    if context is None:
        return None
    classes = {"V": alphabet.get("vowels", ""), "C": alphabet.get("consonants", "")}
    return frozenset("".join(classes.get(symbol, symbol) for symbol in context))


def _patterns(rows: list[list[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rows)
