"""Names of two people word by word: family names first, then given names, then what stands between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from vardynas.evidence import Step
from vardynas.match.compare_families import EVIDENT, Sexed, are_relatives, sexed
from vardynas.match.compare_given import link_given
from vardynas.match.compare_names import Person
from vardynas.match.compare_sounds import Written
from vardynas.match.compare_words import Cells, Link, link_words

__all__ = ["Outcome", "compare_people"]

RELATED, SURE, FIRM = 0.4, 0.8, 0.9
"""From these scores on two words may be one, are one, and speak for the rest of the name."""

BARE = 0.72
"""A family name alone can be that of a full name, and everybody else's of that name too."""

HALF, HALF_ALONE = 0.8, 0.55
"""One half of a double family name, with and without a given name beside it."""

GIVEN_ALONE, SECOND_ALONE = 0.5, 0.65
"""The given name alone; the second of two given names."""

MISSING, OTHER_MIDDLE, OTHER_SECOND = 0.97, 0.25, 0.6
"""A patronymic or second name in one of the names only; another one; one spelled otherwise."""

OTHER_FAMILY, OTHER_SEX, ONE_FAMILY = 0.5, 0.1, 0.06
DOUBT_LEFT = 0.75
"""How much of the doubt about a family name is left beside an equal given name."""

MAN_AND_WOMAN = 0.5
"""One given name, but a man's and a woman's surname: English often writes the man's for both."""


class Outcome(NamedTuple):
    """The probability that two names are one's, why, and whether they are relatives'."""

    score: float
    steps: tuple[Step, ...]
    relatives: bool = False


def compare_people(some: Sequence[Person], others: Sequence[Person]) -> Outcome:
    """The best outcome over the ways to read both names; at least one way each."""
    outcomes = [_weighted(_compare(a, b), a.weight * b.weight) for a, b in product(some, others)]
    best = max(outcomes, key=lambda outcome: outcome.score)
    if best.score >= RELATED:
        return best if best.steps else best._replace(steps=(("order",),))
    return next((outcome for outcome in outcomes if outcome.relatives), best)


def _weighted(outcome: Outcome, weight: float) -> Outcome:
    return outcome._replace(score=outcome.score * weight)


def _compare(a: Person, b: Person) -> Outcome:
    sexes = _sexed(a), _sexed(b)
    family = _link_families(a, b)
    apart = _apart(*sexes)
    couple = _couple(a, b) or _couple(b, a)
    if (apart or couple or family.score < SURE) and _relatives(a, b, sexes):
        return _one_family(a, b)
    if apart:
        return Outcome(OTHER_SEX, (("different", a.surname.text, b.surname.text),))
    if family.score < RELATED:
        return _other_family(a, b, family)
    return _whole(family, _link_given_names(a, b, family, sexes), bool(a.given and b.given))


def _whole(family: Link, given: Link, both_given: bool) -> Outcome:
    steps = given.steps + family.steps
    if not both_given or given.score < FIRM:
        return Outcome(family.alone * given.score, steps)
    return Outcome(max(given.score - (1 - family.score) * DOUBT_LEFT, 0.0), steps)


# ------------------------------------------------------------ men and women


def _apart(some: tuple[Sexed, ...], others: tuple[Sexed, ...]) -> bool:
    """Whether one surname is a man's and the other a woman's."""
    a, b = ({r.sex for r in found if r.letters >= EVIDENT} for found in (some, others))
    return bool(a) and bool(b) and not a & b


def _couple(woman: Person, man: Person) -> bool:
    return woman.sexes == {"f"} and man.sexes == {"m"}


def _relatives(a: Person, b: Person, sexes: tuple[tuple[Sexed, ...], tuple[Sexed, ...]]) -> bool:
    for person, other, found in ((a, b, sexes[0]), (b, a, sexes[1])):
        # short endings (-a) tell a woman only beside a woman's given name and a man's
        letters = 1 if _couple(person, other) else EVIDENT
        women = tuple(r for r in found if r.sex == "f" and r.letters >= letters)
        if women and are_relatives(women, other.surname.form, other.surname.language):
            return True
    return False


def _one_family(a: Person, b: Person) -> Outcome:
    """Relatives; unsure where even the given names are one."""
    step: Step = ("family", a.surname.text, b.surname.text)
    if a.given and b.given and "initial" not in (a.given[0].role, b.given[0].role):
        given = link_given(a.given[0], b.given[0])
        if given.score >= SURE:
            return Outcome(MAN_AND_WOMAN, (*given.steps, step))
    return Outcome(ONE_FAMILY, (step,), relatives=True)


