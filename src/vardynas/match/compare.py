"""Whether two names can be one person or place, by rules alone or with a glossary in hand.

Names of people are compared by the roles of their words, other names word by word in order. The
result does not depend on which of the two comes first.
"""

from __future__ import annotations

from typing import Protocol
from unicodedata import normalize

from vardynas.errors import no_text
from vardynas.evidence import Step
from vardynas.language.names import is_patronymic
from vardynas.match.compare_families import sexed
from vardynas.match.compare_given import given_readings, titles
from vardynas.match.compare_names import people
from vardynas.match.compare_people import Outcome, compare_people
from vardynas.match.compare_sequences import compare_sequences
from vardynas.match.compare_sounds import Written
from vardynas.model import Candidate, Comparison, Entry
from vardynas.text.tokens import Token, tokenize

__all__ = ["Resolving", "compare", "compare_with"]

SAME, DIFFERENT = 0.6, 0.4
"""The verdict is same from the first score on, different below the second, unsure between."""

LONGEST = 12
"""No name has more words; longer texts are only compared letter by letter."""

FIRM = ("exact", "inflected", "derived")
ONE_ENTRY, TWO_ENTRIES = 0.98, 0.03


class Resolving(Protocol):
    """What a comparison asks of a glossary: `vardynas.Resolver` answers it."""

    def resolve(self, name: str, language: str | None = None) -> Candidate | None:
        """The one entry that a name means, or None."""

    def __getitem__(self, entry_id: str) -> Entry: ...


def compare(
    a: str,
    b: str,
    language_a: str | None = None,
    language_b: str | None = None,
    type: str | None = None,
) -> Comparison:
    """Whether two names can be one, by the rules of the languages, without a glossary.

    The verdict is same, family (one surname, a man's and a woman's), different or unsure; the score
    the probability that both name one person or place. `type` is person, place, organisation or
    other; without it that is guessed. Different, with score 0, where either has no letters.

    >>> compare("Cichanouskaja", "Тихановская").verdict
    'same'
    >>> compare("Siarhei Tsikhanouski", "Sviatlana Tsikhanouskaya").verdict
    'family'
    >>> compare("Kalinowski", "Malinowski").verdict
    'different'
    """
    for text in (a, b):
        if not isinstance(text, str):
            raise no_text(text)
    one, other = (normalize("NFC", text).strip() for text in (a, b))
    if one and one == other:
        return Comparison("same", 1.0, (("same-text", one),))
    sides = ((one, language_a or "und"), (other, language_b or "und"))
    first, second = sorted(sides)
    return _verdict(_compare(first, second, type))


def compare_with(
    resolver: Resolving,
    a: str,
    b: str,
    language_a: str | None = None,
    language_b: str | None = None,
) -> Comparison:
    """Whether two names can be one: what the glossary knows of both comes before the rules."""
    one, other = resolver.resolve(a, language_a), resolver.resolve(b, language_b)
    if one is None or other is None:
        return compare(a, b, language_a, language_b, _type(resolver, one or other))
    if one.entry == other.entry:
        score = round(ONE_ENTRY * min(one.score, other.score), 4)
        return Comparison("same", score, (("same-entry", one.entry),))
    by_rules = compare(a, b, language_a, language_b, _type(resolver, one))
    if not (_firm(one) and _firm(other)):
        return by_rules
    apart: Step = ("distinct", *sorted((one.entry, other.entry)))
    verdict = "family" if by_rules.verdict == "family" else "different"
    return Comparison(verdict, TWO_ENTRIES, (apart,))


def _firm(candidate: Candidate) -> bool:
    return candidate.method in FIRM


def _type(resolver: Resolving, candidate: Candidate | None) -> str | None:
    return resolver[candidate.entry].type if candidate else None


def _verdict(outcome: Outcome) -> Comparison:
    score = round(min(max(outcome.score, 0.0), 1.0), 4)
    if score >= SAME:
        verdict = "same"
    elif outcome.relatives:
        verdict = "family"
    else:
        verdict = "different" if score < DIFFERENT else "unsure"
    return Comparison(verdict, score, outcome.steps)


def _compare(a: tuple[str, str], b: tuple[str, str], kind: str | None) -> Outcome:
    tokens = [[t for t in tokenize(text) if t.kind != "skip"] for text, _ in (a, b)]
    if not all(tokens):
        return Outcome(0.0, (("no-name",),))
    if [t.form for t in tokens[0]] == [t.form for t in tokens[1]]:
        return Outcome(0.99, (("same-text", a[0]),))
    if max(map(len, tokens)) > LONGEST:
        return Outcome(0.0, (("too-long", str(LONGEST)),))
    languages = (a[1], b[1])
    words = (_written(tokens[0], a[1]), _written(tokens[1], b[1]))
    alone = kind is None and all(len(found) == 1 for found in tokens)
    outcome = None
    if kind == "person" or alone or (kind is None and any(map(_personal, tokens, languages))):
        outcome = _as_people((a, b), tokens)
    if outcome is None:
        return compare_sequences(*words, kind)
    if alone and not outcome.relatives and outcome.score < SAME:
        place = compare_sequences(*words, "place")
        return max(outcome, place, key=lambda found: found.score)
    return outcome


def _as_people(
    sides: tuple[tuple[str, str], tuple[str, str]], tokens: list[list[Token]]
) -> Outcome | None:
    """The outcome for two people; None where one of them cannot be a person's name."""
    some, others = (
        people(_titled(text, found), language)
        for (text, language), found in zip(sides, tokens, strict=True)
    )
    return compare_people(some, others) if some and others else None


def _written(tokens: list[Token], language: str) -> list[Written]:
    return [Written(token.text, token.form, language) for token in tokens]


def _personal(tokens: list[Token], language: str) -> bool:
    """Whether a name of several words looks like a person's."""
    if not 2 <= len(tokens) <= 5 or any(t.kind not in ("word", "initial") for t in tokens):
        return False
    if any(t.kind == "initial" for t in tokens) or any(t.gap == "comma" for t in tokens[1:]):
        return True
    ends = (tokens[0].form, tokens[-1].form)
    if any(map(given_readings, ends)) or is_patronymic(tokens[-1].form):
        return True
    return any(reading.letters > 2 for form in ends for reading in sexed(form, language))


def _titled(text: str, tokens: list[Token]) -> str:
    """The name without titles, written with capitals when it has none."""
    first = 0
    while first < len(tokens) - 1 and tokens[first].form in titles():
        first += 1
    if any(t.shape != "lower" for t in tokens):
        return text[tokens[first].start :]
    parts, at = [], tokens[first].start
    for token in tokens[first:]:
        parts += [text[at : token.start], token.text[:1].upper(), token.text[1:]]
        at = token.end
    return "".join(parts)
