"""Glossary files as an editor has them: what is wrong with their texts, errors and findings in one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from vardynas.editorial.ignores import without_ignored
from vardynas.editorial.lint import RULES, chosen, lint
from vardynas.errors import GlossaryError, Problem
from vardynas.glossary import Glossary, read_texts
from vardynas.resolver import Resolver

__all__ = ["Examined", "examine"]


class Examined(NamedTuple):
    """The glossary, None when it does not load, and what is wrong, by file and line."""

    glossary: Glossary | None
    problems: tuple[Problem, ...]


def examine(
    texts: Mapping[str, str],
    *,
    base: Glossary | None = None,
    rules: Collection[str] | None = None,
    resolver: Callable[[], Resolver] | None = None,
    jobs: int | None = None,
) -> Examined:
    r"""What is wrong with the texts of glossary files over `base`, by the paths of the files.

    What keeps them from loading or, when they load, the findings of `rules` (of those that always run
    when None) that are in these files and that no comment silences.

    >>> text = "- id: mir\n  names:\n    be: [Мір] # vardynas: ignore common-word\n"
    >>> examine({"a.yaml": text}).problems
    ()
    """
    codes = chosen() if rules is None else rules
    try:
        glossary = read_texts(texts, base=base)
    except GlossaryError as error:
        return Examined(None, error.problems)
    found = lint(glossary, rules=codes, resolver=resolver, jobs=jobs)
    inside = [problem for problem in found if problem.path in texts]
    return Examined(glossary, tuple(without_ignored(inside, texts, codes, tuple(RULES))))
