"""Names of two people word by word: family names first, then given names, then what stands between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from vardynas.evidence import Step
from vardynas.index.names import NameWord, ParsedName, parse_name
from vardynas.match.compare_families import EVIDENT, Sexed, are_relatives, sexed
from vardynas.match.compare_given import agreeing, given_readings, link_given
from vardynas.match.compare_words import Cell, Link, link_words
from vardynas.model import Entry, Name

__all__ = ["Outcome", "compare_people", "people"]

BARE = 0.72
"""A family name alone can be that of a full name: of all people with this name one is meant."""

GIVEN_ALONE = 0.5
HALF, HALF_ALONE = 0.8, 0.55
FIRM, DOUBT_LEFT = 0.9, 0.75
MISSING, OTHER_MIDDLE, OTHER_SECOND, OTHER_ORDER = 0.97, 0.25, 0.6, 0.95
UNLIKELY_ORDER = 0.75
NO_CELLS: frozenset[Cell] = frozenset()
RELATIVES = 0.06
RELATED, SURE = 0.4, 0.8
"""From this score on two words may be one; below it they are two."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The probability that two names are one person's, why, and whether they are relatives."""

    score: float
    steps: tuple[Step, ...]
    relatives: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A name of a person in parts; `weight` says how likely this way to read it is."""

    family: tuple[NameWord, ...]
    given: tuple[NameWord, ...]
    language: str
    weight: float

    @property
    def words(self) -> tuple[NameWord, ...]:
        """All words."""
        return self.given + self.family


def people(text: str, language: str) -> tuple[Person, ...]:
    """The ways to read a name as a person's: the family name last, or first; () when it is none."""
    parsed = _parse(text, language)
    if parsed is None or not parsed.personal:
        return ()
    readings = [_person(parsed, language, 1.0)]
    words = parsed.words
    first = 1
    while first < len(words) and words[first].gap == "hyphen":
        first += 1
    if 1 < len(words) <= 4 and first < len(words) and words[0].role == "given":
        head, rest = words[:first], words[first:]
        turned = _parse(f"{_joined(head)}, {_joined(rest)}", language)
        if turned is not None and turned.personal:
            readings = _weighed(words, first, readings[0], _person(turned, language, OTHER_ORDER))
    return tuple(readings)


def _weighed(words: Sequence[NameWord], first: int, usual: Person, turned: Person) -> list[Person]:
    """Both orders, the one less likely that the tables of given names speak against."""
    starts, ends = bool(given_readings(words[0].form)), bool(given_readings(words[-1].form))
    if starts and not ends:
        turned = _with(turned, UNLIKELY_ORDER)
    elif ends and not starts:
        usual, turned = _with(usual, UNLIKELY_ORDER), _with(turned, 1.0)
    return [usual, turned]


def _with(person: Person, weight: float) -> Person:
    return replace(person, weight=weight)


def _joined(words: Sequence[NameWord]) -> str:
    text = words[0].text
    for word in words[1:]:
        text += ("-" if word.gap == "hyphen" else " ") + word.text
    return text


def _parse(text: str, language: str) -> ParsedName | None:
    entry = Entry(id="name", type="person", names={})
    return parse_name(Name(text, language), entry)


def _person(parsed: ParsedName, language: str, weight: float) -> Person:
    words = tuple(replace(w, role="initial") if _is_initial(w) else w for w in parsed.words)
    family = tuple(w for w in words if w.role == "family")
    given = tuple(w for w in words if w.role in ("given", "initial", "patronymic"))
    return Person(family, given, language, weight)


def _is_initial(word: NameWord) -> bool:
    return len(word.plain) == 1 and word.text.endswith(".")


# ------------------------------------------------------------ comparing


def compare_people(some: Sequence[Person], others: Sequence[Person]) -> Outcome:
    """The best outcome over the ways to read both names."""
    outcomes = [_weighted(_compare(a, b), a.weight * b.weight) for a, b in product(some, others)]
    best = max(outcomes, key=lambda outcome: outcome.score)
    if best.score >= RELATED:
        return best
    return next((outcome for outcome in outcomes if outcome.relatives), best)


