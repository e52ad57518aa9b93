"""Watching the files of the glossary, and the signal that asks to read them again."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vardynas.errors import GlossaryError, VardynasError
from vardynas.server.logs import defect, event

if TYPE_CHECKING:
    from vardynas.server.glossary import Glossary, Source

__all__ = ["reload", "watching"]

LONGEST = 500
"""Letters of a reason."""


@asynccontextmanager
async def watching(glossary: Glossary, source: Source, every: float) -> AsyncIterator[None]:
    """While it is entered, open the glossary again on SIGHUP, and when its files have changed.

    They are looked at each `every` seconds; 0 is never.
    """
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    heard = threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGHUP")
    if heard:
        loop.add_signal_handler(signal.SIGHUP, asked.set)
    task = asyncio.create_task(_watch(glossary, source, every or None, asked))
    try:
        yield
    finally:
        if heard:
            loop.remove_signal_handler(signal.SIGHUP)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch(
    glossary: Glossary, source: Source, every: float | None, asked: asyncio.Event
) -> None:
    state = _state(source, "")
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(asked.wait(), every)
        now = await asyncio.to_thread(_state, source, state)
        if asked.is_set() or now != state:
            asked.clear()
            state = now
            await asyncio.to_thread(reload, glossary)


def _state(source: Source, known: str) -> str:
    """The state of the files; the one that is `known` when they change while they are looked at."""
    try:
        return source.state()
    except (OSError, VardynasError):
        return known


def reload(glossary: Glossary) -> None:
    """Open the glossary again, log what came of it, keep why it failed; a faulty one changes nothing."""
    try:
        changed = glossary.reload()
    except VardynasError as error:
        glossary.failed = _reason(error)
        kind, said = type(error).__name__, str(error)[:LONGEST]
        event("glossary not reloaded", logging.WARNING, error=kind, reason=said)
    except Exception as error:  # whatever it was, the service goes on with what it has
        glossary.failed = f"Internal error, {type(error).__name__}."
        defect(error)
    else:
        glossary.failed = None
        event("glossary reloaded", changed=changed, hash=glossary.now.resolver.glossary_hash)


def _reason(error: VardynasError) -> str:
    """Why a glossary does not open, for whoever asks the service: without the folders of its files."""
    if not isinstance(error, GlossaryError) or not error.problems:
        return str(error)[:LONGEST]
    first, *others = error.problems
    said = str(replace(first, path=Path(first.path).name))[:LONGEST]
    return f"{said} And {len(others):,} more." if others else said
