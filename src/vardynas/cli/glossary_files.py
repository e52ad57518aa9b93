"""The files of a glossary that a command reads, checks and writes: their texts, each with its state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vardynas.documents.atomic import State
    from vardynas.errors import Problem
    from vardynas.glossary import Glossary
    from vardynas.resolver import Resolver

__all__ = ["GlossaryFiles"]

_MARK = b"\xef\xbb\xbf"
"""The byte order mark, which is no part of a text and stays."""


class GlossaryFiles:
    """The files at some paths. `texts` has those that can be read; the others are problems."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        from vardynas.glossary.files import glossary_files

        self.paths = paths
        self.texts: dict[str, str] = {}
        self._unreadable: list[Problem] = []
        self._states: dict[str, tuple[bytes, State]] = {}
        for path in glossary_files(paths, self._unreadable):
            self._read(path)

    def _read(self, path: Path) -> None:
        from vardynas.documents.atomic import state_of
        from vardynas.glossary.nodes import Report
        from vardynas.glossary.reader import loaded

        report = Report(str(path))
        text = loaded(path, report)
        self._unreadable += report.problems
        if text is not None:
            with path.open("rb") as file:
                mark = _MARK if file.read(len(_MARK)) == _MARK else b""
            self.texts[str(path)] = text
            self._states[str(path)] = mark, state_of(path)

    def problems(
        self,
        *,
        base: Glossary | None,
        rules: Collection[str],
        resolver: Callable[[], Resolver] | None = None,
        jobs: int | None = None,
    ) -> tuple[Problem, ...]:
        """What is wrong with the files over `base`; where one cannot be read, only errors."""
        from vardynas.editorial.examine import examine

        rules = () if self._unreadable else rules
        found = examine(self.texts, base=base, rules=rules, resolver=resolver, jobs=jobs)
        return tuple(sorted({*self._unreadable, *found.problems}))

    def mended(
        self, *, base: Glossary | None, rules: Collection[str], jobs: int | None = None
    ) -> Mapping[str, str]:
        """The texts that change when what can be mended is, by path."""
        from vardynas.editorial.mend import mend

        rules = () if self._unreadable else rules
        return mend(self.texts, base=base, rules=rules, jobs=jobs)

    def mend(
        self, *, base: Glossary | None, rules: Collection[str], jobs: int | None = None
    ) -> None:
        """Write the files that change, each as a whole.

        Raises DocumentError for a file that was changed by somebody else meanwhile.
        """
        from vardynas.documents.atomic import replace, state_of

        for path, text in sorted(self.mended(base=base, rules=rules, jobs=jobs).items()):
            mark, state = self._states[path]
            replace(path, mark + text.encode(), expected=state)
            self.texts[path] = text
            self._states[path] = mark, state_of(path)