def _weighted(outcome: Outcome, weight: float) -> Outcome:
    return Outcome(outcome.score * weight, outcome.steps, outcome.relatives)


def _compare(a: Person, b: Person) -> Outcome:
    family = _link_families(a, b)
    if family.relatives:
        return _relatives(a, b, family)
    if family.link.score < RELATED:
        return _other_family(a, b, family.link)
    given = _link_given_names(a, b, family)
    firm = bool(a.given and b.given) and given.score >= FIRM
    score = family.link.score if firm else family.link.alone
    score *= given.score
    if firm:  # an equal given name speaks for a slip in the family name
        score = 1 - (1 - family.link.score) * DOUBT_LEFT - (1 - given.score)
    steps = (*given.steps, *family.link.steps)
    return Outcome(max(score, 0.0), steps)


@dataclass(frozen=True, slots=True)
class _Families:
    link: Link
    relatives: bool


def _link_families(a: Person, b: Person) -> _Families:
    languages = (a.language, b.language)
    readings = (_sexed(a), _sexed(b))
    link = _link_double(a.family, b.family, languages, bool(a.given or b.given))
    sexes = tuple({r.sex for r in found if r.letters >= EVIDENT} for found in readings)
    apart = bool(sexes[0]) and bool(sexes[1]) and not sexes[0] & sexes[1]
    if apart or link.score < SURE or _couple(a, b) or _couple(b, a):
        for person, other, found in ((a, b, readings[0]), (b, a, readings[1])):
            women = _women(person, other, found)
            if women and are_relatives(women, other.family[-1].form, other.language):
                step = ("family", a.family[-1].text, b.family[-1].text)
                return _Families(Link(RELATIVES, (step,)), True)
    if apart:
        return _Families(Link(0.1, (("different", a.family[-1].text, b.family[-1].text),)), False)
    return _Families(link, False)


def _women(person: Person, other: Person, found: tuple[Sexed, ...]) -> tuple[Sexed, ...]:
    """The readings as a woman's surname; short endings count beside a woman's and a man's name."""
    letters = 1 if _couple(person, other) else EVIDENT
    return tuple(r for r in found if r.sex == "f" and r.letters >= letters)


def _couple(woman: Person, man: Person) -> bool:
    return _sexes(woman) == {"f"} and _sexes(man) == {"m"}


def _sexes(person: Person) -> frozenset[str]:
    """The sexes that the given name can have."""
    found = [g for word in person.given[:1] for g in agreeing(given_readings(word.form), NO_CELLS)]
    return frozenset(sex for given in found for sex in given.sexes)


def _sexed(person: Person) -> tuple[Sexed, ...]:
    """The readings of the family name as a man's or woman's that fit the given name best."""
    found = sexed(person.family[-1].form, person.language) if person.family else ()
    given = [g for word in person.given[:1] for g in given_readings(word.form)]
    fitting = tuple(
        reading
        for reading in found
        if any(
            reading.sex in g.sexes
            and {case for case, _ in g.cells} & {case for case, _ in reading.cells}
            for g in given
        )
    )
    pool = fitting or found
    longest = max((reading.letters for reading in pool), default=0)
    pool = tuple(reading for reading in pool if reading.letters == longest)
    base = tuple(reading for reading in pool if "nom" in dict(reading.cells))
    return base if base and not person.given else pool


def _link_double(
    some: Sequence[NameWord],
    others: Sequence[NameWord],
    languages: tuple[str, str],
    with_given: bool,
) -> Link:
    """The link of two family names, of which either may be double (Kowalska-Nowak)."""
    if len(some) > len(others):
        turned = _link_double(others, some, (languages[1], languages[0]), with_given)
        return turned.flipped()
    if not some:
        return Link(0.0, ())
    links: list[Link] = []
    left = list(others)
    for word in some:
        best = max(
            ((link_words(word, other, languages, "family"), other) for other in left),
            key=lambda pair: pair[0].score,
        )
        links.append(best[0])
        left.remove(best[1])
    score = min(link.score for link in links)
    steps = tuple(step for link in links for step in link.steps)
    if left:
        score *= HALF if with_given else HALF_ALONE
        steps += (("half", left[0].text),)
    trust = min(link.trust for link in links)
    return Link(score, steps, links[-1].cells_a, links[-1].cells_b, trust)


