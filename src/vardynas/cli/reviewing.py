"""A review at work: keys in, files out. After every key the files say what has been judged.

Each file is replaced as a whole. Nothing is held back, so whoever kills the process loses nothing.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vardynas.errors import DocumentError, ExchangeError, GlossaryError
from vardynas.exchange.judged import EMPTY, Judged, judged
from vardynas.suggest.judging import Judgement, State, press
from vardynas.suggest.pending import pending
from vardynas.suggest.rejected import Rejections, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vardynas.glossary import Glossary
    from vardynas.model import Candidate, Entry
    from vardynas.resolver import Resolver
    from vardynas.suggest import Suggestion

__all__ = ["Neighbors", "SafeFile", "Session"]

NEAREST = 3
"""Entries that are shown as like a suggestion."""

LIKE = 0.05
"""How likely one must be meant to be shown."""


class SafeFile:
    """A file that may be new, replaced as a whole and only while nobody else changes it."""

    def __init__(self, path: Path) -> None:
        from vardynas.documents.atomic import state_of

        self.path = path
        self._state = state_of(path) if path.exists() else None
        self.data = path.read_bytes() if self._state else b""

    def save(self, data: bytes) -> None:
        """Write what is to stand there. Raises DocumentError when somebody else changed it."""
        from vardynas.documents.atomic import replace, state_of

        if data == self.data:
            return
        if self._state is None and self.path.exists():
            raise DocumentError(
                str(self.path), "somebody else has made it meanwhile. Run this again"
            )
        replace(self.path, data, expected=self._state)
        self.data, self._state = data, state_of(self.path)


class Neighbors:
    """The entries like a suggestion, and those that a person names."""

    def __init__(self, resolver: Resolver | None) -> None:
        self._resolver = resolver
        self._found: dict[Row, list[Candidate]] = {}
        self.entries: Mapping[str, Entry] = {}

    def candidates(self, one: Suggestion) -> list[Candidate]:
        """The entries like a suggestion, best first; the one that it extends is none of them."""
        row = Row.of(one)
        if row not in self._found:
            self._found[row] = self._looked_up(one)
        return self._found[row]

    def _looked_up(self, one: Suggestion) -> list[Candidate]:
        if self._resolver is None:
            return []
        best: dict[str, Candidate] = {}
        for tag, name in ((tag, name) for tag, names in one.names.items() for name in names):
            for found in self._resolver.lookup(name, tag, NEAREST + 1):
                if found.entry not in best or best[found.entry].score < found.score:
                    best[found.entry] = found
        own = one.id if one.extends else None
        near = [
            found
            for found in best.values()
            if found.score >= LIKE and found.entry != own and found.entry in self.entries
        ]
        return sorted(near, key=lambda found: (-found.score, found.entry))[:NEAREST]

    def near(self, one: Suggestion) -> Sequence[str]:
        """Their ids."""
        return [found.entry for found in self.candidates(one)]

    def find(self, text: str) -> str | None:
        """The entry with this id, or alone with this name; otherwise what the name resolves to."""
        if text in self.entries:
            return text
        folded = text.casefold()
        listed = {
            id_
            for id_, entry in self.entries.items()
            if any(name.form.casefold() == folded for name in entry.all_names())
        }
        if listed:
            return listed.pop() if len(listed) == 1 else None
        found = self._resolver.resolve(text) if self._resolver else None
        return found.entry if found and found.entry in self.entries else None


class Session:
    """A review of suggestions into a glossary file and a file of rejections."""

    def __init__(
        self,
        file: SafeFile,
        rejected: SafeFile,
        found: Iterable[Suggestion],
        *,
        known: Neighbors,
        base: Glossary | None = None,
    ) -> None:
        self._file, self._rejected, self._base, self.known = file, rejected, base, known
        self._mark = codecs.BOM_UTF8 if file.data.startswith(codecs.BOM_UTF8) else b""
        self._first = rejected.data, self._read_rejections()
        self._before: list[bytes] = []
        self._now = self._read(_decoded(file) if file.data else EMPTY)
        known.entries = self._now.glossary.entries
        self.state = State(pending(found, known.entries, self._first[1]))

    def _read_rejections(self) -> Rejections:
        data = self._rejected.data
        return Rejections.parse(str(self._rejected.path), data) if data else Rejections()

    def _read(self, text: str) -> Judged:
        from vardynas.glossary import read_text

        return Judged(text, read_text(text, path=str(self._file.path), base=self._base))

    def press(self, key: str) -> None:
        """Take a key, and write what follows from it. Raises DocumentError when that cannot be."""
        state = press(self.state, key, self.known)
        more = len(state.done) - len(self.state.done)
        try:
            if more > 0:
                self._take(state.done[-1])
            elif more < 0:
                self._now = self._read(zlib.decompress(self._before.pop()).decode())
        except (GlossaryError, ExchangeError) as error:
            problem = error.problems[0]
            said = f"{problem.message} {problem.advice}".rstrip()
            self.state = State(self.state.todo, self.state.done, self.state.type, message=said)
            return
        self.state = state
        if more:
            self._save()

    def _take(self, judgement: Judgement) -> None:
        old = self._now
        self._now = judged(str(self._file.path), old, judgement, self._base)
        self._before.append(zlib.compress(old.text.encode()))

    def _save(self) -> None:
        """Write both files where they change: first the names, then what was said no to."""
        self.known.entries = self._now.glossary.entries
        text = self._now.text
        if self._file.data or text != EMPTY:
            self._file.save(self._mark + text.encode())
        data, before = self._first
        now = _after(before, self.state.done)
        if now != before or self._rejected.data:
            self._rejected.save(data if now == before and data else now.dump().encode())


def _after(before: Rejections, done: Iterable[Judgement]) -> Rejections:
    """The rejections with what was judged since."""
    rows = [(one.verb, Row.of(one.suggestion)) for one in done]
    judged_ = {row for _, row in rows}
    rejected = [row for verb, row in rows if verb in ("reject", "not")]
    skipped = [row for row in before.skipped if row not in judged_]
    skipped += [row for verb, row in rows if verb == "skip"]
    return Rejections((*before.rejected, *rejected), tuple(skipped))


def _decoded(file: SafeFile) -> str:
    from vardynas.glossary.nodes import Report
    from vardynas.glossary.syntax import decode

    report = Report(str(file.path))
    text = decode(file.data, report)
    if text is None:
        raise GlossaryError(tuple(report.problems))
    return text
