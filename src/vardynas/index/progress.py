"""How far compiling is, for whoever asked to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

__all__ = ["counted", "reported_to"]

T = TypeVar("T")

Listener = Callable[[int, int], None]
"""Is called with how much is done and how much there is."""

_listeners: list[Listener] = []


@contextmanager
def reported_to(listener: Listener) -> Iterator[None]:
    """While the block runs, `listener` is told how far compiling is, in whatever thread.

    >>> with reported_to(lambda done, all_: print(done, "of", all_)):
    ...     list(counted(["Гродна", "Вільня"], 2))
    1 of 2
    2 of 2
    ['Гродна', 'Вільня']
    """
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def counted(items: Iterable[T], total: int) -> Iterator[T]:
    """`items` as they are; after each the listeners are told."""
    for number, item in enumerate(items, 1):
        for listener in _listeners:
            listener(number, total)
        yield item