def _sexed(person: Person) -> tuple[Sexed, ...]:
    """The readings of the family name as a man's or woman's that fit the given name best."""
    found = sexed(person.surname.form, person.surname.language)
    found = tuple(reading for reading in found if _fits(reading, person)) or found
    longest = max((reading.letters for reading in found), default=0)
    found = tuple(reading for reading in found if reading.letters == longest)
    base = tuple(reading for reading in found if "nom" in reading.cases)
    return base if base and not person.given else found


def _fits(reading: Sexed, person: Person) -> bool:
    """Whether the given name is of the same sex and can stand in the same case."""
    return any(
        reading.sex in given.sexes and reading.cases & {case for case, _ in given.cells}
        for given in person.first
    )


# ------------------------------------------------------------ family names


def _link_families(a: Person, b: Person) -> Link:
    """The link of two family names, of which either may be double (Kowalska-Nowak)."""
    if len(a.family) > len(b.family):
        return _link_families(b, a).flipped()
    links: list[Link] = []
    left = list(b.family)
    for word in a.family:
        scored = [(link_words(word, other, "family"), -i) for i, other in enumerate(left)]
        link, place = max(scored, key=lambda pair: (pair[0].score, pair[1]))
        links.append(link)
        del left[-place]
    score = min(link.score for link in links)
    steps = tuple(step for link in links for step in link.steps)
    if left:
        score *= HALF if a.given or b.given else HALF_ALONE
        steps += (("half", left[0].text),)
    trust = min(link.trust for link in links)
    return Link(score, steps, links[-1].cells_a, links[-1].cells_b, trust)


def _other_family(a: Person, b: Person, link: Link) -> Outcome:
    """Two family names; a lone word may also be the other's given name."""
    for lone, whole in ((a, b), (b, a)):
        if not lone.given and whole.given and len(lone.family) == 1:
            given = link_given(lone.surname, whole.given[0])
            if given.score >= SURE:
                return Outcome(GIVEN_ALONE, (("given-alone", lone.surname.text),))
    return Outcome(link.score * OTHER_FAMILY, link.steps)


# ------------------------------------------------------------ given names


def _link_given_names(
    a: Person, b: Person, family: Link, sexes: tuple[tuple[Sexed, ...], tuple[Sexed, ...]]
) -> Link:
    if not a.given and not b.given:
        return Link(1.0, ())
    if not a.given or not b.given:
        return Link(BARE, (("bare", (b if a.given else a).surname.text),))
    cells = _cells(sexes[0]) or family.cells_a, _cells(sexes[1]) or family.cells_b
    first = link_given(a.given[0], b.given[0], *cells)
    if first.score < RELATED:
        return _by_second_name(a, b) or first
    middle = _link_middles(a.given[1:], b.given[1:])
    return Link(first.score * middle.score, first.steps + middle.steps)


def _cells(found: tuple[Sexed, ...]) -> Cells:
    return frozenset(cell for reading in found for cell in reading.cells)


def _by_second_name(a: Person, b: Person) -> Link | None:
    """A person may use the second of two given names (Józef Klemens, Klemens)."""
    for one, other in ((a, b), (b, a)):
        if other.given[0].role != "given":
            continue
        for word in one.given[1:]:
            if word.role == "given" and link_given(word, other.given[0]).score >= FIRM:
                return Link(SECOND_ALONE, (("one-sided", one.given[0].text),))
    return None


def _link_middles(some: Sequence[Written], others: Sequence[Written]) -> Link:
    """Patronymics, second names and their initials: missing is a small thing, another one is not."""
    if not some and not others:
        return Link(1.0, ())
    if not some or not others:
        return Link(MISSING, tuple(("one-sided", word.text) for word in some or others))
    score = 1.0
    steps: tuple[Step, ...] = ()
    for one, other in zip(some, others, strict=False):
        link = _link_middle(one, other)
        if link.score < RELATED:
            by_ear = one.role == other.role == "given" and link.score > 0
            apart: Step = ("different-middle", one.text, other.text)
            return Link(OTHER_SECOND if by_ear else OTHER_MIDDLE, (apart,))
        score *= (1 + link.score) / 2
        steps += link.steps
    return Link(score, steps)


def _link_middle(a: Written, b: Written) -> Link:
    roles = {a.role, b.role}
    if "patronymic" in roles and "initial" not in roles:
        return link_words(a, b, "patronymic")
    return link_given(a, b)
