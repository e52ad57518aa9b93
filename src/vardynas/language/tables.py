"""The linguistic tables: YAML files that come with the package, and directories that add to them.

Everything that vardynas knows about a language stands in `data/*.yaml`; each table names its
authority. A further language is a further file: a directory given to `search_path` is read after
the package's own files, its lists are appended and its mappings merged, so no code changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["cached", "cached_up_to", "directories", "load", "search_path"]

F = TypeVar("F", bound=Callable[..., Any])

_PACKAGE_DATA = Path(__file__).with_name("data")
_directories: list[Path] = [_PACKAGE_DATA]
_clearers: list[Callable[[], None]] = []


def cached(function: F) -> F:
    """`function` with an unbounded cache that is emptied when the tables change.

    For what is compiled from a table: ``@tables.cached``.
    """
    return cached_up_to(None)(function)


def cached_up_to(size: int | None) -> Callable[[F], F]:
    """A decorator as `cached` that keeps only the `size` results used last: for words."""

    def decorate(function: F) -> F:
        wrapped = lru_cache(maxsize=size)(function)
        _clearers.append(wrapped.cache_clear)
        return wrapped  # type: ignore[return-value]

    return decorate


@cached
def load(name: str) -> dict[str, Any]:
    """The table `name` (a file name without ``.yaml``); shared, so read it and never change it.

    A table that no directory has is a `FileNotFoundError` that names the directories.

    >>> load("transliteration")["alphabets"]["lt"]["vowels"]
    'aąeęėiįyouųū'
    """
    paths = [path for folder in _directories if (path := folder / f"{name}.yaml").exists()]
    if not paths:
        searched = ", ".join(map(str, _directories))
        raise FileNotFoundError(f"There is no table {name}.yaml in {searched}.")
    table: dict[str, Any] = {}
    for path in paths:
        table = _merged(table, _read(path))
    return table


@contextmanager
def search_path(*directories: Path) -> Iterator[None]:
    """While the block runs, tables in `directories` add to those of the package.

    Lists are appended, mappings merged, anything else is replaced.
    """
    _directories.extend(directories)
    _clear()
    try:
        yield
    finally:
        del _directories[-len(directories) :]
        _clear()


def directories() -> tuple[Path, ...]:
    """Where tables are read from: the package's own directory first, then what was added."""
    return tuple(_directories)


def _clear() -> None:
    for clear in _clearers:
        clear()


def _read(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast
    content: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=loader)
    return content


def _merged(old: Any, new: Any) -> Any:  # noqa: ANN401 - any YAML value
    if isinstance(old, dict) and isinstance(new, dict):
        both = {key: _merged(old[key], new[key]) for key in old.keys() & new.keys()}
        return {**old, **new, **both}
    if isinstance(old, list) and isinstance(new, list):
        return old + new
    return new
