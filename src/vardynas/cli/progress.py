"""How far a long run is, for a person at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

__all__ = ["of_bytes", "of_names", "shown"]

PATIENCE = 1.0
"""Seconds before a person wants to know how long it will take."""

T = TypeVar("T")


def shown(items: Iterable[T], total: int, *, quiet: bool = False) -> Iterator[T]:
    """`items` as they are, with a bar on standard error once they take longer than a second.

    Nothing is shown unless standard error is a terminal, nor when `quiet`: where the results go to
    the same terminal, they tell.
    """
    if quiet or total < 2 or not sys.stderr.isatty():
        yield from items
        return
    started, bar = time.monotonic(), None
    try:
        for number, item in enumerate(items, 1):
            yield item
            if bar is None and time.monotonic() - started > PATIENCE:
                bar = _bar(total)
                bar.update(number)
            elif bar is not None:
                bar.update(1)
    finally:
        if bar is not None:
            bar.render_finish()


@contextmanager
def of_bytes(total: int) -> Iterator[Callable[[int], None] | None]:
    """What is to be told how many bytes of `total` are done; None where nobody looks."""
    from multiprocessing import parent_process

    if not total or not sys.stderr.isatty() or sys.stdout.isatty() or parent_process():
        yield None
        return
    import click

    with click.progressbar(length=total, label="Bytes", file=sys.stderr, width=24) as bar:
        yield lambda done: bar.update(done - bar.pos)


@contextmanager
def of_names() -> Iterator[Callable[[int, int], None]]:
    """What is to be told how much of a glossary is compiled, and of how much."""
    bar: list[ProgressBar[int]] = []

    def told(done: int, total: int) -> None:
        if not bar and sys.stderr.isatty():
            bar.append(_bar(total, "Names"))
        for shown in bar:
            shown.update(done - shown.pos)

    try:
        yield told
    finally:
        for shown in bar:
            shown.render_finish()


def _bar(total: int, label: str = "Files") -> ProgressBar[int]:
    import click

    bar: ProgressBar[int] = click.progressbar(
        length=total, label=label, file=sys.stderr, show_pos=label == "Files", width=24
    )
    bar.render_progress()
    return bar
