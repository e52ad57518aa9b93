"""Every spelling of an entry: listed, derived, and in all cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import prod

from vardynas.language.derive import Derived, derive
from vardynas.language.names import NameWord
from vardynas.model import Entry, Slot, Variant
from vardynas.render.forms import CASES, whole
from vardynas.render.sorts import sort
from vardynas.render.target import Target, make_target, respelled, word_kind

__all__ = ["variants"]

_BEST = 5
"""Derived forms shown for one language."""

_LEAST = 0.3
"""Forms less likely than this share of the best one of their language are not shown."""

_Row = tuple[Variant, Target | None]


def variants(
    entry: Entry, language: str | None = None, *, inflected: bool = False
) -> list[Variant]:
    """The forms of `entry` (in one language, or all): the listed ones, then the best derived ones.

    Derivation starts from the preferred name of the entry's own language. `inflected` adds the
    singular cases of each form that has a paradigm, with the cells in which it stands.

    >>> entry = Entry("hrodna", {"be": ["Гродна"]}, type="place", origin="be")
    >>> [(v.form, v.status) for v in variants(entry, "lt")]
    [('Hrodna', 'official'), ('Grodna', 'practice')]
    """
    rows: dict[tuple[str, str], _Row] = {}
    for variant, target in (*_attested(entry), *_derived(entry)):
        if language is None or variant.language == language:
            rows.setdefault((variant.form, variant.language), (variant, target))
    if not inflected:
        return [variant for variant, _ in rows.values()]
    return [form for variant, target in rows.values() for form in _cases(variant, target)]


def _attested(entry: Entry) -> Iterator[_Row]:
    for name in entry.all_names():
        status = "unverified" if name.unverified else name.role
        status = "never" if name.match == "never" else status
        yield Variant(name.form, name.language, name.form, (), status), make_target(entry, name)


def _derived(entry: Entry) -> Iterator[_Row]:
    """What the rules make of the preferred name, the best few for each language."""
    start = _start(entry)
    if start is None:
        return
    words = [_spellings(word, start) for word in start.words]
    for language in dict.fromkeys(row.language for word in words for row in word):
        found = _whole_names(start, words, language)
        best = found[0][0] if found else 0.0
        for weight, variant, target in islice(found, _BEST):
            if weight >= _LEAST * best:
                yield variant, target


def _start(entry: Entry) -> Target | None:
    if entry.type not in ("person", "place"):
        return None
    for tag in dict.fromkeys([entry.origin or "", *entry.names]):
        name = entry.preferred(tag)
        if name is not None and sort(entry, name) != "abbreviation":
            return make_target(entry, name)
    return None


def _spellings(word: NameWord, start: Target) -> tuple[Derived, ...]:
    kind, gender = word_kind(word, start), start.entry.gender
    rows = derive(word.text, start.name.language, kind=kind, gender=gender)
    return tuple(row for row in rows if row.status != "doubtful")


def _whole_names(
    start: Target, words: list[tuple[Derived, ...]], language: str
) -> list[tuple[float, Variant, Target]]:
    """The derived names in one language with their weights, the likeliest first."""
    own = [Derived(word.text, language, (), "official", 1.0) for word in start.words]
    choices = [
        [row for row in rows if row.language == language][:_BEST] or [same]
        for rows, same in zip(words, own, strict=True)
    ]
    found = []
    for combination in _likeliest(choices):
        target = respelled(start, [row.text for row in combination], language)
        rules = tuple(dict.fromkeys(rule for row in combination for rule in row.rules))
        status = max((row.status for row in combination), key=_STATUSES.index)
        variant = Variant(target.name.form, language, start.name.form, rules, status)
        found.append((prod(row.weight for row in combination), variant, target))
    return sorted(found, key=lambda row: -row[0])


def _likeliest(choices: list[list[Derived]]) -> list[tuple[Derived, ...]]:
    """The likeliest rows of one spelling a word; of each beginning only the best few go on."""
    rows: list[tuple[Derived, ...]] = [()]
    for choice in choices:
        longer = [(*row, one) for row in rows for one in choice]
        rows = sorted(longer, key=lambda row: -prod(one.weight for one in row))[: _BEST * _BEST]
    return rows


_STATUSES = ("official", "standard", "attested", "practice", "historical", "doubtful")


def _cases(variant: Variant, target: Target | None) -> Iterator[Variant]:
    """The variant and its further forms, each once."""
    forms: dict[str, list[Slot]] = {variant.form: []}
    if target is not None:
        for case in CASES:
            forms.setdefault(whole(target, (case, "sg")), []).append(Slot(case, "sg", "x"))
    lemma = variant.form
    for form, slots in forms.items():
        yield Variant(form, variant.language, lemma, variant.rules, variant.status, tuple(slots))
