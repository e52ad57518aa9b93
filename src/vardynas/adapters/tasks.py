"""A question, the glossary it is put to, and what a text that fails does: what engines hand about."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Any, TypedDict

from vardynas.adapters.opening import Glossary, opened
from vardynas.adapters.questions import Answer, Normalize, Question, Resolve, Scan
from vardynas.errors import BadValue
from vardynas.glossary.proposals import close
from vardynas.model import Failure

if TYPE_CHECKING:
    from vardynas.render.profile import Profile
    from vardynas.resolver import Resolver

__all__ = [
    "Asker",
    "NormalizeOptions",
    "Options",
    "ResolveOptions",
    "ScanOptions",
    "Task",
    "kept_asker",
    "normalizing",
    "resolving",
    "scanning",
]

KEPT = 1 << 15
"""Answers for short texts that are remembered: columns repeat, also from batch to batch."""

ASKERS = 8
"""Tasks of which the asker is kept, with its answers."""

SHORT = 200
"""Letters up to which a text is short."""


class Options(TypedDict, total=False):
    """What every question takes besides its own fields.

    `glossary` is a path or paths (files, folders, or one ``.index`` that ``vardynas compile``
    wrote), a `Resolver`, or None for the built-in glossary; `builtin` adds that one to paths.
    `errors` says what a text that fails does, and a value that is no text: ``raise`` a
    `ColumnError`, or become ``null``, with a warning in the log.
    """

    glossary: Glossary
    builtin: bool | None
    errors: str


class NormalizeOptions(Options, total=False):
    """The options of `normalize`, as for `Resolver.normalize`."""

    profile: Profile | Mapping[str, Any] | None
    language: str | None
    strict: bool | None
    decision: str | None


class ResolveOptions(Options, total=False):
    """The options of `resolve`; `to` is the language of the names that are given back."""

    to: str | None
    language: str | None
    decision: str


class ScanOptions(Options, total=False):
    """The options of `scan`; `evidence` adds the sentences that say why."""

    language: str | None
    decision: str
    similar: bool
    evidence: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A question with its glossary and the rule for errors; pickles when `glossary` is paths."""

    question: Question
    glossary: Glossary = None
    builtin: bool | None = None
    errors: str = "raise"

    def __post_init__(self) -> None:
        if self.errors not in ("raise", "null"):
            raise BadValue("errors", self.errors, "write raise or null.")
        if not isinstance(self.builtin, bool | None):
            raise BadValue("builtin", self.builtin, "write True, False or None.")

    def asker(self) -> Asker:
        """The task with its glossary open; raises what is wrong with either."""
        resolver = opened(self.glossary, self.builtin)
        self.question.check(resolver)
        return Asker(self, resolver)


class Asker:
    """Answers texts, and remembers the answers for short ones; several threads may ask.

    >>> asker = normalizing("lt", {}).asker()
    >>> asker(["w Wilnie", "w domu"])
    ['w Vilniuje', 'w domu']
    """

    def __init__(self, task: Task, resolver: Resolver) -> None:
        self.task = task
        self._resolver = resolver
        self._known: dict[str, Answer | Failure] = {}
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Callable[[Task], Asker], tuple[Task]]:
        """Without the answers; where it is opened again, so is the glossary."""
        return Task.asker, (self.task,)

    def __call__(self, texts: Sequence[str]) -> list[Answer | Failure]:
        """The answer for each text, in order."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = list(dict.fromkeys(text for text in texts if text not in found))
        answers = self.task.question.answers(self._resolver, new)
        fresh = dict(zip(new, answers, strict=True))
        self._remember(fresh.items())
        found |= fresh
        return [found[text] for text in texts]

    def _remember(self, fresh: Iterable[tuple[str, Answer | Failure]]) -> None:
        """Keep the answers for short texts; the oldest go."""
        with self._lock:
            known = self._known
            known.update((text, answer) for text, answer in fresh if len(text) <= SHORT)
            for text in list(islice(known, max(0, len(known) - KEPT))):
                del known[text]


_askers: dict[tuple[type[Question], str], tuple[Resolver, Asker]] = {}


def kept_asker(task: Task) -> Asker:
    """The asker of a task: the same one in this process as long as the glossary stays as it is.

    >>> kept_asker(normalizing("lt", {})) is kept_asker(normalizing("lt", {}))
    True
    """
    resolver = opened(task.glossary, task.builtin)
    key = type(task.question), repr(task)
    known = _askers.get(key)
    if known is None or known[0] is not resolver:
        if len(_askers) >= ASKERS:
            _askers.clear()
        known = _askers[key] = resolver, task.asker()
    return known[1]


def normalizing(to: str | None, options: NormalizeOptions) -> Task:
    """The task of normalizing; TypeError for an option that there is not, BadValue for its value.

    >>> normalizing("lt", {"profile": {"only": ["person"]}}).question.style.only
    ('person',)
    """
    return _task(Normalize, {"to": to, **options})


def resolving(options: ResolveOptions) -> Task:
    """The task of resolving; TypeError for an option that there is not, BadValue for its value."""
    return _task(Resolve, {**options})


def scanning(options: ScanOptions) -> Task:
    """The task of scanning; TypeError for an option that there is not, BadValue for its value."""
    return _task(Scan, {**options})


def _task(kind: type[Normalize | Resolve | Scan], values: dict[str, Any]) -> Task:
    known = [*(field.name for field in fields(kind)), *Options.__annotations__]
    for name in values:
        if name not in known:
            near = close(name, known)
            meant = f" Did you mean {near!r}?" if near else ""
            asked = kind.__name__.lower()
            raise TypeError(f"{asked} has no option {name!r}.{meant} It has {', '.join(known)}.")
    common = {name: values.pop(name) for name in Options.__annotations__ if name in values}
    return Task(kind(**values), **common)
