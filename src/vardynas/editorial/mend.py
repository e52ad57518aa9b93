"""What of the findings can be mended without thinking, in the source of the files.

Only the places that are mended change: comments, quotes and layout stay byte for byte, and what is
mended once is not touched again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from vardynas.editorial.adding import ids_added
from vardynas.editorial.examine import Examined, examine
from vardynas.editorial.lint import RULES
from vardynas.editorial.lint_between import one_sided
from vardynas.editorial.lint_forms import in_own_script, with_words
from vardynas.editorial.sorting import sorted_by_id
from vardynas.editorial.surgery import (
    Change,
    changed,
    entries,
    field,
    parsed,
    rewritten,
    texts_of,
    without_items,
)
from vardynas.errors import Problem
from vardynas.glossary import Glossary
from vardynas.glossary.spelling import mended as spelled
from vardynas.model import Entry, Name

__all__ = ["SPELLING", "mend"]

SPELLING = ("mixed-scripts", "not-nfc", "bad-space")
"""Errors of reading that are mended, besides what the rules find."""


def mend(
    texts: Mapping[str, str],
    *,
    base: Glossary | None = None,
    rules: Collection[str] = (),
    jobs: int | None = None,
) -> dict[str, str]:
    """The texts of glossary files that change when what `rules` find is mended, by their paths.

    Only rules that say so in `RULES` mend, and `SPELLING` is mended in any case; {} when nothing is
    to be done. Where files do not load for another reason nothing else is.
    """
    now = {**texts, **_spelled(texts, base)}
    asked = [code for code in rules if code in RULES and RULES[code].mends]
    found = examine(now, base=base, rules=asked, jobs=jobs)
    if found.glossary is not None:
        now.update(_changed(now, found))
        files = {one.path for one in found.problems if one.code == "unsorted-file"}
        now.update({path: sorted_by_id(now[path]) for path in files})
    return {path: text for path, text in now.items() if text != texts[path]}


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    files: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        files[problem.path].append(problem)
    return files


# ---------------------------------------------------------------- spelling


def _spelled(texts: Mapping[str, str], base: Glossary | None) -> dict[str, str]:
    """The texts with values that are not spelled cleanly; of files that are YAML."""
    files = _by_file(examine(texts, base=base, rules=()).problems)
    return {
        path: _clean(texts[path], problems)
        for path, problems in files.items()
        if path in texts and not any(one.code.startswith("yaml-") for one in problems)
    }


def _clean(text: str, problems: list[Problem]) -> str:
    places = {(one.line, one.column) for one in problems if one.code in SPELLING}
    if not places:
        return text
    found = (node for node in texts_of(parsed(text)) if _at(node) in places)
    return changed(text, filter(None, (rewritten(n, spelled(n.value), text) for n in found)))


def _at(node: Any) -> tuple[int, int]:  # noqa: ANN401
    """Line and column of a node, from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


# ---------------------------------------------------------------- findings


def _changed(texts: Mapping[str, str], found: Examined) -> Iterator[tuple[str, str]]:
    """The files with what was found in them mended in place."""
    assert found.glossary is not None
    for path, problems in _by_file(found.problems).items():
        file = _File(path, texts[path], found.glossary)
        changes = (change for problem in problems for change in file.changes(problem))
        yield path, changed(texts[path], {*changes, *file.removals(problems)})


class _File:
    """The places of one file, to be changed."""

    def __init__(self, path: str, text: str, glossary: Glossary) -> None:
        self._text = text
        self._glossary = glossary
        self._entries = entries(parsed(text))
        self._lists = [
            listed
            for entry in self._entries
            if (names := field(entry, "names")) is not None
            for _, listed in names.value
        ]
        self._names: dict[tuple[int, int], tuple[Entry, Name]] = {}
        for (id_, language, form), place in glossary.name_places.items():
            if place.path == path:
                entry = glossary.entries[id_]
                name = next(one for one in entry.names[language] if one.form == form)
                self._names[place.line, place.column] = entry, name

    def changes(self, problem: Problem) -> Iterator[Change]:
        """What mends a problem, beside `removals`."""
        at = problem.line, problem.column
        if problem.code == "homoglyph":
            yield from self._homoglyphs(at)
        elif problem.code == "one-sided-distinction":
            yield from self._distinctions(at)

    def removals(self, problems: Iterable[Problem]) -> Iterator[Change]:
        """What removes the names that follow from others."""
        places = {(one.line, one.column) for one in problems if one.code == "derivable-form"}
        for listed in self._lists:
            gone = [item for item in listed.value if _at(item) in places]
            if gone:
                yield from without_items(listed, gone, self._text)

    def _homoglyphs(self, at: tuple[int, int]) -> Iterator[Change]:
        """The words of a name that are in letters of another script, in all its fields."""
        entry, name = self._names[at]
        items = (item for listed in self._lists for item in listed.value if _at(item) == at)
        for node in (node for item in items for node in texts_of(item)):
            new = with_words(node.value, lambda word: in_own_script(word, name, entry) or word)
            change = rewritten(node, new, self._text) if new != node.value else None
            if change is not None:
                yield change

    def _distinctions(self, at: tuple[int, int]) -> Iterator[Change]:
        """The ids of the entries that say in vain that they are distinct from one."""
        for entry in self._entries:
            key = field(entry, "id")
            if key is not None and _at(key) == at:
                yield ids_added(entry, one_sided(self._glossary)[key.value], self._text)
