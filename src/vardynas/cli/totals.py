"""What a run over many documents came to: for people one line, for programs a report."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vardynas.cli.outcome import Outcome

__all__ = ["Totals"]


class Totals:
    """Counts outcomes as they pass."""

    def __init__(self, *, detailed: bool = False) -> None:
        self.documents = self.changed = self.failed = 0
        self.names = self.edits = self.ambiguous = 0
        self.entries: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self._detailed = detailed
        self._summaries: list[dict[str, Any]] = []

    def add(self, outcome: Outcome) -> None:
        """Count one document."""
        if self._detailed:
            self._summaries.append(outcome.summary())
        if outcome.error:
            self.failed += 1
            return
        self.documents += 1
        self.changed += outcome.changed
        self.names += outcome.names
        self.edits += outcome.edits
        self.ambiguous += outcome.ambiguous
        self.entries.update(outcome.entries or {})
        self.unknown.update(outcome.unknown or {})

    def line(self) -> str:
        """What was done, in one line."""
        from vardynas.cli.output import count

        said = f"{count(self.edits, 'edit')} in {count(self.changed, 'file')} of {self.documents:,}"
        parts = [said, count(self.names, "name")]
        if self.ambiguous:
            parts.append(f"{self.ambiguous:,} ambiguous")
        if self.unknown:
            parts.append(f"{self.unknown.total():,} unknown")
        if self.failed:
            parts.append(f"{count(self.failed, 'file')} could not be done")
        return ", ".join(parts)

    def report(self, stamp: dict[str, str], choices: dict[str, Any]) -> dict[str, Any]:
        """The whole run as JSON types: what was chosen, sums, entries, and every document."""
        from vardynas.version import __version__

        return {
            "vardynas": __version__,
            "glossary": stamp,
            "choices": choices,
            "totals": {
                "documents": self.documents,
                "changed": self.changed,
                "failed": self.failed,
                "names": self.names,
                "edits": self.edits,
                "ambiguous": self.ambiguous,
                "unknown": self.unknown.total(),
            },
            "entries": _often_first(self.entries),
            "unknown": _often_first(self.unknown),
            "documents": self._summaries,
        }


def _often_first(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
