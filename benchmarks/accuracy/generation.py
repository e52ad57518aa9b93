"""Writing names: base form + case (with kind, gender and number) → the one right form.

The rows are inflected forms of treebanks and of the grammatical dictionary of Polish. They name the
case, but kind, gender and number only in part; what they leave open is taken from the forms that they
list for the base form: the kind and gender whose paradigms write most of them, and the plural where no
singular is like the form. So a row without a type is asked as what it fits best: it says less than one
with a type. Base forms in the nominative are not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.accuracy.data import LANGUAGES, Row, digest, part_of, read_table
from benchmarks.accuracy.lookups import Options
from benchmarks.accuracy.metrics import Rate
from benchmarks.accuracy.tables import table
from vardynas.language import inflection

__all__ = [
    "Question",
    "Written",
    "folded",
    "generation_misses",
    "generation_table",
    "questions",
    "run_generation",
    "written",
]

CASES = {"inst": "ins", "nom": "nom", "gen": "gen", "dat": "dat", "acc": "acc", "ins": "ins",
         "loc": "loc", "voc": "voc"}  # fmt: skip
KINDS = {"given": "given", "patronymic": "given", "surname": "family", "place": "place"}
PAIRS = (
    ("place", None),
    *((kind, gender) for gender in ("male", "female") for kind in ("given", "family")),
)
"""What names can be; a form that says nothing is taken for the first of these that fits."""


_ALIKE = str.maketrans("'ё", "’е")


class Question(NamedTuple):
    """What to write; `wanted` are the forms that the data list for it, best known first."""

    language: str
    source: str
    lemma: str
    case: str
    number: str
    kind: str
    gender: str | None
    wanted: tuple[str, ...]

    @property
    def part(self) -> str:
        """`fit` or `report`."""
        return part_of(f"{self.language}|{self.lemma}")


@dataclass(frozen=True, slots=True)
class Written:
    """The questions of a language and source with what vardynas writes; "" when it has no paradigm.

    `can` says whether any paradigm of the language writes the form: forms that none writes are
    mostly slips of the data.
    """

    language: str
    source: str
    questions: tuple[Question, ...]
    answers: tuple[str, ...]
    can: tuple[bool, ...]


def run_generation(language: str, options: Options) -> list[Written]:
    """What is written for every question of `language`, by source."""
    rows = [r for r in read_table("inflection.tsv.gz") if r["lang"] == language and r["case"]]
    asked = [q for q in questions(language, rows) if options.part in ("all", q.part)]
    found = []
    for source in sorted({q.source for q in asked}):
        mine = tuple(q for q in asked if q.source == source)
        answers = tuple(map(written, mine))
        found.append(Written(language, source, mine, answers, tuple(map(_can, mine))))
    return found


def written(question: Question) -> str:
    """The form that the most typical paradigm writes; the base form without any."""
    found = inflection.paradigms(
        question.lemma, question.language, kind=question.kind, gender=question.gender
    )
    forms: tuple[str, ...] = ()
    if found:
        forms = inflection.form(question.lemma, found[0].id, question.case, question.number)
    return forms[0] if forms else question.lemma


def questions(language: str, rows: Iterable[Row]) -> Iterator[Question]:
    """The questions that rows of one language ask, each once, without nominatives."""
    entries: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        source = "UD" if row["source"].startswith("UD_") else row["source"]
        for case in row["case"].lower().split("."):
            entries[source, row["lemma"], row["type"]].add((CASES[case], row["form"]))
    for (source, lemma, type_), cells in sorted(entries.items()):
        yield from _asked(language, source, lemma, type_, sorted(cells))


def _asked(
    language: str, source: str, lemma: str, type_: str, cells: Sequence[tuple[str, str]]
) -> Iterator[Question]:
    kind, gender = _told(language, lemma, type_, cells)
    singular = _writes(language, lemma, kind, gender, "sg")
    plural = _writes(language, lemma, kind, gender, "pl") - singular
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case, form in cells:
        number = "pl" if (case, folded(form)) in plural else "sg"
        wanted[case, number].append(form)
    for (case, number), forms in wanted.items():
        if (case, number) != ("nom", "sg"):
            yield Question(language, source, lemma, case, number, kind, gender, tuple(forms))


def _told(
    language: str, lemma: str, type_: str, cells: Sequence[tuple[str, str]]
) -> tuple[str, str | None]:
    """The kind and gender, of those that the type allows, to which the forms fit best."""
    kind = KINDS.get(type_)
    fitting = [pair for pair in PAIRS if kind in (None, pair[0])]
    wanted = {(case, folded(form)) for case, form in cells}

    def fit(pair: tuple[str, str | None]) -> tuple[float, int]:
        singular, plural = (_writes(language, lemma, *pair, number) for number in ("sg", "pl"))
        found = inflection.paradigms(lemma, language, kind=pair[0], gender=pair[1])[:1]
        first = {
            (slot.case, folded(row.text))
            for paradigm in found
            for row in inflection.inflect(lemma, paradigm.id)
            for slot in row.slots
        }
        return len(singular & wanted) + len(plural & wanted) / 100, len(first & wanted)

    return max(fitting, key=fit)


def _writes(
    language: str, lemma: str, kind: str | None, gender: str | None, number: str
) -> set[tuple[str, str]]:
    """Every (case, form) of one number that some paradigm of this kind and gender writes."""
    return {
        (slot.case, folded(row.text))
        for paradigm in inflection.paradigms(lemma, language, kind=kind, gender=gender)
        for row in inflection.inflect(lemma, paradigm.id)
        for slot in row.slots
        if slot.number == number or paradigm.number == "pl"
    }


def _can(question: Question) -> bool:
    cells = _writes(question.language, question.lemma, None, None, question.number)
    return any((question.case, folded(form)) in cells for form in question.wanted)


def _right(run: Written) -> list[bool]:
    return [_is_right(q, answer) for q, answer in zip(run.questions, run.answers, strict=True)]


def _is_right(question: Question, answer: str) -> bool:
    return folded(answer) in map(folded, question.wanted)


def folded(form: str) -> str:
    """A form without capitals and differences of apostrophes; ё is е, which texts write for it.

    >>> folded("Burgoyne'a"), folded("Гёте")
    ('burgoyne’a', 'гете')
    """
    return form.lower().translate(_ALIKE)


def generation_table(runs: Sequence[Written]) -> str:
    """The share of right forms by language and source, and how many some paradigm can write."""
    heads = ("language", "source", "right form", "of those some paradigm writes", "without address")
    rows: list[list[object]] = []
    for language in LANGUAGES:
        mine = [run for run in runs if run.language == language]
        for name, chosen in [(run.source, [run]) for run in mine] + [("all", mine)]:
            if chosen:
                rows.append([language, name, *_rates(chosen)])
    return table("Forms written", heads, rows)


def _rates(runs: Sequence[Written]) -> tuple[Rate, Rate, Rate]:
    right = [r for run in runs for r in _right(run)]
    can = [r for run in runs for r in run.can]
    cases = [q.case for run in runs for q in run.questions]
    plain = [r for r, case in zip(right, cases, strict=True) if case != "voc"]
    possible = [r for r, able in zip(right, can, strict=True) if able]
    return (
        Rate(sum(right), len(right)),
        Rate(sum(possible), len(possible)),
        Rate(sum(plain), len(plain)),
    )


def generation_misses(runs: Sequence[Written], limit: int) -> str:
    """At most `limit` wrong forms of each language and source, of the part `fit` only."""
    parts = []
    for run in runs:
        wrong = [
            (digest(q.lemma), f"- {q.lemma} ({q.kind}, {q.gender}) {q.case} {q.number}:"
             f" wanted {' / '.join(q.wanted)}, got {answer}{'' if can else ', no paradigm has it'}")
            for q, answer, can in zip(run.questions, run.answers, run.can, strict=True)
            if not _is_right(q, answer) and q.part == "fit"
        ]  # fmt: skip
        if wrong:
            parts.append(f"\n## {run.language} {run.source}: wrong form ({len(wrong)})\n")
            parts += [line for _, line in sorted(wrong)[:limit]]
    return "\n".join(parts)
