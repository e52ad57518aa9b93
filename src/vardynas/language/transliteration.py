"""Words rewritten by published or observed systems, from one alphabet or spelling to another.

A system is data: a row of `data/transliteration.yaml` with its authority, status and rules, read by
the one interpreter below. At each position of the lower-cased word the rules are tried in the order
of the table and the first that fits letters and context is taken; a letter without rule is copied.
A rule may list alternatives; every rendering then has a weight: 1 for the first choice everywhere,
less for each other choice, times a factor for the status of the system.
"""

from __future__ import annotations

import re
import unicodedata
from operator import itemgetter
from typing import NamedTuple

from vardynas.language import tables
from vardynas.language.systems import Choice, Letter, Program, System, program, system, systems

__all__ = ["Rendering", "System", "clean", "system", "systems", "transliterate"]

LONGEST = 64
"""Longer words are no names; they have no rendering."""

REMEMBERED = 1 << 12
"""Surroundings of a letter for which the rule that holds is kept."""

_apostrophe = re.compile("['ʼ‘´`＇]")
_SEPARATORS = re.compile("([-‐‑–.])")


class Rendering(NamedTuple):
    """One rendering of a word and its weight in (0, 1]."""

    text: str
    weight: float


def transliterate(word: str, system_id: str, limit: int = 8) -> tuple[Rendering, ...]:
    """The renderings of `word` by a system, best first, at most `limit` of them.

    Empty when the system does not serve the word (one for surnames in -skis, say) and for words
    of more than 64 letters. Parts joined by a hyphen are rendered one by one, capitals restored.

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
    composed = unicodedata.normalize("NFC", word)
    return _apostrophe.sub("’", composed) if _apostrophe.search(composed) else composed


@tables.cached_up_to(1 << 14)
def _transliterate(word: str, system_id: str, limit: int) -> tuple[Rendering, ...]:
    compiled = program(system_id)
    text = clean(word)
    if compiled.requires and not compiled.requires.search(text.lower()):
        return ()
    if text.isalpha():
        rendered = _render(text, compiled, limit)
    else:
        rendered = [("", 1.0)]
        for part in _SEPARATORS.split(text):
            parts = _render(part, compiled, limit)
            rendered = _best([(a + b, v * w) for a, v in rendered for b, w in parts], limit)
    return tuple([Rendering(text, weight * compiled.weight) for text, weight in rendered])


def _render(part: str, compiled: Program, limit: int) -> list[Choice]:
    """The renderings of one part of a word, without the weight of the system."""
    lowered = part.lower()
    for pattern, replacement in compiled.pre:
        lowered = pattern.sub(replacement, lowered)
    if compiled.table is None:
        rendered = _rewrite(lowered, compiled.rules, limit)
    else:
        rendered = [(lowered.translate(compiled.table), 1.0)]
    for pattern, replacement in compiled.post:
        rendered = [(pattern.sub(replacement, text), weight) for text, weight in rendered]
    if part.islower():
        return _best(rendered, limit)
    if part.isupper() and len(part) > 1:
        return _best([(text.upper(), weight) for text, weight in rendered], limit)
    if part[:1].isupper():
        rendered = [(text[:1].upper() + text[1:], weight) for text, weight in rendered]
    return _best(rendered, limit)


def _rewrite(lowered: str, rules: dict[str, str | Letter], limit: int) -> list[Choice]:
    """The choices of alternatives, best first.

    What follows is the same for all states, so that keeping `limit` of them loses none of the best.
    """
    padded = f"^{lowered}$"
    states: list[Choice] = [("", 1.0)]
    fixed = ""
    at, end = 1, len(padded) - 1
    while at < end:
        letter = padded[at]
        of_letter = rules.get(letter, letter)
        if isinstance(of_letter, str):
            fixed += of_letter
            at += 1
            continue
        near = padded[at - 1 : at + of_letter.reach]
        outputs, size = of_letter.seen.get(near) or _match(near, of_letter)
        at += size
        if isinstance(outputs, str):
            fixed += outputs
            continue
        states = [(text + fixed + o, weight * w) for text, weight in states for o, w in outputs]
        fixed = ""
        if len(states) > limit:
            states.sort(key=_by_weight, reverse=True)
            del states[limit:]
    return [(text + fixed, weight) for text, weight in states]


def _match(near: str, letter: Letter) -> tuple[str | tuple[Choice, ...], int]:
    """What the second letter of `near` and those after it become, and how many letters that takes."""
    found: tuple[str | tuple[Choice, ...], int] = near[1], 1
    for letters, size, outputs, after, before in letter.rules:
        if (
            (size == 1 or near.startswith(letters, 1))
            and (after is None or near[0] in after)
            and (before is None or near[1 + size] in before)
        ):
            found = outputs, size
            break
    if len(letter.seen) >= REMEMBERED:
        letter.seen.clear()
    letter.seen[near] = found
    return found


def _best(choices: list[Choice], limit: int) -> list[Choice]:
    if len(choices) == 1:
        return choices
    choices.sort(key=_by_weight, reverse=True)
    best: dict[str, float] = {}
    for text, weight in choices:
        best.setdefault(text, weight)
    return list(best.items())[:limit]


_by_weight = itemgetter(1)
