"""Glossaries, opened once a process however many columns ask for them."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from vardynas.errors import BadValue
from vardynas.resolver import Resolver, load

__all__ = ["Glossary", "PathLike", "opened", "paths_of"]

PathLike: TypeAlias = str | os.PathLike[str]

Glossary: TypeAlias = PathLike | Sequence[PathLike] | Resolver | None
"""Files, folders, or one compiled ``.index``; a resolver that is open; None: the built-in one."""

KEPT = 8
"""Glossaries that stay open, those that were asked for last."""

_open: dict[tuple[object, ...], Resolver] = {}
_lock = threading.Lock()


def opened(glossary: Glossary = None, builtin: bool | None = None) -> Resolver:
    """The resolver for a glossary, the same one as long as its files stay as they are.

    `builtin` adds the built-in glossary to the paths. Raises `GlossaryError` with every fault.

    >>> opened() is opened()
    True
    """
    if isinstance(glossary, Resolver):
        return glossary
    paths = paths_of(glossary)
    question = (*(str(path.absolute()) for path in paths), builtin)
    key = (*question, _state(paths))
    with _lock:
        if key not in _open:
            for old in [one for one in _open if one[:-1] == question]:
                del _open[old]
            _open[key] = load(*paths, builtin=builtin)
            for old in list(_open)[:-KEPT]:
                del _open[old]
        resolver = _open[key] = _open.pop(key)
        return resolver


def paths_of(glossary: PathLike | Sequence[PathLike] | None) -> list[Path]:
    """The paths that are meant, none for the built-in glossary; BadValue for what are none.

    >>> paths_of("mine.yaml") == paths_of(["mine.yaml"]) == [Path("mine.yaml")]
    True
    """
    if glossary is None:
        return []
    paths = [glossary] if isinstance(glossary, str | os.PathLike) else glossary
    if not isinstance(paths, Sequence) or not all(
        isinstance(one, str | os.PathLike) for one in paths
    ):
        raise BadValue("glossary", glossary, "write a path, several in a list, or a Resolver.")
    if not paths:
        raise BadValue("glossary", glossary, "write None for the built-in glossary.")
    return list(map(Path, paths))


def _state(paths: Sequence[Path]) -> frozenset[tuple[str, int, int]]:
    """What is another when a file is: the size and the time of each, without reading any."""
    from vardynas.glossary.files import listed

    return frozenset((name, found.st_size, found.st_mtime_ns) for name, found in listed(paths))
