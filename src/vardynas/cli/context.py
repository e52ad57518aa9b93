"""Opening the resolver for a command, and naming the glossary that gave the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vardynas.model import Comparison
    from vardynas.resolver import Resolver

__all__ = ["explained_wait", "named", "open_comparison", "open_resolver", "stamp", "versions"]

PATIENCE = 1.0
"""Seconds that may pass before a person wants to know what is going on."""

LOG_PATIENCE = 3.0
"""The same for a log that somebody may read later."""


def open_resolver(paths: tuple[str, ...] = (), with_builtin: bool = False) -> Resolver:
    """The resolver over the glossaries at `paths`; the built-in glossary when there are none."""
    import vardynas

    with explained_wait():
        return vardynas.load(*paths, builtin=with_builtin or None)


@contextmanager
def explained_wait() -> Iterator[None]:
    """Say, to a person who has waited a second, what takes so long the first time, then how far.

    Where nobody watches, one line goes to standard error after three seconds.
    """
    from threading import Timer

    from vardynas.cli.output import is_watched

    with ExitStack() as after:
        timer = Timer(PATIENCE if is_watched() else LOG_PATIENCE, _explain, [after])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _explain(after: ExitStack) -> None:
    import click

    from vardynas.cli.output import is_watched, remark
    from vardynas.cli.progress import of_names
    from vardynas.index.progress import reported_to

    if not is_watched():
        click.echo("Compiling the glossary, once; later starts open it.", err=True)
        return
    remark("Compiling the glossary; the next time it is ready at once.")
    after.enter_context(reported_to(after.enter_context(of_names())))


def open_comparison(
    paths: tuple[str, ...], with_builtin: bool, rules_only: bool
) -> tuple[Callable[..., Comparison], dict[str, str] | None]:
    """The function that compares two names, and the stamp of its glossary (None without one)."""
    import vardynas

    if rules_only:
        return vardynas.compare, None
    resolver = open_resolver(paths, with_builtin)
    return resolver.compare, stamp(resolver)


def stamp(resolver: Resolver) -> dict[str, str]:
    """Version and hash of the glossary, as machine output names them."""
    return {"version": resolver.glossary_version, "hash": resolver.glossary_hash}


def versions() -> str:
    """One line with the versions of the code and of the built-in glossary."""
    from vardynas.version import __version__

    glossary = stamp(open_resolver())
    return f"vardynas {__version__}, {named(glossary)}"


def named(glossary: dict[str, str]) -> str:
    """A glossary by its stamp, for people; one without a version is known by its hash.

    >>> named({"version": "2026.1", "hash": "0123456789abcdef"})
    'glossary 2026.1 (0123456789ab)'
    """
    version = f" {glossary['version']}" if glossary["version"] else ""
    return f"glossary{version} ({glossary['hash'][:12]})"
