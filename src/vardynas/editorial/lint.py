"""What is right in a glossary file and yet needs an editor's eye: findings, none of them fatal.

A rule looks at the whole glossary and gives findings with their places; its name is their code.
``docs/glossary-rules.md`` shows for each what it finds and what it leaves alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from vardynas.editorial.derivable import derivable_forms
from vardynas.editorial.ignores import UNUSED
from vardynas.editorial.lint_between import near_duplicates, one_sided_distinctions, shared_forms
from vardynas.editorial.lint_entries import (
    missing_about,
    missing_english_names,
    missing_own_names,
    missing_sources,
    relatives_with_entries,
    unsorted_files,
)
from vardynas.editorial.lint_forms import common_words, foreign_letters, homoglyphs
from vardynas.editorial.lint_lookups import elsewhere, unreachable
from vardynas.editorial.rules import Rule, Subject
from vardynas.errors import Problem
from vardynas.glossary import Glossary
from vardynas.resolver import Resolver

__all__ = ["CODES", "RULES", "chosen", "lint"]

RULES: Mapping[str, Rule] = {
    "common-word": Rule("A name that is also a common word of its language.", common_words),
    "foreign-letter": Rule("A name with letters that its language does not have.", foreign_letters),
    "homoglyph": Rule(
        "A word in letters of another script that look like its own.", homoglyphs, mends=True
    ),
    "missing-own-name": Rule("An entry without a name in its own language.", missing_own_names),
    "near-duplicate": Rule("Two entries that can be one and do not say why not.", near_duplicates),
    "one-sided-distinction": Rule(
        "An entry that another one is distinct from, but not the other way round.",
        one_sided_distinctions,
        mends=True,
    ),
    "relative-with-entry": Rule("A relative who has an entry.", relatives_with_entries),
    "shared-form": Rule("A form that two entries list, without need of context.", shared_forms),
    "unsorted-file": Rule("A file whose entries are not sorted by id.", unsorted_files, mends=True),
    "missing-about": Rule("An entry that does not say what it is.", missing_about, "complete"),
    "missing-english-name": Rule(
        "An entry without an English name.", missing_english_names, "complete"
    ),
    "missing-source": Rule(
        "An entry whose names come from nobody knows where.", missing_sources, "complete"
    ),
    "resolves-elsewhere": Rule("A form that resolves to another entry.", elsewhere, "resolve"),
    "unreachable-form": Rule("A form that is not found.", unreachable, "resolve"),
    "derivable-form": Rule(
        "A form that the rules give anyway.", derivable_forms, "derivable", mends=True
    ),
}
"""Every rule by its code: those that always run, then those that are asked for."""

CODES = (*RULES, UNUSED)
"""What can be selected: the rules, and the finding about comments that silence nothing."""


def chosen(
    select: Iterable[str] = (), ignore: Iterable[str] = (), groups: Iterable[str] = ()
) -> tuple[str, ...]:
    """The codes to ask for: `select`, or else what always runs and rules of `groups`; less `ignore`.

    Groups are complete, resolve and derivable.

    >>> chosen(select=["shared-form", "common-word"], ignore=["common-word"])
    ('shared-form',)
    """
    wanted, groups = set(select), {"", *groups}
    always = {code for code in CODES if code == UNUSED or RULES[code].group in groups}
    return tuple(code for code in CODES if code in (wanted or always) - set(ignore))


def lint(
    glossary: Glossary,
    *,
    rules: Iterable[str] | None = None,
    resolver: Callable[[], Resolver] | None = None,
    jobs: int | None = None,
) -> tuple[Problem, ...]:
    """The findings of `rules`, or of those that always run, by file and line; () when all is well.

    Rules that look names up ask `resolver`; without it the glossary is compiled, by at most `jobs`
    processes. No comment is read that silences a rule: `vardynas.editorial.examine` does that.

    >>> from vardynas import Entry
    >>> znak = Entry(id="znak-maksim", names={"be": [{"form": "Знак", "role": "short"}]})
    >>> [finding.code for finding in lint(Glossary.from_entries([znak]))]
    ['common-word']
    """
    subject = Subject(glossary, resolver, jobs)
    asked = (RULES[code] for code in (chosen() if rules is None else rules) if code in RULES)
    return tuple(sorted({problem for rule in asked for problem in rule.check(subject)}))