def _relatives(a: Person, b: Person, family: _Families) -> Outcome:
    """One family; unsure where even the given names are one."""
    if a.given and b.given and "initial" not in (a.given[0].role, b.given[0].role):
        languages = (a.language, b.language)
        given = link_given(a.given[0], b.given[0], languages, (NO_CELLS, NO_CELLS))
        if given.score >= 0.8:
            return Outcome(0.5, (*given.steps, *family.link.steps))
    return Outcome(RELATIVES, family.link.steps, relatives=True)


def _other_family(a: Person, b: Person, link: Link) -> Outcome:
    """Two family names; a lone word may also be the other's given name."""
    for lone, whole in ((a, b), (b, a)):
        if not lone.given and whole.given and len(lone.family) == 1:
            pair = (lone.language, whole.language)
            given = link_given(lone.family[0], whole.given[0], pair, (NO_CELLS, NO_CELLS))
            if given.score >= 0.8:
                return Outcome(GIVEN_ALONE, (("given-alone", lone.family[0].text),))
    return Outcome(link.score * 0.5, link.steps)


def _link_given_names(a: Person, b: Person, family: _Families) -> Link:
    languages = (a.language, b.language)
    if not a.given or not b.given:
        if a.given or b.given:
            alone = b if a.given else a
            return Link(BARE, (("bare", alone.family[-1].text),))
        return Link(1.0, ())
    cells = (_cells(a, family.link.cells_a), _cells(b, family.link.cells_b))
    first = link_given(a.given[0], b.given[0], languages, cells)
    middle = _link_middles(a.given[1:], b.given[1:], languages)
    if first.score < RELATED:
        return _second_name(a, b, first)
    return Link(first.score * middle.score, first.steps + middle.steps)


def _cells(person: Person, linked: frozenset[Cell]) -> frozenset[Cell]:
    found = frozenset(cell for reading in _sexed(person) for cell in reading.cells)
    return found or linked


def _second_name(a: Person, b: Person, first: Link) -> Link:
    """A person may use the second of two given names (Józef Klemens, Klemens)."""
    for one, other in ((a, b), (b, a)):
        for word in one.given[1:]:
            if word.role != "given" or other.given[0].role != "given":
                continue
            pair = (one.language, other.language)
            if link_given(word, other.given[0], pair, (NO_CELLS, NO_CELLS)).score >= 0.9:
                return Link(0.65, (("extra", one.given[0].text),))
    return first


def _link_middles(
    some: Sequence[NameWord], others: Sequence[NameWord], languages: tuple[str, str]
) -> Link:
    """Patronymics, second names and their initials: missing is a small thing, another one is not."""
    if not some or not others:
        extra = some or others
        if not extra:
            return Link(1.0, ())
        return Link(MISSING, tuple(("one-sided", word.text) for word in extra))
    score, steps = 1.0, []
    for one, other in zip(some, others, strict=False):
        link = _middle(one, other, languages)
        if link.score < RELATED:
            other_name = one.role == other.role == "given"
            score = OTHER_SECOND if other_name and link.score else OTHER_MIDDLE
            return Link(score, (("different-middle", one.text, other.text),))
        score *= 0.5 + 0.5 * link.score
        steps += link.steps
    return Link(score, tuple(steps))


def _middle(a: NameWord, b: NameWord, languages: tuple[str, str]) -> Link:
    if "initial" in (a.role, b.role):
        return link_given(a, b, languages, (NO_CELLS, NO_CELLS))
    if "patronymic" in (a.role, b.role):
        return link_words(a, b, languages, "patronymic")
    return link_given(a, b, languages, (NO_CELLS, NO_CELLS))
