"""The glossary that a service answers from, and how another takes its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from vardynas.server.prefixes import Prefixes

if TYPE_CHECKING:
    from vardynas.resolver import Resolver

__all__ = ["Glossary", "Served", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a glossary, as `vardynas.load` takes them; none are the built-in one."""

    paths: tuple[str, ...] = ()
    builtin: bool = False

    def open(self) -> Resolver:
        """The resolver over them; `GlossaryError`."""
        from vardynas.resolver import load

        return load(*self.paths, builtin=self.builtin or None)

    def state(self) -> str:
        """What changes when one of the files does, told by size and time."""
        from vardynas.glossary.files import builtin_path, fingerprint

        builtin = self.builtin or not self.paths
        return fingerprint([*([builtin_path()] if builtin else []), *self.paths])


class Served:
    """A resolver that is ready to answer, and what is made of it once."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.prefixes = Prefixes(resolver)

    @cached_property
    def refs(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The entries that carry an id of another database, by its name and the id."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for entry in self.resolver.entries.values():
            for ref in entry.refs:
                found[ref] = (*found.get(ref, ()), entry.id)
        return found

    def warm(self) -> None:
        """Load what the first question would have to wait for."""
        self.resolver.lookup("Гродна")
        list(self.resolver.scan("Hrodna"))
        self.prefixes.find("hrodna", 1)


class Glossary:
    """Holds what is served now. Requests take it once, and finish with what they took.

    `failed` says why it is not what its files say; None when it is.
    """

    failed: str | None = None

    def __init__(self, opened: Callable[[], Resolver]) -> None:
        self._opened = opened
        self._changing = Lock()
        self.now = self._served()

    def _served(self) -> Served:
        served = Served(self._opened())
        served.warm()
        return served

    def reload(self) -> bool:
        """Open the glossary again and serve it from now on; False when it is the same.

        Raises what opening raises, and goes on with the old one. Meanwhile requests are answered.
        """
        with self._changing:
            served = self._served()
            same = served.resolver.glossary_hash == self.now.resolver.glossary_hash
            if not same:
                self.now = served
            return not same
