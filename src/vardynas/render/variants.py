"""Every spelling of an entry: listed, derived, and in all cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from vardynas.index.parts import Part, spellings
from vardynas.language.names import NameWord, ParsedName, parse_name
from vardynas.model import Entry, Name, Slot, Variant
from vardynas.render.forms import word_forms
from vardynas.render.target import Target

__all__ = ["variants"]

CASES = ("gen", "dat", "acc", "ins", "loc", "voc")
_SPELLINGS_A_WORD = 4


def variants(
    entry: Entry, language: str | None = None, *, inflected: bool = False
) -> list[Variant]:
    """The forms of `entry` (in one language, or all), listed ones first; derived ones once each.

    `inflected` adds the singular cases of each form that has a paradigm.
    """
    rows = [*_attested(entry), *_derived(entry)]
    found: dict[tuple[str, str], Variant] = {}
    for row in rows:
        if language is None or row.language == language:
            found.setdefault((row.form, row.language), row)
    if inflected:
        rows = [form for row in found.values() for form in (row, *_cases(entry, row))]
        return rows
    return list(found.values())


def _attested(entry: Entry) -> Iterator[Variant]:
    for name in entry.all_names():
        status = (
            "unverified" if name.unverified else name.role if name.match != "never" else "never"
        )
        yield Variant(name.form, name.language, name.form, (), status)


def _derived(entry: Entry) -> Iterator[Variant]:
    """What the rules make of the preferred names, in the languages without a listed name first."""
    if entry.type not in ("person", "place"):
        return
    for language in entry.names:
        name = entry.preferred(language)
        parsed = parse_name(name, entry) if name and name.case != "exact" else None
        if parsed is not None:
            yield from _whole_names(entry, parsed)


def _whole_names(entry: Entry, parsed: ParsedName) -> Iterator[Variant]:
    words = [_spellings(word, entry, parsed.name) for word in parsed.words]
    languages = dict.fromkeys(row.language for word in words for row in word)
    for language in languages:
        choices = [
            [r for r in word if r.language == language][:_SPELLINGS_A_WORD] for word in words
        ]
        for combination in product(*choices):
            rules = tuple(dict.fromkeys(rule for row in combination for rule in row.rules))
            if rules:
                form = " ".join(row.text for row in combination)
                yield Variant(form, language, parsed.name.form, rules, combination[-1].status)


def _spellings(word: NameWord, entry: Entry, name: Name) -> list[object]:
    kind = word.role if entry.type == "person" else "place"
    part = Part(word.text, name.language, kind, entry.gender or "", True, True)
    return list(spellings(part))


def _cases(entry: Entry, row: Variant) -> Iterator[Variant]:
    name = Name(row.form, row.language)
    parsed = parse_name(name, entry)
    if parsed is None:
        return
    target = Target(entry, name, parsed.words, parsed.personal)
    seen = {row.form}
    for case in CASES:
        form = " ".join(word_forms(target, (case, "sg")))
        if form not in seen:
            seen.add(form)
            yield Variant(
                form, row.language, row.lemma, row.rules, row.status, (Slot(case, "sg", "x"),)
            )
